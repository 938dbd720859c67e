//! Keywords of schemas that say nothing of values.

use super::same::canonical;
use crate::source::Node;
use serde_json::Value;

/// Keywords for people, and for tools that look for schemas.
pub(in crate::drift) fn is_words(keyword: &str) -> bool {
    keyword.starts_with("x-")
        || matches!(
            keyword,
            "title"
                | "description"
                | "example"
                | "examples"
                | "externalDocs"
                | "$comment"
                | "$schema"
                | "$id"
                | "$anchor"
                | "$dynamicAnchor"
                | "$vocabulary"
                | "deprecated"
        )
}

/// One text for schemas that say the same but for words.
pub(super) fn without_words(node: Node<'_>) -> String {
    let members = node.members().filter(|(key, _)| !is_words(key));
    let members = members.map(|(key, value)| (key.to_owned(), value.value.clone()));
    canonical(&Value::Object(members.collect()))
}

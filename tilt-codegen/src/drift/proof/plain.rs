//! Changes of schemas, and schemas that are plain enough for them.

use super::mutation::*;
use crate::drift::grammar::Kind;
use serde_json::Value;

pub(super) fn schema(
    name: impl Into<String>,
    edit: impl Fn(&Value) -> Option<Value> + 'static,
    forth: Expected,
    back: Expected,
) -> Mutation {
    on(Kind::Schema, name, edit, forth, back)
}

pub(super) fn is(names: &'static str) -> impl Fn(&Value) -> bool {
    move |schema| names.split(' ').any(|name| ty(schema) == name)
}

/// Nothing but a type and words.
pub(super) fn is_plain(schema: &Value) -> bool {
    let mut keys = schema
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str());
    keys.all(|key| {
        matches!(
            key,
            "type" | "title" | "description" | "example" | "examples"
        )
    }) && schema["type"].is_string()
}

/// The one type, but for null.
pub(super) fn ty(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => {
            let mut names = names.iter().filter_map(Value::as_str);
            let mut first = names.clone().filter(|name| *name != "null");
            match (first.next(), first.next(), names.next()) {
                (Some(only), None, _) => only,
                _ => "",
            }
        }
        _ => "",
    }
}

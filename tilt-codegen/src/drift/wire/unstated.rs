//! Members that are stated and say no more than leaving them out would.

use super::side::Side;
use crate::drift::grammar::Kind;
use crate::source::Node;
use serde_json::Value;

/// A text, a list or a map of nothing.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Whether a member of an object, compared as a whole, says what leaving it out means.
pub(super) fn is_default(side: &Side<'_>, kind: Kind, key: &str, node: Node<'_>) -> bool {
    match (kind, key) {
        (Kind::OpenApi, "jsonSchemaDialect") => {
            node.as_str() == Some("https://spec.openapis.org/oas/3.1/dialect/base")
        }
        (Kind::Message, "contentType") => {
            let root = side.root(side.asyncapi);
            let default = root.and_then(|root| root.get("defaultContentType"));
            default.is_some_and(|default| default.value == node.value)
        }
        _ => !node.value.is_string() && is_empty(node.value),
    }
}

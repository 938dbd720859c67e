//! Members that are stated and say no more than leaving them out would.

use super::side::Side;
use crate::drift::grammar::Kind;
use crate::drift::media_type::spelled;
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

/// The format of schemas that say none (AsyncAPI 2.6.0, "Message Object"), however they are written.
const OWN_FORMAT: &str = "application/vnd.aai.asyncapi";

/// A value of a member as it is meant, whatever the spelling.
pub(super) fn said(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("contentType" | "defaultContentType", Value::String(text)) => spelled(text).into(),
        ("schemaFormat", Value::String(text)) => {
            let text = spelled(text);
            let rest = text.strip_prefix(OWN_FORMAT);
            let rest = rest.map(|it| it.trim_start_matches("+json").trim_start_matches("+yaml"));
            rest.map_or(text.clone(), |rest| format!("{OWN_FORMAT}{rest}"))
                .into()
        }
        ("bindings", Value::Object(protocols)) => {
            let each = protocols
                .iter()
                .map(|(protocol, binding)| (protocol.clone(), without_latest(binding)));
            Value::Object(each.collect())
        }
        // OpenAPI 3.1.1, section 4.8.26.
        ("xml", Value::Object(members)) => {
            let is_default = |key: &str, value: &Value| {
                matches!(key, "attribute" | "wrapped") && value == &Value::Bool(false)
            };
            let rest = members
                .iter()
                .filter(|(key, value)| !is_default(key, value));
            Value::Object(
                rest.map(|(key, value)| (key.clone(), value.clone()))
                    .collect(),
            )
        }
        _ => value.clone(),
    }
}

/// A binding without the version that one has which states none (AsyncAPI 2.6.0, bindings of all protocols).
fn without_latest(binding: &Value) -> Value {
    let mut binding = binding.clone();
    if let Value::Object(members) = &mut binding
        && members.get("bindingVersion").and_then(Value::as_str) == Some("latest")
    {
        members.remove("bindingVersion");
    }
    binding
}

/// The content type of messages that state none (AsyncAPI 2.6.0, "AsyncAPI Object").
pub(super) fn content_type<'d>(side: &Side<'d>) -> Option<Node<'d>> {
    side.root(side.asyncapi)?.get("defaultContentType")
}

/// Whether a member of an object, compared as a whole, says what leaving it out means.
pub(super) fn is_default(side: &Side<'_>, kind: Kind, key: &str, node: Node<'_>) -> bool {
    match (kind, key) {
        (Kind::OpenApi, "jsonSchemaDialect") => {
            let usual = [
                "https://spec.openapis.org/oas/3.1/dialect/base",
                "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
            ];
            node.as_str().is_some_and(|it| usual.contains(&it))
        }
        (Kind::Message, "contentType") => {
            let default = content_type(side);
            default.is_some_and(|default| said(key, default.value) == said(key, node.value))
        }
        (Kind::Message | Kind::MessageTrait, "schemaFormat") => {
            let root = side.root(side.asyncapi);
            let version = root.and_then(|root| root.get("asyncapi")?.as_str());
            let format = said(key, node.value);
            let of_version = || Some(format!("{OWN_FORMAT};version={}", version?));
            format == OWN_FORMAT || of_version().is_some_and(|it| format == it)
        }
        _ => !node.value.is_string() && is_empty(node.value),
    }
}

//! The kinds of objects that documents are made of, and which stand under which keys of which.

use crate::dialect::media_type;
use crate::source::Node;

/// The form in which a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    /// As itself.
    Value,
    /// As itself, or as a text of JSON.
    Json,
    /// As the text that is sent.
    Text,
    /// As an object, or as the text of a form.
    Pairs,
    /// As itself, or as the text that is sent: of a parameter.
    Parameter,
}

/// The kind of object that stands somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Root,
    Components,
    PathItem,
    Operation,
    Callback,
    /// Or a header.
    Parameter,
    Body,
    Response,
    /// `None`: its values have no schema that describes their text.
    Media(Option<Way>),
    Encoding,
    Schema,
    Channel,
    ChannelOperation,
    Message,
}

/// The number of objects that stand under a key.
#[derive(Debug, Clone, Copy)]
enum Number {
    One,
    Map,
    /// A list, or one.
    List,
}

/// Adds the objects under a key of an object.
pub(super) fn inside<'d>(
    role: Role,
    key: &str,
    child: Node<'d>,
    parts: &mut Vec<(Role, Node<'d>)>,
) {
    let Some((number, within)) = child_role(role, key) else {
        return;
    };
    match number {
        Number::List if child.value.is_array() => {
            parts.extend(child.elements().map(|node| (within, node)));
        }
        Number::One | Number::List => parts.push((within, child)),
        Number::Map => {
            // Of maps, only these are objects that may be extended.
            let is_extended = matches!(
                (role, key),
                (Role::Root, "paths") | (Role::Operation, "responses")
            );
            let is_extension = |name: &str| is_extended && name.starts_with("x-");
            for (name, node) in child.members().filter(|(name, _)| !is_extension(name)) {
                let within = match within {
                    Role::Media(_) => Role::Media(way(name)),
                    within => within,
                };
                parts.push((within, node));
            }
        }
    }
}

fn way(name: &str) -> Option<Way> {
    match media_type::essence(name).as_str() {
        "application/x-www-form-urlencoded" | "multipart/form-data" => Some(Way::Pairs),
        "text/plain" => Some(Way::Text),
        _ => media_type::may_be_json(name).then_some(Way::Json),
    }
}

fn child_role(role: Role, key: &str) -> Option<(Number, Role)> {
    use Number::{List, Map, One};
    Some(match (role, key) {
        (Role::Root, "paths" | "webhooks") => (Map, Role::PathItem),
        (Role::Root, "components") => (One, Role::Components),
        (Role::Root, "channels") => (Map, Role::Channel),
        (Role::Components, "schemas") | (Role::Schema, "properties" | "patternProperties") => {
            (Map, Role::Schema)
        }
        (Role::Schema, "$defs" | "definitions" | "dependentSchemas") => (Map, Role::Schema),
        (Role::Schema, "allOf" | "anyOf" | "oneOf" | "prefixItems" | "items") => {
            (List, Role::Schema)
        }
        (Role::Schema, "additionalProperties" | "unevaluatedProperties" | "unevaluatedItems") => {
            (One, Role::Schema)
        }
        (Role::Schema, "not" | "if" | "then" | "else" | "contains" | "propertyNames") => {
            (One, Role::Schema)
        }
        (Role::Components, "parameters" | "headers") => (Map, Role::Parameter),
        (Role::Components, "requestBodies") => (Map, Role::Body),
        (Role::Components, "responses") | (Role::Operation, "responses") => (Map, Role::Response),
        (Role::Components, "callbacks") | (Role::Operation, "callbacks") => (Map, Role::Callback),
        (Role::Components, "pathItems") => (Map, Role::PathItem),
        (Role::Components, "messages" | "messageTraits") => (Map, Role::Message),
        (Role::PathItem | Role::Operation, "parameters") => (List, Role::Parameter),
        (Role::PathItem, "get" | "put" | "post" | "delete" | "options" | "head") => {
            (One, Role::Operation)
        }
        (Role::PathItem, "patch" | "trace" | "query") => (One, Role::Operation),
        (Role::Operation, "requestBody") => (One, Role::Body),
        (Role::Callback, _) if !key.starts_with("x-") => (One, Role::PathItem),
        (Role::Response | Role::Encoding, "headers") => (Map, Role::Parameter),
        (Role::Body | Role::Response | Role::Parameter, "content") => (Map, Role::Media(None)),
        (Role::Parameter | Role::Media(_), "schema") => (One, Role::Schema),
        (Role::Media(_), "itemSchema") => (One, Role::Schema),
        (Role::Media(_), "encoding") => (Map, Role::Encoding),
        (Role::Channel, "subscribe" | "publish") => (One, Role::ChannelOperation),
        (Role::Channel, "parameters") => (Map, Role::Parameter),
        (Role::ChannelOperation, "message") => (One, Role::Message),
        (Role::Message, "oneOf" | "traits") => (List, Role::Message),
        (Role::Message, "headers") => (One, Role::Schema),
        (Role::Message, "payload") => (One, Role::Schema),
        _ => return None,
    })
}

//! Texts that YAML takes for numbers, booleans or null: `operationId: 123`, `title: 1.10`, `tags: [2024]`. The specifications have
//! nothing but texts there.

use serde_json::{Map, Value};

/// Members of objects that are texts.
const TEXTS: [&str; 24] = [
    "$ref",
    "authorizationUrl",
    "bearerFormat",
    "contentType",
    "description",
    "email",
    "format",
    "in",
    "name",
    "namespace",
    "openIdConnectUrl",
    "operationId",
    "operationRef",
    "pattern",
    "prefix",
    "propertyName",
    "refreshUrl",
    "scheme",
    "summary",
    "termsOfService",
    "title",
    "tokenUrl",
    "url",
    "version",
];

/// Members that are lists of texts, where they are lists.
const LISTS: [&str; 2] = ["required", "tags"];

/// Members that are maps by names, which are no keywords.
const MAPS: [&str; 21] = [
    "$defs",
    "callbacks",
    "channels",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "mediaTypes",
    "messages",
    "operations",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Members that are maps of texts by names.
const MAPS_OF_TEXTS: [&str; 2] = ["mapping", "scopes"];

/// Members that hold any value.
const VALUES: [&str; 6] = ["const", "default", "enum", "example", "examples", "value"];

/// Gives each scalar that is meant as a text to `restore`. It calls itself, as deep as
/// [`Limits::depth`](crate::source::Limits::depth) lets a document be.
pub(crate) fn restore(value: &mut Value, restore: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Object(members) => {
            if is_of_texts(members) {
                listed(members, restore);
            }
            for (key, member) in members {
                self::member(key, member, restore);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                self::restore(element, restore);
            }
        }
        _ => {}
    }
}

/// Whether a schema allows texts and no null.
fn is_of_texts(schema: &Map<String, Value>) -> bool {
    let is_text = |ty: &Value| ty == "string";
    let types = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().all(is_text) && !types.is_empty(),
        ty => ty.is_some_and(is_text),
    };
    types && schema.get("nullable") != Some(&Value::Bool(true))
}

/// Texts that YAML takes for null: `enum: [Null, ~]`. Those that it takes for others are reported where they are read.
fn listed(schema: &mut Map<String, Value>, restore: &mut dyn FnMut(&mut Value)) {
    for keyword in ["const", "enum"] {
        let values = match schema.get_mut(keyword) {
            Some(Value::Array(listed)) => listed.as_mut_slice(),
            Some(one) => std::slice::from_mut(one),
            None => continue,
        };
        let nulls = values.iter_mut().filter(|value| value.is_null());
        nulls.for_each(&mut *restore);
    }
}

fn member(key: &str, member: &mut Value, restore: &mut dyn FnMut(&mut Value)) {
    if VALUES.contains(&key) || key.starts_with("x-") {
        return;
    }
    match member {
        Value::Number(_) | Value::Bool(_) if TEXTS.contains(&key) => restore(member),
        Value::Array(elements) if LISTS.contains(&key) => {
            for element in elements {
                text(element, restore);
            }
        }
        Value::Object(named) if MAPS_OF_TEXTS.contains(&key) => {
            named.values_mut().for_each(|it| text(it, restore));
        }
        Value::Object(named) if MAPS.contains(&key) => {
            for value in named.values_mut() {
                self::restore(value, restore);
                if key == "variables" {
                    variable(value, restore);
                }
            }
        }
        other => self::restore(other, restore),
    }
}

/// A text; or an object, of the lists that hold either.
fn text(value: &mut Value, restore: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Number(_) | Value::Bool(_) => restore(value),
        other => self::restore(other, restore),
    }
}

/// A variable of a server, all of whose values are texts.
fn variable(value: &mut Value, restore: &mut dyn FnMut(&mut Value)) {
    let Value::Object(members) = value else {
        return;
    };
    for (key, member) in members {
        match (key.as_str(), member) {
            ("default", member) => text(member, restore),
            ("enum", Value::Array(values)) => values.iter_mut().for_each(|it| text(it, restore)),
            _ => {}
        }
    }
}

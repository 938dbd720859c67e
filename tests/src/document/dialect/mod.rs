//! All dialects of schemas as JSON Schema 2020-12.
//!
//! Null is read generously: `nullable` counts in every version and beside everything, because that
//! is how documents mean it. A value that no schema keyword may have is left out, as a validator would
//! refuse the whole document for it.

mod meaning;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Document;
use super::pointer::{child, of_reference, to_reference};
use meaning::as_meant;

pub(super) fn rewrite(raw: &Value, one_of: OneOf) -> Document {
    let mut rewriter = Rewriter {
        is_asyncapi: raw.get("asyncapi").is_some(),
        one_of,
        moved: Moved::default(),
        places: Vec::new(),
    };
    let mut rewritten = rewriter.object(raw, "", Keys::Keywords);
    redirect(&mut rewritten, raw, &rewriter.moved);
    Document {
        raw: raw.clone(),
        rewritten,
        moved: rewriter.moved,
        places: rewriter.places,
    }
}

/// A reading of `oneOf`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneOf {
    /// As specified: exactly one of the branches holds.
    Exactly,
    /// As documents mean it: the value is what one of the branches describes, whether or not another one
    /// happens to allow it.
    AtLeast,
}

/// Pointers that lead elsewhere after the rewriting.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved {
    /// Pointers of schemas that were put below an `anyOf` of their own, for null.
    wrapped: BTreeSet<String>,
    /// Pointers of schemas whose `oneOf` became an `anyOf`.
    opened: BTreeSet<String>,
}

/// The target of a pointer after the rewriting.
pub(super) fn translated(moved: &Moved, pointer: &str) -> String {
    let (mut old, mut new) = (String::new(), String::new());
    for step in pointer.split('/').skip(1) {
        if moved.wrapped.contains(&old) {
            new.push_str("/anyOf/0");
        }
        new.push('/');
        new.push_str(match step {
            "oneOf" if moved.opened.contains(&old) => "anyOf",
            step => step,
        });
        old.push('/');
        old.push_str(step);
    }
    new
}

/// The meaning of the keys of an object outside of schemas.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    Keywords,
    /// Names, of objects whose keys are keywords.
    Names,
    /// Names, of objects whose keys are names.
    NamesOfNames,
    /// Names, of schemas.
    SchemaNames,
}

struct Rewriter {
    is_asyncapi: bool,
    one_of: OneOf,
    moved: Moved,
    places: Vec<String>,
}

impl Rewriter {
    fn object(&mut self, value: &Value, pointer: &str, keys: Keys) -> Value {
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items
                    .map(|(index, item)| {
                        self.object(item, &child(pointer, &index.to_string()), keys)
                    })
                    .collect()
            }
            Value::Object(members) => members
                .iter()
                .map(|(key, member)| {
                    let place = child(pointer, key);
                    let member = match keys {
                        Keys::Names => self.object(member, &place, Keys::Keywords),
                        Keys::NamesOfNames => self.object(member, &place, Keys::Names),
                        Keys::SchemaNames => self.place(member, place),
                        Keys::Keywords => self.member(value, key, member, place),
                    };
                    (key.clone(), member)
                })
                .collect::<Map<_, _>>()
                .into(),
            other => other.clone(),
        }
    }

    fn member(&mut self, owner: &Value, key: &str, member: &Value, place: String) -> Value {
        match key {
            "schema" => self.place(member, place),
            "payload" if self.is_asyncapi && is_json_schema(owner) => self.place(member, place),
            "headers" if self.is_asyncapi => self.place(member, place),
            "example" | "examples" | "default" | "enum" | "bindings" => member.clone(),
            _ if key.starts_with("x-") => member.clone(),
            "schemas" => self.object(member, &place, Keys::SchemaNames),
            "callbacks" => self.object(member, &place, Keys::NamesOfNames),
            "paths" | "webhooks" | "responses" | "parameters" | "headers" | "requestBodies"
            | "links" | "securitySchemes" | "content" | "pathItems" | "encoding" | "variables"
            | "channels" | "messages" | "messageTraits" | "operationTraits" | "correlationIds"
            | "servers"
                if member.is_object() =>
            {
                self.object(member, &place, Keys::Names)
            }
            _ => self.object(member, &place, Keys::Keywords),
        }
    }

    fn place(&mut self, value: &Value, pointer: String) -> Value {
        let schema = self.schema(value, &pointer);
        self.places.push(pointer);
        schema
    }

    fn schema(&mut self, value: &Value, pointer: &str) -> Value {
        let Value::Object(members) = value else {
            // Neither an object nor a boolean: not a schema, and nothing is known of its instances.
            return Value::Bool(value != &Value::Bool(false));
        };
        let mut schema = Map::new();
        for (key, member) in members {
            self.keyword(key, member, &child(pointer, key), &mut schema);
        }
        if self.one_of == OneOf::AtLeast
            && !schema.contains_key("anyOf")
            && let Some(branches) = schema.remove("oneOf")
        {
            schema.insert("anyOf".to_owned(), branches);
            self.moved.opened.insert(pointer.to_owned());
        }
        as_meant(&mut schema);
        let is_tuple = members.get("items").is_some_and(Value::is_array);
        match schema.remove("additionalItems") {
            Some(rest) if is_tuple => {
                schema.insert("items".to_owned(), rest);
            }
            _ => {}
        }
        if members.get("nullable") == Some(&Value::Bool(true)) {
            self.allow_null(&mut schema, pointer);
        }
        schema.into()
    }

    fn keyword(&mut self, key: &str, member: &Value, place: &str, schema: &mut Map<String, Value>) {
        let rewritten = match (key, member) {
            ("type", _) => match types(member) {
                Some(types) => types,
                None => return,
            },
            (
                "not"
                | "if"
                | "then"
                | "else"
                | "items"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "unevaluatedItems"
                | "contains"
                | "propertyNames"
                | "additionalItems"
                | "contentSchema",
                Value::Object(_) | Value::Bool(_),
            ) => self.schema(member, place),
            ("items", Value::Array(_)) => {
                let items = self.schemas(member, place);
                schema.insert("prefixItems".to_owned(), items);
                return;
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(items))
                if !items.is_empty() =>
            {
                self.schemas(member, place)
            }
            (
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas",
                Value::Object(members),
            ) => members
                .iter()
                .filter(|(name, _)| key != "patternProperties" || is_pattern(name))
                .map(|(name, member)| (name.clone(), self.schema(member, &child(place, name))))
                .collect::<Map<_, _>>()
                .into(),
            _ => match literal(key, member) {
                Some(literal) => literal,
                None => return,
            },
        };
        schema.insert(key.to_owned(), rewritten);
    }

    fn schemas(&mut self, members: &Value, place: &str) -> Value {
        let members = members.as_array().into_iter().flatten().enumerate();
        members
            .map(|(index, member)| self.schema(member, &child(place, &index.to_string())))
            .collect()
    }

    fn allow_null(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let is_composed = ["$ref", "allOf", "anyOf", "oneOf", "not", "const"]
            .iter()
            .any(|key| schema.contains_key(*key));
        if is_composed {
            let inner = std::mem::take(schema);
            schema.insert("anyOf".to_owned(), json!([inner, {"type": "null"}]));
            self.moved.wrapped.insert(pointer.to_owned());
            return;
        }
        if let Some(Value::Array(types)) = schema.get_mut("type")
            && !types.contains(&json!("null"))
        {
            types.push(json!("null"));
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }
}

/// The value of a keyword that has no schemas in it; `None` where a validator would refuse it.
fn literal(key: &str, member: &Value) -> Option<Value> {
    Some(match (key, member) {
        ("$ref", Value::String(_)) => member.clone(),
        ("required", Value::Array(names)) => {
            let names: BTreeSet<&str> = names.iter().filter_map(Value::as_str).collect();
            json!(names)
        }
        ("enum" | "examples", Value::Array(_)) | ("const" | "default" | "example", _) => {
            member.clone()
        }
        ("pattern", Value::String(pattern)) if is_pattern(pattern) => member.clone(),
        ("format", Value::String(_)) => member.clone(),
        ("multipleOf", Value::Number(number))
            if number.as_f64().is_some_and(|number| number > 0.0) =>
        {
            member.clone()
        }
        ("minimum" | "maximum", Value::Number(_)) => member.clone(),
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_) | Value::Bool(_)) => {
            member.clone()
        }
        (
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
            | "minContains" | "maxContains",
            Value::Number(number),
        ) if number.is_u64() => member.clone(),
        ("uniqueItems", Value::Bool(_)) => member.clone(),
        ("dependentRequired", Value::Object(lists)) if lists.values().all(is_names) => {
            member.clone()
        }
        _ => return None,
    })
}

fn is_names(list: &Value) -> bool {
    let names = list.as_array();
    names.is_some_and(|names| names.iter().all(Value::is_string))
}

/// The types as a list, without those that do not exist.
fn types(member: &Value) -> Option<Value> {
    const TYPES: [&str; 7] = [
        "array", "boolean", "integer", "null", "number", "object", "string",
    ];
    let named: Vec<&Value> = match member {
        Value::Array(types) => types.iter().collect(),
        one => vec![one],
    };
    let names: BTreeSet<&str> = named
        .into_iter()
        .filter_map(Value::as_str)
        .filter(|name| TYPES.contains(name))
        .collect();
    (!names.is_empty()).then(|| json!(names))
}

fn is_pattern(pattern: &str) -> bool {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(&json!({ "pattern": pattern }))
        .is_ok()
}

fn is_json_schema(message: &Value) -> bool {
    match message.get("schemaFormat").and_then(Value::as_str) {
        None => true,
        Some(format) => {
            let names = ["vnd.aai.asyncapi", "schema+", "vnd.oai.openapi"];
            names.iter().any(|name| format.contains(name))
        }
    }
}

/// Lets references follow their targets; those that lead nowhere are dropped.
fn redirect(value: &mut Value, raw: &Value, moved: &Moved) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, raw, moved)),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                let target =
                    of_reference(reference).filter(|pointer| raw.pointer(pointer).is_some());
                match target {
                    Some(pointer) => {
                        let reference = to_reference(&translated(moved, &pointer));
                        members.insert("$ref".to_owned(), reference.into());
                    }
                    None => {
                        members.remove("$ref");
                    }
                }
            }
            members
                .values_mut()
                .for_each(|member| redirect(member, raw, moved));
        }
        _ => {}
    }
}

//! All dialects of schemas as JSON Schema 2020-12.
//!
//! Null is read generously: `nullable` counts in every version and beside everything, because that
//! is how documents mean it. A value that no schema keyword may have is left out, as a validator would
//! refuse the whole document for it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Document;
use super::pointer::{child, of_reference, to_reference};

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

/// How `oneOf` is read.
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

/// Where a pointer leads after the rewriting.
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
        describe_objects(&mut schema);
        allow_listed_null(&mut schema);
        list_what_is_meant(&mut schema);
        bound_exclusively(&mut schema);
        bound_by_format(&mut schema);
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
            ("$ref", Value::String(_)) => member.clone(),
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
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
                | "maxProperties" | "minContains" | "maxContains",
                Value::Number(number),
            ) if number.is_u64() => member.clone(),
            ("uniqueItems", Value::Bool(_)) => member.clone(),
            _ => return,
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

/// Null in a list beside a type means that the value may be null.
fn allow_listed_null(schema: &mut Map<String, Value>) {
    let listed = schema.get("enum").and_then(Value::as_array);
    let lists_null = listed.is_some_and(|values| values.contains(&Value::Null));
    if let Some(Value::Array(types)) = schema.get_mut("type")
        && lists_null
        && !types.contains(&json!("null"))
    {
        types.push(json!("null"));
    }
}

/// A schema with `properties` and no type allows any text in the letter, and describes objects.
fn describe_objects(schema: &mut Map<String, Value>) {
    let has_properties =
        matches!(schema.get("properties"), Some(Value::Object(own)) if !own.is_empty());
    let says_more = ["type", "enum", "const"]
        .iter()
        .any(|key| schema.contains_key(*key));
    if has_properties && !says_more {
        schema.insert("type".to_owned(), json!(["object"]));
    }
}

/// Values that are listed under another type are meant as values of that type.
fn list_what_is_meant(schema: &mut Map<String, Value>) {
    let types = schema.get("type").and_then(Value::as_array).cloned();
    let types: Vec<Value> = types.unwrap_or_default();
    let proper: Vec<&str> = types
        .iter()
        .filter_map(Value::as_str)
        .filter(|name| *name != "null")
        .collect();
    let ([kind], Some(Value::Array(values))) = (proper.as_slice(), schema.get_mut("enum")) else {
        return;
    };
    let meant = |value: &Value| match (*kind, value) {
        (_, Value::Null) => Some(Value::Null),
        ("string", Value::Bool(_) | Value::Number(_)) => Some(Value::from(value.to_string())),
        ("string", Value::String(_)) => Some(value.clone()),
        (_, Value::String(text)) => {
            let spelled: Value = serde_json::from_str(text).ok()?;
            let fits = match *kind {
                "integer" => spelled.is_i64(),
                "number" => spelled.is_number(),
                "boolean" => spelled.is_boolean(),
                _ => false,
            };
            fits.then_some(spelled)
        }
        _ => None,
    };
    if let Some(meant) = values.iter().map(meant).collect() {
        *values = meant;
    }
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
    let known: BTreeSet<&str> = named
        .into_iter()
        .filter_map(Value::as_str)
        .filter(|name| TYPES.contains(name))
        .collect();
    (!known.is_empty()).then(|| json!(known))
}

fn is_pattern(pattern: &str) -> bool {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(&json!({ "pattern": pattern }))
        .is_ok()
}

/// `exclusiveMinimum: true` belongs to a `minimum`.
fn bound_exclusively(schema: &mut Map<String, Value>) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => match schema.remove(bound) {
                Some(limit) => schema.insert(exclusive.to_owned(), limit),
                None => schema.remove(exclusive),
            },
            Some(Value::Bool(false)) => schema.remove(exclusive),
            _ => None,
        };
    }
}

/// The range of integers that a format gives; plain integers are taken for 64 bits.
fn bound_by_format(schema: &mut Map<String, Value>) {
    let is_integer = schema.get("type").and_then(Value::as_array);
    if !is_integer.is_some_and(|types| types.contains(&json!("integer"))) {
        return;
    }
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint" | "uint64") => (json!(0), json!(u64::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        _ => return,
    };
    let bounds = [
        ("minimum", "exclusiveMinimum", least),
        ("maximum", "exclusiveMaximum", most),
    ];
    for (bound, exclusive, limit) in bounds {
        // The largest `int64` is rounded up where it is written as a float.
        let is_rounded = limit.as_f64() == schema.get(bound).and_then(Value::as_f64);
        if is_rounded || !schema.contains_key(bound) && !schema.contains_key(exclusive) {
            schema.insert(bound.to_owned(), limit);
        }
    }
}

fn is_json_schema(message: &Value) -> bool {
    match message.get("schemaFormat").and_then(Value::as_str) {
        None => true,
        Some(format) => {
            let known = ["vnd.aai.asyncapi", "schema+", "vnd.oai.openapi"];
            known.iter().any(|name| format.contains(name))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(value: Value) -> Value {
        let document =
            json!({"openapi": "3.0.3", "components": {"schemas": {"A": value, "B": {}}}});
        rewrite(&document, OneOf::Exactly)
            .schema("/components/schemas/A")
            .unwrap()
            .clone()
    }

    #[test]
    fn null_is_a_type_of_what_is_nullable() {
        assert_eq!(
            schema(json!({"type": "string", "enum": ["a"], "nullable": true})),
            json!({"type": ["string", "null"], "enum": ["a", null]})
        );
    }

    #[test]
    fn a_nullable_reference_is_one_of_two() {
        assert_eq!(
            schema(json!({"$ref": "#/components/schemas/B", "nullable": true})),
            json!({"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]})
        );
    }

    #[test]
    fn references_into_what_was_wrapped_follow_it() {
        let document = rewrite(
            &json!({"openapi": "3.0.3", "components": {"schemas": {
                "A": {"nullable": true, "allOf": [{"type": "string"}]},
                "B": {"$ref": "#/components/schemas/A/allOf/0"},
            }}}),
            OneOf::Exactly,
        );
        let reference = json!({"$ref": "#/components/schemas/A/anyOf/0/allOf/0"});
        assert_eq!(document.schema("/components/schemas/B"), Some(&reference));
        let validator = document
            .validator(["/components/schemas/A/allOf/0", "/components/schemas/A"])
            .unwrap();
        assert!(validator.is_valid("/components/schemas/A", &Value::Null));
        assert!(!validator.is_valid("/components/schemas/A/allOf/0", &Value::Null));
    }

    #[test]
    fn what_is_listed_under_another_type_is_of_that_type() {
        let listed = |kind: &str, values: Value| {
            schema(json!({"type": kind, "enum": values}))["enum"].clone()
        };
        assert_eq!(listed("integer", json!(["1", "2"])), json!([1, 2]));
        assert_eq!(listed("integer", json!(["1", "two"])), json!(["1", "two"]));
        assert_eq!(
            listed("string", json!([true, 1, "a"])),
            json!(["true", "1", "a"])
        );
    }

    #[test]
    fn properties_without_a_type_are_those_of_an_object() {
        let rewritten = schema(json!({"properties": {"a": {}}, "nullable": true}));
        assert_eq!(rewritten["type"], json!(["object", "null"]));
    }

    #[test]
    fn a_listed_null_is_allowed() {
        assert_eq!(
            schema(json!({"type": "string", "enum": [null]})),
            json!({"type": ["string", "null"], "enum": [null]})
        );
    }

    #[test]
    fn overlapping_branches_exclude_nothing_where_that_is_wanted() {
        let raw = json!({"openapi": "3.1.0", "components": {"schemas": {
            "A": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
            "B": {"$ref": "#/components/schemas/A/oneOf/1"},
        }}});
        for (one_of, is_valid) in [(OneOf::Exactly, false), (OneOf::AtLeast, true)] {
            let document = rewrite(&raw, one_of);
            let pointers = [
                "/components/schemas/A",
                "/components/schemas/A/oneOf/0",
                "/components/schemas/B",
            ];
            let validator = document.validator(pointers).unwrap();
            assert_eq!(validator.is_valid(pointers[0], &json!(1)), is_valid);
            assert!(validator.is_valid(pointers[1], &json!(1)));
            assert!(!validator.is_valid(pointers[1], &json!(1.5)));
            assert!(validator.is_valid(pointers[2], &json!(1.5)));
        }
    }

    #[test]
    fn exclusive_bounds_are_numbers() {
        assert_eq!(
            schema(
                json!({"type": "number", "minimum": 0, "exclusiveMinimum": true, "exclusiveMaximum": false})
            ),
            json!({"type": ["number"], "exclusiveMinimum": 0})
        );
    }

    #[test]
    fn what_no_validator_takes_is_left_out() {
        assert_eq!(
            schema(
                json!({"type": "int", "required": true, "pattern": "(", "$ref": "#/nowhere", "items": null})
            ),
            json!({})
        );
    }

    #[test]
    fn names_are_not_keywords() {
        let document = rewrite(
            &json!({"openapi": "3.1.0", "components": {
                "parameters": {"schema": {"name": "x", "in": "query", "schema": {"nullable": true, "type": "string"}}},
                "schemas": {"A": {"properties": {"nullable": {"type": "boolean"}}, "example": {"type": 5}}},
            }}),
            OneOf::Exactly,
        );
        let pointer = "/components/parameters/schema/schema";
        assert_eq!(
            document.schema(pointer),
            Some(&json!({"type": ["string", "null"]}))
        );
        assert_eq!(document.places(), [pointer, "/components/schemas/A"]);
        assert_eq!(
            document.schema("/components/schemas/A/properties/nullable/type"),
            Some(&json!(["boolean"]))
        );
        assert_eq!(
            document.schema("/components/schemas/A/example"),
            Some(&json!({"type": 5}))
        );
    }
}

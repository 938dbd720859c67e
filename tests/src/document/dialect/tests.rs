//! Small schemas, rewritten.

use serde_json::{Value, json};

use super::{OneOf, rewrite};

fn schema(value: Value) -> Value {
    let document = json!({"openapi": "3.0.3", "components": {"schemas": {"A": value, "B": {}}}});
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
    let listed =
        |kind: &str, values: Value| schema(json!({"type": kind, "enum": values}))["enum"].clone();
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

//! Objects whose properties other keywords than `properties` name, or that have none.

use serde_json::{Value, json};

use super::unevaluated::lines;

/// The type of a schema, and of its properties.
fn types(schema: &Value) -> Vec<String> {
    let lines = lines(schema).into_iter();
    let said =
        lines.filter(|it| it.contains(": ") || it.contains(" = ") || it.ends_with(" struct"));
    said.collect()
}

#[test]
fn a_required_property_has_the_type_of_all_that_are_not_declared() {
    let integers = json!({"type": "integer"});
    for names in [
        json!({"enum": ["a", "b"]}),
        json!({"$ref": "#/components/schemas/Thing/$defs/names"}),
    ] {
        let schema = json!({
            "type": "object",
            "$defs": {"names": {"enum": ["a", "b"]}},
            "propertyNames": names,
            "required": ["a"],
            "additionalProperties": integers
        });
        assert_eq!(
            types(&schema),
            [
                "type Thing struct",
                "type Thing.a: i64",
                "type Thing.b: i64?"
            ]
        );
    }
    let beside = json!({
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "required": ["b"],
        "additionalProperties": integers
    });
    assert!(types(&beside).contains(&"type Thing.b: i64".to_owned()));
    // A map of any names is one, whichever it has to have.
    let map = json!({"type": "object", "required": ["a"], "additionalProperties": integers});
    assert_eq!(types(&map), ["type Thing = {i64}"]);
}

#[test]
fn an_object_that_may_have_no_property_is_no_map() {
    let closed = json!({"type": "object", "additionalProperties": false});
    assert_eq!(types(&closed), ["type Thing struct"]);
    let open = json!({"type": "object"});
    assert_eq!(types(&open), ["type Thing = {Value}"]);
}

#[test]
fn positions_that_are_alike_are_a_list() {
    let number = json!({"type": "number"});
    let told = json!({"type": "number", "description": "The latitude"});
    let positions = |more: Value| {
        let mut schema = more;
        schema["type"] = json!("array");
        types(&schema)[0].clone()
    };
    for (schema, expected) in [
        (
            json!({"prefixItems": [number, told], "items": false}),
            "[Number]",
        ),
        (
            json!({"prefixItems": [number, told], "items": number}),
            "[Number]",
        ),
        (json!({"prefixItems": [number], "items": false}), "[Number]"),
        (
            json!({"prefixItems": vec![number.clone(); 13], "minItems": 13, "maxItems": 13}),
            "[Number]",
        ),
        (json!({"prefixItems": [number, told]}), "[Value]"),
        (
            json!({"prefixItems": [number, {"type": "string"}], "items": false}),
            "[Value]",
        ),
        (
            json!({"prefixItems": [number, told], "items": false, "minItems": 2}),
            "(Number, Number)",
        ),
    ] {
        assert_eq!(
            positions(schema.clone()),
            format!("type Thing = {expected}"),
            "{schema}"
        );
    }
}

//! Properties that only conditions name.

use serde_json::{Value, json};

use super::unevaluated::lines;

/// The properties of an object with these keywords, with their types.
fn properties(schema: &Value) -> Vec<String> {
    let lines = lines(schema).into_iter();
    let fields = lines.filter_map(|line| Some(line.strip_prefix("type Thing.")?.to_owned()));
    fields.collect()
}

#[test]
fn a_property_that_conditions_name_has_their_type_where_they_agree() {
    let of = |name: &str, schema: Value| json!({"properties": {name: schema}});
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    for (keywords, expected) in [
        (
            json!({"if": {}, "then": of("a", text.clone())}),
            "a: loose String?",
        ),
        (
            json!({"if": {}, "then": of("a", text.clone()), "else": of("a", text.clone())}),
            "a: String?",
        ),
        (
            json!({"if": {}, "then": of("a", text.clone()), "else": of("a", number.clone())}),
            "a: Value?",
        ),
        (
            json!({"if": {}, "then": of("a", json!({"const": "x"})), "else": of("a", json!({"const": "y"}))}),
            "a: String?",
        ),
        (
            json!({"if": {}, "then": of("a", json!(false)), "else": of("a", text.clone())}),
            "a: String?",
        ),
        (json!({"if": of("a", json!({"const": 5}))}), "a: loose i64?"),
        (
            json!({"if": {}, "else": {"if": {}, "then": of("a", text.clone())}}),
            "a: loose String?",
        ),
        (
            json!({"dependentSchemas": {"b": of("a", text.clone())}}),
            "a: loose String?",
        ),
        (
            json!({"dependencies": {"b": {"oneOf": [of("a", text.clone())]}}}),
            "a: loose String?",
        ),
        (
            json!({"allOf": [{"if": {}, "then": {"allOf": [of("a", text.clone())]}}]}),
            "a: loose String?",
        ),
        (
            json!({"if": {}, "then": of("a", text.clone()), "required": ["a"]}),
            "a: loose String",
        ),
        (
            json!({"if": {}, "then": {"required": ["a"], "properties": {"a": text}}}),
            "a: loose String?",
        ),
    ] {
        for declared in [json!({}), json!({"z": {"type": "boolean"}})] {
            let mut schema = keywords.clone();
            schema["type"] = json!("object");
            schema["properties"] = declared;
            assert_eq!(properties(&schema)[0], expected, "{schema}");
        }
    }
}

#[test]
fn conditions_add_no_property_where_all_others_are_said() {
    let condition = json!({"properties": {"b": {"type": "string"}}});
    for others in [json!(false), json!({"type": "integer"})] {
        let schema = json!({
            "type": "object",
            "properties": {"a": {"type": "integer"}},
            "additionalProperties": others,
            "if": {},
            "then": condition
        });
        let properties = properties(&schema);
        assert!(
            properties.iter().all(|it| !it.starts_with("b:")),
            "{properties:?}"
        );
    }
}

#[test]
fn conditions_that_lead_back_end() {
    let schema = json!({
        "type": "object",
        "if": {},
        "then": {"$ref": "#/components/schemas/Thing", "properties": {"a": {"type": "string"}}}
    });
    assert_eq!(properties(&schema), ["a: loose String?"]);
}

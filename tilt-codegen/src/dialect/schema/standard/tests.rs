//! Schemas of all versions, and how they are stated.

use super::*;
use crate::source::DocumentId;

/// Definitions by the last part of references.
struct Last;

impl<'d> Definitions<'d> for Last {
    fn standing(&mut self, node: Node<'d>) -> Option<String> {
        Some(node.get("x-name")?.as_str()?.to_owned())
    }

    fn referred(&mut self, _: Node<'d>, reference: &str) -> Option<String> {
        let (_, name) = reference.rsplit_once('/')?;
        (name != "nowhere").then(|| name.to_owned())
    }
}

fn stated(value: Value) -> Value {
    let node = Node {
        document: DocumentId(0),
        value: &value,
    };
    standard(node, &mut Last)
}

#[test]
fn null_is_one_of_the_types_or_of_the_alternatives() {
    for (written, meant) in [
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": ["string", "null"]}),
        ),
        (
            json!({"type": "string", "nullable": true, "enum": ["a"]}),
            json!({"type": ["string", "null"], "enum": ["a", null]}),
        ),
        (
            json!({"type": "string", "enum": ["a", null]}),
            json!({"type": ["string", "null"], "enum": ["a", null]}),
        ),
        (
            json!({"$ref": "#/a/B", "nullable": true, "description": "d"}),
            json!({"description": "d", "anyOf": [{"$ref": "#/$defs/B"}, {"type": "null"}]}),
        ),
    ] {
        assert_eq!(stated(written), meant);
    }
}

#[test]
fn bounds_of_any_version_are_those_of_the_newest() {
    for (written, meant) in [
        (
            json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 2, "exclusiveMaximum": false}),
            json!({"exclusiveMinimum": 1, "maximum": 2}),
        ),
        (
            json!({"minimum": 1, "exclusiveMinimum": 0}),
            json!({"minimum": 1, "exclusiveMinimum": 0}),
        ),
    ] {
        assert_eq!(stated(written), meant);
    }
}

#[test]
fn lists_of_positions_are_those_of_the_newest() {
    assert_eq!(
        stated(json!({"items": [{"type": "string"}], "additionalItems": false})),
        json!({"prefixItems": [{"type": "string"}], "items": false})
    );
    assert_eq!(
        stated(json!({"prefixItems": [{}], "items": false})),
        json!({"maxItems": 1, "prefixItems": [{}]})
    );
}

#[test]
fn listed_values_are_of_the_type_beside_them() {
    assert_eq!(
        stated(json!({"type": "integer", "enum": ["1", 2.5]})),
        json!({"type": "integer", "enum": ["1", 2.5]})
    );
    assert_eq!(
        stated(json!({"type": "integer", "enum": ["1", "2"]})),
        json!({"type": "integer", "enum": [1, 2]})
    );
    assert_eq!(
        stated(json!({"type": "string", "enum": [1, true]})),
        json!({"type": "string", "enum": ["1", "true"]})
    );
}

#[test]
fn schemas_of_their_own_are_referred_to_and_others_written_out() {
    assert_eq!(
        stated(json!({
            "properties": {
                "b": {"x-name": "Own", "type": "string"},
                "a": {"type": "string"},
                "c": {"$ref": "#/nowhere"},
            },
            "required": ["b", "a", "b"],
        })),
        json!({
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"$ref": "#/$defs/Own"}, "c": {}},
            "required": ["a", "b"],
        })
    );
}

#[test]
fn a_discriminator_leads_to_definitions() {
    assert_eq!(
        stated(json!({
            "oneOf": [{"$ref": "#/a/Cat"}],
            "discriminator": {"propertyName": "kind", "mapping": {"tom": "Cat", "b": "#/a/Cat"}},
        })),
        json!({
            "oneOf": [{"$ref": "#/$defs/Cat"}],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"b": "#/$defs/Cat", "tom": "#/$defs/Cat"},
            },
        })
    );
}

#[test]
fn dependencies_are_two_keywords() {
    assert_eq!(
        stated(json!({"dependencies": {"a": ["b"], "c": {"minProperties": 2}}})),
        json!({
            "dependentSchemas": {"c": {"minProperties": 2}},
            "dependentRequired": {"a": ["b"]},
        })
    );
}

#[test]
fn the_order_of_members_says_nothing() {
    let one: Value = serde_json::from_str(
        r#"{"description": "d", "type": "object", "properties": {"a": {}, "b": {}}, "default": {"x": 1, "y": 2}}"#,
    )
    .expect("JSON");
    let other: Value = serde_json::from_str(
        r#"{"default": {"y": 2, "x": 1}, "properties": {"b": {}, "a": {}}, "type": "object", "description": "d"}"#,
    )
    .expect("JSON");
    assert_eq!(stated(one).to_string(), stated(other).to_string());
}

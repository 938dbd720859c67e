//! Schemas that a discriminator tells apart, under other names and values.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift_maps::findings;

/// Pets by their kind, of which one has this name.
fn pets(cat: &str, is_extended: bool, mapping: &Value) -> Value {
    let kind = |name: &str| {
        let properties = json!({"kind": {"type": "string"}, name: {"type": "string"}});
        let schema = json!({"type": "object", "required": ["kind"], "properties": properties});
        match is_extended {
            true => json!({"allOf": [{"$ref": "#/components/schemas/Pet"}, schema]}),
            false => schema,
        }
    };
    let mut pet = json!({"discriminator": {"propertyName": "kind"}});
    if !mapping.is_null() {
        pet["discriminator"]["mapping"] = mapping.clone();
    }
    match is_extended {
        true => {
            pet["type"] = json!("object");
            pet["properties"] = json!({"kind": {"type": "string"}});
        }
        false => {
            let name = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
            pet["oneOf"] = json!([name(cat), name("Dog")]);
        }
    }
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/pets": {"post": {
            "requestBody": {"content": content},
            "responses": {"200": {"description": "It.", "content": content}},
        }}},
        "components": {"schemas": {"Pet": pet, cat: kind("meow"), "Dog": kind("bark")}},
    })
}

fn severities(old: &Value, new: &Value) -> Vec<Severity> {
    let found = findings(old, new);
    found.iter().map(|it| it.severity).collect()
}

#[test]
fn a_schema_with_another_name_and_its_old_value_is_as_it_was_in_use() {
    let entry = |value: &str, name: &str| json!({value: format!("#/components/schemas/{name}")});
    for is_extended in [false, true] {
        let (none, kept) = (Value::Null, entry("Cat", "Katze"));
        let old = pets("Cat", is_extended, &none);
        let new = pets("Katze", is_extended, &kept);
        assert_eq!(
            severities(&old, &new),
            [Severity::Editorial],
            "{is_extended}"
        );
        assert_eq!(
            severities(&new, &old),
            [Severity::Editorial],
            "{is_extended}"
        );
    }
}

#[test]
fn a_schema_with_another_name_and_another_value_is_told_by_that() {
    for is_extended in [false, true] {
        let old = pets("Cat", is_extended, &Value::Null);
        for mapping in [Value::Null, json!({"kitty": "#/components/schemas/Katze"})] {
            let new = pets("Katze", is_extended, &mapping);
            let found = severities(&old, &new);
            assert_eq!(found[0], Severity::Breaking, "{is_extended} {mapping}");
            let found = severities(&new, &old);
            assert_eq!(found[0], Severity::Breaking, "{is_extended} {mapping}");
        }
    }
}

#[test]
fn a_schema_of_what_no_value_tells_is_an_alternative_of_its_own() {
    let with = |default: Option<&str>| {
        let mut api = pets("Cat", false, &Value::Null);
        api["openapi"] = json!("3.2.0");
        if let Some(name) = default {
            let discriminator = &mut api["components"]["schemas"]["Pet"]["discriminator"];
            discriminator["defaultMapping"] = json!(name);
        }
        api
    };
    let rules = |old, new| {
        let found = findings(&with(old), &with(new));
        found.into_iter().map(|it| it.rule).collect::<Vec<_>>()
    };
    let of = |what: &str| {
        [format!(
            "request-property-discriminator-default-mapping-{what}"
        )]
    };
    assert_eq!(rules(None, Some("Dog")), of("added"));
    assert_eq!(rules(Some("Dog"), None), of("removed"));
    assert_eq!(rules(Some("Dog"), Some("Cat")), of("changed"));
}

//! Choices among schemas: what tells the alternatives apart, and choices that only limit what a schema says.

use serde_json::{Value, json};
use tilt_codegen::drift::{Direction, Severity};

use crate::drift::diff;

/// The rules of the findings, each with how grave it is.
fn judged(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let findings = diff(old, new).findings.into_iter();
    findings.map(|it| (it.rule, it.severity)).collect()
}

/// An API that gives one schema, and takes another one.
fn api(taken: &Value, given: &Value, schemas: &Value) -> Value {
    let content = |schema: &Value| json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Zoo", "version": "1"},
        "paths": {"/animal": {"post": {
            "operationId": "meet",
            "requestBody": {"content": content(taken)},
            "responses": {"200": {"description": "It.", "content": content(given)}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn animal() -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}})
}

fn barking() -> Value {
    let mut dog = animal();
    dog["properties"]["volume"] = json!({"type": "integer"});
    dog
}

/// A choice of two, of which the second has this name.
fn pets(name: &str, mapping: &Value) -> Value {
    let mut discriminator = json!({"propertyName": "kind"});
    if !mapping.is_null() {
        discriminator["mapping"] = mapping.clone();
    }
    let choice = json!({
        "oneOf": [reference("Cat"), reference(name)],
        "discriminator": discriminator,
    });
    api(
        &json!({"type": "string"}),
        &choice,
        &json!({"Cat": animal(), name: barking()}),
    )
}

#[test]
fn the_new_name_of_a_schema_that_is_told_by_it_is_another_value() {
    let found = diff(&pets("Dog", &json!(null)), &pets("Hound", &json!(null)));
    let [one] = &found.findings[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(one.rule, "api-tagged-schema-renamed");
    assert_eq!(one.severity, Severity::Breaking);
    // The same as an entry of a mapping.
    let entry = |value: &str| json!({value: "#/components/schemas/Dog"});
    let stated = judged(&pets("Dog", &entry("dog")), &pets("Dog", &entry("hound")));
    assert_eq!(
        stated,
        [(
            "response-body-discriminator-mapping-replaced".to_owned(),
            Severity::Breaking
        )]
    );
}

#[test]
fn the_new_name_of_a_schema_that_is_told_by_an_entry_is_no_other_value() {
    let entry = |name: &str| json!({"dog": format!("#/components/schemas/{name}")});
    let found = judged(
        &pets("Dog", &entry("Dog")),
        &pets("Hound", &entry("Hound")),
    );
    let renamed = "api-schema-renamed".to_owned();
    assert_eq!(found, [(renamed, Severity::Editorial)]);
}

#[test]
fn a_schema_that_extends_another_is_told_by_its_name_where_that_one_travels() {
    let api = |name: &str| {
        let mut pet = animal();
        pet["discriminator"] = json!({"propertyName": "kind"});
        let more = json!({"type": "object", "properties": {"mood": {"type": "string"}}});
        let schemas = json!({"Pet": pet, name: {"allOf": [reference("Pet"), more]}});
        api(&json!({"type": "string"}), &reference("Pet"), &schemas)
    };
    let found = diff(&api("Cat"), &api("Feline"));
    let [one] = &found.findings[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(one.rule, "api-tagged-schema-renamed");
    assert_eq!(one.severity, Severity::Breaking);
    assert!(one.directions.contains(&Direction::Answer));
}

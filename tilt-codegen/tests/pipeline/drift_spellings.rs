//! Other spellings of one thing are no findings, in the product as users get it.

use serde_json::{Value, json};
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;

fn inputs(document: &Value) -> Inputs {
    Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    }
}

fn assert_same(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let drift = tilt_codegen::diff(&inputs(old), &inputs(new), &Config::default()).unwrap();
        assert!(drift.findings.is_empty(), "{old} → {new}: {drift:#?}");
    }
}

/// An API that takes and gives one schema.
fn of(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}});
    let order = json!({"type": "object", "properties": {"a": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {"/order": {"post": {
            "operationId": "order",
            "requestBody": {"content": content},
            "responses": {"200": {"description": "It.", "content": content}},
        }}},
        "components": {"schemas": {"Order": order, "Note": {"type": "object", "properties": {}}}},
    })
}

#[test]
fn a_schema_that_says_the_same_is_the_same() {
    let list = || json!({"type": "array", "items": {"type": "string"}});
    let with = |base: Value, more: &[(&str, Value)]| {
        let mut schema = base;
        for (key, value) in more {
            schema[*key] = value.clone();
        }
        schema
    };
    let text = || json!({"type": "string"});
    let object = || json!({"type": "object"});
    let note = || json!({"$ref": "#/components/schemas/Note"});
    for (old, new) in [
        (text(), with(text(), &[("minLength", json!(0))])),
        (text(), with(text(), &[("minLength", json!(0.0))])),
        (
            text(),
            with(text(), &[("description", json!("")), ("title", json!(""))]),
        ),
        (text(), with(text(), &[("not", json!(false))])),
        (text(), with(text(), &[("nullable", json!(false))])),
        (text(), with(text(), &[("xml", json!({}))])),
        (text(), json!({"type": ["string"]})),
        (text(), json!({"oneOf": [text()]})),
        (text(), with(text(), &[("allOf", json!([{}]))])),
        (
            list(),
            with(
                list(),
                &[("minItems", json!(0)), ("uniqueItems", json!(false))],
            ),
        ),
        (list(), with(list(), &[("unevaluatedItems", json!(true))])),
        (
            list(),
            with(
                list(),
                &[("contains", json!({})), ("minContains", json!(0))],
            ),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "items": true}),
        ),
        (
            object(),
            with(
                object(),
                &[("minProperties", json!(0)), ("required", json!([]))],
            ),
        ),
        (
            object(),
            with(object(), &[("additionalProperties", json!({}))]),
        ),
        (
            object(),
            with(object(), &[("unevaluatedProperties", json!(true))]),
        ),
        (
            object(),
            with(object(), &[("patternProperties", json!({}))]),
        ),
        (
            object(),
            with(object(), &[("dependentRequired", json!({"a": []}))]),
        ),
        (object(), with(object(), &[("propertyNames", text())])),
        (note(), json!({"allOf": [note()]})),
        (
            json!({"type": "string", "const": "x"}),
            json!({"enum": ["x"]}),
        ),
        (json!({"enum": ["x", "y"]}), json!({"enum": ["y", "x"]})),
        (
            json!({"type": "integer", "exclusiveMinimum": 0}),
            json!({"type": "integer", "minimum": 1}),
        ),
        (
            json!({"type": "integer", "exclusiveMaximum": 10}),
            json!({"type": "integer", "maximum": 9, "multipleOf": 1}),
        ),
        (json!({}), json!(true)),
        (json!({"not": {}}), json!(false)),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn servers_of_the_document_that_are_stated_again_are_none_of_their_own() {
    let old = of(&json!({"type": "string"}));
    for pointer in ["/paths/~1order", "/paths/~1order/post"] {
        let mut new = old.clone();
        new.pointer_mut(pointer).unwrap()["servers"] = old["servers"].clone();
        assert_same(&old, &new);
    }
}

#[test]
fn no_security_is_a_choice_of_nothing() {
    let old = of(&json!({"type": "string"}));
    let mut new = old.clone();
    new["security"] = json!([{}]);
    assert_same(&old, &new);
}

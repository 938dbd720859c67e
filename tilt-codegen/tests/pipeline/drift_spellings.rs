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

fn with(mut schema: Value, more: Value) -> Value {
    let members = schema.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    schema
}

fn text() -> Value {
    json!({"type": "string"})
}

fn list() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn object() -> Value {
    json!({"type": "object"})
}

fn note() -> Value {
    json!({"$ref": "#/components/schemas/Note"})
}

#[test]
fn keywords_that_say_nothing_of_texts_and_lists_are_none() {
    for (old, new) in [
        (text(), with(text(), json!({"minLength": 0}))),
        (text(), with(text(), json!({"minLength": 0.0}))),
        (
            text(),
            with(text(), json!({"description": "", "title": ""})),
        ),
        (text(), with(text(), json!({"not": false}))),
        (text(), with(text(), json!({"nullable": false}))),
        (text(), with(text(), json!({"xml": {}}))),
        (text(), with(text(), json!({"allOf": [{}]}))),
        (
            list(),
            with(list(), json!({"minItems": 0, "uniqueItems": false})),
        ),
        (list(), with(list(), json!({"unevaluatedItems": true}))),
        (
            list(),
            with(list(), json!({"contains": {}, "minContains": 0})),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "items": true}),
        ),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn keywords_that_say_nothing_of_objects_are_none() {
    for (old, new) in [
        (
            object(),
            with(object(), json!({"minProperties": 0, "required": []})),
        ),
        (
            object(),
            with(object(), json!({"additionalProperties": {}})),
        ),
        (
            object(),
            with(object(), json!({"unevaluatedProperties": true})),
        ),
        (object(), with(object(), json!({"patternProperties": {}}))),
        (
            object(),
            with(object(), json!({"dependentRequired": {"a": []}})),
        ),
        (
            object(),
            with(object(), json!({"propertyNames": {"type": "string"}})),
        ),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn a_schema_in_other_words_is_the_same() {
    for (old, new) in [
        (text(), json!({"type": ["string"]})),
        (text(), json!({"oneOf": [text()]})),
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
        (
            json!({"type": ["string", "integer"]}),
            json!({"anyOf": [{"type": "integer"}, text()]}),
        ),
        (
            json!({"type": ["string", "boolean", "null"]}),
            json!({"oneOf": [text(), {"type": "boolean"}, {"type": "null"}]}),
        ),
        (
            json!({"type": "object", "properties": {"b": text(), "c": text()}, "required": ["b", "c"]}),
            json!({"type": "object", "allOf": [
                {"type": "object", "properties": {"b": text()}, "required": ["b"]},
                {"type": "object", "properties": {"c": text()}, "required": ["c"]},
            ]}),
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
fn no_servers_are_the_one_that_serves_the_document() {
    let mut old = of(&json!({"type": "string"}));
    old["servers"] = json!([{"url": "/"}]);
    let mut new = old.clone();
    new.as_object_mut().unwrap().remove("servers");
    assert_same(&old, &new);
}

#[test]
fn no_security_is_a_choice_of_nothing() {
    let old = of(&json!({"type": "string"}));
    let mut new = old.clone();
    new["security"] = json!([{}]);
    assert_same(&old, &new);
}

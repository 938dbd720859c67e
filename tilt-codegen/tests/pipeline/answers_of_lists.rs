//! Answers that make a GET under a word that is no plural a `list`.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The method of GET `/brand`, called `getBrand`, with this answer.
fn method(answer: Value) -> String {
    method_of("/brand", "getBrand", answer)
}

fn method_of(path: &str, id: &str, answer: Value) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"get": {"operationId": id, "responses": {"200": {"description": "OK",
            "content": {"application/json": {"schema": answer}}}}}}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    modelled.sdk.resources[0].operations[0].name.clone()
}

fn things() -> Value {
    json!({"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}})
}

#[test]
fn a_list_and_nothing_else_is_a_list_and_a_thing_with_parts_is_none() {
    let object = |properties: Value| method(json!({"type": "object", "properties": properties}));
    assert_eq!(method(things()), "list");
    assert_eq!(object(json!({"data": things()})), "list");
    assert_eq!(object(json!({"brands": things()})), "list");
    assert_eq!(
        object(json!({"rows_found": things(), "total": {"type": "integer"}})),
        "list"
    );
    // The parts of one brand, and one that has a name besides.
    assert_eq!(object(json!({"sections": things()})), "get");
    assert_eq!(
        object(json!({"items": things(), "name": {"type": "string"}})),
        "get"
    );
    assert_eq!(
        object(json!({"brands": things(), "shops": things()})),
        "get"
    );
}

#[test]
fn a_list_in_an_envelope_is_one_where_something_tells_of_its_pages() {
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    let links = || object(json!({"Next": {"type": "string"}}));
    let data = || object(json!({"Brand": things()}));
    let paged = object(json!({"Data": data(), "Links": links()}));
    assert_eq!(method(paged), "list");
    assert_eq!(method(object(json!({"Data": data()}))), "get");
}

#[test]
fn one_text_or_one_thing_under_a_plural_is_got() {
    let of = |answer: Value| method_of("/logs", "getLogs", answer);
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    assert_eq!(of(json!({"type": "string"})), "get");
    assert_eq!(of(object(json!({"logs": {"type": "string"}}))), "get");
    assert_eq!(of(object(json!({"logs": things()}))), "list");
    assert_eq!(of(json!({})), "list");
}

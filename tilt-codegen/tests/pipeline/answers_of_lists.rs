//! Answers that make a GET under a word that is no plural a `list`.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The method of GET `/brand`, called `getBrand`, with this answer.
fn method(answer: Value) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/brand": {"get": {"operationId": "getBrand", "responses": {"200": {"description": "OK",
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

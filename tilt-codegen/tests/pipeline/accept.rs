//! `Accept` has the media types that the document has.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Operation, Success};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The value of `Accept` of an operation with these responses.
fn accept(responses: Value) -> String {
    operation("get", responses).execution.accept
}

/// The only operation of an API.
fn operation(method: &str, responses: Value) -> Operation {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {method: {"responses": responses}}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let generated = Generator::new(Config::default()).generate(&inputs).unwrap();
    generated.sdk.resources[0].operations[0].clone()
}

/// A response with these media types, each of an object.
fn of(media_types: &[&str]) -> Value {
    let schema = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    let content = media_types
        .iter()
        .map(|media_type| ((*media_type).to_owned(), schema.clone()));
    json!({"description": "A response", "content": Value::Object(content.collect())})
}

#[test]
fn a_media_type_is_asked_for_as_it_is_written() {
    for media_type in [
        "application/hal+json",
        "application/vnd.users+json;version=1.0",
        "text/csv",
        "image/png",
        "image/*",
        "application/x-ndjson",
    ] {
        assert_eq!(accept(json!({"200": of(&[media_type])})), media_type);
    }
}

#[test]
fn those_of_errors_weigh_less() {
    let responses = json!({
        "200": of(&["application/json"]),
        "201": of(&["application/json"]),
        "400": of(&["application/problem+json"]),
        "404": of(&["application/json", "application/problem+json"])
    });
    let expected = "application/json, application/problem+json;q=0.9";
    assert_eq!(accept(responses), expected);
}

#[test]
fn xml_is_not_asked_for_where_json_is_read() {
    let both = of(&["application/xml", "application/json"]);
    assert_eq!(accept(json!({"200": both})), "application/json");
    let xml = of(&["application/xml"]);
    assert_eq!(accept(json!({"200": xml})), "application/xml");
}

#[test]
fn an_operation_without_a_body_takes_what_comes_beside_its_errors() {
    assert_eq!(accept(json!({"204": {"description": "Gone"}})), "");
    let responses = json!({
        "204": of(&["text/plain"]),
        "400": of(&["application/problem+json"])
    });
    let expected = "application/problem+json;q=0.9, */*;q=0.8";
    assert_eq!(accept(responses), expected);
}

#[test]
fn no_media_type_breaks_the_header() {
    let responses = json!({"200": of(&["application/json", "text/h\u{e9}\n", "json"])});
    assert_eq!(accept(responses), "application/json");
}

#[test]
fn a_head_asks_for_the_headers_of_what_a_get_has() {
    let responses = json!({
        "200": of(&["application/xml", "application/json"]),
        "404": of(&["application/problem+json"])
    });
    let head = operation("head", responses);
    let expected = "application/json, application/xml, application/problem+json;q=0.9";
    assert_eq!(head.execution.accept, expected);
    assert_eq!(head.success, Success::Empty);
    assert_eq!(head.errors[0].payload, None);
}

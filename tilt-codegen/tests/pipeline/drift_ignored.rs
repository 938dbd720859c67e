//! Members that the specifications ignore, and other words for the same, do nothing to programs.

use serde_json::{Value, json};
use tilt_codegen::drift::{Bump, Severity};

use crate::drift::diff;

/// An API with one operation.
fn document(operation: Value, components: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {"/order": {"post": operation}},
        "components": components,
    })
}

fn answering(status: &str, answer: Value) -> Value {
    let mut answer = answer;
    answer["description"] = "It.".into();
    json!({"operationId": "order", "responses": {status: answer}})
}

/// The rules and severities of both ways.
fn found(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let both = [(old, new), (new, old)].into_iter();
    let findings = both.flat_map(|(old, new)| diff(old, new).findings);
    findings.map(|it| (it.rule, it.severity)).collect()
}

fn words() -> (String, Severity) {
    ("text-changed".to_owned(), Severity::Editorial)
}

#[test]
fn headers_that_others_say_are_words() {
    for name in ["Authorization", "content-type", "Accept"] {
        let old = answering("204", json!({}));
        let mut new = old.clone();
        let parameter =
            json!({"name": name, "in": "header", "required": true, "schema": {"type": "string"}});
        new["parameters"] = json!([parameter]);
        let [old, new] = [old, new].map(|it| document(it, json!({})));
        assert_eq!(found(&old, &new), [words(), words()], "{name}");
    }
    let header = json!({"required": true, "schema": {"type": "string"}});
    let new = answering("204", json!({"headers": {"Content-Type": header}}));
    let [old, new] = [answering("204", json!({})), new].map(|it| document(it, json!({})));
    assert_eq!(found(&old, &new), [words(), words()]);
}

#[test]
fn content_of_an_answer_that_has_none_is_words() {
    let text = json!({"content": {"application/json": {"schema": {"type": "string"}}}});
    let of = |status: &str, answer: &Value| document(answering(status, answer.clone()), json!({}));
    let (old, new) = (of("204", &text), of("204", &json!({})));
    assert_eq!(found(&old, &new), [words(), words()]);
    let (old, new) = (of("202", &text), of("202", &json!({})));
    assert!(!found(&old, &new).contains(&words()));
}

#[test]
fn a_key_in_a_header_has_no_case() {
    let of = |place: &str, name: &str| {
        let scheme = json!({"type": "apiKey", "in": place, "name": name});
        let mut operation = answering("204", json!({}));
        operation["security"] = json!([{"key": []}]);
        document(operation, json!({"securitySchemes": {"key": scheme}}))
    };
    assert_eq!(found(&of("header", "X-Key"), &of("header", "x-key")), []);
    assert_eq!(found(&of("query", "Key"), &of("query", "key")).len(), 2);
}

#[test]
fn bytes_are_a_body_without_a_schema() {
    let of = |media_type: &str, media: Value| {
        let mut operation = answering("204", json!({}));
        operation["requestBody"] = json!({"content": {media_type: media}});
        document(operation, json!({}))
    };
    let bytes = || json!({"schema": {"type": "string", "format": "binary"}});
    let stream = "application/octet-stream";
    assert_eq!(found(&of(stream, json!({})), &of(stream, bytes())), []);
    let short = json!({"schema": {"type": "string", "format": "binary", "maxLength": 5}});
    assert_eq!(found(&of(stream, json!({})), &of(stream, short)).len(), 2);
    let json = "application/json";
    assert_eq!(found(&of(json, json!({})), &of(json, bytes())).len(), 2);
}

#[test]
fn an_alternative_comes_and_goes_with_its_value() {
    let schema =
        json!({"type": "object", "required": ["t"], "properties": {"t": {"type": "string"}}});
    let of = |names: &[&str]| {
        let reference = |name: &str| format!("#/components/schemas/{name}");
        let alternatives = names.iter().map(|it| json!({"$ref": reference(it)}));
        let mapping = names
            .iter()
            .map(|it| (it.to_lowercase(), reference(it).into()));
        let union = json!({
            "oneOf": alternatives.collect::<Vec<_>>(),
            "discriminator": {
                "propertyName": "t",
                "mapping": mapping.collect::<serde_json::Map<_, _>>(),
            },
        });
        let answer = json!({"content": {"application/json": {"schema": union}}});
        let schemas = ["R", "S", "Q"].map(|it| (it.to_owned(), schema.clone()));
        let schemas = schemas.into_iter().collect::<serde_json::Map<_, _>>();
        document(answering("200", answer), json!({"schemas": schemas}))
    };
    let found = found(&of(&["R", "S", "Q"]), &of(&["R", "S"]));
    let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(
        rules,
        ["response-body-one-of-removed", "response-body-one-of-added"]
    );
}

#[test]
fn a_single_value_is_written_alike_whether_or_not_it_is_exploded() {
    let with = |schema: Value, explode: bool| {
        let mut operation = answering("204", json!({}));
        operation["parameters"] =
            json!([{"name": "a", "in": "query", "explode": explode, "schema": schema}]);
        document(
            operation,
            json!({"schemas": {"Kind": {"enum": ["a", "b"]}}}),
        )
    };
    let kind = json!({"$ref": "#/components/schemas/Kind"});
    for schema in [json!({"type": "string"}), json!({"type": "integer"}), kind] {
        let (one, other) = (with(schema.clone(), true), with(schema, false));
        assert_eq!(found(&one, &other), [words(), words()]);
        let upgrade = diff(&one, &other).upgrade;
        assert_eq!(upgrade, Bump::None);
    }
    let list = json!({"type": "array", "items": {"type": "string"}});
    let (one, other) = (with(list.clone(), true), with(list, false));
    assert!(
        found(&one, &other)
            .iter()
            .all(|it| it.1 == Severity::Breaking)
    );
}

#[test]
fn a_server_is_called_by_its_address() {
    let at = |servers: Value| {
        let mut document = document(answering("204", json!({})), json!({}));
        document["servers"] = servers;
        document
    };
    let plain = at(json!([{"url": "https://a.example/v1"}]));
    let slash = at(json!([{"url": "https://a.example/v1/"}]));
    assert_eq!(found(&plain, &slash), []);
    let with = |default: &str| {
        let host = json!({"host": {"default": default}});
        at(json!([{"url": "https://{host}.example/v1", "variables": host}]))
    };
    let severities = |new: &Value| {
        let found = found(&plain, new).into_iter();
        found.map(|it| it.1).collect::<Vec<_>>()
    };
    // A program that chose another value is not served any more.
    assert_eq!(
        severities(&with("a")),
        [Severity::Additive, Severity::Breaking]
    );
    assert_eq!(severities(&with("b")), [Severity::Breaking; 2]);
}

#[test]
fn the_program_says_where_it_is_called() {
    let with = |servers: Value| {
        let mut document = document(answering("204", json!({})), json!({}));
        document["webhooks"] = json!({"paid": {
            "servers": servers,
            "post": {"responses": {"204": {"description": "Seen."}}},
        }});
        document
    };
    let (none, some) = (with(json!([])), with(json!([{"url": "https://b.example"}])));
    assert_eq!(found(&none, &some), [words(), words()]);
}

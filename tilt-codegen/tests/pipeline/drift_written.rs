//! Definitions that are written as parts or as text, wherever they are used.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift::diff;

fn judged(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let findings = diff(old, new).findings.into_iter();
    findings.map(|it| (it.rule, it.severity)).collect()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An API that takes a body of this media type, with a definition as its only value.
fn api(media_type: &str, value: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/files": {"post": {
            "operationId": "put",
            "requestBody": {"required": true, "content": {media_type: {"schema": reference("Form")}}},
            "responses": {"204": {"description": "Done."}},
        }}},
        "components": {"schemas": {
            "Form": {"type": "object", "properties": {"a": reference("Value")}},
            "Value": value,
        }},
    })
}

fn bytes(media_type: &str) -> Value {
    json!({"type": "string", "contentMediaType": media_type})
}

#[test]
fn a_definition_that_is_a_part_is_sent_as_its_media_type() {
    let of = |value: &Value| api("multipart/form-data", value);
    let changed = "encoding-content-type-changed".to_owned();
    for (old, new) in [
        (bytes("application/octet-stream"), bytes("image/png")),
        (bytes("image/png"), json!({"type": "string"})),
    ] {
        for (old, new) in [(&old, &new), (&new, &old)] {
            let found = judged(&of(old), &of(new));
            assert_eq!(found, [(changed.clone(), Severity::Breaking)]);
        }
    }
    // The same bytes in other words.
    let bytes = of(&bytes("application/octet-stream"));
    for (old, new) in [(&bytes, &of(&json!({}))), (&of(&json!({})), &bytes)] {
        let found = judged(old, new);
        assert!(
            found.iter().all(|it| it.1 == Severity::Editorial),
            "{found:?}"
        );
    }
}

#[test]
fn a_definition_that_is_a_text_takes_numbers() {
    let (number, text) = (json!({"type": "integer"}), json!({"type": "string"}));
    let widened = (
        "request-property-type-generalized".to_owned(),
        Severity::Additive,
    );
    let changed = (
        "request-property-type-changed".to_owned(),
        Severity::Breaking,
    );
    for media_type in ["multipart/form-data", "application/x-www-form-urlencoded"] {
        let of = |value: &Value| api(media_type, value);
        assert_eq!(
            judged(&of(&number), &of(&text)),
            std::slice::from_ref(&widened)
        );
        assert_eq!(judged(&of(&text), &of(&number))[0].1, Severity::Breaking);
    }
    let of = |value: &Value| api("application/json", value);
    assert_eq!(
        judged(&of(&number), &of(&text)),
        std::slice::from_ref(&changed)
    );
    // It is JSON elsewhere.
    let both = |value: &Value| {
        let mut api = api("multipart/form-data", value);
        let content = json!({"application/json": {"schema": reference("Value")}});
        api["paths"]["/files"]["put"] = json!({
            "requestBody": {"content": content},
            "responses": {"204": {"description": "Done."}},
        });
        api
    };
    assert_eq!(judged(&both(&number), &both(&text)), [changed]);
}

#[test]
fn a_property_of_a_definition_that_is_a_form_is_written_as_text() {
    let of = |media_type: &str, ty: &str| {
        let mut api = api(media_type, &json!({"type": "string"}));
        api["components"]["schemas"]["Form"]["properties"]["b"] = json!({"type": ty});
        api
    };
    let form = "application/x-www-form-urlencoded";
    let (old, new) = (of(form, "integer"), of(form, "string"));
    assert_eq!(judged(&old, &new)[0].1, Severity::Additive);
    let form = "application/json";
    let (old, new) = (of(form, "integer"), of(form, "string"));
    assert_eq!(judged(&old, &new)[0].1, Severity::Breaking);
}

#[test]
fn what_differs_inside_of_a_position_or_a_pattern_is_told_of_it() {
    let of = |value: &Value| api("application/json", value);
    let text = |most: u64| json!({"type": "string", "maxLength": most});
    let position = |most: u64| json!({"type": "array", "prefixItems": [{}, text(most)]});
    let pattern = |most: u64| json!({"type": "object", "patternProperties": {"^a": text(most)}});
    let rest = |most: u64| json!({"type": "array", "unevaluatedItems": text(most)});
    let ways: [&dyn Fn(u64) -> Value; 3] = [&position, &pattern, &rest];
    for way in ways {
        let (more, less) = (of(&way(9)), of(&way(5)));
        let lowered = "request-property-max-length-decreased".to_owned();
        let raised = "request-property-max-length-increased".to_owned();
        assert_eq!(judged(&more, &less), [(lowered, Severity::Breaking)]);
        assert_eq!(judged(&less, &more), [(raised, Severity::Additive)]);
    }
}

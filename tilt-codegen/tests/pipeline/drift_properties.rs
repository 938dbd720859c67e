//! Properties that may never be there, and rules for those that have no name.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift::{diff, only_rule};

fn api(operation: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"post": operation}},
    })
}

fn taking(schema: &Value) -> Value {
    let body = json!({"content": {"application/json": {"schema": schema}}});
    api(&json!({"requestBody": body, "responses": {"204": {"description": "Done."}}}))
}

fn giving(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    api(&json!({"responses": {"200": {"description": "It.", "content": content}}}))
}

#[test]
fn a_property_of_which_no_value_is_valid_is_gone() {
    let with = |schema: Value| json!({"type": "object", "properties": {"a": schema}});
    let (text, never) = (with(json!({"type": "string"})), with(json!(false)));
    for (old, new, rule, severity) in [
        (
            giving(&text),
            giving(&never),
            "response-optional-property-removed",
            Severity::Warning,
        ),
        (
            giving(&never),
            giving(&text),
            "response-optional-property-added",
            Severity::Additive,
        ),
        (
            taking(&text),
            taking(&never),
            "request-property-became-never-valid",
            Severity::Breaking,
        ),
        (
            taking(&never),
            taking(&text),
            "new-optional-request-property",
            Severity::Additive,
        ),
    ] {
        assert_eq!(only_rule(&old, &new), (rule.to_owned(), severity));
    }
}

#[test]
fn other_properties_are_open_or_closed_beside_names_with_a_pattern() {
    let closed = json!({
        "type": "object",
        "patternProperties": {"^x-": {}},
        "additionalProperties": false,
    });
    let mut open = closed.clone();
    open.as_object_mut().unwrap().remove("additionalProperties");
    assert_eq!(
        only_rule(&taking(&closed), &taking(&open)),
        (
            "request-body-additional-properties-opened".to_owned(),
            Severity::Additive
        )
    );
    assert_eq!(
        only_rule(&taking(&open), &taking(&closed)),
        (
            "request-body-additional-properties-closed".to_owned(),
            Severity::Breaking
        )
    );
    // Alone, a pattern for anything says nothing.
    let drift = diff(&taking(&json!({"type": "object"})), &taking(&open));
    assert!(drift.findings.is_empty(), "{drift:#?}");
}

//! Statuses and media types that stand for several others.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift::only_rule;

fn operation(operation: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"post": operation}},
    })
}

fn text() -> Value {
    json!({"schema": {"type": "string"}})
}

/// An API that answers with each of these statuses, and always with a text.
fn answering(statuses: &[&str]) -> Value {
    let answer = json!({"description": "It.", "content": {"application/json": text()}});
    let answers = statuses.iter();
    let answers = answers.map(|status| ((*status).to_owned(), answer.clone()));
    let answers: serde_json::Map<String, Value> = answers.collect();
    operation(&json!({"responses": answers}))
}

#[test]
fn a_status_of_a_class_is_one_of_it() {
    let (narrowed, widened) = (
        "response-success-status-narrowed",
        "response-success-status-widened",
    );
    let changed = "response-non-success-status-changed";
    for (old, new, rule, severity) in [
        (&["2XX"][..], &["200"][..], narrowed, Severity::Additive),
        (&["200"], &["2XX"], widened, Severity::Warning),
        (&["default"], &["200"], narrowed, Severity::Additive),
        (&["200"], &["default"], widened, Severity::Warning),
        (
            &["200"],
            &["201"],
            "response-status-changed",
            Severity::Breaking,
        ),
        // Beside a success, the rest is an error.
        (
            &["200", "default"],
            &["200", "500"],
            changed,
            Severity::Warning,
        ),
        (
            &["200", "default"],
            &["200", "201"],
            changed,
            Severity::Warning,
        ),
    ] {
        let found = only_rule(&answering(old), &answering(new));
        assert_eq!(found, (rule.to_owned(), severity), "{old:?} → {new:?}");
    }
}

#[test]
fn a_range_of_media_types_takes_each_of_them() {
    let taking = |media_type: &str| {
        let body = json!({"content": {media_type: text()}});
        operation(&json!({"requestBody": body, "responses": {"204": {"description": "Done."}}}))
    };
    let (narrowed, widened, changed) = (
        "request-body-media-type-narrowed",
        "request-body-media-type-widened",
        "request-body-media-type-name-changed",
    );
    for (old, new, rule, severity) in [
        ("application/json", "*/*", widened, Severity::Additive),
        ("text/csv", "text/*", widened, Severity::Additive),
        ("text/*", "*/*", widened, Severity::Additive),
        ("*/*", "application/json", narrowed, Severity::Breaking),
        ("application/json", "text/*", changed, Severity::Breaking),
        ("text/csv", "text/plain", changed, Severity::Breaking),
    ] {
        let found = only_rule(&taking(old), &taking(new));
        assert_eq!(found, (rule.to_owned(), severity), "{old} → {new}");
    }
}

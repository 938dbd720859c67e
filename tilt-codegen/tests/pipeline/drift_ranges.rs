//! Statuses and media types that stand for several others.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift::only_rule;
use crate::drift_maps::findings;

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

#[test]
fn a_status_in_the_place_of_a_class_is_one_change_with_all_that_come() {
    let changed = "response-non-success-status-changed";
    for (old, new, rule, severity) in [
        (
            &["200", "4XX"][..],
            &["200", "400", "404"][..],
            changed,
            Severity::Warning,
        ),
        (
            &["200", "400", "404"],
            &["200", "4XX"],
            "response-non-success-status-widened",
            Severity::Additive,
        ),
        (
            &["200", "default"],
            &["200", "4XX", "5XX"],
            changed,
            Severity::Warning,
        ),
        (
            &["2XX"],
            &["200", "201"],
            "response-success-status-narrowed",
            Severity::Additive,
        ),
        // It has that of the class.
        (
            &["200", "4XX"],
            &["200", "404", "4XX"],
            "response-status-out-of-range",
            Severity::Editorial,
        ),
        (
            &["200", "404", "4XX"],
            &["200", "4XX"],
            "response-status-left-to-range",
            Severity::Editorial,
        ),
    ] {
        let found = only_rule(&answering(old), &answering(new));
        assert_eq!(found, (rule.to_owned(), severity), "{old:?} → {new:?}");
    }
    // Another one that comes is another change.
    let (old, new) = (
        answering(&["200", "4XX"]),
        answering(&["200", "400", "500"]),
    );
    assert_eq!(findings(&old, &new).len(), 2);
}

#[test]
fn an_answer_of_a_range_of_media_types_may_be_each_of_them() {
    let answering = |media_types: &[&str]| {
        let content = media_types.iter();
        let content = content.map(|it| ((*it).to_owned(), text()));
        let content: serde_json::Map<String, Value> = content.collect();
        operation(&json!({"responses": {"200": {"description": "It.", "content": content}}}))
    };
    let (narrowed, widened) = (
        "response-media-type-name-specialized",
        "response-media-type-name-generalized",
    );
    for (one, other) in [
        (&["*/*"][..], &["application/json"][..]),
        (&["application/*"], &["application/json"]),
        (&["text/*"], &["text/csv", "text/plain"]),
        (&["text/csv"], &["text/csv; header=present"]),
    ] {
        let (one, other) = (answering(one), answering(other));
        let found = only_rule(&one, &other);
        assert_eq!(found, (narrowed.to_owned(), Severity::Additive));
        let found = only_rule(&other, &one);
        assert_eq!(found, (widened.to_owned(), Severity::Warning));
    }
}

#[test]
fn a_media_type_beside_its_range_changes_what_it_says_otherwise() {
    let id = json!({"type": "object", "properties": {"id": {"type": "string"}}});
    let mut always = id.clone();
    always["required"] = json!(["id"]);
    let taking = |content: Value| {
        operation(&json!({
            "requestBody": {"content": content},
            "responses": {"204": {"description": "Done."}},
        }))
    };
    let media = |schema: &Value| json!({"schema": schema});
    let range = taking(json!({"*/*": media(&id)}));
    let (came, went) = (
        "request-body-media-type-out-of-range",
        "request-body-media-type-left-to-range",
    );
    for (schema, severities) in [
        (&id, [Severity::Editorial; 2]),
        (&always, [Severity::Breaking, Severity::Additive]),
    ] {
        let both = taking(json!({"*/*": media(&id), "application/json": media(schema)}));
        let found = only_rule(&range, &both);
        assert_eq!(found, (came.to_owned(), severities[0]));
        let found = only_rule(&both, &range);
        assert_eq!(found, (went.to_owned(), severities[1]));
    }
}

#[test]
fn a_status_that_is_another_stays_it_beside_one_that_is_new() {
    let old = answering(&["200", "400"]);
    for statuses in [&["200", "409", "422"][..], &["200", "401", "404"]] {
        let found = findings(&old, &answering(statuses)).into_iter();
        let mut rules: Vec<String> = found.map(|it| it.rule).collect();
        rules.sort_unstable();
        assert_eq!(
            rules,
            [
                "response-non-success-status-added",
                "response-non-success-status-changed"
            ]
        );
    }
}

#[test]
fn a_media_type_that_is_another_stays_it_beside_one_that_is_new() {
    let taking = |media_types: &[&str]| {
        let types = media_types.iter();
        let content: serde_json::Map<String, Value> =
            types.map(|it| ((*it).to_owned(), text())).collect();
        let body = json!({"content": content});
        operation(&json!({"requestBody": body, "responses": {"204": {"description": "Done."}}}))
    };
    let old = taking(&["application/json"]);
    let new = taking(&["application/merge-patch+json", "text/csv"]);
    let found = findings(&old, &new).into_iter();
    let mut rules: Vec<String> = found.map(|it| it.rule).collect();
    rules.sort_unstable();
    assert_eq!(
        rules,
        [
            "request-body-media-type-added",
            "request-body-media-type-name-changed"
        ]
    );
}

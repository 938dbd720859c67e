//! Programs that the API calls: what they answer is sent, and what they are told is received.

use serde_json::{Value, json};
use tilt_codegen::drift::{Direction, Severity};

use crate::drift_maps::findings;

/// An API that tells programs, by a webhook or by a callback, and what they answer.
fn telling(is_callback: bool, operation: &Value) -> Value {
    let mut api = json!({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}});
    let item = json!({"post": operation});
    match is_callback {
        false => api["webhooks"] = json!({"paid": item}),
        true => {
            let callbacks = json!({"paid": {"{$request.query.url}": item}});
            let done = json!({"204": {"description": "Done."}});
            api["paths"] =
                json!({"/orders": {"post": {"responses": done, "callbacks": callbacks}}});
        }
    }
    api
}

fn assert_told(old: &Value, new: &Value, told: (Severity, Direction)) {
    for is_callback in [false, true] {
        let found = findings(&telling(is_callback, old), &telling(is_callback, new));
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.severity, it.directions.iter().copied().collect()))
            .collect();
        let expected = [(told.0, vec![told.1])];
        assert_eq!(found, expected, "{is_callback}: {old} → {new}");
    }
}

#[test]
fn what_a_receiver_answers_is_sent() {
    use Severity::{Additive, Breaking};
    let body = json!({"application/json": {"schema": {"type": "string"}}});
    let mut two = body.clone();
    two["text/plain"] = json!({});
    let of = |answers: Value| json!({"responses": answers});
    let plain = of(json!({"200": {"description": "Seen."}}));
    let with = |member: &str, value: Value| {
        let mut answer = plain.clone();
        answer["responses"]["200"][member] = value;
        answer
    };
    let header = |is_required: bool| json!({"X-Seen": {"required": is_required, "schema": {"type": "string"}}});
    let more = json!({"200": {"description": "Seen."}, "400": {"description": "What?"}});
    for (one, other, severities) in [
        (&plain, with("content", body), [Additive, Breaking]),
        (&plain, with("content", two), [Additive, Breaking]),
        (&plain, of(more.clone()), [Additive, Breaking]),
        (&json!({}), of(more), [Additive, Breaking]),
        (&plain, with("headers", header(false)), [Additive, Additive]),
        (&plain, with("headers", header(true)), [Breaking, Additive]),
    ] {
        assert_told(one, &other, (severities[0], Direction::Request));
        assert_told(&other, one, (severities[1], Direction::Request));
    }
}

#[test]
fn a_header_that_a_receiver_always_got_is_missed() {
    let with = |is_required: bool| {
        let schema = json!({"type": "string"});
        let header =
            json!({"name": "X-Id", "in": "header", "required": is_required, "schema": schema});
        json!({"parameters": [header]})
    };
    for (is_required, gone) in [(false, Severity::Warning), (true, Severity::Breaking)] {
        assert_told(&with(is_required), &json!({}), (gone, Direction::Event));
        let came = (Severity::Additive, Direction::Event);
        assert_told(&json!({}), &with(is_required), came);
    }
}

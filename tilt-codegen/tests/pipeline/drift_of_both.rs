//! A type that both documents state.

use serde_json::{Value, json};
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::drift::Finding;
use tilt_codegen::source::Input;

fn input(name: &str, document: &Value) -> Option<Input> {
    Some(Input::Bytes {
        name: name.to_owned(),
        bytes: document.to_string().into_bytes(),
    })
}

/// Documents that have a status each.
fn inputs(api: &Value, events: &Value) -> Inputs {
    let status = json!({"$ref": "#/components/schemas/Status"});
    let openapi = json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/status": {"get": {"responses": {"200": {
            "description": "It.",
            "content": {"application/json": {"schema": status}},
        }}}}},
        "components": {"schemas": {"Status": api}},
    });
    let asyncapi = json!({
        "asyncapi": "2.6.0",
        "info": {"title": "Shop", "version": "1"},
        "channels": {"told": {"subscribe": {"message": {"name": "told", "payload": {
            "type": "object", "properties": {"status": status}}}}}},
        "components": {"schemas": {"Status": events}},
    });
    Inputs {
        openapi: input("api.json", &openapi),
        asyncapi: input("events.json", &asyncapi),
        ..Inputs::default()
    }
}

fn told(old: [&Value; 2], new: [&Value; 2]) -> Vec<Finding> {
    let [old, new] = [old, new].map(|[api, events]| inputs(api, events));
    let drift = tilt_codegen::diff(&old, &new, &Config::default()).unwrap();
    let findings = drift.findings.into_iter();
    findings
        .filter(|it| it.rule == "type-of-both-documents-differs")
        .collect()
}

#[test]
fn a_type_that_one_document_changes_is_told_where_the_other_one_has_it() {
    let one = json!({"type": "string", "enum": ["open", "paid"]});
    let more = json!({"type": "string", "enum": ["open", "paid", "void"]});
    for (new, document) in [([&more, &one], "events.json"), ([&one, &more], "api.json")] {
        let told = told([&one, &one], new);
        let [finding] = &told[..] else {
            panic!("{told:#?}");
        };
        let place = finding.new.as_ref().unwrap();
        assert_eq!(place.document, document);
        assert_eq!(place.pointer, "/components/schemas/Status");
        assert!(place.line.is_some());
    }
}

#[test]
fn what_both_change_or_had_apart_or_is_words_is_no_difference_between_them() {
    let one = json!({"type": "string", "enum": ["open", "paid"]});
    let more = json!({"type": "string", "enum": ["open", "paid", "void"]});
    let words = json!({"type": "string", "enum": ["paid", "open"], "description": "Either."});
    for (old, new) in [
        ([&one, &one], [&more, &more]),
        ([&one, &more], [&more, &one]),
        ([&one, &one], [&one, &words]),
    ] {
        let told = told(old, new);
        assert!(told.is_empty(), "{told:#?}");
    }
}

/// The SDK has one type for both as long as they are equal.
#[test]
fn a_list_of_values_in_an_event_that_was_that_of_a_type_is_told() {
    let list = |values: Value| json!({"type": "string", "enum": values});
    let one = list(json!(["open", "paid"]));
    let more = list(json!(["open", "paid", "void"]));
    let event = |list: &Value| json!({"type": "object", "properties": {"a": list, "b": list}});
    for (api, events, document, copies) in [
        (&more, &one, "events.json", 1),
        (&one, &more, "api.json", 0),
    ] {
        let told = told([&one, &event(&one)], [api, &event(events)]);
        let [finding] = &told[..] else {
            panic!("{told:#?}");
        };
        assert_eq!(finding.new.as_ref().unwrap().document, document);
        assert_eq!(finding.copies.len(), copies);
    }
    let both = told([&one, &event(&one)], [&more, &event(&more)]);
    assert!(both.is_empty(), "{both:#?}");
}

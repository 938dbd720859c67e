//! Schemas that are made of others: what moves among parts, and what nothing uses.

use serde_json::{Value, json};
use tilt_codegen::drift::{Finding, Severity};

use crate::drift_maps::findings;

/// An API that takes and answers a schema, beside others.
fn api(order: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"post": {
            "requestBody": {"content": content},
            "responses": {"200": {"description": "It.", "content": content}},
        }}},
        "components": {"schemas": {
            "Order": order,
            "Base": {"type": "object", "properties": {"at": {"type": "string"}}},
        }},
    })
}

fn object(names: &[&str]) -> Value {
    let mut object = json!({"type": "object", "properties": {}});
    for name in names {
        object["properties"][*name] = json!({"type": "string"});
    }
    object
}

/// A schema that extends another one by parts.
fn extending(parts: &[Value]) -> Value {
    let base = json!({"$ref": "#/components/schemas/Base"});
    let all: Vec<&Value> = std::iter::once(&base).chain(parts).collect();
    json!({"allOf": all})
}

fn told(old: &Value, new: &Value) -> Vec<String> {
    let found = findings(&api(old), &api(new)).into_iter();
    found.map(|it| it.rule).collect()
}

fn only(old: &Value, new: &Value) -> Finding {
    match <[Finding; 1]>::try_from(findings(&api(old), &api(new))) {
        Ok([finding]) => finding,
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn a_property_that_moves_among_parts_is_where_it_was() {
    let beside = |mut schema: Value, names: &[&str]| {
        schema["properties"] = object(names)["properties"].clone();
        schema
    };
    let old = extending(&[object(&["a", "b"]), object(&["c"])]);
    for new in [
        extending(&[object(&["a"]), object(&["b", "c"])]),
        beside(extending(&[object(&["a"]), object(&["c"])]), &["b"]),
        beside(extending(&[object(&["c"])]), &["a", "b"]),
    ] {
        assert_eq!(told(&old, &new), <[&str; 0]>::default(), "{new}");
        assert_eq!(told(&new, &old), <[&str; 0]>::default(), "{new}");
    }
    let more = extending(&[object(&["a"]), object(&["b", "c", "d", "e"])]);
    assert_eq!(told(&old, &more), ["new-optional-request-property"; 2]);
    let mut other = extending(&[object(&["a"]), object(&["b", "c"])]);
    other["allOf"][2]["properties"]["b"] = json!({"type": "integer"});
    assert!(!told(&old, &other).is_empty());
}

#[test]
fn a_choice_among_types_is_a_list_of_them_with_what_is_said_of_each() {
    let note = |schema: Value| json!({"type": "object", "properties": {"note": schema}});
    let text = json!({"type": "string", "maxLength": 5});
    let choice = |keyword: &str, other: Value| {
        let mut choice = json!({});
        choice[keyword] = json!([text, other]);
        note(choice)
    };
    let list = note(json!({"type": ["string", "integer"], "maxLength": 5}));
    for keyword in ["oneOf", "anyOf"] {
        let choice = choice(keyword, json!({"type": "integer"}));
        assert_eq!(told(&choice, &list), <[&str; 0]>::default());
        assert_eq!(told(&list, &choice), <[&str; 0]>::default());
        let open = note(json!({"type": ["string", "integer"]}));
        assert_eq!(only(&open, &choice).rule, "request-property-max-length-set");
    }
    let nullable = choice("oneOf", json!({"type": ["integer", "null"]}));
    let null = note(json!({"type": ["string", "integer", "null"], "maxLength": 5}));
    assert_eq!(told(&nullable, &null), <[&str; 0]>::default());
    let named = choice(
        "oneOf",
        json!({"type": "integer", "description": "A number."}),
    );
    assert_eq!(only(&named, &list).severity, Severity::Editorial);
    // A number that is an integer is of both, and so of none.
    let numbers = note(json!({"oneOf": [{"type": "number"}, {"type": "integer"}]}));
    let both = note(json!({"type": ["number", "integer"]}));
    assert!(!told(&numbers, &both).is_empty());
}

#[test]
fn a_definition_that_nothing_uses_is_told_at_its_place() {
    let with = |definition: Value| {
        let mut schema = object(&["a"]);
        schema["$defs"] = definition;
        schema
    };
    let none = object(&["a"]);
    let one = with(json!({"Kind": {"type": "string"}}));
    let other = with(json!({"Kind": {"type": "integer"}}));
    for (old, new) in [(&none, &one), (&one, &none), (&one, &other)] {
        let finding = only(old, new);
        assert_eq!(finding.severity, Severity::Editorial, "{finding:#?}");
        let places = [&finding.old, &finding.new].map(|it| it.as_ref().unwrap().pointer.clone());
        let is_inside = |it: &String| it.starts_with("/components/schemas/Order/$defs/Kind");
        assert!(places.iter().any(is_inside), "{places:?}");
    }
}

#[test]
fn a_reference_that_is_the_only_part_is_told_where_it_stands() {
    let held = |part: Value| json!({"type": "object", "properties": {"base": {"allOf": [part]}}});
    let old = held(json!({"$ref": "#/components/schemas/Base"}));
    let new =
        held(json!({"type": "object", "properties": {"at": {"type": "string", "maxLength": 5}}}));
    let place = |finding: &Finding| finding.old.as_ref().unwrap().pointer.clone();
    let at = "/components/schemas/Order/properties/base/allOf/0";
    let found = place(&only(&old, &new));
    assert!(found.starts_with(at), "{found}");
}

#[test]
fn null_that_is_the_only_value_is_named() {
    let note = |schema: Value| json!({"type": "object", "properties": {"note": schema}});
    let found = findings(
        &api(&note(json!({"type": "string"}))),
        &api(&note(json!({"const": null}))),
    );
    assert!(
        found.iter().any(|it| it.message.contains("`null`")),
        "{found:#?}"
    );
    assert!(
        !found.iter().any(|it| it.message.contains("one of ,")),
        "{found:#?}"
    );
}

#[test]
fn a_property_that_moves_into_a_definition_that_is_a_part_is_there_still() {
    let (mut old, mut new) = (
        api(&extending(&[object(&["id", "note"])])),
        api(&extending(&[object(&["id", "more"])])),
    );
    old["components"]["schemas"]["Order"]["allOf"][1]["required"] = json!(["note"]);
    let base = &mut new["components"]["schemas"]["Base"];
    base["properties"]["note"] = json!({"type": "string"});
    base["required"] = json!(["note"]);
    let found = findings(&old, &new);
    let mut messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    messages.sort_unstable();
    assert_eq!(
        messages,
        [
            "`Base.note` is new, and always there",
            "`Order.more` is new"
        ]
    );
}

#[test]
fn a_part_that_says_nothing_is_shown() {
    let (old, new) = (
        extending(&[object(&["a"])]),
        extending(&[object(&["a"]), json!({"description": "More."})]),
    );
    for (old, new) in [(&old, &new), (&new, &old)] {
        let message = only(old, new).message;
        assert!(message.contains("More."), "{message}");
    }
}

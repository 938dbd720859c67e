//! Operations whose document grew: they keep what callers have of them.

use serde_json::{Value, json};
use tilt_codegen::model::Operation;

use crate::lists::{list, object, text, things};
use crate::names_again::modelled;

/// The operation of a document, and of the next one after it.
fn grown(method: &str, old: Value, new: Value) -> [Operation; 2] {
    let document = |operation: Value| {
        let paths = json!({"/things": {method: operation}});
        json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})
            .to_string()
    };
    let before = modelled(&document(old), None);
    let after = modelled(&document(new), Some(before.names.to_string()));
    [before, after].map(|it| it.sdk.resources[0].operations[0].clone())
}

#[test]
fn items_stay_where_they_were_whatever_list_comes_beside_them() {
    let answer = |more: Value| {
        let mut answer = json!({"things": things(), "next_cursor": text()});
        answer
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        object(answer)
    };
    let others = || json!({"type": "array", "items": object(json!({"name": text()}))});
    let old = || list(&["cursor!"], answer(json!({})));
    for name in ["items", "data", "results", "included"] {
        let mut new = answer(json!({name: others()}));
        new["required"] = json!([name, "things"]);
        let [before, after] = grown("get", old(), list(&["cursor!"], new));
        assert_eq!(before.pagination.expect("pages").items, ["things"]);
        let after = after.pagination.expect("pages");
        assert_eq!(after.items, ["things"], "{name}");
    }
    // Where they are no more, they are where they seem to be.
    let gone = object(json!({"items": others(), "next_cursor": text()}));
    let [_, after] = grown("get", old(), list(&["cursor!"], gone));
    assert_eq!(after.pagination.expect("pages").items, ["items"]);
}

#[test]
fn a_body_that_may_be_left_out_comes_without_asking_for_it() {
    let sent = |required: Value| {
        let schema =
            json!({"type": "object", "required": ["reason"], "properties": {"reason": text()}});
        let mut body = json!({"content": {"application/json": {"schema": schema}}});
        if required.is_boolean() {
            body["required"] = required;
        }
        json!({"requestBody": body, "responses": {"204": {"description": ""}}})
    };
    let none = || json!({"responses": {"204": {"description": ""}}});
    let asks = |[_, after]: [Operation; 2]| after.body.expect("a body").is_argument;
    assert!(!asks(grown("post", none(), sent(Value::Null))));
    assert!(asks(grown("post", none(), sent(json!(true)))));
    // From the start it is taken as required, and stays so.
    assert!(asks(grown("post", sent(Value::Null), sent(Value::Null))));
}

#[test]
fn no_setter_hides_a_function_of_a_trait() {
    let schema = object(json!({"from": text(), "default": text(), "note": text()}));
    let body = json!({"required": true, "content": {"application/json": {"schema": schema}}});
    let operation = json!({"requestBody": body, "responses": {"204": {"description": ""}}});
    let document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/things": {"post": operation}}});
    let sdk = modelled(&document.to_string(), None).sdk;
    let shapes = sdk.types.iter().map(|it| &it.shape);
    let fields = shapes.filter_map(|shape| match shape {
        tilt_codegen::model::Shape::Struct(it) => Some(&it.fields),
        _ => None,
    });
    let setters: Vec<&str> = fields
        .flatten()
        .filter(|it| it.setter)
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(setters, ["note"]);
}

#[test]
fn a_call_that_the_lock_does_not_name_is_its_method_and_then_its_thing() {
    let operation = json!({"responses": {"204": {"description": ""}}});
    let paths = json!({"/readers/{id}/cancel_action": {"post": operation}});
    let document =
        json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})
            .to_string();
    let call = |lock: Option<String>| {
        let modelled = modelled(&document, lock);
        let call = modelled.sdk.resources[0].operations[0].call.clone();
        (call, modelled.names.to_string())
    };
    let (first, lock) = call(None);
    assert_eq!(first, "CancelReaderActionCall");
    assert_eq!(call(Some(lock.clone())).0, first);
    let older = lock.replace(" CancelReaderActionCall", "");
    assert_ne!(older, lock);
    let (kept, again) = call(Some(older.clone()));
    assert_eq!((kept.as_str(), again), ("CancelActionReaderCall", older));
}

//! Traits of AsyncAPI, which say the same where they stand as in what has them.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift_maps::findings;

/// An API that sends a message by an operation.
fn sending(operation: &Value, message: &Value) -> Value {
    let mut operation = operation.clone();
    operation["message"] = message.clone();
    json!({
        "asyncapi": "2.6.0",
        "info": {"title": "Shop", "version": "1"},
        "channels": {"paid": {"subscribe": operation}},
    })
}

fn with(object: &Value, members: &Value) -> Value {
    let mut object = object.clone();
    let all = object.as_object_mut().unwrap();
    all.extend(members.as_object().unwrap().clone());
    object
}

/// A message with these members.
fn message(members: &Value) -> Value {
    with(
        &json!({"name": "paid", "payload": {"type": "object"}}),
        members,
    )
}

fn header(name: &str) -> Value {
    json!({"type": "object", "properties": {name: {"type": "string"}}})
}

#[test]
fn an_operation_says_the_same_with_what_a_trait_of_it_says() {
    for member in [
        json!({"bindings": {"kafka": {"groupId": {"type": "string"}}}}),
        json!({"tags": [{"name": "money"}]}),
        json!({"security": [{"key": []}]}),
        json!({"operationId": "paid"}),
        json!({"summary": "Paid.", "description": "It was paid."}),
    ] {
        let by_trait = sending(&json!({"traits": [member]}), &message(&json!({})));
        let own = sending(&member, &message(&json!({})));
        for (old, new) in [(&by_trait, &own), (&own, &by_trait)] {
            assert_eq!(findings(old, new), [], "{member}");
        }
    }
}

#[test]
fn a_message_says_the_same_with_parts_of_what_a_trait_of_it_says() {
    let both = json!({"type": "object", "properties": {
        "X-Id": {"type": "string"},
        "X-Try": {"type": "string"},
    }});
    let bindings =
        json!({"amqp": {"contentEncoding": "gzip"}, "kafka": {"key": {"type": "string"}}});
    for (old, new) in [
        (
            json!({"headers": header("X-Id"), "traits": [{"headers": header("X-Try")}]}),
            json!({"headers": both}),
        ),
        (
            json!({"traits": [{"headers": header("X-Id")}, {"headers": header("X-Try")}]}),
            json!({"traits": [{"headers": both}]}),
        ),
        (
            json!({"traits": [{"headers": header("X-Id")}]}),
            json!({"headers": header("X-Id"), "traits": [{"headers": header("X-Id")}]}),
        ),
        (
            json!({
                "bindings": {"amqp": bindings["amqp"]},
                "traits": [{"bindings": {"kafka": bindings["kafka"]}}],
            }),
            json!({"bindings": bindings}),
        ),
    ] {
        let sending = |members| sending(&json!({}), &message(members));
        for (old, new) in [(&old, &new), (&new, &old)] {
            assert_eq!(findings(&sending(old), &sending(new)), [], "{old} → {new}");
        }
    }
}

#[test]
fn what_moves_out_of_a_trait_and_changes_is_that_one_change() {
    let old = json!({"traits": [{"contentType": "application/json", "headers": header("X-Id")}]});
    let new = json!({"contentType": "application/xml", "headers": header("X-Id")});
    let sending = |members| sending(&json!({}), &message(members));
    let found = findings(&sending(&old), &sending(&new));
    let rules: Vec<&str> = found.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(rules, ["message-content-type-changed"]);
}

#[test]
fn a_trait_of_words_is_words() {
    let sent = json!({"contentType": "application/json"});
    let words = json!({"summary": "Paid.", "tags": [{"name": "money"}]});
    let old = message(&json!({"tags": [{"name": "shop"}], "traits": [sent]}));
    let new = message(&json!({"tags": [{"name": "all"}], "traits": [sent, words]}));
    let found = findings(&sending(&json!({}), &old), &sending(&json!({}), &new));
    let told: Vec<Severity> = found.iter().map(|it| it.severity).collect();
    assert_eq!(told, [Severity::Editorial], "{found:#?}");
}

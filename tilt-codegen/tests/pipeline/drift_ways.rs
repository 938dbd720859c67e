//! The way that a definition travels is that of its users.

use serde_json::{Value, json};
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::drift::{Direction, Drift, Severity};
use tilt_codegen::source::Input;

fn diff(old: &Value, new: &Value) -> Drift {
    let [old, new] = [old, new].map(|document| Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    });
    tilt_codegen::diff(&old, &new, &Config::default()).unwrap()
}

/// A path item that takes an id, used by paths or webhooks under these names.
fn shared(users: &[(&str, &str)], ty: &Value) -> Value {
    let schema = json!({"type": "object", "properties": {"id": {"type": ty}}});
    let mut api = json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "components": {"pathItems": {"Told": {"post": {
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"204": {"description": "Done."}},
        }}}},
    });
    for (map, name) in users {
        api[*map][*name] = json!({"$ref": "#/components/pathItems/Told"});
    }
    api
}

#[test]
fn an_item_that_is_shared_travels_as_its_users_do() {
    use Direction::{Event, Request};
    // An id that may be an integer as well now: a program may send what it did, and may receive what it cannot read.
    for (users, ways, severity) in [
        (
            &[("webhooks", "told")][..],
            &[Event][..],
            Severity::Breaking,
        ),
        (&[("paths", "/told")], &[Request], Severity::Additive),
        (
            &[("paths", "/told"), ("webhooks", "told")],
            &[Request, Event],
            Severity::Breaking,
        ),
        (&[], &[], Severity::Editorial),
    ] {
        let (old, new) = (json!("string"), json!(["string", "integer"]));
        let drift = diff(&shared(users, &old), &shared(users, &new));
        let [finding] = &drift.findings[..] else {
            panic!("{drift:#?}");
        };
        let told: Vec<Direction> = finding.directions.iter().copied().collect();
        assert_eq!((&told[..], finding.severity), (ways, severity), "{users:?}");
    }
}

/// An answer that is an object by all of these.
fn answering(parts: &Value) -> Value {
    let schema = json!({"type": "object", "allOf": parts});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"get": {"responses": {"200": {
            "description": "It.",
            "content": {"application/json": {"schema": schema}},
        }}}}},
        "components": {"schemas": {"Id": {
            "properties": {"id": {"type": "string"}},
            "required": ["id"],
        }}},
    })
}

#[test]
fn a_part_that_goes_weighs_what_it_says() {
    let (most, least) = (json!({"maxProperties": 7}), json!({"minProperties": 1}));
    for (part, severity) in [
        (
            json!({"$ref": "#/components/schemas/Id"}),
            Severity::Breaking,
        ),
        (
            json!({"properties": {"note": {"type": "string"}}}),
            Severity::Warning,
        ),
        (
            json!({"propertyNames": {"maxLength": 9}}),
            Severity::Warning,
        ),
        (json!({"description": "All of it."}), Severity::Editorial),
    ] {
        let drift = diff(
            &answering(&json!([most, least, part])),
            &answering(&json!([most, least])),
        );
        assert_eq!(drift.in_use, Some(severity), "{part}: {drift:#?}");
    }
}

/// A channel on which one of both sends a message, beside one on which the API does.
fn channel(name: &str, operation: &str) -> Inputs {
    let message = json!({"name": "paid", "payload": {"type": "object"}});
    let other = json!({"subscribe": {"message": {"name": "other", "payload": {"type": "object"}}}});
    let document = json!({
        "asyncapi": "2.6.0",
        "info": {"title": "Shop", "version": "1"},
        "channels": {name: {"$ref": "#/components/channels/Paid"}, "other": other},
        "components": {"channels": {"Paid": {operation: {"message": message}}}},
    });
    Inputs {
        asyncapi: Some(Input::Bytes {
            name: "events.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    }
}

#[test]
fn a_channel_travels_as_its_messages_do() {
    for (operation, way) in [
        ("subscribe", Direction::Event),
        ("publish", Direction::Request),
    ] {
        let [old, new] = ["old", "new"].map(|name| channel(name, operation));
        let drift = tilt_codegen::diff(&old, &new, &Config::default()).unwrap();
        let mut findings = drift.findings.iter();
        let renamed = findings.find(|it| it.rule == "channel-renamed");
        let ways: Vec<_> = renamed.unwrap().directions.iter().copied().collect();
        assert_eq!(ways, [way], "{operation}: {drift:#?}");
    }
}

/// The only finding: its rule, severity and sentence.
fn told(old: &Value, new: &Value) -> (String, Severity, String) {
    let drift = diff(old, new);
    let [finding] = &drift.findings[..] else {
        panic!("{drift:#?}");
    };
    let finding = finding.clone();
    (finding.rule, finding.severity, finding.message)
}

#[test]
fn a_method_that_is_new_asks_the_program_for_nothing() {
    let old = shared(&[("webhooks", "told")], &json!("string"));
    let mut new = old.clone();
    let more = json!({"responses": {"204": {"description": "Done."}}});
    new["components"]["pathItems"]["Told"]["put"] = more;
    let (rule, severity, message) = told(&old, &new);
    assert_eq!(
        (rule.as_str(), severity),
        ("endpoint-added-to-path", Severity::Additive),
        "{message}"
    );
}

#[test]
fn null_alone_is_another_type() {
    let of = |ty: Value| shared(&[("paths", "/told")], &ty);
    let only = |rule: &str, severity, old: Value, new: Value| {
        let (found, gravity, message) = told(&of(old), &of(new));
        assert_eq!((found.as_str(), gravity), (rule, severity), "{message}");
        message
    };
    let text = json!("string");
    let both = json!(["string", "null"]);
    let null = json!("null");
    let message = only(
        "request-property-type-changed",
        Severity::Breaking,
        text,
        null.clone(),
    );
    assert!(
        message.ends_with("is `null`, and was `string`"),
        "{message}"
    );
    let narrows = "request-property-type-specialized";
    only(narrows, Severity::Breaking, both.clone(), null.clone());
    only(
        "request-property-type-generalized",
        Severity::Additive,
        null,
        both,
    );
}

#[test]
fn a_callback_that_becomes_a_component_is_the_same() {
    let done = json!({"{$request.body#/url}": {"post": {
        "requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}},
        "responses": {"204": {"description": "Heard."}},
    }}});
    let with = |callback: &Value| {
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/orders": {"post": {
                "callbacks": {"done": callback},
                "responses": {"204": {"description": "Done."}},
            }}},
        })
    };
    let inline = with(&done);
    let mut named = with(&json!({"$ref": "#/components/callbacks/done"}));
    named["components"] = json!({"callbacks": {"done": done}});
    for (old, new) in [(&inline, &named), (&named, &inline)] {
        let found = crate::drift_maps::findings(old, new);
        assert!(found.is_empty(), "{found:#?}");
    }
}

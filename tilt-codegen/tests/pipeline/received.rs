//! Requests that the API sends to its clients, who serve them: webhooks and callbacks.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs};

fn inputs(document: &Value) -> Inputs {
    Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    }
}

fn generate(document: &Value, config: Config) -> Generated {
    Generator::new(config).generate(&inputs(document)).unwrap()
}

fn with_server() -> Config {
    let mut config = Config::default();
    config.parts.server = true;
    config
}

/// An API with a webhook and a callback.
fn calling_back() -> Value {
    let shipped = json!({"$ref": "#/components/schemas/Shipped"});
    let json = |schema: &Value| json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "servers": [{"url": "/v1"}],
        "paths": {"/orders": {"post": {
            "responses": {"202": {"description": "accepted"}},
            "callbacks": {"onShipped": {"{$request.body#/url}": {"post": {
                "requestBody": {"required": true, "content": json(&shipped)},
                "responses": {"204": {"description": "ok"}},
                "callbacks": {"again": {"{$request.body#/url}": {"post": {}}}},
            }}}},
        }}},
        "webhooks": {
            "order.shipped": {
                "post": {
                    "summary": "An order is on its way.",
                    "parameters": [
                        {"name": "X-Attempt", "in": "header", "required": true, "schema": {"type": "integer", "minimum": 1}},
                    ],
                    "requestBody": {"required": true, "content": json(&shipped)},
                    "responses": {
                        "200": {"description": "ok", "content": json(&json!({"type": "object", "properties": {"seen": {"type": "boolean"}}}))},
                        "410": {"description": "send no more"},
                    },
                },
                "get": {"responses": {"204": {"description": "ok"}}},
            },
            "order_shipped": {"post": {"responses": {"204": {"description": "ok"}}}},
        },
        "components": {"schemas": {
            "Shipped": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "string", "readOnly": true, "maxLength": 9},
                "secret": {"type": "string", "writeOnly": true},
            }},
        }},
    })
}

#[test]
fn what_the_api_sends_is_a_trait_of_its_own_beside_the_server() {
    let generated = generate(&calling_back(), with_server());
    let files = generated.files.iter();
    let files = files.filter(|file| file.path.starts_with("received/"));
    let files: Vec<String> = files
        .map(|it| format!("==== {}\n{}", it.path, it.contents))
        .collect();
    insta::assert_snapshot!(files.join("\n"));
}

#[test]
fn what_the_api_sends_is_no_call_and_nothing_of_it_is_there_without_a_server() {
    let document = calling_back();
    let served = generate(&document, with_server());
    let client = generate(&document, Config::default());
    let of_client = |generated: &Generated| -> Vec<(String, String)> {
        let files = generated.files.iter();
        let files = files.filter(|it| it.path.starts_with("resources/") || it.path == "client.rs");
        files
            .map(|it| (it.path.clone(), it.contents.clone()))
            .collect()
    };
    assert_eq!(of_client(&served), of_client(&client));
    assert!(client.sdk.received.is_empty());
    assert!(!client.names.to_string().contains("(webhook)"));
    let callbacks = |generated: &Generated| {
        let found = generated.findings.items.iter();
        found.filter(|it| it.code.as_str() == "callback").count()
    };
    // The callback of a callback is part of nothing.
    assert_eq!((callbacks(&client), callbacks(&served)), (1, 1));
}

#[test]
fn an_api_that_only_sends_has_a_server_of_what_it_sends() {
    let mut document = calling_back();
    document.as_object_mut().unwrap().remove("paths");
    let generated = generate(&document, with_server());
    let paths: Vec<&str> = generated.files.iter().map(|it| it.path.as_str()).collect();
    assert!(paths.contains(&"received/webhooks.rs"), "{paths:?}");
    assert!(!paths.contains(&"server/mod.rs"), "{paths:?}");
}

#[test]
fn the_method_of_a_webhook_keeps_its_name_when_another_comes_that_is_spelled_alike() {
    let mut document = calling_back();
    let webhooks = document["webhooks"].as_object_mut().unwrap();
    let spelled_alike = webhooks.remove("order_shipped").unwrap();
    let names = |generated: &Generated| -> Vec<(String, String)> {
        let groups = generated.sdk.received.iter();
        let operations = groups.flat_map(|it| &it.operations);
        let named = operations.map(|it| (it.path.clone(), it.name.clone()));
        named.collect()
    };
    let before = generate(&document, with_server());
    document["webhooks"]["order_shipped"] = spelled_alike;
    let inputs = Inputs {
        names: Some(Input::Bytes {
            name: "names.lock".to_owned(),
            bytes: before.names.to_string().into_bytes(),
        }),
        ..inputs(&document)
    };
    let after = names(&Generator::new(with_server()).generate(&inputs).unwrap());
    for name in names(&before) {
        assert!(after.contains(&name), "{name:?} of {after:?}");
    }
}

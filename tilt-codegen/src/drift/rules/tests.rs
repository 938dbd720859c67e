//! Each rule's own example is found by it and by nothing else, and its near miss is not.

use super::{Rule, all};
use crate::drift::grammar::Kind;
use crate::drift::wire::{Judged, Side, compare};
use crate::source::{DocumentId, Documents, Input, Limits};
use serde_json::{Value, json};

/// The smallest document around an object.
fn document(kind: Kind, object: Value) -> Value {
    let openapi = |paths: Value, components: Value| json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, "components": components});
    let answers = json!({"200": {"description": "x"}});
    let operation = |operation: Value| openapi(json!({"/a": {"post": operation}}), json!({}));
    let with = |key: &str, value: Value| {
        let mut object = json!({"responses": answers});
        object[key] = value;
        operation(object)
    };
    let answer = |answer: Value| operation(json!({"responses": {"200": answer}}));
    let scheme = |scheme: Value| {
        let mut document = operation(json!({"responses": answers, "security": [{"k": []}]}));
        document["components"] = json!({"securitySchemes": {"k": scheme}});
        document
    };
    let channel =
        |channel: Value| json!({"asyncapi": "2.6.0", "info": {}, "channels": {"c/{p}": channel}});
    let message = |message: Value| channel(json!({"subscribe": {"message": message}}));
    match kind {
        Kind::OpenApi | Kind::AsyncApi => object,
        Kind::Info => json!({"openapi": "3.1.0", "info": object, "paths": {}}),
        Kind::Tag => json!({"openapi": "3.1.0", "paths": {}, "tags": [object]}),
        Kind::Server => json!({"openapi": "3.1.0", "paths": {}, "servers": [object]}),
        Kind::ServerVariable => document(
            Kind::Server,
            json!({"url": "https://{e}.example", "variables": {"e": object}}),
        ),
        Kind::Components => openapi(json!({}), object),
        Kind::PathItem => openapi(json!({"/a": object}), json!({})),
        Kind::Operation => operation(object),
        Kind::Parameter => with("parameters", json!([object])),
        Kind::RequestBody => with("requestBody", object),
        Kind::MediaType => with(
            "requestBody",
            json!({"content": {"application/json": object}}),
        ),
        Kind::Encoding => document(
            Kind::MediaType,
            json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}, "encoding": {"a": object}}),
        ),
        Kind::Response => answer(object),
        Kind::Header => answer(json!({"description": "x", "headers": {"A": object}})),
        Kind::Link => answer(json!({"description": "x", "links": {"a": object}})),
        Kind::Callback => with("callbacks", json!({"c": object})),
        Kind::SecurityScheme => scheme(object),
        Kind::OAuthFlows => scheme(json!({"type": "oauth2", "flows": object})),
        Kind::OAuthFlow => document(Kind::OAuthFlows, json!({"clientCredentials": object})),
        Kind::Schema => {
            let content =
                json!({"application/json": {"schema": {"$ref": "#/components/schemas/Subject"}}});
            openapi(
                json!({"/a": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": "x", "content": content}}}}}),
                json!({"schemas": {"Subject": object, "Other": {"type": "object"}}}),
            )
        }
        Kind::AsyncComponents => json!({"asyncapi": "2.6.0", "channels": {}, "components": object}),
        Kind::AsyncServer => json!({"asyncapi": "2.6.0", "channels": {}, "servers": {"s": object}}),
        Kind::Channel => channel(object),
        Kind::ChannelParameter => channel(json!({"parameters": {"p": object}})),
        Kind::AsyncOperation => channel(json!({"subscribe": object})),
        Kind::OperationTrait => {
            channel(json!({"subscribe": {"traits": [object], "message": {"name": "m"}}}))
        }
        Kind::Message => message(object),
        Kind::MessageTrait => message(json!({"name": "m", "traits": [object]})),
        Kind::CorrelationId => message(json!({"name": "m", "correlationId": object})),
    }
}

fn edits(kind: Kind, before: &str, after: &str) -> Vec<Judged> {
    let parsed = |text: &str| -> Value {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    let load = |object: Value| {
        let bytes = document(kind, object).to_string().into_bytes();
        let name = "api.json".to_owned();
        Documents::load(Input::Bytes { name, bytes }, &Limits::default()).expect("valid JSON")
    };
    let (old, new) = (load(parsed(before)), load(parsed(after)));
    compare(side(&old), side(&new))
}

fn side(documents: &Documents) -> Side<'_> {
    let is_messages = documents.root().value.get("asyncapi").is_some();
    let root = Some(DocumentId(0));
    Side {
        documents,
        openapi: root.filter(|_| !is_messages),
        asyncapi: root.filter(|_| is_messages),
    }
}

/// The words that every finding of the rule begins or ends with.
fn is_of(rule: &Rule, edit: &Judged) -> bool {
    std::ptr::eq(rule, edit.of)
}

#[test]
fn every_rule_finds_its_example_and_nothing_else_does() {
    let mut faults = Vec::new();
    for rule in all() {
        let (before, after) = &rule.example;
        let found = edits(rule.kind, before, after);
        if found.len() != 1 || !is_of(rule, &found[0]) {
            let found: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
            faults.push(format!(
                "{}: {before} → {after}: {found:?}",
                rule.id.shown()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_rule_finds_its_near_miss() {
    let mut faults = Vec::new();
    for rule in all() {
        let (before, after) = &rule.near_miss;
        let found = edits(rule.kind, before, after);
        if found.iter().any(|edit| is_of(rule, edit)) {
            faults.push(format!("{}: {before} → {after}", rule.id.shown()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_member_that_nobody_knows_is_told() {
    let rule = &super::UNCLASSIFIED;
    let found = edits(rule.kind, &rule.example.0, &rule.example.1);
    let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
    assert_eq!(rules, ["unclassified"]);
    let found = edits(rule.kind, &rule.near_miss.0, &rule.near_miss.1);
    assert_eq!(found[0].rule, "extension-changed");
}

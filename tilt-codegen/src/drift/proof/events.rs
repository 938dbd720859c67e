//! Kinds of changes of channels and messages.

use super::mutation::*;
use crate::drift::grammar::Kind;
use serde_json::{Value, json};

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = channels();
    all.extend(messages());
    all
}

fn channels() -> Vec<Mutation> {
    let default = always("default-content-type-changed", Editorial);
    let id = always("message-operation-id-changed", Editorial);
    let bindings = |rule| always(rule, Warning);
    let is_several = |it: &Value| it["oneOf"].as_array().is_some_and(|all| all.len() > 2);
    let last = |map: &Value| map.as_object()?.keys().next_back().cloned();
    vec![
        on(
            Kind::AsyncApi,
            "channel removed",
            change("channels", move |it| without(it, &last(it)?)),
            always("channel-removed", Breaking),
            always("channel-added", Additive),
        ),
        on(
            Kind::AsyncApi,
            "channel renamed",
            change("channels", move |it| renamed(it, &last(it)?, "zz")),
            always("channel-renamed", Breaking),
            always("channel-renamed", Breaking),
        ),
        on(
            Kind::AsyncApi,
            "default content type, which no message has",
            reword("defaultContentType"),
            default,
            default,
        ),
        on(
            Kind::AsyncOperation,
            "message removed",
            where_(
                move |it| is_several(&it["message"]),
                change("message", |it| {
                    Some(json!({"oneOf": it["oneOf"].as_array()?[1..]}))
                }),
            ),
            always("message-removed", Breaking),
            always("message-added", Additive),
        ),
        on(
            Kind::AsyncOperation,
            "operationId of events",
            reword("operationId"),
            id,
            id,
        ),
        on(
            Kind::AsyncOperation,
            "binding of an operation",
            change("bindings", |it| Some(with(it, "zz", json!({})))),
            bindings("async-operation-bindings-changed"),
            bindings("async-operation-bindings-changed"),
        ),
    ]
}

/// Messages that clients received are sent by them, or the other way round.
fn other_way(channel: &Value) -> Option<Value> {
    match (channel.get("subscribe"), channel.get("publish")) {
        (Some(_), None) => renamed(channel, "subscribe", "publish"),
        (None, Some(_)) => renamed(channel, "publish", "subscribe"),
        _ => None,
    }
}

fn messages() -> Vec<Mutation> {
    let turned = always("channel-direction-changed", Breaking);
    let named = always("message-name-changed", Breaking);
    let content = always("message-content-type-changed", Breaking);
    let bindings = |rule| always(rule, Warning);
    vec![
        on(
            Kind::Channel,
            "messages that go the other way",
            other_way,
            turned,
            turned,
        ),
        on(
            Kind::Channel,
            "binding of a channel",
            set("bindings", r#"{"ws": {}}"#),
            bindings("channel-bindings-added"),
            bindings("channel-bindings-removed"),
        ),
        on(
            Kind::Message,
            "binding of a message",
            set("bindings", r#"{"http": {}}"#),
            bindings("message-bindings-added"),
            bindings("message-bindings-removed"),
        ),
        on(Kind::Message, "message name", reword("name"), named, named),
        on(
            Kind::Message,
            "content type",
            reword("contentType"),
            content,
            content,
        ),
        on(
            Kind::Message,
            "payload",
            |it| without(it, "payload"),
            gives("message-payload-removed", Additive, Breaking),
            gives("message-payload-added", Breaking, Additive),
        ),
        on(
            Kind::Message,
            "traits",
            |it| without(it, "traits"),
            bindings("message-trait-removed"),
            bindings("message-trait-added"),
        ),
    ]
}

//! The documents of `tests/fixtures/variants` describe the very API that the accepted ones do.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::{Api, LAUNCH_TOKENS, ORDERS, PAYMENTS, REFUNDS};
use crate::oracle::Oracle;
use crate::receiver::Receiver;
use crate::variations::{pointers, variations};
use crate::{statuses, validation};

const STYLES: [&str; 6] = ["bearer", "fastapi", "huma", "inline", "nestjs", "utoipa"];

/// Says its scopes in words only.
const WITHOUT_SCOPES: &str = "bearer";

fn variants() -> impl Iterator<Item = (&'static str, Oracle)> {
    STYLES.into_iter().map(|style| {
        (
            style,
            Oracle::read(&format!("tests/fixtures/variants/{style}")),
        )
    })
}

#[test]
fn operations_parameters_and_scopes_are_the_same() {
    let reference = Oracle::new();
    for (style, variant) in variants() {
        assert_eq!(variant.parameters(), reference.parameters(), "{style}");
        if style == WITHOUT_SCOPES {
            assert!(variant.scopes().is_empty());
        } else {
            assert_eq!(variant.scopes(), reference.scopes(), "{style}");
        }
    }
}

#[tokio::test]
async fn every_answer_of_the_sandbox_is_documented() {
    let exchanges = statuses::exchanges().await;
    for (_, variant) in variants() {
        for exchange in &exchanges {
            variant.check_answer(
                &exchange.method,
                exchange.route.as_deref().unwrap_or_default(),
                exchange.status.as_u16(),
                &exchange.response_headers,
                &serde_json::from_slice(&exchange.response_body).expect("JSON"),
            );
        }
    }
}

#[tokio::test]
async fn the_same_answers_are_valid() {
    let reference = Oracle::new();
    let mut longest: BTreeMap<String, (String, u16, Value)> = BTreeMap::new();
    for exchange in statuses::exchanges().await {
        let route = exchange.route.unwrap_or_default();
        let status = exchange.status.as_u16();
        let body = serde_json::from_slice(&exchange.response_body).expect("JSON");
        // One error is like another.
        let at = format!(
            "{} {}",
            exchange.method,
            if status < 400 { &route } else { "" }
        );
        let longest_so_far = longest.entry(at).or_default();
        if longest_so_far.2.to_string().len() < exchange.response_body.len() {
            *longest_so_far = (route, status, body);
        }
    }
    assert_eq!(
        longest.len(),
        10 + 2,
        "every operation, errors of GET and of POST"
    );
    for (at, (route, status, body)) in longest {
        let method = at.split(' ').next().unwrap_or_default();
        let all = pointers(&body);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let bodies = variations(&body, &all);
        for (style, variant) in variants() {
            for body in bodies.iter().filter(|body| has_no_null(body)) {
                assert_eq!(
                    variant.accepts_answer(method, &route, status, body),
                    reference.accepts_answer(method, &route, status, body),
                    "{style} {at}: {body}"
                );
            }
        }
    }
}

/// Some frameworks let what is optional be null.
fn has_no_null(body: &Value) -> bool {
    match body {
        Value::Null => false,
        Value::Array(items) => items.iter().all(has_no_null),
        Value::Object(object) => object.values().all(has_no_null),
        _ => true,
    }
}

#[test]
fn the_same_bodies_are_valid() {
    let reference = Oracle::new();
    let location = "00000000-0000-4000-8000-000000000009";
    for (route, bodies) in [
        (ORDERS, validation::order_bodies(location)),
        (PAYMENTS, validation::payment_bodies()),
        (REFUNDS, validation::refund_bodies()),
        (LAUNCH_TOKENS, validation::launch_bodies(location)),
    ] {
        for (style, variant) in variants() {
            for body in bodies.iter().filter(|body| has_no_null(body)) {
                assert_eq!(
                    variant.accepts_body(route, body),
                    reference.accepts_body(route, body),
                    "{style} {route}: {body}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_same_events_are_valid() {
    let (api, receiver) = (Api::start().await, Receiver::start().await);
    api.sandbox
        .register_webhook(&receiver.url)
        .expect("an endpoint");
    let mut body = api.order_body(5000);
    body["external_reference"] = "PO-17".into();
    let order = api.post(ORDERS, &[], &body).await;
    let payment = api.pay(order.text("order_id"), 5000).await;
    for kind in [
        "payment.approved",
        "payment.refunded",
        "payment.voided",
        "payment.cancelled",
        "payment.expired",
        "payment.reversal_settled",
        "payment.reversal_failed",
    ] {
        api.sandbox.send_event(kind, &payment).expect("a payment");
    }
    api.advance(0).await;
    let events = receiver.events();
    assert_eq!(events.len(), 7);
    let reference = Oracle::new();
    for (style, variant) in variants() {
        for event in &events {
            let event = event.json();
            assert!(variant.accepts_event(&event), "{style}: {event}");
        }
        let event = events[0].json();
        let all = pointers(&event);
        // Not every document lists the kinds.
        let all = all.iter().filter(|pointer| *pointer != "/event_kind");
        let all: Vec<&str> = all.map(String::as_str).collect();
        let payloads = variations(&event, &all);
        for event in payloads.iter().filter(|event| has_no_null(event)) {
            assert_eq!(
                variant.accepts_event(event),
                reference.accepts_event(event),
                "{style}: {event}"
            );
        }
    }
}

//! The judge of the other tests refuses what it should.

use serde_json::{Value, json};
use tilt_tests::Oracle;
use tilt_tests::api::Api;
use tilt_tests::oracle::{Answer, Faults, Request};

const PAYMENT: &str = "/pos/v1/orders/8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c/payments";

fn oracle() -> Oracle {
    let api = Api::accepted().expect("the accepted documents");
    let (openapi, asyncapi) = (api.openapi.expect("it"), api.asyncapi.expect("it"));
    Oracle::new(&openapi, &asyncapi).expect("schemas")
}

fn headers(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let headers = headers.iter();
    headers
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn usual() -> Vec<(String, String)> {
    headers(&[
        ("authorization", "Bearer t"),
        ("content-type", "application/json"),
    ])
}

fn ask(
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: &Value,
) -> Result<String, Faults> {
    let body = match body {
        Value::Null => Vec::new(),
        body => body.to_string().into_bytes(),
    };
    oracle().check_request(&Request {
        method,
        target,
        headers,
        body: &body,
    })
}

#[test]
fn a_documented_request_is_accepted() {
    let payment = json!({"method": "card", "amount_cents": 5});
    assert_eq!(
        ask("POST", PAYMENT, &usual(), &payment),
        Ok("POST /pos/v1/orders/{order_id}/payments".to_owned())
    );
}

#[test]
fn requests_that_are_not_as_documented_are_refused() {
    let payment = json!({"method": "card", "amount_cents": 5});
    let key = [usual(), headers(&[("X-Other", "1")])].concat();
    let no_token = headers(&[("content-type", "application/json")]);
    let text = headers(&[
        ("authorization", "Bearer t"),
        ("content-type", "text/plain"),
    ]);
    for (method, target, headers, body, fault) in [
        ("PUT", PAYMENT, usual(), &payment, "is not documented"),
        (
            "POST",
            "/pos/v1/orders/7/payments",
            usual(),
            &payment,
            "path parameter `order_id`",
        ),
        (
            "POST",
            PAYMENT,
            key,
            &payment,
            "the header `X-Other` is not documented",
        ),
        ("POST", PAYMENT, no_token, &payment, "no bearer token"),
        ("POST", PAYMENT, text, &payment, "media type `text/plain`"),
        (
            "POST",
            PAYMENT,
            usual(),
            &Value::Null,
            "the body is missing",
        ),
        (
            "POST",
            PAYMENT,
            usual(),
            &json!({"method": "card"}),
            "amount_cents",
        ),
        (
            "GET",
            "/pos/v1/locations?limit=201",
            usual(),
            &Value::Null,
            "query parameter `limit`",
        ),
        (
            "GET",
            "/pos/v1/locations?page=1",
            usual(),
            &Value::Null,
            "query parameter `page`",
        ),
    ] {
        let faults = ask(method, target, &headers, body).expect_err(fault);
        assert!(faults.to_string().contains(fault), "{faults}");
    }
}

#[test]
fn answers_are_judged() {
    let error = json!({"error": "a", "message": "b", "request_id": "req_1"});
    let json_type = headers(&[("content-type", "application/json")]);
    let answer = |status, headers: &[(String, String)], body: &Value| {
        let body = body.to_string().into_bytes();
        let answer = Answer {
            status,
            headers,
            body: &body,
        };
        oracle().check_answer("POST", PAYMENT, &answer)
    };
    assert!(answer(404, &json_type, &error).is_ok());
    assert!(answer(404, &json_type, &json!({"error": "a"})).is_err());
    assert!(answer(404, &[], &error).is_err());
    assert!(answer(201, &json_type, &error).is_err());
    let too_soon = answer(429, &json_type, &error).expect_err("no `Retry-After`");
    assert!(too_soon.to_string().contains("Retry-After"), "{too_soon}");
}

#[test]
fn events_are_judged() {
    let mut event = json!({
        "v": 1,
        "event_id": "evt_1",
        "event_kind": "payment.voided",
        "occurred_at": "2026-01-15T09:00:00Z",
        "partner_id": "8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c",
        "resource": {
            "payment_id": "8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c",
            "order_id": "8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c",
            "status": "voided",
            "amount_cents": 5,
            "method": "card",
        },
    });
    let signature = format!("hmac-sha256={}", "0".repeat(64));
    let signed = headers(&[("X-Tilt-Signature", &signature)]);
    let oracle = oracle();
    let judged = oracle.check_event(&signed, event.to_string().as_bytes());
    assert_eq!(judged, Ok(vec!["payment.voided".to_owned()]));
    assert!(
        oracle
            .check_event(&[], event.to_string().as_bytes())
            .is_err()
    );
    event["event_kind"] = "payment.failed".into();
    assert!(
        oracle
            .check_event(&signed, event.to_string().as_bytes())
            .is_err()
    );
}

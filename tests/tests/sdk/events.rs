//! Deliveries are verified, told apart, and never lost.

use std::error::Error;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use tilt_generated::Event;
use tilt_generated::types::PaymentStatus;
use tilt_generated::webhooks::{Signer, Verifier, WebhookError};
use tilt_sandbox::{SIGNATURE_HEADER, sign};
use tilt_tests::api::Api;

use crate::receiver::Receiver;
use crate::tilt::{Tilt, headers, oracle};

const KINDS: [&str; 7] = [
    "payment.approved",
    "payment.cancelled",
    "payment.expired",
    "payment.refunded",
    "payment.reversal_failed",
    "payment.reversal_settled",
    "payment.voided",
];

/// One of each kind, and one that is not documented.
async fn deliveries() -> Result<(Tilt, Vec<(HeaderMap, Bytes)>), Box<dyn Error>> {
    let (tilt, receiver) = (Tilt::start().await, Receiver::start().await);
    let (_, payment) = tilt.paid(5000).await?;
    tilt.sandbox.register_webhook(&receiver.url)?;
    for kind in KINDS.into_iter().chain(["payment.failed"]) {
        tilt.sandbox.send_event(kind, &payment)?;
    }
    tilt.advance().await;
    Ok((tilt, receiver.deliveries()))
}

fn signed(secret: &str, body: &str) -> Result<HeaderMap, Box<dyn Error>> {
    let signature = sign(secret, body.as_bytes());
    let value = HeaderValue::from_str(&signature)?;
    Ok(HeaderMap::from_iter([(SIGNATURE_HEADER.parse()?, value)]))
}

#[tokio::test]
async fn every_documented_event_is_understood() -> Result<(), Box<dyn Error>> {
    let (tilt, deliveries) = deliveries().await?;
    let verifier = Verifier::new(tilt.sandbox.signing_secret());
    let oracle = oracle(&Api::accepted()?);
    let mut kinds = Vec::new();
    for (delivered, body) in deliveries {
        let delivery = verifier.receive(&delivered, body.clone())?;
        let kind = delivery.kind().ok_or("a kind")?;
        assert!(delivery.id().is_some_and(|id| id.starts_with("evt_")));
        assert_eq!(delivery.raw(), &body);
        let resource = match delivery.event() {
            Event::PaymentApproved(event) => &event.resource,
            Event::PaymentCancelled(event) => &event.resource,
            Event::PaymentExpired(event) => &event.resource,
            Event::PaymentRefunded(event) => &event.resource,
            Event::PaymentReversalFailed(event) => &event.resource,
            Event::PaymentReversalSettled(event) => &event.resource,
            Event::PaymentVoided(event) => &event.resource,
            Event::Unknown(unknown) => {
                assert_eq!(
                    (unknown.kind(), unknown.body()),
                    (Some("payment.failed"), &body)
                );
                continue;
            }
            other => return Err(format!("{other:?}").into()),
        };
        assert_eq!(resource.amount_cents, 5000);
        assert_eq!(oracle.check_event(&headers(&delivered), &body)?, [kind]);
        kinds.push(kind.to_owned());
    }
    kinds.sort();
    assert_eq!(kinds, KINDS);
    Ok(())
}

#[tokio::test]
async fn what_was_changed_on_the_way_is_refused() -> Result<(), Box<dyn Error>> {
    let (tilt, deliveries) = deliveries().await?;
    let (headers, body) = deliveries.into_iter().next().ok_or("a delivery")?;
    let changed = String::from_utf8(body.to_vec())?.replacen("5000", "5001", 1);
    let verifier = Verifier::new(tilt.sandbox.signing_secret());
    let refused = |verifier: &Verifier, headers: &HeaderMap, body: String| {
        verifier
            .receive(headers, body)
            .map(|_| ())
            .expect_err("not genuine")
    };
    assert_eq!(
        refused(&verifier, &headers, changed),
        WebhookError::WrongSignature
    );
    let genuine = || String::from_utf8_lossy(&body).into_owned();
    let other = Verifier::new("another secret");
    assert_eq!(
        refused(&other, &headers, genuine()),
        WebhookError::WrongSignature
    );
    assert!(
        other
            .also_accept(tilt.sandbox.signing_secret())
            .receive(&headers, body.clone())
            .is_ok()
    );
    let missing = refused(&verifier, &HeaderMap::new(), genuine());
    assert!(matches!(missing, WebhookError::MissingSignature { .. }));
    Ok(())
}

#[tokio::test]
async fn values_that_are_not_listed_are_kept() -> Result<(), Box<dyn Error>> {
    let (_, deliveries) = deliveries().await?;
    let mut payload: Value = serde_json::from_slice(&deliveries[0].1)?;
    payload["resource"]["status"] = "disputed".into();
    payload["resource"]["risk"] = serde_json::json!({"score": 9_007_199_254_740_993_u64});
    let text = payload.to_string();
    let delivery = Verifier::new("s").receive(&signed("s", &text)?, text)?;
    let Event::PaymentApproved(event) = delivery.event() else {
        return Err(format!("{:?}", delivery.event()).into());
    };
    assert_eq!(
        event.resource.status,
        PaymentStatus::Unknown("disputed".to_owned())
    );
    assert_eq!(
        event.resource.extra.get("risk"),
        Some(&payload["resource"]["risk"].clone().into())
    );
    assert_eq!(serde_json::to_value(event)?, payload);
    Ok(())
}

#[test]
fn what_cannot_be_understood_is_delivered_whole() -> Result<(), Box<dyn Error>> {
    for text in [
        "",
        "no JSON",
        "[1]",
        r#"{"event_kind":"payment.approved"}"#,
        r#"{"event_kind":7}"#,
    ] {
        let delivery = Verifier::new("s").receive(&signed("s", text)?, text)?;
        let Event::Unknown(event) = delivery.event() else {
            return Err(format!("{text:?} is no event").into());
        };
        assert_eq!(&event.body()[..], text.as_bytes());
    }
    Ok(())
}

/// An event of the first version, whole.
const APPROVED: &str = r#"{"v":1,"event_id":"evt_1","event_kind":"payment.approved","occurred_at":"2026-01-02T03:04:05Z","partner_id":"7b2f6c1e-8a51-4f7e-9a53-2f1d9f3c5a10","resource":{"payment_id":"7b2f6c1e-8a51-4f7e-9a53-2f1d9f3c5a11","order_id":"7b2f6c1e-8a51-4f7e-9a53-2f1d9f3c5a12","status":"approved","amount_cents":5000,"method":"card"}}"#;

fn received(text: &str) -> Result<tilt_generated::webhooks::Delivery, Box<dyn Error>> {
    Ok(Verifier::new("s").receive(&signed("s", text)?, text)?)
}

#[test]
fn an_event_that_is_not_known_arrives_whole_and_is_written_as_it_came() -> Result<(), Box<dyn Error>>
{
    assert!(matches!(
        received(APPROVED)?.event(),
        Event::PaymentApproved(_)
    ));
    for (from, to) in [
        (r#""v":1"#, r#""v":2"#),
        (r#""v":1"#, r#""v":"1.1","more":[1e2,18446744073709551616]"#),
        ("payment.approved", "payment.disputed"),
        (r#""amount_cents":5000"#, r#""amount_cents":"50.00 USD""#),
        (r#""resource":{"#, r#""resource":7,"was":{"#),
    ] {
        let text = APPROVED.replacen(from, to, 1);
        let delivery = received(&text)?;
        let Event::Unknown(event) = delivery.event() else {
            return Err(format!("{to} is not known").into());
        };
        assert_eq!(
            (event.id(), delivery.id()),
            (Some("evt_1"), Some("evt_1")),
            "{to}"
        );
        assert_eq!(event.kind(), delivery.kind(), "{to}");
        assert!(
            event
                .kind()
                .is_some_and(|kind| kind.starts_with("payment.")),
            "{to}"
        );
        assert_eq!(serde_json::to_string(delivery.event())?, text);
    }
    let other = received(&APPROVED.replacen(r#""v":1"#, r#""v":2"#, 1))?;
    let Event::Unknown(other) = other.event() else {
        return Err("another version is not known".into());
    };
    assert_eq!(other.problem(), Some("`/v` is of no documented version"));
    Ok(())
}

#[test]
fn fields_and_values_that_are_not_known_are_written_as_they_came() -> Result<(), Box<dyn Error>> {
    for (from, to) in [
        (r#""v":1"#, r#""v":1,"new":{"a":[1,null,"x"]}"#),
        (r#""method":"card""#, r#""method":"ach","bank":"ACME""#),
        (r#""status":"approved""#, r#""status":"disputed""#),
    ] {
        let text = APPROVED.replacen(from, to, 1);
        let delivery = received(&text)?;
        assert!(
            matches!(delivery.event(), Event::PaymentApproved(_)),
            "{to}"
        );
        let expected: Value = serde_json::from_str(&text)?;
        assert_eq!(serde_json::to_value(delivery.event())?, expected);
    }
    Ok(())
}

#[test]
fn an_id_is_one_whichever_way_it_is_read() -> Result<(), Box<dyn Error>> {
    let twice = APPROVED.replacen(
        r#""v":1"#,
        r#""v":1,"event_id":"evt_0","event_kind":"payment.voided""#,
        1,
    );
    let delivery = received(&twice)?;
    assert_eq!(delivery.id(), Some("evt_1"));
    assert_eq!(delivery.kind(), Some("payment.approved"));
    let id = delivery.event().event_id().map(ToString::to_string);
    assert_eq!(id.as_deref(), delivery.id());
    Ok(())
}

#[test]
fn kind_and_id_are_found_in_a_body_that_is_no_utf8_or_has_a_mark() -> Result<(), Box<dyn Error>> {
    let mut body = APPROVED
        .replacen(r#""method":"card""#, r#""method":"c?rd""#, 1)
        .into_bytes();
    if let Some(byte) = body.iter_mut().find(|byte| **byte == b'?') {
        *byte = 0xE4;
    }
    let headers = Signer::new("s").sign(&body)?;
    let delivery = Verifier::new("s").receive(&headers, &body)?;
    assert!(matches!(delivery.event(), Event::Unknown(_)));
    assert_eq!(
        (delivery.id(), delivery.kind()),
        (Some("evt_1"), Some("payment.approved"))
    );
    let marked = format!("\u{feff}{APPROVED}");
    let delivery = received(&marked)?;
    assert_eq!(delivery.id(), Some("evt_1"));
    assert!(matches!(delivery.event(), Event::PaymentApproved(_)));
    Ok(())
}

#[test]
fn what_is_signed_for_a_test_is_signed_as_tilt_does() -> Result<(), Box<dyn Error>> {
    let headers = Signer::new("s").sign(APPROVED)?;
    assert_eq!(headers, signed("s", APPROVED)?);
    Ok(())
}

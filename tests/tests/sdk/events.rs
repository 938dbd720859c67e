//! Deliveries are verified, told apart, and never lost.

use std::error::Error;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use tilt_generated::Event;
use tilt_generated::types::PaymentStatus;
use tilt_generated::webhooks::{Verifier, WebhookError};
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
    let payment = payment.as_str().parse()?;
    for kind in KINDS.into_iter().chain(["payment.failed"]) {
        tilt.sandbox.send_event(kind, payment)?;
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
        Some(&payload["resource"]["risk"])
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

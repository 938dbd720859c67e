//! Signed deliveries, and their retries.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use http::Method;
use tilt_sandbox::{
    AttemptOutcome, Builder, Delivery, DeliveryStatus, SIGNATURE_HEADER, Sandbox, sign,
};
use tokio::net::{TcpListener, TcpSocket};

use crate::api::{Api, VOID};
use crate::receiver::Receiver;

const DAY: u64 = 24 * 3600;

async fn with_receiver() -> (Api, Receiver) {
    let (api, receiver) = (Api::start().await, Receiver::start().await);
    api.sandbox
        .register_webhook(&receiver.url)
        .expect("an endpoint");
    (api, receiver)
}

#[tokio::test]
async fn every_documented_event_is_sent_signed_and_valid() {
    let (mut api, receiver) = with_receiver().await;
    let (order, payment) = api.paid(5000).await;
    let request = api.request(&Method::POST, VOID, &[&order, &payment]);
    api.send(Method::POST, VOID, request).await;

    let order = api.order(5000).await;
    let payment = api.pay(&order, 1000).await;
    api.sandbox
        .cancel_payment(&payment)
        .expect("a pending payment");
    let payment = api.pay(&order, 1000).await;
    api.sandbox
        .expire_payment(&payment)
        .expect("a pending payment");

    let (order, payment) = api.paid(5000).await;
    api.advance(DAY).await;
    let token = api.mint(&[]).await;
    api.use_token(token);
    api.refund(&order, &payment, 1003).await;
    api.refund(&order, &payment, 5000 - 1003).await;
    api.advance(DAY).await;

    let kinds = receiver.kinds();
    assert_eq!(
        kinds,
        [
            "payment.approved",
            "payment.voided",
            "payment.cancelled",
            "payment.expired",
            "payment.approved",
            "payment.reversal_failed",
            "payment.refunded",
            "payment.reversal_settled",
        ]
    );
    for event in receiver.events() {
        api.oracle
            .check_event(&event.kind(), &event.headers, &event.json());
        let signature = sign(api.sandbox.signing_secret(), &event.body);
        assert_eq!(event.headers[SIGNATURE_HEADER], signature);
        assert_eq!(event.headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn an_event_is_about_its_payment_at_its_time() {
    let (api, receiver) = with_receiver().await;
    let mut body = api.order_body(5000);
    body["external_reference"] = "PO-17".into();
    let order = api.post(crate::api::ORDERS, &[], &body).await;
    let payment = api.pay(order.text("order_id"), 5000).await;
    api.advance(60).await;

    let event = receiver.events()[0].json();
    assert_eq!(event["v"], 1);
    assert_eq!(event["occurred_at"], "2026-01-15T09:00:00.25Z");
    assert_eq!(event["partner_id"], tilt_sandbox::PARTNER.to_string());
    assert_eq!(event["resource"]["payment_id"], payment);
    assert_eq!(event["resource"]["order_id"], order.body["order_id"]);
    assert_eq!(event["resource"]["status"], "approved");
    assert_eq!(event["resource"]["external_reference"], "PO-17");
}

#[tokio::test]
async fn kinds_that_are_not_documented_are_sent_too() {
    let (api, receiver) = with_receiver().await;
    let (_, payment) = api.paid(5003).await;
    api.sandbox
        .send_event("payment.disputed", payment)
        .expect("a payment");
    api.advance(0).await;
    assert_eq!(receiver.kinds(), ["payment.failed", "payment.disputed"]);
    for event in receiver.events() {
        api.oracle.check_envelope(&event.json());
    }
}

/// Seconds after the first attempt, and outcomes.
fn attempts(delivery: &Delivery) -> Vec<(i64, AttemptOutcome)> {
    let first = delivery.attempts[0].at.as_second();
    delivery
        .attempts
        .iter()
        .map(|attempt| (attempt.at.as_second() - first, attempt.outcome.clone()))
        .collect()
}

#[tokio::test]
async fn failures_are_retried_by_the_documented_schedule_until_the_dead_letter() {
    let (api, receiver) = with_receiver().await;
    receiver.answer_with([500, 404, 302, 503, 429, 199 + 201]);
    api.paid(5000).await;
    let minutes = |minutes: i64| minutes * 60;
    let schedule = [
        0,
        minutes(1),
        minutes(1 + 5),
        minutes(1 + 5 + 30),
        minutes(1 + 5 + 30 + 120),
        minutes(1 + 5 + 30 + 120 + 720),
    ];
    for (made, at) in schedule.iter().enumerate().skip(1) {
        assert_eq!(receiver.events().len(), made);
        let gap = (at - schedule[made - 1]).unsigned_abs();
        // A payment takes 250 ms, and `paid` lets 1 s pass: one second early is too early.
        let early = if made == 1 { gap - 2 } else { gap - 1 };
        api.advance(early).await;
        assert_eq!(receiver.events().len(), made, "not before its time");
        api.advance(gap - early).await;
    }
    let delivery = &api.sandbox.deliveries()[0];
    let expected: Vec<(i64, AttemptOutcome)> = schedule
        .into_iter()
        .zip([500, 404, 302, 503, 429, 400].map(AttemptOutcome::Answered))
        .collect();
    assert_eq!(attempts(delivery), expected);
    assert_eq!(delivery.status, DeliveryStatus::DeadLetter);

    api.advance(30 * DAY).await;
    assert_eq!(receiver.events().len(), 6, "a dead letter rests");
    let ids: Vec<_> = receiver
        .events()
        .iter()
        .map(|event| event.json()["event_id"].clone())
        .collect();
    assert!(
        ids.iter().all(|id| *id == ids[0]),
        "the same event each time"
    );
}

#[tokio::test]
async fn a_success_ends_the_retries() {
    let (api, receiver) = with_receiver().await;
    receiver.answer_with([500, 204]);
    api.paid(5000).await;
    api.advance(DAY).await;
    let delivery = &api.sandbox.deliveries()[0];
    assert_eq!(delivery.status, DeliveryStatus::Delivered);
    assert_eq!(delivery.attempts.len(), 2);
}

#[tokio::test]
async fn a_dead_letter_can_be_replayed_and_is_retried_again() {
    let (api, receiver) = with_receiver().await;
    receiver.answer_with([500; 7]);
    api.paid(5000).await;
    api.advance(DAY).await;
    let dead = &api.sandbox.deliveries()[0];
    assert_eq!(dead.status, DeliveryStatus::DeadLetter);

    api.sandbox.replay(dead.id).expect("a delivery");
    api.advance(60).await;

    let delivery = &api.sandbox.deliveries()[0];
    assert_eq!(delivery.status, DeliveryStatus::Delivered);
    assert_eq!(delivery.attempts.len(), 8);
    let events = receiver.events();
    assert!(events.iter().all(|event| event.body == events[0].body));
}

#[tokio::test]
async fn an_event_can_come_twice() {
    let (api, receiver) = with_receiver().await;
    api.paid(5000).await;
    api.sandbox
        .replay(api.sandbox.deliveries()[0].id)
        .expect("a delivery");
    api.advance(0).await;
    let events = receiver.events();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].body, events[1].body);
}

/// The outcome of the first attempt to deliver to an address.
async fn first_outcome(builder: Builder, address: SocketAddr) -> AttemptOutcome {
    let api = Api::with(builder.manual_clock().rate_limit(None)).await;
    api.sandbox
        .register_webhook(&format!("http://{address}/"))
        .expect("an endpoint");
    api.paid(5000).await;
    api.sandbox.deliveries()[0].attempts[0].outcome.clone()
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_in_time_has_failed() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = silent.local_addr().expect("an address");
    let builder = Sandbox::builder().delivery_timeout(Duration::from_millis(50));
    let outcome = first_outcome(builder, address).await;
    assert_eq!(outcome, AttemptOutcome::TimedOut);
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_has_failed() {
    // Bound, so that nobody else gets the port, and not listening.
    let absent = TcpSocket::new_v4().expect("a socket");
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    absent.bind(any).expect("a port");
    let address = absent.local_addr().expect("an address");
    let outcome = first_outcome(Sandbox::builder(), address).await;
    assert_eq!(outcome, AttemptOutcome::Unreachable);
}

#[tokio::test]
async fn endpoints_are_on_this_machine_and_belong_to_a_partner() {
    let (api, receiver) = with_receiver().await;
    for url in [
        "https://127.0.0.1/hook",
        "http://example.com/hook",
        "http://10.0.0.1/",
        "hook",
    ] {
        assert!(api.sandbox.register_webhook(url).is_err(), "{url}");
    }
    let other = Receiver::start().await;
    let partner = uuid::Uuid::from_u128(7);
    api.sandbox
        .register_webhook_for(partner, &other.url, "secret")
        .expect("an endpoint");
    api.paid(5000).await;
    assert_eq!(receiver.events().len(), 1);
    assert_eq!(other.events().len(), 0);

    api.sandbox
        .unregister_webhook(&receiver.url)
        .expect("an endpoint");
    api.paid(5000).await;
    assert_eq!(receiver.events().len(), 1);
}

#[tokio::test]
async fn with_the_system_clock_payments_and_webhooks_happen_by_themselves() {
    let builder = Sandbox::builder().rate_limit(None);
    let api = Api::with(builder.processing_delay(Duration::from_millis(1))).await;
    let receiver = Receiver::start().await;
    api.sandbox
        .register_webhook(&receiver.url)
        .expect("an endpoint");
    let order = api.order(5000).await;
    api.pay(&order, 5000).await;
    while receiver.events().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(api.order_status(&order).await, "paid");
    assert!(api.sandbox.advance(Duration::ZERO).await.is_err());
}

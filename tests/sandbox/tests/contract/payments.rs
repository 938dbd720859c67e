//! How payments and refunds change state.

use http::Method;
use serde_json::json;
use tilt_sandbox::{PaymentStatus, TestCard};

use crate::api::{Answer, Api, LAUNCH_TOKENS, ORDER, ORDERS, PAYMENT, PAYMENTS, REFUND, VOID};

const DAY: u64 = 24 * 3600;

async fn void(api: &Api, order: &str, payment: &str) -> Answer {
    let request = api.request(&Method::POST, VOID, &[order, payment]);
    api.send(Method::POST, VOID, request).await
}

/// A token outlives no night.
async fn sleep_over_midnight(api: &mut Api) {
    api.advance(DAY).await;
    let token = api.mint(&[]).await;
    api.use_token(token);
}

#[tokio::test]
async fn a_payment_is_pending_then_approved_and_pays_the_order() {
    let api = Api::start().await;
    let order = api.order(5000).await;
    let payment = api.pay(&order, 5000).await;
    assert_eq!(api.order_status(&order).await, "open");
    let pending = api.get(PAYMENT, &[&order, &payment]).await;
    assert!(pending.body.get("processor_reference").is_none());

    api.advance(1).await;

    let approved = api.get(PAYMENT, &[&order, &payment]).await;
    assert_eq!(approved.text("status"), "approved");
    assert!(approved.body["processor_reference"].is_string());
    assert_eq!(approved.text("created_at"), "2026-01-15T09:00:00Z");
    assert_eq!(approved.text("updated_at"), "2026-01-15T09:00:00.25Z");
    let order = api.get(ORDER, &[&order]).await;
    assert_eq!(order.text("status"), "paid");
    assert_eq!(order.body["payments"][0]["payment_id"], payment);
}

#[tokio::test]
async fn the_card_at_the_location_decides() {
    let api = Api::start().await;
    for (card, expected) in [
        (TestCard::VisaDeclined, "declined"),
        (TestCard::VisaApproved, "approved"),
        (TestCard::MastercardApproved, "approved"),
        (TestCard::AmexApproved, "approved"),
        (TestCard::DiscoverApproved, "approved"),
    ] {
        api.sandbox
            .present_card(api.location(), card)
            .expect("a location");
        let (order, payment) = api.paid(5000).await;
        assert_eq!(api.payment_status(&order, &payment).await, expected);
    }
}

#[tokio::test]
async fn an_amount_stands_for_an_outcome() {
    let api = Api::start().await;
    for (amount, expected) in [(5002, "declined"), (5003, "failed"), (5004, "approved")] {
        let (order, payment) = api.paid(amount).await;
        assert_eq!(api.payment_status(&order, &payment).await, expected);
    }
}

#[tokio::test]
async fn a_declined_order_stays_open_for_another_attempt() {
    let api = Api::start().await;
    let (order, _) = api.paid(5002).await;
    assert_eq!(api.order_status(&order).await, "open");
    api.pay(&order, 5000).await;
    api.pay(&order, 2).await;
    let card = json!({"method": "card", "amount_cents": 1});
    let answer = api.post(PAYMENTS, &[&order], &card).await;
    assert_eq!(
        answer.error(),
        (422, "amount_too_high"),
        "pending ones count"
    );
}

#[tokio::test]
async fn several_payments_pay_an_order() {
    let api = Api::start().await;
    let order = api.order(5000).await;
    api.pay(&order, 2000).await;
    api.advance(1).await;
    assert_eq!(api.order_status(&order).await, "open");
    api.pay(&order, 3000).await;
    api.advance(1).await;
    assert_eq!(api.order_status(&order).await, "paid");
}

#[tokio::test]
async fn a_pending_payment_can_be_voided_and_is_never_processed() {
    let api = Api::start().await;
    let order = api.order(5000).await;
    let payment = api.pay(&order, 5000).await;
    let answer = void(&api, &order, &payment).await;
    assert_eq!((answer.status, answer.text("status")), (200, "voided"));
    api.advance(1).await;
    assert_eq!(api.payment_status(&order, &payment).await, "voided");
    api.pay(&order, 5000).await;
}

#[tokio::test]
async fn an_approved_payment_can_be_voided_once_and_opens_the_order() {
    let api = Api::start().await;
    let (order, payment) = api.paid(5000).await;
    assert_eq!(void(&api, &order, &payment).await.status, 200);
    assert_eq!(api.order_status(&order).await, "open");
    let answer = void(&api, &order, &payment).await;
    assert_eq!(answer.error(), (409, "payment_not_voidable"));
}

#[tokio::test]
async fn approved_payments_settle_at_midnight_and_cannot_be_voided_then() {
    let mut api = Api::start().await;
    let (order, payment) = api.paid(5000).await;
    let midnight = "2026-01-16T00:00:00Z".parse().expect("a timestamp");
    let until = api.sandbox.now().duration_until(midnight);
    api.advance(until.as_secs().unsigned_abs() - 1).await;
    let token = api.mint(&[]).await;
    api.use_token(token);
    assert_eq!(api.payment_status(&order, &payment).await, "approved");
    api.advance(1).await;
    assert_eq!(api.payment_status(&order, &payment).await, "settled");
    let answer = void(&api, &order, &payment).await;
    assert_eq!(answer.error(), (409, "payment_not_voidable"));
    assert_eq!(api.order_status(&order).await, "paid");
}

#[tokio::test]
async fn a_refund_is_pending_then_approved_and_refunds_the_payment() {
    let mut api = Api::start().await;
    let (order, payment) = api.paid(5000).await;
    sleep_over_midnight(&mut api).await;
    let refund = api.refund(&order, &payment, 5000).await;
    assert_eq!((refund.status, refund.text("status")), (201, "pending"));
    assert_eq!(refund.text("reason"), "customer_request");
    assert_eq!(api.payment_status(&order, &payment).await, "settled");

    api.advance(1).await;

    let refund = api
        .get(REFUND, &[&order, &payment, refund.text("refund_id")])
        .await;
    assert_eq!(refund.text("status"), "approved");
    assert_eq!(api.payment_status(&order, &payment).await, "refunded");
    assert_eq!(api.order_status(&order).await, "paid");
}

#[tokio::test]
async fn refunds_add_up_to_the_payment_at_most() {
    let api = Api::start().await;
    let (order, payment) = api.paid(5000).await;
    assert_eq!(api.refund(&order, &payment, 2000).await.status, 201);
    let answer = api.refund(&order, &payment, 3001).await;
    assert_eq!(
        answer.error(),
        (422, "amount_too_high"),
        "pending ones count"
    );
    api.advance(1).await;
    assert_eq!(api.payment_status(&order, &payment).await, "approved");
    assert_eq!(api.refund(&order, &payment, 3000).await.status, 201);
    api.advance(1).await;
    assert_eq!(api.payment_status(&order, &payment).await, "refunded");
    let answer = api.refund(&order, &payment, 1).await;
    assert_eq!(answer.error(), (409, "payment_not_refundable"));
}

#[tokio::test]
async fn a_failed_refund_says_why_and_takes_nothing() {
    let api = Api::start().await;
    let (order, payment) = api.paid(5000).await;
    let refund = api.refund(&order, &payment, 1003).await;
    api.advance(1).await;
    let refund = api
        .get(REFUND, &[&order, &payment, refund.text("refund_id")])
        .await;
    assert_eq!(refund.text("status"), "failed");
    assert!(!refund.text("processor_message").is_empty());
    assert_eq!(api.refund(&order, &payment, 5000).await.status, 201);
}

#[tokio::test]
async fn an_operator_can_cancel_only_what_is_pending() {
    let api = Api::start().await;
    let order = api.order(5000).await;
    let payment = api.pay(&order, 5000).await;
    api.sandbox
        .cancel_payment(&payment)
        .expect("a pending payment");
    assert_eq!(api.payment_status(&order, &payment).await, "cancelled");
    assert!(api.sandbox.cancel_payment(&payment).is_err());
    assert!(api.sandbox.expire_payment(&payment).is_err());
    let seen = api.sandbox.payment(&payment).expect("a payment");
    assert_eq!(seen.status, PaymentStatus::Cancelled);
}

#[tokio::test]
async fn the_hosted_form_has_a_url_for_five_minutes() {
    let api = Api::start().await;
    let mut body = api.order_body(5000);
    let plain = api.post(ORDERS, &[], &body).await;
    assert!(plain.body.get("hosted_checkout_url").is_none());
    body["return_url"] = "https://shop.example/thanks".into();
    body["cancel_url"] = "https://shop.example/cart".into();
    let hosted = api.post(ORDERS, &[], &body).await;
    assert!(
        hosted
            .text("hosted_checkout_url")
            .contains("/checkout?token=")
    );
    assert_eq!(hosted.text("created_at"), "2026-01-15T09:00:00Z");
    assert_eq!(hosted.text("expires_at"), "2026-01-15T09:05:00Z");
}

#[tokio::test]
async fn a_launch_token_lives_ten_minutes_and_provisions_a_user_once() {
    let api = Api::start().await;
    let location = api.location().to_string();
    let first = json!({"external_user_id": "u-1", "location_id": location, "display_name": "Ada"});
    let answer = api.post(LAUNCH_TOKENS, &[], &first).await;
    assert!(answer.text("launch_url").contains("/launch?token="));
    assert_eq!(answer.text("expires_at"), "2026-01-15T09:10:00Z");
    let again = json!({
        "external_user_id": "u-1", "location_id": location, "role_slug": "location_supervisor",
    });
    api.post(LAUNCH_TOKENS, &[], &again).await;
    let users = api.sandbox.pos_users();
    assert_eq!(users.len(), 1);
    assert_eq!(users[0].display_name.as_deref(), Some("Ada"), "kept");
    assert_eq!(
        users[0].role_slug, "location_cashier",
        "of the first launch"
    );
}

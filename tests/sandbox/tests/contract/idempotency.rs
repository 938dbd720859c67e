//! `Idempotency-Key` on new orders.

use http::Method;
use serde_json::Value;

use crate::api::{Answer, Api, ORDERS};

pub(crate) const KEY: &str = "3b241101-e2bb-4255-8caf-4136c566a962";

pub(crate) async fn create(api: &Api, key: &str, body: &Value) -> Answer {
    let request = api.request(&Method::POST, ORDERS, &[]);
    let request = request.header("Idempotency-Key", key).json(body);
    api.send(Method::POST, ORDERS, request).await
}

#[tokio::test]
async fn the_same_key_gives_the_original_answer_and_no_second_order() {
    let api = Api::start().await;
    let body = api.order_body(5000);
    let first = create(&api, KEY, &body).await;
    api.advance(23 * 3600).await;
    let mut api = api;
    let token = api.mint(&[]).await;
    api.use_token(token);
    let second = create(&api, KEY, &body).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(api.sandbox.orders().len(), 1);
}

#[tokio::test]
async fn after_24_hours_a_key_is_new_again() {
    let mut api = Api::start().await;
    let body = api.order_body(5000);
    let first = create(&api, KEY, &body).await;
    api.advance(24 * 3600).await;
    let token = api.mint(&[]).await;
    api.use_token(token);
    let second = create(&api, KEY, &body).await;
    assert_ne!(first.id("order_id"), second.id("order_id"));
}

#[tokio::test]
async fn the_same_key_with_another_body_is_a_conflict() {
    let api = Api::start().await;
    create(&api, KEY, &api.order_body(5000)).await;
    let answer = create(&api, KEY, &api.order_body(5001)).await;
    assert_eq!(answer.error(), (409, "idempotency_key_reused"));
    assert_eq!(api.sandbox.orders().len(), 1);
}

#[tokio::test]
async fn a_key_whose_request_failed_can_be_used() {
    let api = Api::start().await;
    assert_eq!(create(&api, KEY, &api.order_body(0)).await.status, 400);
    assert_eq!(create(&api, KEY, &api.order_body(1)).await.status, 201);
}

#[tokio::test]
async fn without_a_key_each_request_creates_an_order() {
    let api = Api::start().await;
    assert_ne!(api.order(5000).await, api.order(5000).await);
}

#[tokio::test]
async fn a_key_is_a_uuid() {
    let api = Api::start().await;
    let answer = create(&api, "order-17", &api.order_body(5000)).await;
    assert_eq!(answer.error(), (400, "invalid_request"));
}

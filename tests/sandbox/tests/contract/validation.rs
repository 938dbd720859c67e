//! The sandbox and the document agree on what a valid body is.

use serde_json::{Value, json};

use crate::api::{Api, LAUNCH_TOKENS, ORDERS, PAYMENTS, REFUNDS};
use crate::variations::variations;

/// The sandbox refuses a body as invalid if and only if the document's schema does.
async fn agree(api: &Api, route: &str, ids: &[&str], bodies: Vec<Value>) {
    for body in bodies {
        let refused = api.post(route, ids, &body).await.status == 400;
        let valid = api.oracle.accepts_body(route, &body);
        assert_eq!(refused, !valid, "{route}: {body}");
    }
}

fn level3() -> Value {
    json!({
        "zip_code": "62701",
        "tax_amount_cents": 0,
        "line_items": [{"description": "Oil", "quantity": 1, "unit_price_cents": 100}],
    })
}

const LEVEL3: [&str; 13] = [
    "/level3",
    "/level3/zip_code",
    "/level3/tax_amount_cents",
    "/level3/freight_amount_cents",
    "/level3/duty_amount_cents",
    "/level3/line_items",
    "/level3/line_items/0/description",
    "/level3/line_items/0/quantity",
    "/level3/line_items/0/unit_price_cents",
    "/level3/line_items/0/product_code",
    "/level3/line_items/0/commodity_code",
    "/level3/line_items/0/unit_of_measure",
    "/level3/line_items/0/purchase_order_number",
];

const ORDER: [&str; 13] = [
    "/location_id",
    "/total_cents",
    "/description",
    "/external_reference",
    "/external_source",
    "/external_id",
    "/customer_name",
    "/customer_phone",
    "/customer_email",
    "/department_id",
    "/metadata",
    "/return_url",
    "/cancel_url",
];

pub(crate) fn order_bodies(location: &str) -> Vec<Value> {
    let base = json!({"location_id": location, "total_cents": 5000, "level3": level3()});
    [variations(&base, &ORDER), variations(&base, &LEVEL3)].concat()
}

pub(crate) fn payment_bodies() -> Vec<Value> {
    let base = json!({"method": "card", "amount_cents": 1, "level3": level3()});
    let own = ["/method", "/amount_cents"];
    [variations(&base, &own), variations(&base, &LEVEL3)].concat()
}

pub(crate) fn refund_bodies() -> Vec<Value> {
    variations(&json!({"amount_cents": 1}), &["/amount_cents", "/reason"])
}

pub(crate) fn launch_bodies(location: &str) -> Vec<Value> {
    let base = json!({"external_user_id": "u-1", "location_id": location});
    let own = [
        "/external_user_id",
        "/display_name",
        "/location_id",
        "/role_slug",
    ];
    variations(&base, &own)
}

#[tokio::test]
async fn order_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let location = api.location().to_string();
    agree(&api, ORDERS, &[], order_bodies(&location)).await;
}

#[tokio::test]
async fn payment_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let order = api.order(1_000_000).await;
    agree(&api, PAYMENTS, &[&order], payment_bodies()).await;
}

#[tokio::test]
async fn refund_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let (order, payment) = api.paid(1_000_000).await;
    agree(&api, REFUNDS, &[&order, &payment], refund_bodies()).await;
}

#[tokio::test]
async fn launch_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let location = api.location().to_string();
    agree(&api, LAUNCH_TOKENS, &[], launch_bodies(&location)).await;
}

#[tokio::test]
async fn unknown_properties_are_accepted_as_the_document_does() {
    let api = Api::start().await;
    let mut body = api.order_body(5000);
    body["unknown"] = json!({"a": 1});
    agree(&api, ORDERS, &[], vec![body]).await;
}

#[tokio::test]
async fn a_body_must_be_json_and_say_so() {
    let api = Api::start().await;
    let whole = api.order_body(5000).to_string();
    let method = http::Method::POST;
    for (media_type, body, expected) in [
        ("application/json", whole.as_str(), 201),
        ("application/json; charset=utf-8", whole.as_str(), 201),
        ("text/plain", whole.as_str(), 400),
        ("application/json", &whole[1..], 400),
        ("application/json", "", 400),
    ] {
        let request = api.request(&method, ORDERS, &[]);
        let request = request
            .header("content-type", media_type)
            .body(body.to_owned());
        let answer = api.send(method.clone(), ORDERS, request).await;
        assert_eq!(answer.status, expected, "{media_type}: {body}");
    }
}

#[tokio::test]
async fn a_body_of_more_than_64_kib_is_refused() {
    let api = Api::start().await;
    let mut body = api.order_body(5000);
    body["description"] = "x".repeat(64 << 10).into();
    let answer = api.post(ORDERS, &[], &body).await;
    assert_eq!(answer.error(), (413, "request_too_large"));
}

#[tokio::test]
async fn an_integer_that_nothing_here_can_count_is_in_the_right_form_and_too_high() {
    let api = Api::start().await;
    let mut body = api.order_body(5000);
    for (total, status) in [
        (json!(9_223_372_036_854_775_808_u64), 422),
        (json!(1e30), 422),
        (json!(-1e30), 400),
        (json!(i64::MAX), 201),
    ] {
        body["total_cents"] = total.clone();
        let answer = api.post(ORDERS, &[], &body).await;
        assert_eq!(answer.status, status, "{total}");
    }
}

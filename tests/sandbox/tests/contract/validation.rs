//! The sandbox and the document agree on what a valid body is.

use serde_json::{Value, json};

use crate::api::{Api, LAUNCH_TOKENS, ORDERS, PAYMENTS, REFUNDS};

/// Sends `base` with one property after the other set to each of `values`: it is refused as
/// invalid if and only if the document's schema refuses it.
async fn agree(api: &Api, route: &str, ids: &[&str], base: &Value, pointers: &[&str]) {
    let values = [
        Value::Null,
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("card"),
        json!("other"),
        json!("location_supervisor"),
        json!("EA"),
        json!("123456789"),
        json!("1234567890"),
        json!("12345678901"),
        json!("12345678901234567890123456"),
        json!("+15551234567"),
        json!("+0123"),
        json!("ada@example.com"),
        json!("ada"),
        json!("https://shop.example/x"),
        json!("shop"),
        json!("00000000-0000-4000-8000-000000000009"),
        json!("00000000000040008000000000000009"),
        json!([]),
        json!([1]),
        json!({}),
        json!({"a": {"b": [1, null]}}),
    ];
    for pointer in pointers {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let mut bodies: Vec<Value> = Vec::new();
        for value in &values {
            let mut body = base.clone();
            body.pointer_mut(parent).expect("a parent")[name] = value.clone();
            bodies.push(body);
        }
        let mut without = base.clone();
        without
            .pointer_mut(parent)
            .and_then(Value::as_object_mut)
            .expect("an object")
            .remove(name);
        bodies.push(without);
        for body in bodies {
            let refused = api.post(route, ids, &body).await.status == 400;
            let valid = api.oracle.accepts_body(route, &body);
            assert_eq!(refused, !valid, "{route} {pointer}: {body}");
        }
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

#[tokio::test]
async fn order_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let mut base = api.order_body(5000);
    base["level3"] = level3();
    let own = [
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
        "/unknown",
    ];
    agree(&api, ORDERS, &[], &base, &own).await;
    agree(&api, ORDERS, &[], &base, &LEVEL3).await;
}

#[tokio::test]
async fn payment_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let order = api.order(1_000_000).await;
    let base = json!({"method": "card", "amount_cents": 1, "level3": level3()});
    let own = ["/method", "/amount_cents", "/unknown"];
    agree(&api, PAYMENTS, &[&order], &base, &own).await;
    agree(&api, PAYMENTS, &[&order], &base, &LEVEL3).await;
}

#[tokio::test]
async fn refund_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let (order, payment) = api.paid(1_000_000).await;
    let base = json!({"amount_cents": 1});
    let own = ["/amount_cents", "/reason", "/unknown"];
    agree(&api, REFUNDS, &[&order, &payment], &base, &own).await;
}

#[tokio::test]
async fn launch_bodies_are_valid_where_the_document_says_so() {
    let api = Api::start().await;
    let base = json!({"external_user_id": "u-1", "location_id": api.location().to_string()});
    let own = [
        "/external_user_id",
        "/display_name",
        "/location_id",
        "/role_slug",
        "/unknown",
    ];
    agree(&api, LAUNCH_TOKENS, &[], &base, &own).await;
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

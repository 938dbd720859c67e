//! Errors of the API reach the caller.

use serde_json::json;
use tilt_generated::types::{
    CreateLaunchToken, CreateOrder, CreatePayment, CreateRefund, Level3, Level3LineItem, Order,
};
use tilt_generated::{Error, Event, Sample, Uuid, required};

use crate::tilt::{Tilt, client};

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

fn api_error<T>(answer: Result<T, Error>) -> (u16, String) {
    let Err(Error::Api(error)) = answer else {
        panic!("the API answers with an error");
    };
    let (code, message) = (error.code(), error.message());
    assert!(!message.expect("a message").is_empty());
    assert!(
        error
            .request_id()
            .expect("a request id")
            .starts_with("req_")
    );
    (error.status().as_u16(), code.expect("a code").to_string())
}

#[tokio::test]
async fn errors_have_a_code_a_message_and_the_id_of_the_request() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let nobody = || Uuid::verbatim(NOBODY);
    let orders = tilt.client.orders();
    assert_eq!(
        api_error(orders.get(nobody()).await),
        (404, "order_not_found".to_owned())
    );
    assert_eq!(
        api_error(orders.get(Uuid::verbatim("not/an id?")).await),
        (400, "invalid_request".to_owned())
    );
    let order = tilt.order(5000).await?;
    let payment = CreatePayment::new(5001);
    let too_much = tilt.client.payments().create(order.clone(), payment).await;
    assert_eq!(api_error(too_much).0, 422);
    let key = Uuid::verbatim("0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d11");
    let create = |cents| orders.create(CreateOrder::new(tilt.location(), cents));
    create(1).idempotency_key(key.clone()).await?;
    // The key was used before, so that an order may be there, and is.
    let other = create(2).idempotency_key(key).await;
    let other = other.expect_err("another order");
    assert!(matches!(other, Error::OutcomeUnknown(_)), "{other}");
    assert_eq!(other.status().expect("an answer").as_u16(), 409);
    let (order, payment) = tilt.paid(100).await?;
    let refunds = tilt.client.refunds();
    let refund = refunds.create(order, payment, CreateRefund::new(101)).await;
    assert_eq!(api_error(refund).0, 422);
    Ok(())
}

#[tokio::test]
async fn an_ill_formed_id_is_not_sent() {
    let tilt = Tilt::start().await;
    let order = tilt.client.orders().get("order 17").await;
    let error = order.expect_err("no UUID");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert!(!error.may_have_been_sent());
    assert!(error.to_string().contains("`order_id`"), "{error}");
    let order = CreateOrder::new("here", 5000);
    let error = tilt.client.orders().create(order).await;
    let error = error.expect_err("no UUID");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert!(tilt.judge().is_empty());
}

#[tokio::test]
async fn a_request_that_breaks_constraints_is_not_sent_and_all_of_them_are_told() {
    let tilt = Tilt::start().await;
    let item = required::Level3LineItem {
        description: "Tyre".into(),
        quantity: 0,
        unit_price_cents: 1,
    };
    let items = [Level3LineItem::from(item).product_code("mark-product-code")];
    let level3 = Level3::new(-1, "mark-zip-code").line_items(items);
    let order = CreateOrder::new(tilt.location(), 0)
        .customer_phone("mark-phone")
        .level3(level3);
    let error = tilt.client.orders().create(order.clone()).await;
    let error = error.expect_err("no such order");
    let Error::InvalidRequest(invalid) = &error else {
        panic!("{error}");
    };
    let pointers: Vec<&str> = invalid.violations().iter().map(|it| it.pointer()).collect();
    assert_eq!(
        pointers,
        [
            "/total_cents",
            "/customer_phone",
            "/level3/tax_amount_cents",
            "/level3/zip_code",
            "/level3/line_items/0/quantity",
            "/level3/line_items/0/product_code"
        ]
    );
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("mark-"), "{shown}");
    let listed = tilt.client.locations().list().limit(201).await;
    assert!(
        listed
            .expect_err("too many")
            .to_string()
            .contains("`limit` is greater, expected at most 200")
    );
    assert!(tilt.judge().is_empty(), "nothing was sent");
    // Tilt's own judgement, where that is wanted.
    let unchecked = tilt.client.orders().create(order).without_validation();
    assert_eq!(api_error(unchecked.await).0, 400);
}

#[test]
fn personal_data_and_what_no_type_describes_are_values_that_are_not_shown() {
    let order = CreateOrder::new("8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c", 1)
        .customer_name("mark-name")
        .customer_email("mark-email")
        .customer_phone("mark-phone");
    let launch = required::CreateLaunchToken {
        external_user_id: "user".into(),
        location_id: "8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c".into(),
    };
    let launch = CreateLaunchToken::from(launch).display_name("mark-display-name");
    let mut read = Order::sample();
    read.customer_name = Some("mark-name".to_owned());
    let url = tilt_generated::Value::from("mark-launch-url");
    read.extra.insert("launch_url", url.clone());
    read.extra.insert("more", vec![url]);
    let mut shown = format!("{order:?} {launch:?} {read:?} {:?}", read.extra);
    let event = json!({"event_kind": "payment.new", "launch_url": "mark-launch-url"});
    let event = Event::parse(event.to_string().as_bytes());
    shown.push_str(&format!("{event:?} {event:#?} {order:#?} {read:#?}"));
    assert!(!shown.contains("mark-"), "{shown}");
    for name in ["customer_email", "display_name", "launch_url"] {
        assert!(shown.contains(name), "{name} is there: {shown}");
    }
    assert_eq!(order.customer_name.as_deref(), Some("mark-name"));
    assert_eq!(
        read.extra.get("launch_url"),
        Some(&"mark-launch-url".into())
    );
}

#[tokio::test]
async fn a_wrong_secret_is_an_error_of_the_token_and_is_not_shown() {
    let tilt = Tilt::start().await;
    let client = client(&tilt.sandbox, "hunter2").expect("a client");
    let error = client.locations().list().await.expect_err("a wrong secret");
    assert!(matches!(error, Error::Token(_)), "{error}");
    assert!(!error.may_have_been_sent());
    let words = format!("{error} {error:?} {client:?}");
    assert!(!words.contains("hunter2"), "{words}");
    assert!(
        tilt.judge().is_empty(),
        "nothing but the token was asked for"
    );
}

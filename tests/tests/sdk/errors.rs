//! Errors of the API reach the caller.

use tilt_generated::types::{CreateOrder, CreatePayment, CreateRefund};
use tilt_generated::{Error, Uuid};

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
    let other = create(2).idempotency_key(key).await;
    assert_eq!(api_error(other).0, 409);
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

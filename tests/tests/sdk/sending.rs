//! Answers that get lost on their way: what the client does, what it tells, and what Tilt has then.

use http::Method;
use tilt_generated::rt;
use tilt_generated::types::{CreateOrder, CreatePayment, CreateRefund, Order};
use tilt_generated::{Client, Environment, Error};
use tilt_sandbox::{Fault, Trigger};

use crate::tilt::Tilt;

/// No wait between attempts, and keys that are all the same.
#[derive(Debug)]
struct Zero;

impl rt::Random for Zero {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        bytes.fill(0);
        Ok(())
    }
}

fn client(tilt: &Tilt) -> Result<Client, Error> {
    let sandbox = &tilt.sandbox;
    Client::builder(Environment::custom(sandbox.api_url()).with_token_url(sandbox.token_url()))
        .credentials(sandbox.client_id(), sandbox.client_secret())
        .random(Zero)
        .build()
}

const ORDERS: &str = "/pos/v1/orders";
const PAYMENTS: &str = "/pos/v1/orders/{order_id}/payments";
const REFUNDS: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/refunds";

/// The next requests to a route meet this.
fn inject(tilt: &Tilt, path: &str, times: usize, fault: Fault) {
    let trigger = Trigger::to(Method::POST, path).times(times);
    tilt.sandbox.inject(trigger, fault);
}

/// The number of times that something was posted to a path that ends so.
fn posts(tilt: &Tilt, end: &str) -> usize {
    let exchanges = tilt.sandbox.exchanges();
    let posts = exchanges.iter().filter(|it| it.method == Method::POST);
    posts.filter(|it| it.uri.path().ends_with(end)).count()
}

#[tokio::test]
async fn an_order_whose_answer_is_lost_is_created_once() -> Result<(), Error> {
    for fault in [Fault::LostAnswer, Fault::TruncatedAnswer] {
        let tilt = Tilt::start().await;
        let client = client(&tilt)?;
        inject(&tilt, ORDERS, 2, fault);
        let order = CreateOrder::new(tilt.location(), 5000);
        let order = client.orders().create(order).await?;
        assert_eq!(posts(&tilt, "/orders"), 3);
        let there: Vec<_> = tilt.sandbox.orders();
        assert_eq!(there.len(), 1);
        assert_eq!(there[0].order_id.to_string(), order.order_id.to_string());
    }
    Ok(())
}

#[tokio::test]
async fn a_payment_whose_answer_is_lost_is_sent_once_and_its_outcome_is_unknown()
-> Result<(), Error> {
    for fault in [Fault::LostAnswer, Fault::LostRequest] {
        let tilt = Tilt::start().await;
        let order = tilt.order(5000).await?;
        inject(&tilt, PAYMENTS, 1, fault);
        let payments = client(&tilt)?.payments();
        let error = payments.create(order.clone(), CreatePayment::new(5000));
        let error = error.await.expect_err("its answer was lost");
        let unknown = error.outcome_unknown().expect("an unknown outcome");
        assert_eq!(unknown.operation(), "createPayment");
        let order = order.to_string();
        assert_eq!(unknown.path_parameter("order_id"), Some(order.as_str()));
        assert_eq!(unknown.read_by(), Some("orders().get"));
        assert_eq!(posts(&tilt, "/payments"), 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_payment_whose_answer_breaks_off_was_made() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let order = tilt.order(5000).await?;
    inject(&tilt, PAYMENTS, 1, Fault::TruncatedAnswer);
    let payments = client(&tilt)?.payments();
    let error = payments.create(order, CreatePayment::new(5000)).await;
    let error = error.expect_err("its answer broke off");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(201));
    assert!(error.outcome_unknown().is_none(), "{error}");
    assert_eq!(posts(&tilt, "/payments"), 1);
    Ok(())
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_sent_once() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let (order, payment) = tilt.paid(100).await?;
    inject(&tilt, REFUNDS, 1, Fault::LostAnswer);
    let refunds = client(&tilt)?.refunds();
    let error = refunds.create(order, payment, CreateRefund::new(100)).await;
    let error = error.expect_err("its answer was lost");
    let unknown = error.outcome_unknown().expect("an unknown outcome");
    assert_eq!(unknown.read_by(), Some("payments().get"));
    assert_eq!(posts(&tilt, "/refunds"), 1);
    Ok(())
}

#[tokio::test]
async fn a_payment_over_the_rate_limit_is_sent_again() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let order = tilt.order(5000).await?;
    inject(&tilt, PAYMENTS, 2, Fault::too_many_requests(0));
    let payments = client(&tilt)?.payments();
    payments.create(order, CreatePayment::new(5000)).await?;
    assert_eq!(posts(&tilt, "/payments"), 3);
    Ok(())
}

#[tokio::test]
async fn a_payment_with_a_token_that_was_revoked_is_sent_again_with_a_new_one() -> Result<(), Error>
{
    let tilt = Tilt::start().await;
    let client = client(&tilt)?;
    let orders = client.orders();
    let order = orders
        .create(CreateOrder::new(tilt.location(), 5000))
        .await?;
    tilt.sandbox.revoke_tokens();
    let payment = CreatePayment::new(5000);
    client.payments().create(order.order_id, payment).await?;
    assert_eq!(tilt.token_requests(), 2);
    assert_eq!(posts(&tilt, "/payments"), 2);
    Ok(())
}

#[tokio::test]
async fn an_endpoint_that_the_sdk_does_not_know_can_be_asked() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let order = tilt.order(5000).await?;
    let path = format!("/pos/v1/orders/{order}");
    let answer = tilt.client.request(rt::Method::Get, path).await?;
    let read: Order = answer.body_as()?;
    assert_eq!(read.order_id, order);
    Ok(())
}

#[tokio::test]
async fn an_answer_of_another_amount_leaves_the_outcome_unknown() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let order = tilt.order(5000).await?;
    let payment = |cents: i64| {
        let body = serde_json::json!({
            "payment_id": "0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d11", "order_id": order.to_string(),
            "status": "pending", "amount_cents": cents, "method": "card",
            "created_at": "2026-01-15T09:00:00Z", "updated_at": "2026-01-15T09:00:00Z"
        });
        Fault::Answer {
            status: 201,
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.to_string(),
        }
    };
    for (cents, is_known) in [(1000, true), (1001, false)] {
        inject(&tilt, PAYMENTS, 1, payment(cents));
        let payments = client(&tilt)?.payments();
        let result = payments
            .create(order.clone(), CreatePayment::new(1000))
            .await;
        assert_eq!(result.is_ok(), is_known, "{result:?}");
        if let Err(error) = result {
            assert!(error.outcome_unknown().is_some(), "{error}");
            assert!(error.to_string().contains("another request"), "{error}");
        }
    }
    Ok(())
}

//! An order's life: created, paid, refunded, with the events that tell of it.

use super::receiver::Receiver;
use super::transcript::{Transcript, dollars};
use super::{DemoError, expect};
use tilt_generated::types::{
    CreateOrder, CreatePayment, CreateRefund, CreatedOrder, LocationId, OrderStatus, Payment,
    PaymentStatus, RefundReason, RefundStatus,
};
use tilt_generated::{Client, Environment, Error, Event, Scope};
use tilt_sandbox::Sandbox;

const TOTAL_CENTS: i64 = 5000;

/// The client that paid, and where.
pub(crate) async fn show(
    sandbox: &Sandbox,
    transcript: &mut Transcript,
) -> Result<(Client, LocationId), DemoError> {
    let mut receiver = Receiver::start(sandbox.signing_secret()).await?;
    sandbox.register_webhook(&receiver.url)?;
    transcript.step("Listen for webhooks");
    transcript.fact("endpoint", &receiver.url);

    let tilt = client(sandbox)?;
    let location = locate(&tilt, transcript).await?;
    let order = order(&tilt, location.clone(), transcript).await?;
    let payment = pay(&tilt, &order, transcript).await?;
    approve(&mut receiver, &payment, transcript).await?;
    read_order(&tilt, &order, transcript).await?;
    refund(&tilt, order, payment, &mut receiver, transcript).await?;
    Ok((tilt, location))
}

fn client(sandbox: &Sandbox) -> Result<Client, DemoError> {
    let environment = Environment::custom(sandbox.api_url()).with_token_url(sandbox.token_url());
    Client::builder(environment)
        .credentials(sandbox.client_id(), sandbox.client_secret())
        .scopes([
            Scope::LocationsRead,
            Scope::PaymentsCreate,
            Scope::PaymentsRead,
            Scope::PaymentsRefund,
            Scope::PosLaunch,
        ])
        .build()
        .map_err(failed("build the client"))
}

async fn locate(tilt: &Client, transcript: &mut Transcript) -> Result<LocationId, DemoError> {
    transcript.step("Mint a token and find a location");
    let mut locations = tilt.locations().list().search("main").items();
    let location = locations
        .try_next()
        .await
        .map_err(failed("list locations"))?;
    let location = location.ok_or_else(|| DemoError::Unexpected {
        expected: "a location",
        found: "none".into(),
    })?;
    transcript.fact("location", &location.location_id);
    transcript.fact("name", &location.name);
    Ok(location.location_id)
}

async fn order(
    tilt: &Client,
    location: LocationId,
    transcript: &mut Transcript,
) -> Result<CreatedOrder, DemoError> {
    transcript.step("Create an order");
    let order = CreateOrder::new(location, TOTAL_CENTS).customer_name("Alice Example");
    let order = tilt
        .orders()
        .create(order)
        .await
        .map_err(failed("create an order"))?;
    transcript.fact("order", &order.order_id);
    transcript.fact("total", dollars(order.total_cents));
    transcript.fact("status", &order.status);
    expect(
        order.status == OrderStatus::Open,
        "an open order",
        &order.status,
    )?;
    Ok(order)
}

async fn pay(
    tilt: &Client,
    order: &CreatedOrder,
    transcript: &mut Transcript,
) -> Result<Payment, DemoError> {
    transcript.step("Pay it by card");
    let payment = CreatePayment::new(TOTAL_CENTS);
    let payment = tilt
        .payments()
        .create(order.order_id.clone(), payment)
        .await;
    let payment = payment.map_err(failed("create a payment"))?;
    transcript.fact("payment", &payment.payment_id);
    transcript.fact("amount", dollars(payment.amount_cents));
    transcript.fact("status", &payment.status);
    expect(
        payment.status == PaymentStatus::Pending,
        "a pending payment",
        &payment.status,
    )?;
    Ok(payment)
}

async fn approve(
    receiver: &mut Receiver,
    payment: &Payment,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    transcript.step("Receive the event that it was approved, signature verified");
    let delivery = receiver.next("payment.approved").await?;
    let Event::PaymentApproved(approved) = delivery.event() else {
        return expect(false, "an approved payment", delivery.event());
    };
    transcript.fact("event", &approved.event_id);
    transcript.fact("status", &approved.resource.status);
    expect(
        approved.resource.payment_id == payment.payment_id,
        "the event to be about our payment",
        &approved.resource.payment_id,
    )
}

async fn read_order(
    tilt: &Client,
    order: &CreatedOrder,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    transcript.step("Read the order");
    let paid = tilt
        .orders()
        .get(order.order_id.clone())
        .await
        .map_err(failed("read the order"))?;
    transcript.fact("status", &paid.status);
    transcript.fact("payments", paid.payments.len());
    expect(
        paid.status == OrderStatus::Paid,
        "a paid order",
        &paid.status,
    )
}

async fn refund(
    tilt: &Client,
    order: CreatedOrder,
    payment: Payment,
    receiver: &mut Receiver,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    transcript.step("Refund it");
    let refund = CreateRefund::new(TOTAL_CENTS).reason(RefundReason::CustomerRequest);
    let refund = tilt
        .refunds()
        .create(order.order_id.clone(), payment.payment_id.clone(), refund)
        .await
        .map_err(failed("create a refund"))?;
    transcript.fact("refund", &refund.refund_id);
    transcript.fact("amount", dollars(refund.amount_cents));
    transcript.fact("status", &refund.status);
    expect(
        refund.status == RefundStatus::Pending,
        "a pending refund",
        &refund.status,
    )?;

    transcript.step("Receive the event that it was refunded, signature verified");
    let delivery = receiver.next("payment.refunded").await?;
    let Event::PaymentRefunded(refunded) = delivery.event() else {
        return expect(false, "a refunded payment", delivery.event());
    };
    transcript.fact("event", &refunded.event_id);
    transcript.fact("status", &refunded.resource.status);

    transcript.step("Read the refund");
    let refund = tilt
        .refunds()
        .get(order.order_id, payment.payment_id, refund.refund_id)
        .await
        .map_err(failed("read the refund"))?;
    transcript.fact("status", &refund.status);
    expect(
        refund.status == RefundStatus::Approved,
        "an approved refund",
        &refund.status,
    )
}

pub(crate) fn failed(action: &'static str) -> impl FnOnce(Error) -> DemoError {
    move |error| DemoError::Call { action, error }
}

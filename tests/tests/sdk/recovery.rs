//! Payments and refunds whose answer was lost, and the verdict on each.

use std::time::Duration;

use http::Method;
use tilt_generated::Error;
use tilt_generated::Sample;
use tilt_generated::recovery::{PaymentIntent, RefundIntent, Undecided, Verdict, VoidIntent};
use tilt_generated::types::{CreatePayment, CreateRefund, Payment, PaymentStatus};
use tilt_sandbox::{Fault, Trigger};

use crate::tilt::Tilt;

const SETTLING: Duration = Duration::from_secs(60);
const PAYMENTS: &str = "/pos/v1/orders/{order_id}/payments";
const VOID: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/void";
const REFUNDS: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/refunds";

fn lose(tilt: &Tilt, path: &str, fault: Fault) {
    tilt.sandbox.inject(Trigger::to(Method::POST, path), fault);
}

#[tokio::test]
async fn a_payment_is_found_by_what_was_not_there_before() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let (orders, payments) = (tilt.client.orders(), tilt.client.payments());
    let id = tilt.order(5000).await?;
    payments
        .create(id.clone(), CreatePayment::new(1000))
        .await?;
    let intent = PaymentIntent::of(&orders.get(id.clone()).await?, 1000);
    lose(&tilt, PAYMENTS, Fault::LostAnswer);
    let error = payments.create(id.clone(), CreatePayment::new(1000)).await;
    assert!(error.expect_err("it was lost").outcome_unknown().is_some());
    let order = orders.get(id.clone()).await?;
    let Verdict::Happened(made) = intent.verdict(&order, Duration::ZERO, SETTLING) else {
        panic!("it was made");
    };
    assert!(!intent.known.contains(&made));
    // One more of the same amount, and nobody can tell.
    payments
        .create(id.clone(), CreatePayment::new(1000))
        .await?;
    let order = orders.get(id.clone()).await?;
    let verdict = intent.verdict(&order, SETTLING, SETTLING);
    let Verdict::Undecided(Undecided::Several(several)) = verdict else {
        panic!("two may be it");
    };
    assert_eq!(several.len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_payment_that_was_not_made_is_not_decided_before_its_time() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let (orders, payments) = (tilt.client.orders(), tilt.client.payments());
    let id = tilt.order(5000).await?;
    let intent = PaymentIntent::of(&orders.get(id.clone()).await?, 1000);
    lose(&tilt, PAYMENTS, Fault::LostRequest);
    let error = payments.create(id.clone(), CreatePayment::new(1000)).await;
    assert!(error.expect_err("it was lost").outcome_unknown().is_some());
    // Another amount is another payment.
    payments.create(id.clone(), CreatePayment::new(999)).await?;
    let order = orders.get(id).await?;
    let second = Duration::from_secs(1);
    let early = intent.verdict(&order, SETTLING - second, SETTLING);
    assert_eq!(early, Verdict::Undecided(Undecided::TooEarly(second)));
    let late = intent.verdict(&order, SETTLING, SETTLING);
    assert_eq!(late, Verdict::DidNotHappen);
    let other = orders.get(tilt.order(5000).await?).await?;
    let verdict = intent.verdict(&other, SETTLING, SETTLING);
    assert_eq!(verdict, Verdict::Undecided(Undecided::OfSomethingElse));
    Ok(())
}

#[tokio::test]
async fn a_full_refund_shows_in_the_payment_and_a_partial_one_nowhere() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let (order, payment) = tilt.paid(100).await?;
    let payments = tilt.client.payments();
    let read = || payments.get(order.clone(), payment.clone());
    let before = read().await?;
    let full = RefundIntent::of(&before, 100);
    let partial = RefundIntent::of(&before, 40);
    let verdict = full.verdict(&before, SETTLING, SETTLING);
    assert_eq!(verdict, Verdict::DidNotHappen);
    lose(&tilt, REFUNDS, Fault::LostAnswer);
    let refund = CreateRefund::new(100);
    let refunds = tilt.client.refunds();
    let error = refunds.create(order.clone(), payment.clone(), refund).await;
    assert!(error.expect_err("it was lost").outcome_unknown().is_some());
    tilt.advance().await;
    let after = read().await?;
    assert_eq!(after.status, PaymentStatus::Refunded);
    let verdict = full.verdict(&after, Duration::ZERO, SETTLING);
    assert_eq!(verdict, Verdict::Happened(()));
    let not_shown = Verdict::Undecided(Undecided::NotShown);
    assert_eq!(partial.verdict(&after, SETTLING, SETTLING), not_shown);
    // Of what was refunded before, nothing can be told either.
    let again = RefundIntent::of(&after, 100);
    assert_eq!(again.verdict(&after, SETTLING, SETTLING), not_shown);
    Ok(())
}

#[tokio::test]
async fn a_void_shows_in_the_payment() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let (order, payment) = tilt.paid(100).await?;
    let payments = tilt.client.payments();
    let read = || payments.get(order.clone(), payment.clone());
    let before = read().await?;
    let intent = VoidIntent::of(&before);
    let second = Duration::from_secs(1);
    let early = intent.verdict(&before, SETTLING - second, SETTLING);
    assert_eq!(early, Verdict::Undecided(Undecided::TooEarly(second)));
    let verdict = intent.verdict(&before, SETTLING, SETTLING);
    assert_eq!(verdict, Verdict::DidNotHappen);
    lose(&tilt, VOID, Fault::LostAnswer);
    let error = payments.void(order.clone(), payment.clone()).await;
    assert!(error.expect_err("it was lost").outcome_unknown().is_some());
    let after = read().await?;
    let verdict = intent.verdict(&after, Duration::ZERO, SETTLING);
    assert_eq!(verdict, Verdict::Happened(()));
    // Of what was voided before, a second void did nothing.
    let again = VoidIntent::of(&after);
    let verdict = again.verdict(&after, Duration::ZERO, SETTLING);
    assert_eq!(verdict, Verdict::DidNotHappen);
    Ok(())
}

#[test]
fn a_status_that_is_new_to_this_version_decides_nothing() {
    let payment = |status: PaymentStatus| {
        let mut payment = Payment::sample();
        payment.status = status;
        payment
    };
    let (pending, settled) = (
        payment(PaymentStatus::Pending),
        payment(PaymentStatus::Settled),
    );
    let new = payment("disputed".into());
    let unknown = Verdict::Undecided(Undecided::UnknownStatus(new.status.clone()));
    let void = VoidIntent::of(&pending);
    assert_eq!(void.verdict(&new, SETTLING, SETTLING), unknown);
    // A settled payment cannot be voided any more: there is nothing to wait for.
    let settled_now = void.verdict(&settled, Duration::ZERO, SETTLING);
    assert_eq!(settled_now, Verdict::DidNotHappen);
    let refund = RefundIntent::of(&settled, settled.amount_cents);
    assert_eq!(refund.verdict(&new, SETTLING, SETTLING), unknown);
    // It could have been voided, for all that was known.
    assert!(VoidIntent::of(&new).was_open);
}

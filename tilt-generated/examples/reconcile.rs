//! A verdict on payments whose answer was lost, or whose process was killed. Nothing is paid again from here.
//! `cargo xtask sandbox` runs a local Tilt and prints what to set:
//!
//! ```console
//! TILT_API=… TILT_TOKEN_URL=… CLIENT_ID=… CLIENT_SECRET=… \
//!     cargo run -p tilt-generated --example reconcile --features sqlite -- [ORDER CENTS]
//! ```

use std::env::{args, var};
use std::error::Error;
use std::time::Duration;
use tilt_generated::recovery::{PaymentIntent, Verdict};
use tilt_generated::rt::journal::sqlite::Sqlite;
use tilt_generated::rt::journal::{Calls, JournaledCall};
use tilt_generated::types::{CreatePayment, OrderId, Payment, PaymentId};
use tilt_generated::{Client, Environment};

/// The time after which a payment that was made shows in its order: as Tilt told you, for it documents none.
const SETTLING: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let calls = Calls::new(Sqlite::open("calls.db")?).owner("payments");
    let local = Environment::custom(var("TILT_API")?).with_token_url(var("TILT_TOKEN_URL")?);
    let tilt = Client::builder(local)
        .credentials(var("CLIENT_ID")?, var("CLIENT_SECRET")?)
        .journal(calls.clone())
        .build()?;
    if let (Some(order), Some(cents)) = (args().nth(1), args().nth(2)) {
        // One payment for each order: its id is the reference.
        match pay(&tilt, order.as_str().into(), cents.parse()?, &order).await {
            Ok(payment) => println!("payment {} is {}", payment.payment_id, payment.status),
            Err(error) => println!("{error}"),
        }
    }
    // At the start, and every few minutes: what is still open comes again.
    for (reference, verdict) in reconcile(&tilt, &calls).await? {
        println!("{}: {verdict:?}", reference.unwrap_or_default());
    }
    Ok(())
}

/// Pays what is left of an order. The payments that it has go into the journal, so that a new one can be told from them. A
/// second payment with the reference is not sent, unless the first was certainly not made.
pub(crate) async fn pay(
    tilt: &Client,
    order: OrderId,
    amount_cents: i64,
    reference: &str,
) -> Result<Payment, tilt_generated::Error> {
    let before = tilt.orders().get(order.clone()).await?;
    let note = PaymentIntent::of(&before, amount_cents).note();
    let payment = tilt
        .payments()
        .create(order, CreatePayment::new(amount_cents));
    payment.journaled(note.reference(reference)).await
}

/// The verdict on each payment that is open in the journal, by its reference.
pub(crate) async fn reconcile(
    tilt: &Client,
    calls: &Calls,
) -> Result<Vec<(Option<String>, Verdict<PaymentId>)>, Box<dyn Error>> {
    let mut verdicts = Vec::new();
    for open in calls.open().await? {
        // One that cannot be read is for a person to look at: the others are there nevertheless.
        let Ok(open) = open.inspect_err(|unreadable| eprintln!("{unreadable}")) else {
            continue;
        };
        if open.operation() == "createPayment" {
            let reference = open.reference().map(str::to_owned);
            verdicts.push((reference, decide(tilt, open).await?));
        }
    }
    Ok(verdicts)
}

/// Compares what was there before with what is there now, and marks the call where that decides.
async fn decide(tilt: &Client, open: JournaledCall) -> Result<Verdict<PaymentId>, Box<dyn Error>> {
    let intent = PaymentIntent::of_call(&open)?;
    let order = tilt.orders().get(intent.order_id.clone()).await?;
    let verdict = intent.verdict(&order, open.passed(), SETTLING);
    match &verdict {
        Verdict::Happened(_) => open.mark_carried_out().await?,
        // From now on, another payment may have its reference.
        Verdict::DidNotHappen => open.mark_not_carried_out().await?,
        // It is too early, or a person has to look.
        _ => {}
    }
    Ok(verdict)
}

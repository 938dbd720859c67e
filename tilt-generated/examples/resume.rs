//! One order for an invoice, however often the process is killed on the way. `cargo xtask sandbox` runs a local Tilt and
//! prints what to set:
//!
//! ```console
//! TILT_API=… TILT_TOKEN_URL=… CLIENT_ID=… CLIENT_SECRET=… LOCATION=… \
//!     cargo run -p tilt-generated --example resume --features sqlite -- invoice-4711
//! ```

use std::env::{args, var};
use std::error::Error;
use tilt_generated::rt::journal::sqlite::Sqlite;
use tilt_generated::rt::journal::{Calls, Note, State};
use tilt_generated::types::{CreateOrder, CreatedOrder};
use tilt_generated::{Client, Environment};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let invoice = args().nth(1).ok_or("the number of an invoice is needed")?;
    // The only process of this name: it takes what it was killed at without waiting.
    let calls = Calls::new(Sqlite::open("calls.db")?).owner("invoices");
    let local = Environment::custom(var("TILT_API")?).with_token_url(var("TILT_TOKEN_URL")?);
    let tilt = Client::builder(local)
        .credentials(var("CLIENT_ID")?, var("CLIENT_SECRET")?)
        .journal(calls.clone())
        .build()?;
    let order = CreateOrder::new(var("LOCATION")?, 5000).external_reference(&invoice);
    let order = order_for(&tilt, &calls, &invoice, order).await?;
    println!("{invoice} is order {}", order.order_id);
    Ok(())
}

/// The order for an invoice. A call that was begun before is resumed: with the same bytes and idempotency key, so that Tilt
/// gives the order that it made then, if it made one. That works for 24 hours; after that, the error is
/// `OutcomeUnknown`, and a person has to look for an order with this reference.
pub(crate) async fn order_for(
    tilt: &Client,
    calls: &Calls,
    invoice: &str,
    order: CreateOrder,
) -> Result<CreatedOrder, Box<dyn Error>> {
    let call = tilt.orders().create(order);
    let call = match calls.find(invoice).await? {
        Some(begun) if begun.state() != State::NotCarriedOut => call.resuming(begun),
        // In the journal before it is sent.
        _ => call.journaled(Note::new().reference(invoice)),
    };
    Ok(call.await?)
}

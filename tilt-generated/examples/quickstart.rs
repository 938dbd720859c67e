//! An order, a payment, and what became of it. `cargo xtask sandbox` runs a local Tilt and prints what to set:
//!
//! ```console
//! TILT_API=… TILT_TOKEN_URL=… CLIENT_ID=… CLIENT_SECRET=… cargo run -p tilt-generated --example quickstart
//! ```

use std::env::var;
use std::error::Error;
use tilt_generated::types::{CreateOrder, CreatePayment, OrderId};
use tilt_generated::{Client, Environment};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // `Environment::Dev` is Tilt's sandbox, `Environment::Prod` the real one.
    let local = Environment::custom(var("TILT_API")?).with_token_url(var("TILT_TOKEN_URL")?);
    let tilt = Client::builder(local)
        .credentials(var("CLIENT_ID")?, var("CLIENT_SECRET")?)
        .build()?;
    let order_id = sell(&tilt).await?;
    // The payment is `pending` at first. A webhook tells when that changes; so does reading it.
    let order = tilt.orders().get(order_id).await?;
    for payment in order.payments {
        println!("payment {} is {}", payment.payment_id, payment.status);
    }
    Ok(())
}

/// Sells something for $50.00.
pub(crate) async fn sell(tilt: &Client) -> Result<OrderId, Box<dyn Error>> {
    let mut locations = tilt.locations().list().items();
    let location = locations.try_next().await?.ok_or("there is no location")?;
    let order = CreateOrder::new(location.location_id, 5000).customer_name("Alice Example");
    let order = tilt.orders().create(order).await?;
    let payment = CreatePayment::new(order.total_cents);
    let payments = tilt.payments();
    payments.create(order.order_id.clone(), payment).await?;
    Ok(order.order_id)
}

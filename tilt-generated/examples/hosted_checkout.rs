//! A customer who pays on Tilt's own page. `cargo xtask sandbox` runs a local Tilt and prints what to set:
//!
//! ```console
//! TILT_API=… TILT_TOKEN_URL=… CLIENT_ID=… CLIENT_SECRET=… LOCATION=… \
//!     cargo run -p tilt-generated --example hosted_checkout
//! ```

use std::env::var;
use std::error::Error;
use std::time::SystemTime;
use tilt_generated::types::{CreateOrder, CreatedOrder, LocationId, OrderId, OrderStatus};
use tilt_generated::{Client, Environment, HostedCheckout};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let local = Environment::custom(var("TILT_API")?).with_token_url(var("TILT_TOKEN_URL")?);
    let tilt = Client::builder(local)
        .credentials(var("CLIENT_ID")?, var("CLIENT_SECRET")?)
        .build()?;
    let order = begin(&tilt, var("LOCATION")?.into()).await?;
    // A server answers with a redirect to the URL, which is a secret: it is in no log.
    if let Some(url) = redirect(&order, SystemTime::now()) {
        println!("the customer pays at {url}");
    }
    println!("paid: {}", is_paid(&tilt, order.order_id).await?);
    Ok(())
}

/// An order with a form, from which the customer comes back to one of the two URLs.
pub(crate) async fn begin(
    tilt: &Client,
    location: LocationId,
) -> Result<CreatedOrder, tilt_generated::Error> {
    let order = CreateOrder::new(location, 5000)
        .return_url("https://shop.example.com/thanks")
        .cancel_url("https://shop.example.com/cart");
    tilt.orders().create(order).await
}

/// The address for the customer's browser. The form works for five minutes; after that, a new order is needed.
pub(crate) fn redirect(order: &CreatedOrder, now: SystemTime) -> Option<&str> {
    match order.hosted_checkout(now) {
        HostedCheckout::Open(url) => Some(url.expose()),
        _ => None,
    }
}

/// Whether the customer who comes back has paid. This is proof, and so is the webhook `payment.approved`; the browser's
/// `?status=paid` is none.
pub(crate) async fn is_paid(tilt: &Client, order: OrderId) -> Result<bool, tilt_generated::Error> {
    Ok(tilt.orders().get(order).await?.status == OrderStatus::Paid)
}

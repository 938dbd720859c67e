//! The Tilt payment platform: orders, card payments, refunds, webhooks.
//!
//! # The first payment
//!
//! ```no_run
//! use tilt_generated::types::{CreateOrder, CreatePayment, PaymentMethod};
//! use tilt_generated::{Client, Environment, Error, Scope};
//!
//! # async fn first_payment(location_id: tilt_generated::Uuid) -> Result<(), Error> {
//! let tilt = Client::builder(Environment::Dev)
//!     .credentials("client-id", "client-secret")
//!     .scopes([Scope::PaymentsCreate, Scope::PaymentsRead])
//!     .build()?;
//! let order = tilt
//!     .orders()
//!     .create(CreateOrder::new(location_id, 5000).customer_name("Alice Example"))
//!     .await?;
//! let payment = tilt
//!     .payments()
//!     .create(order.order_id, CreatePayment::new(PaymentMethod::Card, 5000))
//!     .await?;
//! println!("payment {} is {}", payment.payment_id, payment.status);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Client`] is cheap to clone, mints access tokens when it needs one and keeps them until shortly
//! before they expire. An [`Environment`] that this version does not know is
//! [`Environment::custom`].
//!
//! # Money
//!
//! Amounts are integer cents, `i64`, and never floating point. Card payments are asynchronous:
//! [`payments().create`](resources::payments::Payments::create) answers `pending`, and an event, or
//! reading the payment again, tells what became of it.
//!
//! The client sends every request once. When an [`Error`] says that a request
//! [may have been sent](Error::may_have_been_sent), read the order before you try again. Creating an
//! order is safe to repeat with the same
//! [idempotency key](resources::orders::CreateOrderCall::idempotency_key) within 24 hours; nothing
//! else is.
//!
//! # Errors
//!
//! ```no_run
//! # use tilt_generated::{Client, Error, Uuid};
//! # async fn look(tilt: &Client, order_id: Uuid) -> Result<(), Error> {
//! match tilt.orders().get(order_id).await {
//!     Ok(order) => println!("{}", order.status),
//!     Err(Error::Api(error)) if error.code() == Some("order_not_found") => println!("no such order"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Events
//!
//! ```
//! use tilt_generated::Event;
//! use tilt_generated::webhooks::{Verifier, WebhookError};
//!
//! fn receive(secret: &str, headers: &tilt_generated::rt::http::HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
//!     let delivery = Verifier::new(secret).receive(headers, body)?;
//!     match delivery.event() {
//!         Event::PaymentApproved(event) => println!("{} is paid", event.resource.order_id),
//!         Event::Unknown(event) => println!("new to this version: {event:?}"),
//!         _ => {}
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Deliveries come more than once and out of order: deduplicate by their id. An event of a kind that
//! this version does not know is [`Event::Unknown`], with all that was sent.
//!
//! # Values that this version does not know
//!
//! Enums have an `Unknown` variant, structs an `extra` field with the properties that they do not name:
//! what the API adds is there before this crate is updated, and is sent back as it came.

mod generated;

pub use generated::*;
pub use tilt_runtime as rt;

#[cfg(feature = "client")]
pub use rt::{ApiError, Error};
pub use rt::{
    Base64, Date, DateTime, Decimal, Duration, Extra, Map, Maybe, Number, SecretText, Time, Uuid,
    Value,
};

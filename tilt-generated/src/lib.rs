//! The Tilt payment platform: orders, card payments, refunds, webhooks.
//!
//! # The first payment
//!
//! ```no_run
//! use tilt_generated::types::{CreateOrder, CreatePayment};
//! use tilt_generated::{Client, Environment, Error, Scope};
//!
//! # async fn first_payment(location_id: tilt_generated::types::LocationId) -> Result<(), Error> {
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
//!     .create(order.order_id, CreatePayment::new(5000))
//!     .await?;
//! println!("payment {} is {}", payment.payment_id, payment.status);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Client`] is cheap to clone, mints access tokens when it needs one and renews them shortly before
//! they expire, while the old one serves. A client secret that is rotated is given as an [`rt::Secret`], of
//! which a clone replaces it while the client is in use. An operation whose scope is not among those of the
//! builder is not sent, and the error says which to add. An [`Environment`] that this version does not know is
//! [`Environment::custom`].
//!
//! # Arguments
//!
//! Each identifier has a type of its own, so that the id of a payment cannot be given for that of an order.
//! Texts become identifiers, dates and other formatted text by themselves; one of the wrong format is
//! [`Error::InvalidRequest`], and nothing is sent. The structs in [`required`] are named arguments: they
//! have what a value must have, and become the type of the same name in [`types`], whose methods set the
//! rest.
//!
//! ```
//! use tilt_generated::required;
//! use tilt_generated::types::{Level3, Level3LineItem};
//!
//! let tyres = required::Level3LineItem {
//!     description: "Tyre".into(),
//!     quantity: 4,
//!     unit_price_cents: 12_500,
//! };
//! let level3 = Level3::new(4_000, "62701").line_items([Level3LineItem::from(tyres).product_code("T-1")]);
//! # assert_eq!(level3.zip_code, "62701");
//! ```
//!
//! # Checked before sending
//!
//! Lengths, ranges, patterns and whatever else the document states of a request are checked before it is sent:
//! [`Error::InvalidRequest`] has all that is wrong at once, each with its place and what is allowed, and never with the
//! value. Values that this version does not know, such as an `Unknown` one of an enum, are sent.
//! [`without_validation`](ClientBuilder::without_validation), of a client or of a call, leaves it to Tilt. Answers are
//! never refused for a constraint. [`rt::Constraints`] names what is not checked.
//!
//! # Money
//!
//! Amounts are integer cents, `i64`, and never floating point. Card payments are asynchronous:
//! [`payments().create`](resources::payments::Payments::create) answers `pending`, and an event, or
//! reading the payment again, tells what became of it.
//!
//! # Lost answers
//!
//! Requests that only read are sent again when their answer is lost, with growing waits and within the time of the call. So is the
//! creation of an order: each call has an idempotency key of its own, with which Tilt creates one order within 24 hours.
//! Payments, voids and refunds have none. They are sent once, and again only where they were certainly not carried out: no
//! connection came about, or Tilt answered 429, or 401 to a token that has been replaced.
//!
//! When the answer to one of those is lost, nobody can tell from the connection whether it was carried out:
//! [`Error::OutcomeUnknown`] says so, and no later error hides it. It names the order and the operation that reads what
//! became of it. A payment shows in the payments of its order; one of several refunds of a payment shows in no documented
//! read, and a person has to look. Do not send it again before. The module [`recovery`] compares what was there before with what is
//! there after, and says which of these it is.
//!
//! # Crashes
//!
//! A client that was built with a [journal](rt::journal) stores each order, payment, void and refund before it is sent, in
//! SQLite or Postgres (features `sqlite` and `postgres`). The process that comes after a crash resumes the creation of an
//! order, with the same bytes and the same idempotency key, and gets the order that was made; of all others the journal
//! has what [`recovery`] needs. Its own documentation says what stands in it, and which process may resume what.
//!
//! ```ignore
//! let calls = Calls::new(Sqlite::open("calls.db")?).owner("invoices");
//! let tilt = Client::builder(Environment::Prod).credentials(id, secret).journal(calls.clone()).build()?;
//! // At the start: what a process was killed at.
//! for open in calls.open().await? {
//!     // One that cannot be read is for a person to look at: the others are there nevertheless.
//!     let Ok(open) = open.inspect_err(|unreadable| eprintln!("{unreadable}")) else { continue };
//!     match open.operation() {
//!         "createOrder" => {
//!             let order = tilt.orders().create(open.body_as::<CreateOrder>()?).resuming(open).await?;
//!         }
//!         "createPayment" => {
//!             let intent = PaymentIntent::of_call(&open)?;
//!             let order = tilt.orders().get(intent.order_id.clone()).await?;
//!             let verdict = intent.verdict(&order, open.passed(), SETTLING);
//!         }
//!         _ => {}
//!     }
//! }
//! ```
//!
//! `examples/resume.rs` makes one order for an invoice, however often it is killed; `examples/reconcile.rs` decides what
//! became of payments.
//!
//! An order that is had again has its first answer: [`CreatedOrder::hosted_checkout`](types::CreatedOrder::hosted_checkout)
//! says whether the form that is in it still works.
//!
//! # Errors
//!
//! [`Error::kind`](Error::kind) tells what a caller can do about an error, [`Error::is_retryable`] whether the same call
//! may go well later and does no harm.
//!
//! ```no_run
//! # use tilt_generated::{Client, Error, types::OrderId};
//! # async fn look(tilt: &Client, order_id: OrderId) -> Result<(), Error> {
//! match tilt.orders().get(order_id).await {
//!     Ok(order) => println!("{}", order.status),
//!     Err(Error::Api(error)) if error.code() == Some("order_not_found") => println!("no such order"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Limits of rate
//!
//! With the feature `rate-limit`, `.rate_limit(RateTier::Low)` on the builder keeps a client and its clones within a tier of Tilt's
//! limits: a request beyond it waits for its turn, and is an error and not sent where that would come after the
//! time of its call. Without it, what is beyond them is answered 429, and sent again after what `Retry-After` says.
//!
//! # Blocking
//!
//! Where nothing is asynchronous, the feature `blocking` has `wait` for all that would be awaited, and `items().wait()` is an
//! iterator. In an asynchronous runtime it is an error.
//!
#![cfg_attr(all(feature = "blocking", feature = "client"), doc = "```no_run")]
#![cfg_attr(not(all(feature = "blocking", feature = "client")), doc = "```ignore")]
//! use tilt_generated::rt::Wait;
//!
//! # fn look(tilt: &tilt_generated::Client, order_id: tilt_generated::types::OrderId) -> Result<(), tilt_generated::Error> {
//! let order = tilt.orders().get(order_id).wait()?;
//! for location in tilt.locations().list().items().wait() {
//!     println!("{} at {}", order.status, location?.name);
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
//! An event of a kind that this version does not know is [`Event::Unknown`], with kind, id and all that was sent; so
//! is one of a known kind that is not as documented, or of another version of the envelope. Handlers by kind are the
//! arms of a `match`. A body beyond 1 MiB is refused before it is looked at: see
//! [`Verifier::limit`](rt::webhook::Verifier::limit).
//!
//! Any server will do: `receive` takes headers as those of the crate `http` or as pairs of name and value, and the
//! body as it came. With the feature `axum`, a [`Delivery`](webhooks::Delivery) is an argument of a handler, and
//! nothing else sees the body before it is verified.
//!
//! Deliveries come more than once, to any replica of a receiver, and out of order. An [inbox](rt::inbox) handles
//! each event once: [`handle`](rt::inbox::handle) claims it by its id, calls the handler, and commits its effects
//! and the mark together, in SQLite or Postgres (features `sqlite` and `postgres`; `redis` has a lease instead). Its
//! outcome is the answer: success when the event was handled, and 409 while it is in work elsewhere. By
//! [`PaymentStatus::may_follow`](types::PaymentStatus::may_follow), a late event does not undo what came after it.
//! `examples/webhook_receiver.rs` has all of this.
//!
//! For tests, a [`Signer`](webhooks::Signer) signs as Tilt does.
//!
//! # Tests
//!
//! Types of answers have no constructor, so that Tilt may add to them. With the feature `samples`, each has
//! a valid value to change, which costs programs without it nothing:
//!
//! ```ignore
//! use tilt_generated::{Event, Sample, types::{Order, OrderStatus, PaymentApproved}};
//!
//! let mut order = Order::sample();
//! order.status = OrderStatus::Paid;
//! let event = Event::PaymentApproved(PaymentApproved::sample().into());
//! ```
//!
//! # Logs
//!
//! `Debug` shows neither one-time URLs nor personal data (names, mail addresses, phone numbers of customers and users), nor
//! texts and numbers that no type describes: in `extra`, in `metadata` and in events of unknown kinds. They are there for
//! the program. A body that is sent is overwritten when it goes, as far as it is this crate's; what the HTTP stack and the
//! operating system copy is not.
//!
//! # Values that this version does not know
//!
//! Enums have an `Unknown` variant, structs an `extra` field with the properties that they do not name:
//! what the API adds is there before this crate is updated, and is sent back as it came.

mod checkout;
mod generated;
mod order;
#[cfg(feature = "rate-limit")]
mod rate_tier;
pub mod recovery;

pub use checkout::HostedCheckout;
pub use generated::*;
pub use order::Follows;
#[cfg(feature = "rate-limit")]
pub use rate_tier::RateTier;
pub use tilt_runtime as rt;

#[cfg(feature = "client")]
pub use rt::{ApiError, Error};
pub use rt::{
    Base64, Base64Url, Date, DateTime, Decimal, Duration, Extra, Map, Maybe, Number, SecretText,
    Time, Uuid, Value,
};

#[cfg(feature = "samples")]
pub use rt::Sample;

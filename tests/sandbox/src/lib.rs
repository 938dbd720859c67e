//! A local Tilt: stateful, in memory, on loopback.
//!
//! It serves both well-known documents, mints tokens, has every documented operation, and delivers
//! signed webhooks. Nothing of it comes from the code generator or from the generated SDK, so that
//! it can be a judge of them.
//!
//! ```no_run
//! # async fn example() -> Result<(), tilt_sandbox::SandboxError> {
//! use std::time::Duration;
//! use tilt_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::builder().manual_clock().start().await?;
//! sandbox.register_webhook("http://127.0.0.1:9000/hook")?;
//! // Create and pay an order at `sandbox.api_url()`, with a token from `sandbox.token_url()` …
//! sandbox.advance(Duration::from_secs(1)).await?;
//! assert_eq!(sandbox.deliveries().len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! Vehicles are pulled by an [`InventorySource`], whatever it reads: the contract of Tilt's own pull is not public.
//!
//! # Decisions that the documentation leaves open
//!
//! Errors other than 429 have no documented status. Here, and likewise in the documents: 400 is a
//! request that is wrong by itself, 401 a token that is not valid, 403 a scope that is missing, 404
//! a resource that is not in the partner's scope, 409 a state that does not allow it (or an
//! idempotency key with another body), 422 an amount above what remains or a location that takes no
//! payments. Requests are checked in this order: token, rate limit, scope, form, existence, state.
//!
//! Pages for people are at `/admin`, and where the links of orders and launch tokens lead. A form whose
//! time is over answers 410, as the documentation says of one that was paid.
//!
//! The API takes no card. A location has a card that its customers present
//! ([`Sandbox::present_card`]), and an amount stands for an outcome: a payment that ends in 02
//! cents is declined, one that ends in 03 cents fails, and so does a refund that ends in 03 cents.
//!
//! Approved and settled payments can be refunded. `payment.reversal_settled` follows at the next
//! midnight UTC after the refund of a settled payment, `payment.reversal_failed` a refund that
//! fails, and the undocumented kind `payment.failed` a payment that fails.

#![forbid(unsafe_code)]

mod access;
mod api;
mod app;
mod builder;
mod card;
mod client;
mod clock;
mod connection;
mod documents;
mod error;
mod exchange;
mod fault;
mod inventory;
mod kept;
mod lock;
mod mac;
mod pages;
mod rate_limit;
mod runner;
mod sandbox;
mod schedule;
mod secret;
mod serve;
mod server;
mod state;
mod token;
mod webhook;

pub use builder::Builder;
pub use card::TestCard;
pub use client::{Client, PARTNER, scope};
pub use documents::Document;
pub use error::SandboxError;
pub use exchange::Exchange;
pub use fault::{Fault, Trigger};
pub use http;
pub use inventory::{
    Change, ChangeKind, Difference, Inventory, InventoryPage, InventoryPages, InventorySource,
    NextPage, Offer, Pull, PullOutcome, Refused, Stocked, Vehicle, VehicleFault,
};
pub use jiff::Timestamp;
pub use rate_limit::RateLimit;
pub use sandbox::Sandbox;
pub use serve::{ServeOptions, serve};
pub use state::{Location, Order, Payment, PaymentStatus, PosUser, Refund, RefundStatus};
pub use webhook::{
    Attempt, AttemptOutcome, Delivery, DeliveryStatus, SIGNATURE_HEADER, install_tls_provider, sign,
};

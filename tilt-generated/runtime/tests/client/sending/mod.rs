//! Requests that are sent again: when, and what is told of all attempts.

mod connections;
mod deadlines;
mod hooks;
#[cfg(feature = "http2")]
mod http2;
mod journal;
mod keys;
mod outcomes;
#[cfg(feature = "rate-limit")]
mod rates;
mod repeats;
mod resuming;
pub(crate) mod script;

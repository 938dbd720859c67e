//! Fetching from servers that behave and from servers that do not.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod answers;
mod interruptions;
mod misbehaving_server;
mod project;
mod redirects;
mod update;

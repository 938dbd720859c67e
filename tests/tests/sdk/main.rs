//! The generated SDK from outside: over HTTP against the local Tilt, with the raw documents as
//! judges of every request, answer and event.

#![allow(
    clippy::panic,
    reason = "a test fails by a panic, in what tests share as well"
)]

mod errors;
mod events;
mod examples;
mod locations;
mod operations;
mod receiver;
mod receiving;
mod recovery;
mod resuming;
mod samples;
mod schemas;
mod sending;
mod tilt;
mod tokens;
mod variants;

//! The generated SDK from outside: over HTTP against the local Tilt, with the raw documents as
//! judges of every request, answer and event.

mod errors;
mod events;
mod locations;
mod operations;
mod receiver;
mod tilt;
mod tokens;
mod variants;

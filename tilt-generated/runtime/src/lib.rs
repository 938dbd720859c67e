//! What generated SDKs stand on.
//!
//! Generated code names this crate `rt`, so that no name of an API collides with one of its own.

#[cfg(feature = "client")]
mod client;
pub mod event;
mod extra;
mod extract;
mod json;
mod locate;
mod maybe;
mod record;
#[cfg(feature = "webhooks")]
pub mod webhook;
mod wire;

#[doc(no_inline)]
pub use bytes::Bytes;
#[cfg(feature = "client")]
pub use client::*;
pub use event::UnknownEvent;
pub use extra::Extra;
#[cfg(any(feature = "client", feature = "webhooks"))]
#[doc(no_inline)]
pub use http;
pub use maybe::Maybe;
#[doc(hidden)]
pub use record::{
    Failed, Nullable, Others, Read, Record, Required, Rest, Slot, Taken, Write, read_record,
    write_record,
};
#[cfg(feature = "client")]
#[doc(no_inline)]
pub use reqwest;
#[cfg(any(feature = "client", feature = "webhooks"))]
#[doc(no_inline)]
pub use secrecy::SecretString;
#[doc(hidden)]
pub use serde;
pub use serde_json::Value;
pub use wire::Wire;

/// An object with values of one type, in the order of the input.
pub type Map<T> = indexmap::IndexMap<String, T>;

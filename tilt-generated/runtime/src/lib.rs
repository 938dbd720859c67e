//! What generated SDKs stand on.
//!
//! Generated code names this crate `rt`, so that no name of an API collides with one of its own.

#[cfg(feature = "client")]
mod client;
mod content;
pub mod event;
mod extra;
mod extract;
#[cfg(all(feature = "client", any(test, fuzzing)))]
#[doc(hidden)]
pub mod fuzzing;
mod json;
mod locate;
mod maybe;
mod number;
mod open_enum;
mod part;
mod record;
mod text;
pub mod union;
#[cfg(feature = "webhooks")]
pub mod webhook;
mod wire;

#[doc(no_inline)]
pub use bytes::Bytes;
#[cfg(feature = "client")]
pub use client::*;
#[doc(hidden)]
pub use content::Content;
pub use event::UnknownEvent;
pub use extra::Extra;
#[cfg(any(feature = "client", feature = "webhooks"))]
#[doc(no_inline)]
pub use http;
pub use maybe::Maybe;
pub use number::Number;
#[doc(hidden)]
pub use open_enum::{is_json, json_value, read_integer_enum, read_string_enum, read_value_enum};
pub use part::Part;
#[doc(hidden)]
pub use record::{
    Field, FieldRefs, Fields, Presence, Read, Record, Shape, clone_record, debug_record,
    default_record, equal_records, read_record, write_record,
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
pub use text::{Base64, Date, DateTime, Decimal, Duration, FormatError, SecretText, Time, Uuid};
#[doc(hidden)]
pub use union::{
    ARRAY, BOOLEAN, Branch, INTEGER, NULL, NUMBER, OBJECT, STRING, Union, choose, read_union,
    read_variant,
};
pub use wire::Wire;

/// An object with values of one type, in the order of the input.
pub type Map<T> = indexmap::IndexMap<String, T>;

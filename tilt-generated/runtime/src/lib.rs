//! The ground that generated SDKs stand on.
//!
//! Generated code names this crate `rt`, so that no name of an API collides with one of its own.

#[cfg(feature = "client")]
mod client;
#[cfg(any(feature = "client", feature = "webhooks"))]
mod clock;
#[cfg(any(feature = "client", feature = "server"))]
mod constraints;
mod data;
#[cfg(all(feature = "client", any(test, fuzzing)))]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(feature = "webhooks")]
pub mod inbox;
#[cfg(feature = "client")]
pub mod journal;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "postgres")]
mod table;
#[cfg(any(feature = "client", feature = "server"))]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "servers tell of violations by problem documents")
)]
mod validation;
#[cfg(feature = "webhooks")]
pub mod webhook;

#[cfg(feature = "bigdecimal")]
#[doc(no_inline)]
pub use bigdecimal;
#[doc(no_inline)]
pub use bytes::Bytes;
#[cfg(feature = "client")]
pub use client::*;
#[cfg(any(feature = "client", feature = "webhooks"))]
pub use clock::{Clock, SystemClock};
#[cfg(any(feature = "client", feature = "server"))]
pub use constraints::Constraints;
#[cfg(feature = "samples")]
pub use data::Sample;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use data::stated_schema;
#[doc(hidden)]
pub use data::{
    ARRAY, Attempt, BOOLEAN, Branch, Content, EventData, Field, FieldRefs, Fields, INTEGER, Known,
    NULL, NUMBER, NamedEvent, OBJECT, Presence, Read, Record, STRING, Shape, Shown, TaggedUnion,
    Tags, Union, choose, clone_record, debug_record, default_record, equal_records, is_json,
    json_value, note_unknown, read_any_record, read_integer_enum, read_record, read_record_variant,
    read_string_enum, read_union, read_union_variant, read_value_enum, read_variant, show_variant,
    write_record, write_record_variant,
};
pub use data::{
    Base64, Base64Url, Constant, Date, DateTime, Decimal, DecimalNumber, DecimalText, DecimalType,
    Duration, Extra, Foreign, FormatError, FromHeader, Header, HeaderError, Loose, Map, Maybe,
    Number, Part, SecretText, Time, ToHeader, UnknownEvent, Upload, Uuid, Value, Wire, event,
    union,
};
pub use data::{
    Encoding, Location, Method, Parameter, PartEncoding, Scheme, SchemeKind, Security, Status,
    Style,
};
#[cfg(feature = "samples")]
#[doc(hidden)]
pub use data::{sample_json, sample_object};
#[cfg(any(feature = "client", feature = "server", feature = "webhooks"))]
#[doc(no_inline)]
pub use http;
#[cfg(feature = "client")]
#[doc(no_inline)]
pub use reqwest;
#[cfg(feature = "rust_decimal")]
#[doc(no_inline)]
pub use rust_decimal;
#[cfg(feature = "schemars")]
#[doc(no_inline)]
pub use schemars;
#[cfg(any(feature = "client", feature = "server", feature = "webhooks"))]
#[doc(no_inline)]
pub use secrecy::SecretString;
#[doc(hidden)]
pub use serde;
#[cfg(any(feature = "client", feature = "server"))]
pub use validation::Violation;

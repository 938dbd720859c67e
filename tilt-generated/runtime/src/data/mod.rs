//! Data types, and how they are read and written as JSON: what generated types are made of, with or without
//! a client.

mod bits;
#[cfg_attr(
    not(any(feature = "client", feature = "server", test)),
    expect(dead_code, reason = "nothing is written by who receives events alone")
)]
pub(crate) mod charset;
mod constant;
pub(crate) mod content;
mod decimal;
#[cfg_attr(
    not(any(feature = "client", feature = "server")),
    expect(dead_code, reason = "requests are read by clients and servers alone")
)]
pub(crate) mod described;
mod digits;
pub mod event;
mod extra;
pub(crate) mod extract;
mod foreign;
#[cfg(any(feature = "client", feature = "server"))]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "servers show no text in which a secret could be")
)]
pub(crate) mod foreign_text;
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) mod framing;
#[cfg_attr(
    not(feature = "server"),
    expect(
        dead_code,
        reason = "forms have no cookies and no parts, which servers read"
    )
)]
pub(crate) mod given;
mod header;
mod header_list;
mod id;
pub(crate) mod json;
pub(crate) mod locate;
pub(crate) mod look;
mod loose;
pub(crate) mod mark;
mod maybe;
#[cfg_attr(
    not(any(feature = "client", feature = "server")),
    expect(
        dead_code,
        reason = "ranges of media types are for requests and answers"
    )
)]
pub(crate) mod media_type;
mod number;
pub(crate) mod open_enum;
pub(crate) mod part;
pub(crate) mod raw;
mod reading;
pub(crate) mod record;
#[cfg(feature = "samples")]
mod sample;
pub(crate) mod scan;
#[cfg(feature = "schemars")]
mod schema;
pub(crate) mod shown;
#[cfg(feature = "client")]
mod source;
pub(crate) mod text;
#[cfg(any(feature = "client", feature = "server"))]
#[cfg_attr(
    not(feature = "client"),
    expect(
        dead_code,
        reason = "servers hold trees against constraints, and write none"
    )
)]
pub(crate) mod tree;
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) mod tree_faults;
#[cfg(any(feature = "client", feature = "server"))]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "servers write no trees")
)]
mod tree_json;
mod tuple;
pub mod union;
mod upload;
mod value;
pub(crate) mod wire;

pub use constant::Constant;
pub use content::Content;
pub use decimal::{DecimalNumber, DecimalText, DecimalType};
pub use described::{
    Encoding, Location, Method, Parameter, PartEncoding, Scheme, SchemeKind, Security, Status,
    Style,
};
pub use event::UnknownEvent;
pub use extra::Extra;
pub use foreign::Foreign;
pub use header::{FromHeader, Header, HeaderError, ToHeader};
pub use loose::Loose;
pub use maybe::Maybe;
pub use number::Number;
pub use open_enum::{is_json, json_value, read_integer_enum, read_string_enum, read_value_enum};
pub use part::Part;
pub use record::{
    Field, FieldRefs, Fields, Presence, Record, Shape, clone_record, debug_record, default_record,
    equal_records, read_any_record, read_record, read_record_variant, write_record,
    write_record_variant,
};
#[cfg(feature = "samples")]
pub use sample::{Sample, sample_json, sample_object};
#[cfg(feature = "schemars")]
pub use schema::stated_schema;
pub use shown::{Shown, show_variant};
#[cfg(feature = "client")]
pub(crate) use source::{Opening, Pieces, Piecewise, Source};
pub use text::{
    Base64, Base64Url, Date, DateTime, Decimal, Duration, FormatError, SecretText, Time, Uuid,
};
pub use union::{
    ARRAY, Attempt, BOOLEAN, Branch, EventData, INTEGER, NULL, NUMBER, NamedEvent, OBJECT, STRING,
    TaggedUnion, Tags, Union, choose, note_unknown, read_union, read_union_variant, read_variant,
};
#[cfg(feature = "client")]
pub(crate) use upload::Held;
pub use upload::Upload;
pub use value::Value;
pub use wire::{Known, Read, Wire};

/// An object with values of one type, in the order of the input.
pub type Map<T> = indexmap::IndexMap<String, T>;

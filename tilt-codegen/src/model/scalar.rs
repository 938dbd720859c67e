//! Scalars: the types that the SDK does not declare, with the kind of Rust type that each is and its
//! name, which `render` and `surface` print.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scalar {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    /// `rt::Number`: any JSON number, kept as it was written, to the last digit.
    Number,
    String,
    /// `rt::Constant`: the text that a required property always is.
    Constant,
    /// `rt::SecretText`: text that gives access to something.
    Secret,
    /// Text newtypes of the runtime: they keep the text, and convert on demand.
    DateTime,
    Date,
    Time,
    Duration,
    Uuid,
    Decimal,
    Base64,
    /// In the alphabet of URLs.
    Base64Url,
    /// `rt::Value`, any JSON.
    Any,
    /// `()`, JSON null.
    Null,
    /// Raw bytes; only as a whole body or as a part of a multipart form.
    Bytes,
    /// `rt::Part`: a file in a multipart form.
    File,
    /// A type that is no generated one: see [`Sdk::mapped`](super::Sdk::mapped).
    Mapped(MappedId),
}

/// An index into [`Sdk::mapped`](super::Sdk::mapped).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MappedId(pub usize);

/// The kind of Rust type that a scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarKind {
    Bool,
    /// One of Rust's own integers.
    Integer,
    Number,
    String,
    /// A newtype of the runtime that keeps the text as it is written.
    Text,
    Any,
    Null,
    /// Bytes or a file.
    Content,
    /// Whatever a setting says.
    Mapped,
}

/// The Rust type that a scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarName {
    /// Of the language or its standard library.
    Std(&'static str),
    /// Of the runtime.
    Runtime(&'static str),
    /// That of a mapped type.
    Mapped(MappedId),
}

impl Scalar {
    /// The name of the Rust type that it is.
    pub fn name(self) -> ScalarName {
        use ScalarName::{Runtime, Std};
        match self {
            Scalar::Bool => Std("bool"),
            Scalar::I8 => Std("i8"),
            Scalar::I16 => Std("i16"),
            Scalar::I32 => Std("i32"),
            Scalar::I64 => Std("i64"),
            Scalar::U8 => Std("u8"),
            Scalar::U16 => Std("u16"),
            Scalar::U32 => Std("u32"),
            Scalar::U64 => Std("u64"),
            Scalar::Number => Runtime("Number"),
            Scalar::String => Std("String"),
            Scalar::Constant => Runtime("Constant"),
            Scalar::DateTime => Runtime("DateTime"),
            Scalar::Date => Runtime("Date"),
            Scalar::Time => Runtime("Time"),
            Scalar::Duration => Runtime("Duration"),
            Scalar::Uuid => Runtime("Uuid"),
            Scalar::Secret => Runtime("SecretText"),
            Scalar::Decimal => Runtime("Decimal"),
            Scalar::Base64 => Runtime("Base64"),
            Scalar::Base64Url => Runtime("Base64Url"),
            Scalar::Any => Runtime("Value"),
            Scalar::Null => Std("()"),
            Scalar::Bytes => Runtime("Bytes"),
            Scalar::File => Runtime("Part"),
            Scalar::Mapped(id) => ScalarName::Mapped(id),
        }
    }

    /// The kind of Rust type that it is.
    pub fn kind(self) -> ScalarKind {
        match self {
            Scalar::Bool => ScalarKind::Bool,
            Scalar::I8
            | Scalar::I16
            | Scalar::I32
            | Scalar::I64
            | Scalar::U8
            | Scalar::U16
            | Scalar::U32
            | Scalar::U64 => ScalarKind::Integer,
            Scalar::Number => ScalarKind::Number,
            Scalar::String => ScalarKind::String,
            Scalar::Constant
            | Scalar::Secret
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Time
            | Scalar::Duration
            | Scalar::Uuid
            | Scalar::Decimal
            | Scalar::Base64
            | Scalar::Base64Url => ScalarKind::Text,
            Scalar::Any => ScalarKind::Any,
            Scalar::Null => ScalarKind::Null,
            Scalar::Bytes | Scalar::File => ScalarKind::Content,
            Scalar::Mapped(_) => ScalarKind::Mapped,
        }
    }
}

//! Events that the API sends: AsyncAPI messages and OpenAPI webhooks.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Docs, ParameterEncoding, Presence, Scalar, TypeRef, Union};

/// All events, as one enum with a variant each and `Unknown`.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// Name of the enum: `Event`.
    pub name: String,
    /// Sorted by variant name. Several of one kind on the wire are tried in this order.
    pub kinds: Vec<EventKind>,
    /// All channels, in the order in which their templates are tried: of two that take the same, the
    /// one goes first that is less free, with fewer parameters and then with more text.
    pub channels: Vec<String>,
    /// Property path in the payload whose string value names the kind. `None`: kinds are told
    /// apart by the channel, or by shape.
    pub kind_property: Option<Vec<String>>,
    /// Property path of the id by which deliveries are deduplicated.
    pub id_property: Option<Vec<String>>,
    /// The property with the version of a payload's form, and the versions that the document states.
    pub version: Option<EventVersion>,
    /// How to tell payloads apart by their look; variants in the order of `kinds`.
    pub union: Union,
    /// The properties that payloads have in common, sorted by wire name.
    pub accessors: Vec<EventAccessor>,
    pub signature: Option<Signature>,
}

impl Events {
    /// Payloads of a kind are known by what they look like.
    pub(crate) fn is_by_look(&self, kind: &EventKind) -> bool {
        self.kind_property.is_none() || kind.said != KindSaid::Named
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct EventKind {
    /// `PaymentApproved`
    pub variant: String,
    /// `payment.approved`: value of the kind property, else the message's or webhook's name.
    pub wire: String,
    /// How payloads say it, where a property names kinds.
    pub said: KindSaid,
    /// The payload.
    pub ty: TypeRef,
    pub body: EventBody,
    /// Channels (or webhook names) it arrives on, sorted.
    pub channels: Vec<String>,
    /// Those of them by which nothing else comes: what arrives there is of this kind.
    pub own_channels: Vec<String>,
    /// Headers that its deliveries have, sorted by name; each name once, whatever its case.
    pub headers: Vec<EventHeader>,
    pub docs: Docs,
    /// A match on it is warned of, by `#[deprecated]`.
    pub deprecated: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EventHeader {
    pub name: String,
    pub ty: Scalar,
    pub required: bool,
    pub docs: Docs,
    /// The first paragraph of `docs` in one line, for lists; empty where there is none.
    pub summary: String,
}

/// The kind of an event in its payload, where a property names kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KindSaid {
    /// By a value of the property, or by the name of the event.
    #[default]
    Named,
    /// Payloads have no such property: they are known by what they look like.
    Nowhere,
    /// Payloads have any value there: one that names no other kind is known by what it looks like.
    ByAnyValue,
}

/// The form of a payload in the body of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum EventBody {
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`; the encoding of each property that is not the default.
    Form(Vec<(String, ParameterEncoding)>),
    /// As JSON, or as a form.
    Either(Vec<(String, ParameterEncoding)>),
    /// In a form that nothing here reads: its deliveries are unknown events.
    Unread,
}

impl EventBody {
    /// The encodings of a form, where it may be one.
    pub fn form(&self) -> Option<&[(String, ParameterEncoding)]> {
        match self {
            Self::Json | Self::Unread => None,
            Self::Form(encodings) | Self::Either(encodings) => Some(encodings),
        }
    }

    /// The body of what comes in both ways.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unread, read) | (read, Self::Unread) => read,
            (Self::Json, Self::Json) => Self::Json,
            (Self::Form(encodings), Self::Form(_)) => Self::Form(encodings),
            (Self::Form(encodings) | Self::Either(encodings), _)
            | (Self::Json, Self::Form(encodings) | Self::Either(encodings)) => {
                Self::Either(encodings)
            }
        }
    }
}

/// The version of a payload's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventVersion {
    pub property: String,
    /// As JSON writes them, without quotes; sorted.
    pub known: Vec<String>,
}

/// A method of the enum that gives a property which payloads have in common, where an event has it.
#[derive(Debug, Clone, PartialEq)]
pub struct EventAccessor {
    /// The method; raw where it is a keyword.
    pub name: String,
    pub wire: String,
    /// The property's type, without what says that it may be absent or null.
    pub ty: TypeRef,
    /// The field of each payload, in the order of `kinds`. `None`: it has none of this type.
    pub fields: Vec<Option<EventField>>,
    pub docs: Docs,
}

/// The field of a payload that an accessor gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventField {
    pub name: String,
    pub presence: Presence,
    /// Held in a `Box`.
    pub boxed: bool,
}

/// The signature of deliveries: an HMAC in a header.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    pub header: String,
    /// Text before the digest in the header, such as `hmac-sha256=`.
    pub prefix: String,
    pub encoding: SignatureEncoding,
    pub hash: SignatureHash,
    pub signed: Vec<SignedPart>,
    pub timestamp: Option<SignedTime>,
    /// The header with the delivery's id.
    pub id: Option<String>,
    pub key: KeyEncoding,
    /// Text before the key in a secret.
    pub key_prefix: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureEncoding {
    Hex,
    Base64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureHash {
    Sha256,
    Sha512,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyEncoding {
    Text,
    Base64,
}

/// A part of the text that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedPart {
    Text(String),
    Id,
    Timestamp,
    Body,
}

/// The time of signing, and how many seconds from now it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedTime {
    pub place: TimePlace,
    pub tolerance: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimePlace {
    /// A header of its own.
    Header(String),
    /// The header of the signature, after this text.
    Prefix(String),
}

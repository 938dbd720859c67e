//! Events that the API sends: AsyncAPI messages and OpenAPI webhooks.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Docs, Presence, TypeRef, Union};

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
    /// How to tell payloads apart by their look; variants in the order of `kinds`.
    pub union: Union,
    /// The properties that payloads have in common, sorted by wire name.
    pub accessors: Vec<EventAccessor>,
    pub signature: Option<Signature>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EventKind {
    /// `PaymentApproved`
    pub variant: String,
    /// `payment.approved`: value of the kind property, else the message's or webhook's name.
    pub wire: String,
    /// The payload.
    pub ty: TypeRef,
    /// Channels (or webhook names) it arrives on, sorted.
    pub channels: Vec<String>,
    /// Those of them by which nothing else comes: what arrives there is of this kind.
    pub own_channels: Vec<String>,
    pub docs: Docs,
    /// A match on it is warned of, by `#[deprecated]`.
    pub deprecated: bool,
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

/// How deliveries are signed: HMAC-SHA256 over the raw body.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    pub header: String,
    /// Text before the digest in the header, such as `hmac-sha256=`.
    pub prefix: String,
    pub encoding: SignatureEncoding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureEncoding {
    Hex,
    Base64,
}

//! Events: which messages they are, how they are told apart and verified.

use serde::Deserialize;

/// The settings by which events are told apart and verified.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct EventSettings {
    /// The payload's property that names the event.
    pub kind: Option<String>,
    /// The payload's property by which deliveries are told apart.
    pub id: Option<String>,
    /// The operations of AsyncAPI channels whose messages are events. Without it, those under `subscribe` are, and
    /// in a document that has none, those under `publish`.
    pub operations: Option<EventOperations>,
    /// The signature of deliveries.
    pub signature: Option<Signature>,
}

/// The operations of AsyncAPI channels whose messages are events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EventOperations {
    /// As AsyncAPI has it: clients subscribe to what the API sends.
    Subscribe,
    /// The document says what the API itself does: it publishes what it sends.
    Publish,
    /// All of them.
    Both,
}

/// HMAC-SHA256 over the raw body, in a header.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Signature {
    /// The header with the signature.
    pub header: String,
    /// The text before the digest.
    #[serde(default)]
    pub prefix: String,
    /// The form of the digest.
    #[serde(default)]
    pub encoding: SignatureEncoding,
}

impl Signature {
    /// Hexadecimal digits alone, in this header.
    pub fn new(header: impl Into<String>) -> Self {
        Self {
            header: header.into(),
            prefix: String::new(),
            encoding: SignatureEncoding::default(),
        }
    }
}

/// The form of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SignatureEncoding {
    /// Hexadecimal digits.
    #[default]
    Hex,
    /// Base64 (RFC 4648, 4).
    Base64,
}

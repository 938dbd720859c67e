//! Events: which messages they are, how they are told apart and verified.

use serde::Deserialize;

use super::ConfigError;
use super::header_name::HeaderName;
use super::signed_text::{SignedPart, SignedText};

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
    /// The payload's property with the version of its form. An event of a version that the document does not state is
    /// given as unknown, whole.
    pub version: Option<String>,
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

impl EventOperations {
    /// The operations that are meant, by those that a document has: one that knows `publish` alone means what the API
    /// publishes. None of a document without any.
    pub(crate) fn meant(publishes: bool, subscribes: bool) -> Option<EventOperations> {
        match (publishes, subscribes) {
            (false, false) => None,
            (true, false) => Some(EventOperations::Both),
            (_, true) => Some(EventOperations::Subscribe),
        }
    }
}

/// An HMAC over the raw body, or over a text with it, in a header.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Signature {
    /// The header with the signature.
    pub header: HeaderName,
    /// The text before the digest.
    #[serde(default)]
    pub prefix: String,
    /// The form of the digest.
    #[serde(default)]
    pub encoding: SignatureEncoding,
    /// The hash of the HMAC.
    #[serde(default)]
    pub hash: SignatureHash,
    /// The text that is signed: `{body}`, with `{timestamp}` and `{id}` where there are such.
    #[serde(default)]
    pub signed: SignedText,
    /// The header with the time of signing, in seconds since 1970.
    pub timestamp: Option<HeaderName>,
    /// The text before the time of signing, where that is in the header of the signature.
    pub timestamp_prefix: Option<String>,
    /// Seconds that the time of signing may be from now.
    #[serde(default = "tolerance")]
    pub tolerance: u64,
    /// The header with the id of a delivery.
    pub id: Option<HeaderName>,
    /// The form of the key in a secret: its own bytes, or base64.
    #[serde(default)]
    pub key: KeyEncoding,
    /// The text before the key in a secret that is not part of it.
    #[serde(default)]
    pub key_prefix: String,
}

/// That of Standard Webhooks, and of many others.
fn tolerance() -> u64 {
    300
}

impl Signature {
    /// Hexadecimal digits alone, of HMAC-SHA256 over the body, in this header.
    ///
    /// # Errors
    ///
    /// When it is no name of a header.
    pub fn new(header: &str) -> Result<Self, ConfigError> {
        Ok(Self {
            header: header.to_owned().try_into()?,
            prefix: String::new(),
            encoding: SignatureEncoding::default(),
            hash: SignatureHash::default(),
            signed: SignedText::default(),
            timestamp: None,
            timestamp_prefix: None,
            tolerance: tolerance(),
            id: None,
            key: KeyEncoding::default(),
            key_prefix: String::new(),
        })
    }
}

impl Signature {
    /// Parts that are signed, and where they are: one needs the other.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let signs = |part| self.signed.parts().contains(&part);
        let fault = match (&self.timestamp, &self.timestamp_prefix) {
            (Some(_), Some(_)) => {
                "`timestamp` and `timestamp_prefix`: expected one of them, for there is one time of signing"
            }
            (None, None) if signs(SignedPart::Timestamp) => {
                "`{timestamp}` in `signed`, and nothing that says where it is: expected `timestamp` or \
                 `timestamp_prefix`"
            }
            (Some(_), None) | (None, Some(_)) if !signs(SignedPart::Timestamp) => {
                "a time of signing that is not signed, and so could be any: expected `{timestamp}` in `signed`"
            }
            _ if signs(SignedPart::Id) && self.id.is_none() => {
                "`{id}` in `signed`, and no header that has it: expected `id`"
            }
            _ if self.id.is_some() && !signs(SignedPart::Id) => {
                "a header with an `id` that is not signed, and so could be any: expected `{id}` in `signed`"
            }
            (_, Some(prefix)) if prefix.is_empty() => {
                "an empty `timestamp_prefix`, which tells the time from nothing: expected a text such as `t=`"
            }
            _ => return Ok(()),
        };
        Err(ConfigError(format!("[events.signature] has {fault}")))
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

/// The hash of an HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SignatureHash {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-512.
    Sha512,
}

/// The form of a key in a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum KeyEncoding {
    /// The secret's own bytes.
    #[default]
    Text,
    /// Base64 (RFC 4648, 4).
    Base64,
}

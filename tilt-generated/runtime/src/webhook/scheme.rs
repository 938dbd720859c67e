//! The way in which an API signs its deliveries, as data.

use std::time::Duration;

/// The signature of an API's deliveries: an HMAC in a header. Unless something else is said, it is HMAC-SHA256 over the
/// body, in hexadecimal digits, with the secret's own bytes as the key, and nothing says when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    pub(super) header: &'static str,
    pub(super) prefix: &'static str,
    pub(super) encoding: SignatureEncoding,
    pub(super) hash: Hash,
    pub(super) signed: &'static [Signed],
    pub(super) timestamp: Option<Timestamp>,
    pub(super) tolerance: Duration,
    pub(super) id: Option<&'static str>,
    pub(super) key: SecretEncoding,
    pub(super) key_prefix: &'static str,
}

/// The form of a digest in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureEncoding {
    /// In hexadecimal digits of either case.
    Hex,
    /// In base64, with or without padding.
    Base64,
}

/// The hash of an HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hash {
    /// SHA-256 (FIPS 180-4).
    Sha256,
    /// SHA-512 (FIPS 180-4).
    Sha512,
}

/// The form of a key in the text that users have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretEncoding {
    /// The text's bytes are the key.
    Text,
    /// The key in base64.
    Base64,
}

/// A part of what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signed {
    /// This text.
    Text(&'static str),
    /// The delivery's id, as its header has it.
    Id,
    /// The time of signing, as the delivery has it.
    Timestamp,
    /// The body as it came.
    Body,
}

/// Where a delivery says when it was signed, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timestamp {
    /// In a header of its own.
    Header(&'static str),
    /// In the header of the signature, after this text.
    Prefix(&'static str),
}

impl Signature {
    /// A signature in this header.
    #[must_use]
    pub const fn new(header: &'static str) -> Self {
        Self {
            header,
            prefix: "",
            encoding: SignatureEncoding::Hex,
            hash: Hash::Sha256,
            signed: &[Signed::Body],
            timestamp: None,
            tolerance: Duration::from_secs(300),
            id: None,
            key: SecretEncoding::Text,
            key_prefix: "",
        }
    }

    /// The text before the digest, such as `sha256=`.
    ///
    /// A header may have several signatures, and other words, between blanks, commas and semicolons; a character
    /// that is in the prefix separates nothing.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// The form of the digest in text.
    #[must_use]
    pub const fn encoding(mut self, encoding: SignatureEncoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// The hash of the HMAC.
    #[must_use]
    pub const fn hash(mut self, hash: Hash) -> Self {
        self.hash = hash;
        self
    }

    /// The parts that are signed, in their order.
    #[must_use]
    pub const fn signed(mut self, parts: &'static [Signed]) -> Self {
        self.signed = parts;
        self
    }

    /// Where a delivery says when it was signed. One that was signed longer ago than the tolerance, or as far ahead,
    /// is refused.
    #[must_use]
    pub const fn timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// Seconds that the time of signing may be from now: 300 unless set.
    #[must_use]
    pub const fn tolerance(mut self, seconds: u64) -> Self {
        self.tolerance = Duration::from_secs(seconds);
        self
    }

    /// The header with the id of a delivery.
    #[must_use]
    pub const fn id(mut self, header: &'static str) -> Self {
        self.id = Some(header);
        self
    }

    /// The form of the key in a secret, and the text before it that is not part of it, where that is there.
    #[must_use]
    pub const fn secret(mut self, encoding: SecretEncoding, prefix: &'static str) -> Self {
        self.key = encoding;
        self.key_prefix = prefix;
        self
    }
}

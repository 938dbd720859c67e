//! How deliveries are signed, and whether one is: the check, without any policy. There is no replay tolerance, since
//! the signature covers the body alone and no time: `webhook.rs` says where one would be.

use super::WebhookError;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// How many signatures of one delivery are looked at.
const MOST_SIGNATURES: usize = 16;

/// How an API signs its deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The header that carries the signature.
    pub header: &'static str,
    /// The text before the digest, such as `sha256=`.
    pub prefix: &'static str,
    /// How the digest is written.
    pub encoding: SignatureEncoding,
}

/// How a digest is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureEncoding {
    /// In hexadecimal digits of either case.
    Hex,
    /// In base64, with or without padding.
    Base64,
}

pub(super) fn verify(
    secrets: &[SecretString],
    signature: Signature,
    values: &mut dyn Iterator<Item = &[u8]>,
    body: &[u8],
) -> Result<(), WebhookError> {
    let mut values = values.peekable();
    if values.peek().is_none() {
        return Err(WebhookError::MissingSignature {
            header: signature.header,
        });
    }
    // An empty key signs nothing: whoever has it is everyone.
    if secrets
        .iter()
        .all(|secret| secret.expose_secret().is_empty())
    {
        return Err(WebhookError::EmptySecret);
    }
    let mut candidates = Vec::new();
    for value in values.take(MOST_SIGNATURES) {
        // One signature is usual, several may stand in one header.
        match digest(value, signature) {
            Some(digest) => candidates.push(digest),
            None => candidates.extend(digests(value, signature)),
        }
    }
    candidates.truncate(MOST_SIGNATURES);
    if candidates.is_empty() {
        return Err(WebhookError::MalformedSignature {
            header: signature.header,
        });
    }
    let secrets = secrets
        .iter()
        .filter(|secret| !secret.expose_secret().is_empty());
    for secret in secrets {
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
            continue;
        };
        let mac = mac.chain_update(body);
        let genuine = |digest: &[u8; 32]| mac.clone().verify_slice(digest).is_ok();
        if candidates.iter().flatten().any(genuine) {
            return Ok(());
        }
    }
    Err(WebhookError::WrongSignature)
}

fn digests(value: &[u8], signature: Signature) -> impl Iterator<Item = Digest> {
    value
        .split(|byte| matches!(byte, b',' | b' ' | b'\t'))
        .filter(|word| !word.is_empty())
        .take(MOST_SIGNATURES)
        .filter_map(move |word| digest(word, signature))
}

/// `None` is one that no body has: it is not as long as a digest is.
type Digest = Option<[u8; 32]>;

/// The digest that a word is, if it is well-formed.
fn digest(word: &[u8], signature: Signature) -> Option<Digest> {
    const BASE64: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let text = word.strip_prefix(signature.prefix.as_bytes())?;
    match signature.encoding {
        SignatureEncoding::Hex => from_hex(text),
        SignatureEncoding::Base64 => Some(BASE64.decode(text).ok()?.try_into().ok()),
    }
}

fn from_hex(text: &[u8]) -> Option<Digest> {
    let (pairs, rest) = text.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let mut digest = [0; 32];
    let mut seen = 0;
    for (at, pair) in pairs.iter().enumerate() {
        let [high, low] = pair.map(|byte| DIGITS[usize::from(byte)]);
        seen |= high | low;
        if let Some(byte) = digest.get_mut(at) {
            *byte = high << 4 | low;
        }
    }
    (seen < NO_DIGIT).then(|| (pairs.len() == digest.len()).then_some(digest))
}

const NO_DIGIT: u8 = 16;

/// The value of each byte as a hexadecimal digit.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value: u8 = 0;
    while value < NO_DIGIT {
        let upper = b"0123456789ABCDEF"[value as usize];
        digits[upper as usize] = value;
        digits[upper.to_ascii_lowercase() as usize] = value;
        value += 1;
    }
    digits
};

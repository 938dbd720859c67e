//! Whether a delivery is signed as its scheme says, and signing: the computation, without any policy.

use super::error::WebhookError;
use super::headers::Headers;
use super::scheme::{Hash, SecretEncoding, Signature, SignatureEncoding, Signed, Timestamp};
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

/// How many signatures of one delivery are looked at.
const MOST_SIGNATURES: usize = 16;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Values that come with a body, and may be signed with it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Attached<'d> {
    pub(super) id: Option<&'d [u8]>,
    pub(super) timestamp: Option<&'d [u8]>,
}

/// Verifies a delivery, and gives what came with it.
pub(super) fn verify<'h>(
    secrets: &[SecretString],
    signature: &Signature,
    headers: &'h dyn Headers,
    body: &[u8],
) -> Result<Attached<'h>, WebhookError> {
    let header = signature.header;
    let values = headers.values(header);
    if values.is_empty() {
        return Err(WebhookError::MissingSignature { header });
    }
    let keys = keys(secrets, signature)?;
    let words = || {
        let values = values.iter().take(MOST_SIGNATURES);
        values.flat_map(|value| words(value, signature.prefix))
    };
    let digests = words().filter_map(|word| digest(word, signature));
    let digests: Vec<Vec<u8>> = digests.take(MOST_SIGNATURES).collect();
    if digests.is_empty() {
        return Err(WebhookError::MalformedSignature { header });
    }
    let attached = Attached {
        id: signature.id.and_then(|name| text(headers, name)),
        timestamp: match signature.timestamp {
            Some(Timestamp::Header(name)) => text(headers, name),
            Some(Timestamp::Prefix(prefix)) => {
                words().find_map(|word| word.strip_prefix(prefix.as_bytes()))
            }
            None => None,
        },
    };
    let message = message(signature, attached, body)?;
    let genuine = match signature.hash {
        Hash::Sha256 => genuine::<Hmac<Sha256>>,
        Hash::Sha512 => genuine::<Hmac<Sha512>>,
    };
    if keys.iter().any(|key| genuine(key, &message, &digests)) {
        return Ok(attached);
    }
    Err(if secrets.iter().any(has_blanks_around) {
        WebhookError::BlanksAroundSecret
    } else {
        WebhookError::WrongSignature
    })
}

fn has_blanks_around(secret: &SecretString) -> bool {
    let secret = secret.expose_secret();
    secret.trim().len() != secret.len()
}

/// The value of the header by which a body is signed.
pub(super) fn sign(
    secret: &SecretString,
    signature: &Signature,
    attached: Attached<'_>,
    body: &[u8],
) -> Result<String, WebhookError> {
    let keys = keys(std::slice::from_ref(secret), signature)?;
    let message = message(signature, attached, body)?;
    let key = keys.first().ok_or(WebhookError::EmptySecret)?;
    let digest = match signature.hash {
        Hash::Sha256 => signed::<Hmac<Sha256>>(key, &message),
        Hash::Sha512 => signed::<Hmac<Sha512>>(key, &message),
    };
    let digest = match signature.encoding {
        SignatureEncoding::Hex => digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        SignatureEncoding::Base64 => base64::engine::general_purpose::STANDARD.encode(digest),
    };
    let signed = format!("{}{digest}", signature.prefix);
    Ok(match (signature.timestamp, attached.timestamp) {
        (Some(Timestamp::Prefix(prefix)), Some(timestamp)) => {
            let timestamp = String::from_utf8_lossy(timestamp);
            format!("{prefix}{timestamp},{signed}")
        }
        _ => signed,
    })
}

type Key = Zeroizing<Vec<u8>>;

/// The keys that secrets have. An empty one signs nothing: everyone has it.
fn keys(secrets: &[SecretString], signature: &Signature) -> Result<Vec<Key>, WebhookError> {
    let mut keys = Vec::new();
    for secret in secrets {
        let text = secret.expose_secret();
        if text.trim().is_empty() {
            continue;
        }
        let text = text.strip_prefix(signature.key_prefix).unwrap_or(text);
        let key = match signature.key {
            SecretEncoding::Text => text.as_bytes().to_vec(),
            SecretEncoding::Base64 => match BASE64.decode(text) {
                Ok(key) => key,
                Err(_) if has_blanks_around(secret) => {
                    return Err(WebhookError::BlanksAroundSecret);
                }
                Err(_) => return Err(WebhookError::MalformedSecret),
            },
        };
        if !key.is_empty() {
            keys.push(Zeroizing::new(key));
        }
    }
    if keys.is_empty() {
        return Err(WebhookError::EmptySecret);
    }
    Ok(keys)
}

/// The first value of a header that is not blank.
fn text<'h>(headers: &'h dyn Headers, name: &str) -> Option<&'h [u8]> {
    let values = headers.values(name).into_iter();
    values.map(<[u8]>::trim_ascii).find(|it| !it.is_empty())
}

/// The parts of the text that is signed.
fn message<'m>(
    signature: &Signature,
    attached: Attached<'m>,
    body: &'m [u8],
) -> Result<Vec<&'m [u8]>, WebhookError> {
    let header = match signature.timestamp {
        Some(Timestamp::Header(header)) => header,
        _ => signature.header,
    };
    let timestamp = || {
        let timestamp = attached.timestamp;
        timestamp.ok_or(WebhookError::MissingTimestamp { header })
    };
    if signature.timestamp.is_some() {
        timestamp()?;
    }
    let part = |part: &Signed| match part {
        Signed::Text(text) => Ok(text.as_bytes()),
        Signed::Body => Ok(body),
        Signed::Timestamp => timestamp(),
        Signed::Id => attached.id.ok_or(WebhookError::MissingHeader {
            header: signature.id.unwrap_or_default(),
        }),
    };
    signature.signed.iter().map(part).collect()
}

fn mac<M: KeyInit + Mac>(key: &[u8], message: &[&[u8]]) -> Option<M> {
    let mac = <M as KeyInit>::new_from_slice(key).ok()?;
    Some(message.iter().fold(mac, |mac, part| mac.chain_update(part)))
}

/// Whether one of the digests is that of the message, in a time that does not depend on where they differ.
fn genuine<M: KeyInit + Mac + Clone>(key: &[u8], message: &[&[u8]], digests: &[Vec<u8>]) -> bool {
    mac::<M>(key, message).is_some_and(|mac| {
        let mut digests = digests.iter();
        digests.any(|digest| mac.clone().verify_slice(digest).is_ok())
    })
}

fn signed<M: KeyInit + Mac>(key: &[u8], message: &[&[u8]]) -> Vec<u8> {
    let mac = mac::<M>(key, message).expect("an HMAC takes a key of any length (RFC 2104)");
    mac.finalize().into_bytes().to_vec()
}

/// The words of a header. A character that is in the prefix separates nothing.
fn words<'v>(value: &'v [u8], prefix: &'static str) -> impl Iterator<Item = &'v [u8]> {
    value
        .split(|byte| b", \t;".contains(byte) && !prefix.as_bytes().contains(byte))
        .filter(|word| !word.is_empty())
        .take(MOST_SIGNATURES)
}

/// The digest that a word is, if it is well-formed.
fn digest(word: &[u8], signature: &Signature) -> Option<Vec<u8>> {
    let text = word.strip_prefix(signature.prefix.as_bytes())?;
    match signature.encoding {
        SignatureEncoding::Hex => from_hex(text),
        SignatureEncoding::Base64 => BASE64.decode(text).ok().filter(|it| !it.is_empty()),
    }
}

fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let digit = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    pairs.iter().map(byte).collect()
}

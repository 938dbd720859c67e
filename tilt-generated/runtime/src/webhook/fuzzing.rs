//! A scheme that laws are tried on.

use super::headers::OneHeader;
use super::scheme::{Signature, SignatureEncoding};
use super::signature::{self, Attached};
use secrecy::SecretString;

const SIGNATURE: Signature = Signature::new("x-signature")
    .prefix("hmac-sha256=")
    .encoding(SignatureEncoding::Base64);

fn secret() -> SecretString {
    SecretString::from("nobody guesses it")
}

pub(crate) fn sign(body: &[u8]) -> Vec<u8> {
    let signed = signature::sign(&secret(), &SIGNATURE, Attached::default(), body);
    signed.expect("a secret that is one").into_bytes()
}

/// Whether a delivery with this value of the header is genuine.
pub(crate) fn verified(value: &[u8], body: &[u8]) -> bool {
    let headers = OneHeader {
        name: SIGNATURE.header,
        values: vec![value],
    };
    signature::verify(&[secret()], &SIGNATURE, &headers, body).is_ok()
}

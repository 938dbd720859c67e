//! The signature over a delivery.

use crate::mac::{digest, hex};

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "X-Tilt-Signature";

/// The signature header's value for a raw body.
pub fn sign(secret: &str, body: &[u8]) -> String {
    format!("hmac-sha256={}", hex(&digest(secret.as_bytes(), body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_signed_with_hmac_sha256_in_lower_case_hex() {
        assert_eq!(
            sign("Jefe", b"what do ya want for nothing?"),
            "hmac-sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "RFC 4231, test case 2"
        );
    }
}

//! Verification of signed webhook deliveries: HMAC-SHA256 over the raw body. There is no replay tolerance, no limit on
//! a delivery's age, because nothing that is signed says when a delivery was made; one that comes again is told by the
//! id of its event ([`Delivery::id`]). For an API that signs a timestamp, the timestamp would be read beside
//! the signature (`signature.rs`), and the tolerance would be a setting of [`Verifier`], checked in
//! [`Verifier::receive_signed`] after the signature.

mod raw_body;
mod signature;

pub use raw_body::RawBody;
pub use signature::{Signature, SignatureEncoding};

use crate::data::event;
use bytes::Bytes;
use http::HeaderMap;
use secrecy::SecretString;
use signature::verify;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::sync::OnceLock;

/// All events of an API. Generated enums implement it.
#[doc(hidden)]
pub trait Events: Sized {
    /// How deliveries are signed.
    const SIGNATURE: Signature;
    /// Where a payload says of what kind it is; empty: nowhere.
    const KIND: &'static [&'static str];
    /// Where a payload has the id by which deliveries are told apart; empty: nowhere.
    const ID: &'static [&'static str];

    /// Reads a payload, whatever it is.
    fn parse(body: &[u8]) -> Self;
}

/// Verifies deliveries, and reads those that are genuine.
pub struct Verifier<E> {
    secrets: Vec<SecretString>,
    events: PhantomData<fn() -> E>,
}

impl<E> fmt::Debug for Verifier<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("secrets", &self.secrets.len())
            .finish()
    }
}

impl<E: Events> Verifier<E> {
    /// A verifier with the signing secret of the endpoint.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secrets: vec![secret.into()],
            events: PhantomData,
        }
    }

    /// Accepts a further secret, while one is replaced by another.
    #[must_use]
    pub fn also_accept(mut self, secret: impl Into<SecretString>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// Verifies a delivery and reads it. The body must be the bytes as they came.
    ///
    /// # Errors
    ///
    /// When the delivery is not genuine. One that is genuine is always delivered, even when
    /// nothing in it is understood.
    pub fn receive(
        &self,
        headers: &HeaderMap,
        body: impl RawBody,
    ) -> Result<Delivery<E>, WebhookError> {
        let values = headers.get_all(E::SIGNATURE.header).iter();
        self.receive_signed(values.map(http::HeaderValue::as_bytes), body)
    }

    /// The same with the values of the signature header alone, for servers that have their own form
    /// of headers.
    ///
    /// # Errors
    ///
    /// As for [`receive`](Self::receive).
    pub fn receive_signed<'v>(
        &self,
        values: impl IntoIterator<Item = &'v [u8]>,
        body: impl RawBody,
    ) -> Result<Delivery<E>, WebhookError> {
        let body = body.into_bytes();
        verify(&self.secrets, E::SIGNATURE, &mut values.into_iter(), &body)?;
        Ok(Delivery {
            id: Property::at(E::ID),
            kind: Property::at(E::KIND),
            event: E::parse(&body),
            body,
        })
    }
}

/// A genuine delivery.
#[derive(Clone)]
pub struct Delivery<E> {
    id: Property,
    kind: Property,
    event: E,
    body: Bytes,
}

/// A property of the body that is looked up when it is asked for.
#[derive(Clone)]
struct Property {
    path: &'static [&'static str],
    text: OnceLock<Option<String>>,
}

impl Property {
    fn at(path: &'static [&'static str]) -> Self {
        let text = OnceLock::new();
        Self { path, text }
    }

    fn of(&self, body: &[u8]) -> Option<&str> {
        let text = self.text.get_or_init(|| event::property(body, self.path));
        text.as_deref()
    }
}

impl<E> Delivery<E> {
    /// The event.
    pub fn event(&self) -> &E {
        &self.event
    }

    /// The event itself.
    pub fn into_event(self) -> E {
        self.event
    }

    /// The event's kind as the API writes it, also of one that is not documented.
    pub fn kind(&self) -> Option<&str> {
        self.kind.of(&self.body)
    }

    /// The id of the event. The same event can be delivered more than once.
    pub fn id(&self) -> Option<&str> {
        self.id.of(&self.body)
    }

    /// The body as it came.
    pub fn raw(&self) -> &Bytes {
        &self.body
    }
}

impl<E: fmt::Debug> fmt::Debug for Delivery<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id())
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}

/// Why a delivery is not taken for genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The header with the signature is missing.
    MissingSignature {
        /// Its name.
        header: &'static str,
    },
    /// The header has no signature of the documented form.
    MalformedSignature {
        /// Its name.
        header: &'static str,
    },
    /// The body was not signed with any of the secrets.
    WrongSignature,
    /// The verifier has no secret: an empty one is none.
    EmptySecret,
}

impl Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingSignature { header } => write!(f, "the delivery has no header `{header}`"),
            Self::MalformedSignature { header } => {
                write!(
                    f,
                    "the header `{header}` has no signature of the documented form"
                )
            }
            Self::WrongSignature => f.write_str("the delivery was not signed with a known secret"),
            Self::EmptySecret => f.write_str("there is no signing secret to verify with"),
        }
    }
}

impl std::error::Error for WebhookError {}

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing {
    use super::*;
    use base64::Engine;
    use hmac::{Hmac, KeyInit, Mac};
    use secrecy::ExposeSecret;
    use sha2::Sha256;

    const SIGNATURE: Signature = Signature {
        header: "x-signature",
        prefix: "hmac-sha256=",
        encoding: SignatureEncoding::Base64,
    };

    fn secret() -> SecretString {
        SecretString::from("nobody guesses it")
    }

    pub(crate) fn sign(body: &[u8]) -> Vec<u8> {
        let mac = Hmac::<Sha256>::new_from_slice(secret().expose_secret().as_bytes());
        let digest = mac
            .expect("a key of any length")
            .chain_update(body)
            .finalize();
        let text = base64::engine::general_purpose::STANDARD.encode(digest.into_bytes());
        format!("hmac-sha256={text}").into_bytes()
    }

    /// Whether a delivery with this value of the header is genuine.
    pub(crate) fn verified(value: &[u8], body: &[u8]) -> bool {
        let mut values = std::iter::once(value);
        verify(&[secret()], SIGNATURE, &mut values, body).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Raw<const BASE64: bool>(Vec<u8>);

    impl<const BASE64: bool> Events for Raw<BASE64> {
        const SIGNATURE: Signature = Signature {
            header: "x-signature",
            prefix: "hmac-sha256=",
            encoding: if BASE64 {
                SignatureEncoding::Base64
            } else {
                SignatureEncoding::Hex
            },
        };
        const KIND: &'static [&'static str] = &[];
        const ID: &'static [&'static str] = &["meta", "id"];

        fn parse(body: &[u8]) -> Self {
            Self(body.to_vec())
        }
    }

    /// RFC 4231, test case 2.
    const SECRET: &str = "Jefe";
    const BODY: &[u8] = b"what do ya want for nothing?";
    const HEX: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    const BASE64: &str = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";

    fn received(verifier: &Verifier<Raw<false>>, value: &str) -> Result<Vec<u8>, WebhookError> {
        let delivery = verifier.receive_signed([value.as_bytes()], BODY)?;
        assert_eq!(delivery.raw(), BODY);
        Ok(delivery.into_event().0)
    }

    #[test]
    fn a_genuine_delivery_arrives_whole_whatever_it_is() {
        let verifier = Verifier::new(SECRET);
        assert_eq!(
            received(&verifier, &format!("hmac-sha256={HEX}")),
            Ok(BODY.to_vec())
        );
    }

    #[test]
    fn any_change_is_refused() {
        let verifier = Verifier::new(SECRET);
        let wrong = HEX.replacen('5', "6", 1);
        assert_eq!(
            received(&verifier, &format!("hmac-sha256={wrong}")),
            Err(WebhookError::WrongSignature)
        );
        assert_eq!(
            received(&verifier, &format!("hmac-sha256={}", &HEX[..62])),
            Err(WebhookError::WrongSignature)
        );
        assert_eq!(
            received(&Verifier::new("Jeff"), &format!("hmac-sha256={HEX}")),
            Err(WebhookError::WrongSignature)
        );
    }

    #[test]
    fn what_is_no_signature_is_told_apart_from_a_wrong_one() {
        let verifier = Verifier::new(SECRET);
        let header = "x-signature";
        let malformed = Err(WebhookError::MalformedSignature { header });
        for value in [
            "",
            HEX,
            "hmac-sha256=",
            "hmac-sha256=5b5",
            "hmac-sha256=zz",
            "sha1=00",
        ] {
            assert_eq!(received(&verifier, value), malformed, "{value}");
        }
        let missing = verifier
            .receive(&HeaderMap::new(), BODY)
            .map(Delivery::into_event);
        assert_eq!(missing, Err(WebhookError::MissingSignature { header }));
    }

    #[test]
    fn one_of_several_signatures_and_secrets_is_enough() {
        let verifier = Verifier::new("new").also_accept(SECRET);
        let value = format!("v0=abc, hmac-sha256=00,hmac-sha256={HEX}");
        assert!(received(&verifier, &value).is_ok());
        let mut headers = HeaderMap::new();
        for value in ["hmac-sha256=00", &format!("hmac-sha256={HEX}")] {
            let Ok(value) = http::HeaderValue::from_str(value) else {
                unreachable!("plain text")
            };
            headers.append("X-Signature", value);
        }
        assert!(verifier.receive(&headers, BODY).is_ok());
    }

    #[test]
    fn base64_needs_no_padding() {
        let verifier = Verifier::<Raw<true>>::new(SECRET);
        for value in [BASE64, BASE64.trim_end_matches('=')] {
            let value = format!("hmac-sha256={value}");
            assert!(verifier.receive_signed([value.as_bytes()], BODY).is_ok());
        }
    }

    #[test]
    fn nothing_shows_the_secret() {
        let verifier = Verifier::<Raw<false>>::new(SECRET);
        assert_eq!(format!("{verifier:?}"), "Verifier { secrets: 1 }");
    }
}

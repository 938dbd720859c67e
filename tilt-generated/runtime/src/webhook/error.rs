//! Why a delivery is not taken for genuine.

use std::fmt::{self, Display};
use std::time::Duration;

/// Why a delivery is not taken for genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The body is larger than deliveries may be. It was not looked at.
    TooLarge {
        /// The largest body that is taken, in bytes: `Verifier::limit`.
        limit: usize,
    },
    /// The body broke off, or could not be read.
    Unread,
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
    /// A header that is signed together with the body is missing or has no text of the documented form.
    MissingHeader {
        /// Its name.
        header: &'static str,
    },
    /// There is no time of signing, in seconds since 1970, where the scheme has one.
    MissingTimestamp {
        /// The header that should have it.
        header: &'static str,
    },
    /// The body was not signed with any of the secrets.
    WrongSignature,
    /// The body was not signed with any of the secrets, and one of these begins or ends with blanks or a line break,
    /// as one does that was read from a file.
    BlanksAroundSecret,
    /// The delivery is genuine, and was signed too long ago, or too far ahead of this machine's clock.
    OutsideTolerance {
        /// The distance of the time of signing from now, in whole seconds.
        distance: Duration,
        /// The distance that is allowed: `Verifier::tolerance`.
        tolerance: Duration,
    },
    /// The verifier has no secret: an empty one is none.
    EmptySecret,
    /// A secret is not of the documented form, which is base64.
    MalformedSecret,
}

impl Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => {
                write!(
                    f,
                    "the delivery's body is larger than the limit of {limit} bytes"
                )
            }
            Self::Unread => f.write_str("the delivery's body broke off"),
            Self::MissingSignature { header } => write!(f, "the delivery has no header `{header}`"),
            Self::MalformedSignature { header } => {
                write!(
                    f,
                    "the header `{header}` has no signature of the documented form"
                )
            }
            Self::MissingHeader { header } => write!(
                f,
                "the delivery has no text in the header `{header}`, which is signed with its body"
            ),
            Self::MissingTimestamp { header } => write!(
                f,
                "the header `{header}` has no time of signing in seconds since 1970"
            ),
            Self::WrongSignature => f.write_str("the delivery was not signed with a known secret"),
            Self::BlanksAroundSecret => f.write_str(
                "the delivery was not signed with a known secret, and one of the secrets begins or ends with blanks or \
                 a line break: trim it",
            ),
            Self::OutsideTolerance {
                distance,
                tolerance,
            } => write!(
                f,
                "the delivery was signed {} s from now by this machine's clock: {} s are accepted",
                distance.as_secs(),
                tolerance.as_secs()
            ),
            Self::EmptySecret => f.write_str("there is no signing secret to verify with"),
            Self::MalformedSecret => f.write_str("a signing secret is not in base64, as this API's are"),
        }
    }
}

impl std::error::Error for WebhookError {}

impl WebhookError {
    /// The answer to such a delivery: 413 where it is too large, 400 where its body broke off, 401 where it is not genuine, 500 where the verifier
    /// itself has no usable secret.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::TooLarge { .. } => http::StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unread => http::StatusCode::BAD_REQUEST,
            Self::EmptySecret | Self::MalformedSecret => http::StatusCode::INTERNAL_SERVER_ERROR,
            _ => http::StatusCode::UNAUTHORIZED,
        }
    }
}

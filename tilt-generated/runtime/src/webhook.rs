//! Signed webhook deliveries: verified before anything of them is read, never lost, and signed for tests.
//!
//! A [`Signature`] says how an API signs; generated code has that of its API. [`Verifier::receive`] takes headers and
//! body in whatever types a server has for them: those of the crate `http`, or pairs of name and value.
//!
//! A signature without a time of signing does not tell a delivery from its repetition: that does the id of its event
//! ([`Delivery::id`]).

#[cfg(feature = "axum")]
mod axum;
mod delivery;
mod error;
mod headers;
mod raw_body;
mod scheme;
mod signature;
mod signer;
mod verifier;

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;

pub use delivery::{Delivery, Events};
pub use error::WebhookError;
pub use headers::Headers;
pub use raw_body::RawBody;
pub use scheme::{Hash, SecretEncoding, Signature, SignatureEncoding, Signed, Timestamp};
pub use signer::Signer;
pub use verifier::Verifier;

#[cfg(test)]
mod scheme_tests;
#[cfg(test)]
mod tests;

//! Deliveries for the tests of who receives them.

use super::delivery::Events;
use super::error::WebhookError;
use super::scheme::Timestamp;
use super::signature::{Attached, sign};
use crate::clock::{Clock, SystemClock};
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use std::fmt;
use std::marker::PhantomData;
use std::time::SystemTime;

/// Signs deliveries as the API does: for tests of a receiver, with a secret that only they have.
pub struct Signer<E> {
    secret: SecretString,
    id: String,
    time: Option<SystemTime>,
    events: PhantomData<fn() -> E>,
}

impl<E> fmt::Debug for Signer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

impl<E: Events> Signer<E> {
    /// A signer with the secret that the verifier has.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secret: secret.into(),
            id: "msg_1".to_owned(),
            time: None,
            events: PhantomData,
        }
    }

    /// The id of the delivery, where the scheme has a header for it.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// The time of signing, where the scheme has one: now, unless set.
    #[must_use]
    pub fn at(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }

    /// The headers with which a body is delivered.
    ///
    /// # Errors
    ///
    /// When the secret is empty or not of the documented form, or the scheme has a header that cannot be one.
    pub fn sign(&self, body: impl AsRef<[u8]>) -> Result<HeaderMap, WebhookError> {
        let signature = &E::SIGNATURE;
        let time = self.time.unwrap_or_else(|| SystemClock.now());
        let time = time.duration_since(SystemTime::UNIX_EPOCH);
        let time = time.unwrap_or_default().as_secs().to_string();
        let attached = Attached {
            id: signature.id.map(|_| self.id.as_bytes()),
            timestamp: signature.timestamp.map(|_| time.as_bytes()),
        };
        let value = sign(&self.secret, signature, attached, body.as_ref())?;
        let mut headers = HeaderMap::new();
        let mut add = |header: &'static str, value: &str| {
            let malformed = WebhookError::MissingHeader { header };
            let name = HeaderName::from_bytes(header.as_bytes()).map_err(|_| malformed)?;
            let value = HeaderValue::from_str(value).map_err(|_| malformed)?;
            headers.insert(name, value);
            Ok(())
        };
        add(signature.header, &value)?;
        if let Some(header) = signature.id {
            add(header, &self.id)?;
        }
        if let Some(Timestamp::Header(header)) = signature.timestamp {
            add(header, &time)?;
        }
        Ok(headers)
    }
}

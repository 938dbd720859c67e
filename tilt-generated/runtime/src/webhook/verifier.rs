//! Verifying and reading deliveries, between a server and its handlers.

use super::delivery::{Delivery, Events};
use super::error::WebhookError;
use super::headers::{Headers, OneHeader};
use super::raw_body::RawBody;
use super::signature::{Attached, verify};
use crate::clock::{Clock, SystemClock};
use secrecy::SecretString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The largest body that is taken, unless another limit is set.
const LIMIT: usize = 1 << 20;

/// Verifies deliveries, and reads those that are genuine. Cheap to clone.
pub struct Verifier<E> {
    secrets: Arc<[SecretString]>,
    limit: usize,
    tolerance: Option<Duration>,
    clock: Arc<dyn Clock>,
    events: PhantomData<fn() -> E>,
}

impl<E> Clone for Verifier<E> {
    fn clone(&self) -> Self {
        Self {
            secrets: self.secrets.clone(),
            limit: self.limit,
            tolerance: self.tolerance,
            clock: self.clock.clone(),
            events: PhantomData,
        }
    }
}

impl<E> fmt::Debug for Verifier<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("secrets", &self.secrets.len())
            .finish_non_exhaustive()
    }
}

impl<E: Events> Verifier<E> {
    /// A verifier with the signing secret of the endpoint.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secrets: Arc::new([secret.into()]),
            limit: LIMIT,
            tolerance: None,
            clock: Arc::new(SystemClock),
            events: PhantomData,
        }
    }

    /// Accepts a further secret, while one is replaced by another.
    #[must_use]
    pub fn also_accept(mut self, secret: impl Into<SecretString>) -> Self {
        let secrets = self.secrets.iter().cloned();
        self.secrets = secrets.chain([secret.into()]).collect();
        self
    }

    /// Refuses bodies of more bytes before anything of them is looked at: 1 MiB unless set.
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The largest body that is taken, in bytes. A server that reads bodies whole should read no more.
    #[must_use]
    pub fn largest_body(&self) -> usize {
        self.limit
    }

    /// The distance that the time of signing may have from now, where the API signs one.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// The clock by which a delivery is too old.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Verifies a delivery and reads it. The body must be the bytes as they came.
    ///
    /// # Errors
    ///
    /// When the delivery is not genuine, or too large. Every other one is delivered, even when
    /// nothing in it is understood.
    pub fn receive<H: Headers>(
        &self,
        headers: &H,
        body: impl RawBody,
    ) -> Result<Delivery<E>, WebhookError> {
        let body = body.into_bytes();
        self.check_size(body.len())?;
        let attached = verify(&self.secrets, &E::SIGNATURE, headers, &body)?;
        self.check_age(attached)?;
        let id = attached.id.and_then(|id| std::str::from_utf8(id).ok());
        let id = id.map(str::to_owned);
        Ok(Delivery::read(headers, body, id))
    }

    /// The same with the values of the signature header alone, where the scheme needs no other. The delivery has no
    /// other header then.
    ///
    /// # Errors
    ///
    /// As for [`receive`](Self::receive).
    pub fn receive_signed<'v>(
        &self,
        values: impl IntoIterator<Item = &'v [u8]>,
        body: impl RawBody,
    ) -> Result<Delivery<E>, WebhookError> {
        let headers = OneHeader {
            name: E::SIGNATURE.header,
            values: values.into_iter().collect(),
        };
        self.receive(&headers, body)
    }

    /// Refuses a body by the length that is announced for it, before it is read.
    ///
    /// # Errors
    ///
    /// When it is larger than the limit.
    pub fn check_size(&self, bytes: usize) -> Result<(), WebhookError> {
        let limit = self.limit;
        if bytes > limit {
            return Err(WebhookError::TooLarge { limit });
        }
        Ok(())
    }

    fn check_age(&self, attached: Attached<'_>) -> Result<(), WebhookError> {
        let (Some(_), Some(signed)) = (E::SIGNATURE.timestamp, attached.timestamp) else {
            return Ok(());
        };
        let header = E::SIGNATURE.header;
        let seconds = std::str::from_utf8(signed).ok();
        let seconds: Option<u64> = seconds.and_then(|it| it.parse().ok());
        let seconds = seconds.ok_or(WebhookError::MissingTimestamp { header })?;
        let now = self.clock.now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.unwrap_or_default();
        let distance = now.abs_diff(Duration::from_secs(seconds));
        let distance = Duration::from_secs(distance.as_secs());
        let tolerance = self.tolerance.unwrap_or(E::SIGNATURE.tolerance);
        if distance > tolerance {
            return Err(WebhookError::OutsideTolerance {
                distance,
                tolerance,
            });
        }
        Ok(())
    }
}

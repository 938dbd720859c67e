//! A delivery and its attempts.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How long after a failed attempt the next one follows. The first attempt is made at once.
const RETRY_DELAYS: [Duration; 5] = [
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 60 * 60),
    Duration::from_secs(12 * 60 * 60),
];

/// Attempts that are remembered of one delivery.
const REMEMBERED_ATTEMPTS: usize = 60;

/// One event on its way to one endpoint.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The delivery's number.
    pub id: u64,
    /// The event's id.
    pub event_id: String,
    /// The event's kind.
    pub event_kind: String,
    /// Where it goes.
    pub url: String,
    /// The raw body.
    pub body: Bytes,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// The attempts so far, oldest first.
    pub attempts: Vec<Attempt>,
    failures: usize,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliveryStatus {
    /// There will be another attempt.
    Pending,
    /// The endpoint answered with a 2xx.
    Delivered,
    /// Six attempts failed, or the endpoint was removed.
    DeadLetter,
}

/// One attempt of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was made.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: AttemptOutcome,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttemptOutcome {
    /// The endpoint answered with this status.
    Answered(u16),
    /// The endpoint did not answer in time.
    TimedOut,
    /// The endpoint could not be reached, or hung up.
    Unreachable,
}

impl Delivery {
    pub(super) fn new(id: u64, event_id: &str, kind: &str, url: String, body: Bytes) -> Self {
        Self {
            id,
            event_id: event_id.into(),
            event_kind: kind.into(),
            url,
            body,
            status: DeliveryStatus::Pending,
            attempts: Vec::new(),
            failures: 0,
        }
    }

    /// Notes an attempt; says how long to wait before the next one, if there is to be one.
    pub(crate) fn record(&mut self, attempt: Attempt) -> Option<Duration> {
        let delivered = matches!(attempt.outcome, AttemptOutcome::Answered(200..=299));
        if self.attempts.len() >= REMEMBERED_ATTEMPTS {
            self.attempts.remove(0);
        }
        self.attempts.push(attempt);
        if delivered {
            self.status = DeliveryStatus::Delivered;
            return None;
        }
        if self.status == DeliveryStatus::DeadLetter {
            return None;
        }
        let delay = RETRY_DELAYS.get(self.failures).copied();
        self.failures += 1;
        if delay.is_none() {
            self.status = DeliveryStatus::DeadLetter;
        }
        delay
    }

    /// Begins anew, as the admin portal does with a dead letter.
    pub(crate) fn restart(&mut self) {
        self.status = DeliveryStatus::Pending;
        self.failures = 0;
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id)
            .field("event_id", &self.event_id)
            .field("event_kind", &self.event_kind)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

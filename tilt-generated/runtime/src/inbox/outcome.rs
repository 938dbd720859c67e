//! The answer to a delivery, by how its handling ended.

use super::error::InboxError;
use http::StatusCode;
use std::time::Duration;

/// The end of the handling of a delivery. Its status is success only when the event was handled.
#[derive(Debug)]
#[must_use = "the delivery is answered with its status"]
#[non_exhaustive]
pub enum Outcome<E> {
    /// The event was handled: 200.
    Handled,
    /// It was handled before: 200.
    AlreadyHandled,
    /// It is in work elsewhere: 409, with `Retry-After`.
    InWork {
        /// When to deliver it again.
        retry_after: Duration,
    },
    /// The handler took longer than the lease, and was given up: 503.
    LeaseOver,
    /// The handler failed: 500.
    Failed(E),
    /// The inbox cannot say whether it was handled, or not remember that it was: 503.
    Unavailable(InboxError),
}

impl<E> Outcome<E> {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Handled | Self::AlreadyHandled => StatusCode::OK,
            Self::InWork { .. } => StatusCode::CONFLICT,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::LeaseOver | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The seconds of the answer's `Retry-After`, where it has one.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::InWork { retry_after } => {
                let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
                Some(seconds.max(1))
            }
            _ => None,
        }
    }
}

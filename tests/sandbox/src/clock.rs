//! The time in the sandbox.

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::lock::lock;

/// Where a sandbox takes its time from.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Clock {
    /// The machine's clock, and how far ahead of it the sandbox is.
    System(Mutex<Duration>),
    /// A clock that stands still until it is moved.
    Manual(Mutex<Timestamp>),
}

impl Clock {
    pub(crate) fn system() -> Self {
        Self::System(Mutex::new(Duration::ZERO))
    }

    pub(crate) fn manual(start: Timestamp) -> Self {
        Self::Manual(Mutex::new(start))
    }

    pub(crate) fn is_manual(&self) -> bool {
        matches!(self, Self::Manual(_))
    }

    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::System(ahead) => after(to_millisecond(Timestamp::now()), *lock(ahead)),
            Self::Manual(now) => *lock(now),
        }
    }

    /// Puts a running clock forward; it runs on from there.
    pub(crate) fn put_forward(&self, duration: Duration) {
        if let Self::System(ahead) = self {
            let mut ahead = lock(ahead);
            *ahead = ahead.saturating_add(duration);
        }
    }

    /// Moves a manual clock forward to `time`; no clock ever goes back.
    pub(crate) fn move_to(&self, time: Timestamp) {
        if let Self::Manual(now) = self {
            let mut now = lock(now);
            *now = time.max(*now);
        }
    }
}

/// `time` plus `duration`, or the end of time.
pub(crate) fn after(time: Timestamp, duration: Duration) -> Timestamp {
    time.checked_add(duration).unwrap_or(Timestamp::MAX)
}

/// The first midnight UTC after `time`.
pub(crate) fn next_midnight(time: Timestamp) -> Timestamp {
    const DAY: i64 = 24 * 60 * 60;
    let day = time.as_second().div_euclid(DAY);
    Timestamp::from_second((day + 1) * DAY).unwrap_or(Timestamp::MAX)
}

fn to_millisecond(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn midnight_is_after_the_time_even_at_midnight() {
        assert_eq!(
            next_midnight(at("2026-01-15T23:59:59.999Z")),
            at("2026-01-16T00:00:00Z")
        );
        assert_eq!(
            next_midnight(at("2026-01-16T00:00:00Z")),
            at("2026-01-17T00:00:00Z")
        );
        assert_eq!(
            next_midnight(at("1969-12-31T12:00:00Z")),
            at("1970-01-01T00:00:00Z")
        );
    }

    #[test]
    fn time_ends_instead_of_overflowing() {
        assert_eq!(after(Timestamp::MAX, Duration::MAX), Timestamp::MAX);
        assert_eq!(next_midnight(Timestamp::MAX), Timestamp::MAX);
    }

    #[test]
    fn a_manual_clock_never_goes_back() {
        let clock = Clock::manual(at("2026-01-15T09:00:00Z"));
        clock.move_to(at("2026-01-15T08:00:00Z"));
        assert_eq!(clock.now(), at("2026-01-15T09:00:00Z"));
    }
}

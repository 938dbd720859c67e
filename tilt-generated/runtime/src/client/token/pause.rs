//! Pauses that grow with each failure.

use crate::client::doubling::doubled;
use std::time::Duration;

/// The time for which something is left alone that failed. Times are those of the monotonic clock.
#[derive(Debug)]
pub(super) struct Pause {
    first: Duration,
    longest: Duration,
    /// In a row.
    failures: u32,
    until: Option<Duration>,
}

impl Pause {
    pub(super) const fn new(first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            failures: 0,
            until: None,
        }
    }

    pub(super) fn is_over(&self, now: Duration) -> bool {
        self.until.is_none_or(|until| now >= until)
    }

    /// Starts a pause: twice as long as the last one up to the longest, and no shorter than what was asked for. Failures of what was under
    /// way together count as one.
    pub(super) fn failed(&mut self, now: Duration, asked: Option<Duration>) {
        if self.is_over(now) {
            self.failures = self.failures.saturating_add(1);
        }
        let pause = doubled(self.first, self.failures.saturating_sub(1), self.longest);
        let pause = pause.max(asked.unwrap_or_default());
        self.until = self.until.max(Some(now.saturating_add(pause)));
    }

    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
        self.until = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn pauses_double_up_to_the_longest() {
        let mut pauses = Pause::new(SECOND, 5 * SECOND);
        let mut now = Duration::ZERO;
        for pause in [1, 2, 4, 5, 5] {
            pauses.failed(now, None);
            pauses.failed(now, None);
            now += pause * SECOND;
            assert!(!pauses.is_over(now - Duration::from_nanos(1)));
            assert!(pauses.is_over(now));
        }
        pauses.succeeded();
        pauses.failed(now, None);
        assert!(pauses.is_over(now + SECOND));
    }

    #[test]
    fn a_pause_that_is_asked_for_is_kept_also_beyond_the_longest_of_its_own() {
        let mut pauses = Pause::new(SECOND, 60 * SECOND);
        pauses.failed(Duration::ZERO, Some(7 * SECOND));
        assert!(!pauses.is_over(6 * SECOND) && pauses.is_over(7 * SECOND));
        pauses.failed(7 * SECOND, Some(3600 * SECOND));
        assert!(!pauses.is_over(3606 * SECOND) && pauses.is_over(3607 * SECOND));
    }
}

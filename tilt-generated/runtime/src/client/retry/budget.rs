//! The requests that a client may send again in all.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// So many attempts a client may make beyond the first ones of its calls. When the API is down, all calls fail:
/// without a budget, each would be sent several times, which keeps it down.
///
/// A retry takes one from the budget. A call that succeeds gives back what its own retries took, and a tenth more;
/// time gives one in ten seconds. Never is there more than the reserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryBudget {
    reserve: u32,
}

impl RetryBudget {
    /// A budget that holds so many retries at most, and begins with them: 20 unless set. With none, nothing is sent
    /// twice but what a new token is needed for.
    #[must_use]
    pub const fn reserve(retries: u32) -> Self {
        Self { reserve: retries }
    }

    /// The most that may be sent again in this time while nothing succeeds.
    #[must_use]
    pub const fn most_within(&self, time: Duration) -> u64 {
        let given = (time.as_millis() as u64).saturating_mul(MILLISECOND);
        (self.reserve as u64).saturating_add(given.div_ceil(RETRY))
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::reserve(20)
    }
}

/// Parts of a retry.
const RETRY: u64 = 10_000;
/// One retry in ten calls that succeed.
const SUCCESS: u64 = RETRY / 10;
/// One retry in ten seconds.
const MILLISECOND: u64 = RETRY / 10_000;

/// The rest of a [`RetryBudget`].
#[derive(Debug)]
pub(crate) struct Budget {
    most: u64,
    /// The rest as it was at a time.
    state: Mutex<(u64, Duration)>,
}

impl Budget {
    /// `now` is monotonic.
    pub(crate) fn new(budget: RetryBudget, now: Duration) -> Self {
        let most = u64::from(budget.reserve) * RETRY;
        Self {
            most,
            state: Mutex::new((most, now)),
        }
    }

    /// Takes a retry, if there is one.
    pub(crate) fn take(&self, now: Duration) -> bool {
        self.change(now, |left| match left.checked_sub(RETRY) {
            Some(rest) => (rest, true),
            None => (left, false),
        })
    }

    /// A call has succeeded that took so many retries.
    pub(crate) fn succeeded(&self, retries: u32, now: Duration) {
        let given = u64::from(retries) * RETRY + SUCCESS;
        self.change(now, |left| (left.saturating_add(given).min(self.most), ()));
    }

    fn change<T>(&self, now: Duration, change: impl FnOnce(u64) -> (u64, T)) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, then) = *state;
        let passed = u64::try_from(now.saturating_sub(then).as_millis()).unwrap_or(u64::MAX);
        let left = left.saturating_add(passed.saturating_mul(MILLISECOND));
        let (left, value) = change(left.min(self.most));
        *state = (left, now.max(then));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    #[test]
    fn an_outage_uses_the_budget_up() {
        let budget = Budget::new(RetryBudget::reserve(3), NOW);
        let taken = (0..1000).filter(|_| budget.take(NOW)).count();
        assert_eq!(taken, 3);
    }

    #[test]
    fn calls_that_succeed_give_back_and_never_more_than_the_reserve() {
        let budget = Budget::new(RetryBudget::reserve(2), NOW);
        assert!(budget.take(NOW) && budget.take(NOW) && !budget.take(NOW));
        budget.succeeded(1, NOW);
        assert!(budget.take(NOW) && !budget.take(NOW));
        // A tenth is left of that one.
        (0..9).for_each(|_| budget.succeeded(0, NOW));
        assert!(budget.take(NOW) && !budget.take(NOW));
        (0..1000).for_each(|_| budget.succeeded(7, NOW));
        assert!(budget.take(NOW) && budget.take(NOW) && !budget.take(NOW));
    }

    #[test]
    fn no_more_is_taken_in_a_time_than_is_said() {
        let budget = RetryBudget::reserve(3);
        for seconds in [0, 9, 10, 11, 1000] {
            let state = Budget::new(budget, NOW);
            let times = (0..=seconds * 10).map(|tenth| NOW + Duration::from_millis(tenth * 100));
            let taken = times.filter(|now| state.take(*now)).count() as u64;
            let extra = (0..9).filter(|_| state.take(NOW + Duration::from_secs(seconds)));
            let most = budget.most_within(Duration::from_secs(seconds));
            assert!((most - 1..=most).contains(&(taken + extra.count() as u64)));
        }
    }

    #[test]
    fn time_gives_one_in_ten_seconds() {
        let budget = Budget::new(RetryBudget::reserve(1), NOW);
        assert!(budget.take(NOW));
        let at = |milliseconds| NOW + Duration::from_millis(milliseconds);
        assert!(!budget.take(at(9_999)) && budget.take(at(10_000)));
        assert!(!budget.take(at(10_001)));
        // A clock that goes back takes and gives nothing.
        assert!(!budget.take(NOW));
        assert!(!budget.take(at(19_999)) && budget.take(at(20_000)));
    }
}

//! The wait before a call is sent again.

use crate::client::doubling::doubled;
use crate::client::random::{Random, up_to};
use std::time::Duration;

/// Waits that double, up to a longest, of which a random part is taken ("full jitter"): clients that failed
/// together do not come back together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Backoff {
    pub(crate) const DEFAULT: Self = Self {
        first: Duration::from_millis(500),
        longest: Duration::from_secs(8),
    };

    /// The wait after so many attempts: never less than the server asked for.
    pub(crate) fn after(
        &self,
        attempts: u32,
        asked: Option<Duration>,
        random: &dyn Random,
    ) -> Duration {
        let most = doubled(self.first, attempts.saturating_sub(1), self.longest);
        match asked {
            // All whom a server asks for the same come back at the same time without this.
            Some(asked) => asked.saturating_add(up_to(self.first, random)),
            None => up_to(most, random),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::random::tests::Constant;

    #[test]
    fn waits_double_up_to_the_longest_and_any_part_of_them_is_taken() {
        let most = |attempts| Backoff::DEFAULT.after(attempts, None, &Constant(255));
        let seconds = [1, 2, 3, 4, 5, 6, 100, u32::MAX].map(|it| most(it).as_secs_f32());
        assert_eq!(seconds, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0]);
        let least = Backoff::DEFAULT.after(5, None, &Constant(0));
        assert_eq!(least, Duration::ZERO);
    }

    #[test]
    fn a_wait_is_never_shorter_than_the_server_asks_for() {
        let asked = Duration::from_secs(30);
        for random in [0, 1, 128, 255] {
            let wait = Backoff::DEFAULT.after(1, Some(asked), &Constant(random));
            assert!(wait >= asked && wait <= asked + Backoff::DEFAULT.first);
        }
    }
}

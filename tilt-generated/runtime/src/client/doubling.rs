//! Times that double with each failure.

use std::time::Duration;

/// A time doubled so often, up to the longest.
pub(crate) fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    let factor = 1_u32.checked_shl(times);
    let doubled = factor.and_then(|factor| first.checked_mul(factor));
    doubled.unwrap_or(longest).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_is_never_passed() {
        let (first, longest) = (Duration::from_secs(3), Duration::from_secs(20));
        let seconds =
            [0, 1, 2, 3, 31, 32, u32::MAX].map(|it| doubled(first, it, longest).as_secs());
        assert_eq!(seconds, [3, 6, 12, 20, 20, 20, 20]);
    }
}

//! Tilt's rate limits.

use crate::rt::RateLimit;
use std::num::NonZeroU32;

/// A tier of Tilt's rate limits, which are per client id: so many requests a second, and so many at once after a pause.
/// `ClientBuilder::rate_limit` takes one, and a client with its clones stays within it.
///
/// Tilt's partner documentation has these three; the numbers of the tier `enterprise` are
/// agreed on with Tilt, and make a [`RateLimit`]. The environment `Dev` has `Low` unless something else was agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateTier {
    /// 5 requests a second, 10 at once.
    Low,
    /// 20 requests a second, 50 at once.
    Standard,
    /// 100 requests a second, 200 at once.
    High,
}

impl From<RateTier> for RateLimit {
    fn from(tier: RateTier) -> Self {
        const fn limit(per_second: u32, burst: u32) -> RateLimit {
            match (NonZeroU32::new(per_second), NonZeroU32::new(burst)) {
                (Some(per_second), Some(burst)) => RateLimit::per_second(per_second).burst(burst),
                _ => RateLimit::per_second(NonZeroU32::MIN),
            }
        }
        const LOW: RateLimit = limit(5, 10);
        const STANDARD: RateLimit = limit(20, 50);
        const HIGH: RateLimit = limit(100, 200);
        match tier {
            RateTier::Low => LOW,
            RateTier::Standard => STANDARD,
            RateTier::High => HIGH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_those_that_tilt_documents() {
        for (tier, per_second, burst) in [
            (RateTier::Low, 5, 10),
            (RateTier::Standard, 20, 50),
            (RateTier::High, 100, 200),
        ] {
            let per_second = NonZeroU32::new(per_second).expect("not zero");
            let burst = NonZeroU32::new(burst).expect("not zero");
            let documented = RateLimit::per_second(per_second).burst(burst);
            assert_eq!(RateLimit::from(tier), documented);
        }
    }
}

//! How many requests a client may send.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A limit per client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateLimit {
    /// Requests that may come at once.
    pub burst: u32,
    /// Requests per second that may come all the time.
    pub sustained: u32,
}

impl RateLimit {
    /// 10 at once, 5 per second: what the dev environment enforces.
    pub const LOW: Self = Self::new(10, 5);
    /// 50 at once, 20 per second.
    pub const STANDARD: Self = Self::new(50, 20);
    /// 200 at once, 100 per second.
    pub const HIGH: Self = Self::new(200, 100);

    /// A limit of one's own, as enterprise clients have it.
    pub const fn new(burst: u32, sustained: u32) -> Self {
        Self { burst, sustained }
    }
}

/// A token bucket. Tokens are counted in billionths, so that a nanosecond at one request per second
/// is worth exactly one.
#[derive(Debug)]
pub(crate) struct Bucket {
    limit: RateLimit,
    tokens: u128,
    filled_at: Timestamp,
}

const TOKEN: u128 = 1_000_000_000;

impl Bucket {
    pub(crate) fn full(limit: RateLimit, now: Timestamp) -> Self {
        Self {
            limit,
            tokens: u128::from(limit.burst) * TOKEN,
            filled_at: now,
        }
    }

    /// Takes a token, or says after how many seconds there will be one.
    pub(crate) fn take(&mut self, now: Timestamp) -> Result<(), u64> {
        self.fill(now);
        if self.tokens >= TOKEN {
            self.tokens -= TOKEN;
            return Ok(());
        }
        let per_second = u128::from(self.limit.sustained.max(1)) * TOKEN;
        let seconds = (TOKEN - self.tokens).div_ceil(per_second);
        Err(u64::try_from(seconds).unwrap_or(u64::MAX))
    }

    fn fill(&mut self, now: Timestamp) {
        let nanoseconds = now.as_nanosecond() - self.filled_at.as_nanosecond();
        let gained = u128::try_from(nanoseconds).unwrap_or(0) * u128::from(self.limit.sustained);
        self.tokens = (self.tokens + gained).min(u128::from(self.limit.burst) * TOKEN);
        self.filled_at = now.max(self.filled_at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millisecond(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(millisecond).expect("a timestamp")
    }

    #[test]
    fn a_burst_empties_the_bucket_and_time_fills_it() {
        let mut bucket = Bucket::full(RateLimit::LOW, millisecond(0));
        for _ in 0..10 {
            assert_eq!(bucket.take(millisecond(0)), Ok(()));
        }
        assert_eq!(bucket.take(millisecond(0)), Err(1));
        assert_eq!(bucket.take(millisecond(199)), Err(1));
        assert_eq!(bucket.take(millisecond(200)), Ok(()));
        assert_eq!(bucket.take(millisecond(200)), Err(1));
    }

    #[test]
    fn a_bucket_holds_no_more_than_the_burst() {
        let mut bucket = Bucket::full(RateLimit::new(1, 1), millisecond(0));
        assert_eq!(bucket.take(Timestamp::MAX), Ok(()));
        assert_eq!(bucket.take(Timestamp::MAX), Err(1));
    }
}

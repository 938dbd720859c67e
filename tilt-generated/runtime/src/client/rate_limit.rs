//! A limit on the rate of requests that a client keeps by itself.

use super::clock::Clock;
use super::deadline::Deadline;
use governor::clock::Clock as Now;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// The rate of requests that an API allows: so many in a second, and so many at once after a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    per_second: NonZeroU32,
    burst: NonZeroU32,
}

impl RateLimit {
    /// So many requests a second, spread evenly: one at a time.
    #[must_use]
    pub const fn per_second(requests: NonZeroU32) -> Self {
        Self {
            per_second: requests,
            burst: NonZeroU32::MIN,
        }
    }

    /// After a pause, so many may go out at once.
    #[must_use]
    pub const fn burst(self, requests: NonZeroU32) -> Self {
        Self {
            burst: requests,
            ..self
        }
    }
}

/// Keeps the requests of a client and its clones within a [`RateLimit`], in the order in which they come.
pub(crate) struct Limiter {
    limiter: RateLimiter<NotKeyed, InMemoryState, ByClock, NoOpMiddleware<Duration>>,
    /// The first in the queue waits for its turn, all others for the first.
    queue: Mutex<()>,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter").finish_non_exhaustive()
    }
}

/// A client's clock, as the limiter reads it.
struct ByClock(Arc<dyn Clock>);

impl Now for ByClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.monotonic()
    }
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit, clock: Arc<dyn Clock>) -> Self {
        let quota = Quota::per_second(limit.per_second).allow_burst(limit.burst);
        Self {
            limiter: RateLimiter::direct_with_clock(quota, ByClock(clock.clone())),
            queue: Mutex::new(()),
            clock,
        }
    }

    /// Waits until a request may be sent; `false` where that would be after the deadline.
    pub(crate) async fn turn(&self, deadline: &Deadline<'_>) -> bool {
        let Some(_first) = deadline.limit(self.queue.lock()).await else {
            return false;
        };
        while let Err(not_yet) = self.limiter.check() {
            let wait = not_yet.wait_time_from(self.clock.monotonic());
            if wait >= deadline.left() {
                return false;
            }
            self.clock.sleep(wait).await;
        }
        true
    }
}

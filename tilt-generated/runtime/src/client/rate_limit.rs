//! A limit on the rate of requests that a client keeps by itself.

use super::clock::Clock;
use super::deadline::Deadline;
use governor::clock::Clock as Now;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex;

/// The longest pause of all requests that one answer brings about.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// The rate of requests that an API allows: so many in a second, and so many at once after a pause.
///
/// Where an answer nevertheless is 429 with `Retry-After`, no request of the client and its clones goes out for that time,
/// an hour at most: what would be sent after its deadline fails at once, and is not sent.
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
    /// Until then nothing is sent, as [`Clock::monotonic`] counts.
    paused: std::sync::Mutex<Duration>,
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
            paused: std::sync::Mutex::default(),
            clock,
        }
    }

    /// Waits until a request may be sent; `false` where that would be after the deadline.
    pub(crate) async fn turn(&self, deadline: &Deadline<'_>) -> bool {
        // The queue behind a pause would be left at the deadline, and no sooner.
        let pause = self.pause_left();
        if !pause.is_zero() && pause >= deadline.left() {
            return false;
        }
        let Some(_first) = deadline.limit(self.queue.lock()).await else {
            return false;
        };
        while let Some(wait) = self.wait() {
            if wait >= deadline.left() {
                return false;
            }
            self.clock.sleep(wait).await;
        }
        true
    }

    /// The time until the next request may be sent. None: it has its turn now.
    fn wait(&self) -> Option<Duration> {
        let pause = self.pause_left();
        if !pause.is_zero() {
            return Some(pause);
        }
        let not_yet = self.limiter.check().err()?;
        Some(not_yet.wait_time_from(self.clock.monotonic()))
    }

    /// The API wants to be left alone for so long.
    pub(crate) fn pause(&self, time: Duration) {
        let until = self
            .clock
            .monotonic()
            .saturating_add(time.min(LONGEST_PAUSE));
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = until.max(*paused);
    }

    fn pause_left(&self) -> Duration {
        let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        paused.saturating_sub(self.clock.monotonic())
    }
}

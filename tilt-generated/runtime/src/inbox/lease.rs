//! The time that work may take.

use crate::clock::{Clock, SystemClock};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// The shortest time after which a handled event may be forgotten: APIs deliver again for days, and what they gave
/// up on is delivered by hand.
#[cfg(any(feature = "postgres", feature = "redis", feature = "sqlite"))]
pub(super) const SHORTEST_WINDOW: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The time that work may take until it is given up and released: one minute unless set, by the system's clock.
#[derive(Debug, Clone)]
pub struct Lease {
    time: Duration,
    clock: Arc<dyn Clock>,
}

impl Default for Lease {
    fn default() -> Self {
        Self::of(Duration::from_secs(60))
    }
}

impl Lease {
    /// A lease of this time.
    #[must_use]
    pub fn of(time: Duration) -> Self {
        let clock = Arc::new(SystemClock);
        Self { time, clock }
    }

    /// By another clock.
    #[must_use]
    pub fn by(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Its length.
    #[must_use]
    pub fn time(&self) -> Duration {
        self.time
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// One of half its length.
    #[cfg(feature = "sqlite")]
    pub(super) fn half(&self) -> Self {
        Self {
            time: self.time / 2,
            clock: self.clock.clone(),
        }
    }

    /// The value of a future, unless it takes longer than the lease: then it is dropped.
    pub(super) async fn within<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut over = self.clock.sleep(self.time);
        let mut work = pin!(work);
        std::future::poll_fn(|context| {
            if let Poll::Ready(value) = work.as_mut().poll(context) {
                return Poll::Ready(Some(value));
            }
            over.as_mut().poll(context).map(|()| None)
        })
        .await
    }
}

//! The end of a call's time.

use super::clock::Clock;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// The moment by which a call is over: with its token, its waits and all of its attempts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline<'c> {
    clock: &'c dyn Clock,
    /// As [`Clock::monotonic`] counts.
    ends: Duration,
}

impl<'c> Deadline<'c> {
    pub(crate) fn after(clock: &'c dyn Clock, time: Duration) -> Self {
        let ends = clock.monotonic().saturating_add(time);
        Self { clock, ends }
    }

    /// The time that is left.
    pub(crate) fn left(&self) -> Duration {
        self.ends.saturating_sub(self.clock.monotonic())
    }

    /// The end of a future, if it comes in the time that is left.
    pub(crate) async fn limit<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        limit(self.clock, self.left(), future).await
    }
}

/// The end of a future, if it comes within this time.
pub(crate) async fn limit<T>(
    clock: &dyn Clock,
    time: Duration,
    future: impl Future<Output = T>,
) -> Option<T> {
    let mut sleep = clock.sleep(time);
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
    })
    .await
}

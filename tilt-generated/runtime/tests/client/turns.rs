//! A clock that is set by hand, and the end of all that can happen meanwhile.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tilt_runtime as rt;
use tokio::sync::watch;

/// A clock that moves when it is told to.
#[derive(Debug, Clone)]
pub(crate) struct ByHand(Arc<watch::Sender<Duration>>);

impl ByHand {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Duration::ZERO)))
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.0
            .send_modify(|now| *now += Duration::from_secs(seconds));
    }
}

impl rt::Clock for ByHand {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + *self.0.borrow()
    }

    fn monotonic(&self) -> Duration {
        *self.0.borrow()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut now = self.0.subscribe();
        let end = *now.borrow() + time;
        Box::pin(async move {
            let _ = now.wait_for(|now| *now >= end).await;
        })
    }
}

/// Lets all other tasks of a runtime with one thread go on until this number stands still, and says which it is.
pub(crate) async fn stands_still(number: impl Fn() -> u64) -> u64 {
    let mut last = number();
    let mut turns = 0;
    while turns < 2000 {
        tokio::task::yield_now().await;
        turns = if number() == last { turns + 1 } else { 0 };
        last = number();
    }
    last
}

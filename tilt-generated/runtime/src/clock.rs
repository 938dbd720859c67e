//! Time, as something that tests can bring.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

/// Tells the time by which tokens expire, answers are waited for, calls are sent again, and deliveries are too old.
pub trait Clock: Debug + Send + Sync + 'static {
    /// The time of day, which may be set forward or back while the program runs.
    fn now(&self) -> SystemTime;

    /// The time since some moment that stays the same: it never goes back, and may stand still while the machine
    /// sleeps.
    fn monotonic(&self) -> Duration;

    /// Ready when this much time has passed.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The clock of the operating system, and tokio's timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(time))
    }
}

//! Mishaps of a receiver while it handles an event.

use super::telling::Told;
use axum::http::HeaderMap;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tilt_generated::rt::Clock;
use tokio::sync::Notify;

/// The header that says what is to befall.
pub(super) const HEADER: &str = "x-mishap";

/// A thing that befalls the handler when it has made its effects, before they are committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    None,
    /// It fails.
    Fails,
    /// It takes longer than its lease.
    Slow,
    /// It is dropped, as its sender is gone.
    Gone,
    /// It waits until it is told to go on.
    Waits,
    /// The same, and then it fails.
    WaitsAndFails,
}

impl Mishap {
    const ALL: [Self; 6] = [
        Self::None,
        Self::Fails,
        Self::Slow,
        Self::Gone,
        Self::Waits,
        Self::WaitsAndFails,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Fails => "fails",
            Self::Slow => "slow",
            Self::Gone => "gone",
            Self::Waits => "waits",
            Self::WaitsAndFails => "waits and fails",
        }
    }

    pub(super) fn of(headers: &HeaderMap) -> Self {
        let name = headers.get(HEADER).and_then(|it| it.to_str().ok());
        let all = Self::ALL.into_iter();
        all.into_iter()
            .find(|it| Some(it.name()) == name)
            .unwrap_or(Self::None)
    }
}

/// The place where handlers and those who watch them meet.
#[derive(Debug, Default)]
pub(super) struct Stage {
    /// The handler that waits may go on.
    pub(super) go: Notify,
    /// The time of a lease is over.
    over: Notify,
}

impl Stage {
    pub(super) async fn play(&self, mishap: Mishap) -> Result<(), ()> {
        match mishap {
            Mishap::None => Ok(()),
            Mishap::Fails => Err(()),
            Mishap::Slow => {
                self.over.notify_one();
                pending().await
            }
            Mishap::Gone => {
                Told::Entered.tell();
                pending().await
            }
            Mishap::Waits | Mishap::WaitsAndFails => {
                Told::Entered.tell();
                self.go.notified().await;
                match mishap {
                    Mishap::Waits => Ok(()),
                    _ => Err(()),
                }
            }
        }
    }
}

/// A clock by which leases are over when a handler is slow, and never else.
#[derive(Debug)]
pub(super) struct LeaseClock(pub(super) Arc<Stage>);

impl Clock for LeaseClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let stage = self.0.clone();
        Box::pin(async move { stage.over.notified().await })
    }
}

//! The client's time: it passes only while nothing else can happen.
//!
//! The client works in lanes. A lane is blocked while it waits for time alone: between attempts, or for an answer of
//! which the proxy has said that it holds it back. When all lanes are blocked, time goes on to the next moment that
//! any of them waits for. So no limit is ever passed because a machine is slow, and hours take no time.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};
use tilt_generated::rt::Clock;
use tokio::sync::Notify;
use tokio::task::yield_now;

/// The moment at which rounds begin, in seconds since 1970: 2026-01-15T09:00:00Z.
pub(super) const START: u64 = 1_768_467_600;

tokio::task_local! {
    /// The lane that a task is of. Mints have tasks of their own, and no lane.
    pub(super) static LANE: usize;
}

/// A clock of lanes. Clones are the same clock.
#[derive(Debug, Clone)]
pub(super) struct LaneClock(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug)]
struct State {
    now: Duration,
    timers: BTreeMap<(Duration, u64), Timer>,
    next: u64,
    lanes: Vec<Lane>,
    /// Mints whose answer is held back.
    held_mints: usize,
    /// Counts changes.
    changes: u64,
}

#[derive(Debug)]
struct Timer {
    lane: Option<usize>,
    waker: Option<Waker>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Lane {
    is_done: bool,
    /// The request that is on its way.
    flight: Option<u64>,
    is_held: bool,
}

impl State {
    fn is_blocked(&self) -> bool {
        let lanes = self.lanes.iter().enumerate();
        let mut lanes = lanes.map(|(number, lane)| {
            let waits = self.timers.values().any(|it| it.lane == Some(number));
            lane.is_done || (waits && (lane.flight.is_none() || lane.is_held))
        });
        let mints = self.timers.values().filter(|it| it.lane.is_none()).count();
        lanes.all(|it| it) && mints <= self.held_mints
    }

    /// Lets time pass up to the next moment that is waited for.
    fn advance(&mut self) -> bool {
        if !self.is_blocked() {
            return false;
        }
        let Some(((at, _), timer)) = self.timers.pop_first() else {
            return false;
        };
        self.now = self.now.max(at);
        self.changes += 1;
        if timer.lane.is_none() {
            self.held_mints = self.held_mints.saturating_sub(1);
        }
        if let Some(waker) = timer.waker {
            waker.wake();
        }
        true
    }
}

impl LaneClock {
    pub(super) fn new(lanes: usize, now: Duration) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::new(State {
                now,
                timers: BTreeMap::new(),
                next: 0,
                lanes: vec![Lane::default(); lanes],
                held_mints: 0,
                changes: 0,
            }),
            changed: Notify::new(),
        }))
    }

    /// Nothing panics while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state();
        state.changes += 1;
        let changed = change(&mut state);
        drop(state);
        self.0.changed.notify_one();
        changed
    }

    /// A request of a lane goes out: its number.
    pub(super) fn sent(&self, lane: usize) -> u64 {
        self.change(|state| {
            state.next += 1;
            let serial = state.next;
            if let Some(lane) = state.lanes.get_mut(lane) {
                lane.flight = Some(serial);
                lane.is_held = false;
            }
            serial
        })
    }

    /// The request of a lane has ended.
    pub(super) fn ended(&self, lane: usize) {
        self.change(|state| {
            if let Some(lane) = state.lanes.get_mut(lane) {
                lane.flight = None;
            }
        });
    }

    /// The answer to a request is held back until it is given up.
    pub(super) fn hold(&self, lane: usize, serial: u64) {
        self.change(|state| {
            if let Some(lane) = state.lanes.get_mut(lane) {
                lane.is_held |= lane.flight == Some(serial);
            }
        });
    }

    /// The answer to a mint is held back until it is given up.
    pub(super) fn hold_mint(&self) {
        self.change(|state| state.held_mints += 1);
    }

    /// A lane has nothing more to do.
    pub(super) fn done(&self, lane: usize) {
        self.change(|state| {
            if let Some(lane) = state.lanes.get_mut(lane) {
                lane.is_done = true;
            }
        });
    }

    /// Lets time pass where nothing else can happen, for ever. All lanes are tasks of the same thread as this.
    pub(super) async fn run(self) {
        loop {
            let before = self.state().changes;
            // All that was woken runs once before this does again.
            for _ in 0..3 {
                yield_now().await;
            }
            let goes_on = {
                let mut state = self.state();
                state.changes != before || state.advance()
            };
            if !goes_on {
                self.0.changed.notified().await;
            }
        }
    }
}

impl Clock for LaneClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(START) + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        self.state().now
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let key = self.change(|state| {
            let key = (state.now.saturating_add(time), state.next);
            state.next += 1;
            let lane = LANE.try_with(|lane| *lane).ok();
            let timer = Timer { lane, waker: None };
            state.timers.insert(key, timer);
            key
        });
        let clock = self.clone();
        Box::pin(Sleep { clock, key })
    }
}

struct Sleep {
    clock: LaneClock,
    key: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.clock.state().timers.get_mut(&self.key) {
            Some(timer) => {
                timer.waker = Some(context.waker().clone());
                Poll::Pending
            }
            None => Poll::Ready(()),
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.clock.change(|state| state.timers.remove(&self.key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn time_stands_still_while_a_request_is_on_its_way_and_passes_when_it_is_held() {
        let clock = LaneClock::new(2, Duration::ZERO);
        tokio::spawn(clock.clone().run());
        let waiting = clock.clone();
        let waits = LANE.scope(0, async move { waiting.sleep(SECOND).await });
        let waits = tokio::spawn(waits);
        let serial = clock.sent(1);
        let limit = LANE.sync_scope(1, || clock.sleep(60 * SECOND));
        let limit = tokio::spawn(limit);
        for _ in 0..100 {
            yield_now().await;
        }
        assert_eq!(clock.monotonic(), Duration::ZERO);
        clock.hold(1, serial + 7);
        for _ in 0..100 {
            yield_now().await;
        }
        assert_eq!(clock.monotonic(), Duration::ZERO, "another request is held");
        clock.hold(1, serial);
        assert!(waits.await.is_ok());
        assert_eq!(clock.monotonic(), SECOND);
        clock.done(0);
        assert!(limit.await.is_ok());
        assert_eq!(clock.monotonic(), 60 * SECOND);
    }

    #[tokio::test]
    async fn a_mint_that_is_not_held_keeps_time_from_passing() {
        let clock = LaneClock::new(0, Duration::ZERO);
        tokio::spawn(clock.clone().run());
        let mint = tokio::spawn(clock.sleep(30 * SECOND));
        for _ in 0..100 {
            yield_now().await;
        }
        assert_eq!(clock.monotonic(), Duration::ZERO);
        clock.hold_mint();
        assert!(mint.await.is_ok());
        assert_eq!(clock.monotonic(), 30 * SECOND);
    }
}

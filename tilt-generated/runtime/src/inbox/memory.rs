//! An inbox that is forgotten with the process.

use super::error::InboxError;
use super::handling::{Claim, Inbox, Work};
use super::lease::Lease;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// An inbox in memory, for development and tests: clones share it, a restart forgets it, and it grows with each event.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    events: Arc<Mutex<Events>>,
    lease: Lease,
}

#[derive(Debug, Default)]
struct Events {
    states: HashMap<String, State>,
    claims: u64,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// Until that time of the monotonic clock.
    Claimed {
        claim: u64,
        until: Duration,
    },
    Done,
}

impl Memory {
    /// One without any event.
    #[must_use]
    pub fn new(lease: Lease) -> Self {
        let events = Arc::default();
        Self { events, lease }
    }
}

/// Nothing panics while it is locked.
fn locked(events: &Mutex<Events>) -> MutexGuard<'_, Events> {
    events.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inbox for Memory {
    type Work = MemoryWork;

    async fn claim(&self, id: Option<&str>) -> Result<Claim<MemoryWork>, InboxError> {
        let mut events = locked(&self.events);
        let Some(id) = id else {
            return Ok(Claim::New(MemoryWork { claimed: None }));
        };
        let now = self.lease.clock().monotonic();
        match events.states.get(id) {
            Some(State::Done) => return Ok(Claim::Done),
            Some(State::Claimed { until, .. }) if *until > now => {
                let retry_after = *until - now;
                return Ok(Claim::InWork { retry_after });
            }
            _ => {}
        }
        events.claims += 1;
        let claim = events.claims;
        let until = now.saturating_add(self.lease.time());
        let id = id.to_owned();
        events
            .states
            .insert(id.clone(), State::Claimed { claim, until });
        let claimed = Some(Claimed {
            events: self.events.clone(),
            id,
            claim,
        });
        Ok(Claim::New(MemoryWork { claimed }))
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

/// A claim in memory.
#[derive(Debug)]
pub struct MemoryWork {
    claimed: Option<Claimed>,
}

#[derive(Debug)]
struct Claimed {
    events: Arc<Mutex<Events>>,
    id: String,
    claim: u64,
}

impl Claimed {
    /// Whether the event is still claimed by this, and not by one that came after the lease was over.
    fn holds(&self, events: &Events) -> bool {
        let state = events.states.get(&self.id);
        matches!(state, Some(State::Claimed { claim, .. }) if *claim == self.claim)
    }
}

impl Work for MemoryWork {
    async fn commit(mut self) -> Result<(), InboxError> {
        let Some(claimed) = self.claimed.take() else {
            return Ok(());
        };
        let mut events = locked(&claimed.events);
        if !claimed.holds(&events) {
            return Err(InboxError::LeaseLost);
        }
        events.states.insert(claimed.id.clone(), State::Done);
        Ok(())
    }

    async fn release(self) -> Result<(), InboxError> {
        Ok(())
    }
}

impl Drop for MemoryWork {
    fn drop(&mut self) {
        if let Some(claimed) = self.claimed.take() {
            let mut events = locked(&claimed.events);
            if claimed.holds(&events) {
                events.states.remove(&claimed.id);
            }
        }
    }
}

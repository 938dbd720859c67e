//! The state that the server, the runner of scheduled tasks and the test's handle share.

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use url::{Host, Url};

use crate::access::Access;
use crate::clock::Clock;
use crate::documents::Documents;
use crate::exchange::Exchanges;
use crate::fault::Faults;
use crate::inventory::Inventory;
use crate::kept::Keeper;
use crate::lock::lock;
use crate::state::State;
use crate::webhook::Sender;

pub(crate) struct App {
    pub(crate) clock: Clock,
    pub(crate) state: Mutex<State>,
    pub(crate) access: Mutex<Access>,
    pub(crate) documents: Mutex<Documents>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) exchanges: Mutex<Exchanges>,
    pub(crate) sender: Sender,
    /// Told when something was scheduled.
    pub(crate) scheduled: Notify,
    /// Held while a manual clock is moved.
    pub(crate) advancing: tokio::sync::Mutex<()>,
    /// Where vehicles are pulled from, if from anywhere.
    pub(crate) inventory: Option<Inventory>,
    /// Held while they are.
    pub(crate) pulling: tokio::sync::Mutex<()>,
    pub(crate) url: Url,
    /// Of the file that keeps it all, if there is one.
    pub(crate) keeper: Option<Keeper>,
}

impl App {
    /// Changes the state, and lets the runner look at its schedule again.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State, Timestamp) -> T) -> T {
        let changed = change(&mut lock(&self.state), self.clock.now());
        self.scheduled.notify_one();
        self.touched();
        changed
    }

    /// Has the file written, after a change that is not one of the state alone.
    pub(crate) fn touched(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.changed();
        }
    }

    /// Whether other machines reach it, by names that nobody here knows.
    pub(crate) fn is_open(&self) -> bool {
        match self.url.host() {
            Some(Host::Ipv4(address)) => !address.is_loopback(),
            Some(Host::Ipv6(address)) => !address.is_loopback(),
            Some(Host::Domain(_)) | None => false,
        }
    }

    pub(crate) fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&lock(&self.state))
    }

    /// How long until the next task is due; `None` if there is none.
    pub(crate) fn time_to_next_task(&self) -> Option<Duration> {
        let next = lock(&self.state).schedule.next_time()?;
        let wait = next.duration_since(self.clock.now());
        Some(Duration::try_from(wait).unwrap_or_default())
    }
}

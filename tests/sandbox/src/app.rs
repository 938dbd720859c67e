//! The state that the server, the runner of scheduled tasks and the test's handle share.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

use http::HeaderMap;
use http::header::HOST;
use jiff::Timestamp;
use tokio::sync::Notify;
use url::Url;

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
    /// The address that it listens at.
    pub(crate) address: IpAddr,
    /// The URL of it for programs of this machine.
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
        !self.address.is_loopback()
    }

    /// The base of links for the sender of a request: where it listens at all addresses, the one by which they reached it.
    pub(crate) fn url_for(&self, headers: &HeaderMap) -> Url {
        let host = headers.get(HOST).filter(|_| self.address.is_unspecified());
        let host = host.and_then(|host| host.to_str().ok());
        let url = host.and_then(|host| {
            let mut url = Url::parse("http://localhost/").ok()?;
            let authority = host.parse::<http::uri::Authority>().ok()?;
            url.set_host(Some(authority.host())).ok()?;
            url.set_port(authority.port_u16()).ok()?;
            Some(url)
        });
        url.unwrap_or_else(|| self.url.clone())
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

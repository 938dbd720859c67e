//! Everything that a sandbox remembers.

mod hosted;
mod idempotency;
mod launches;
mod location;
mod order;
mod orders;
mod sessions;
mod transition;

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

pub(crate) use hosted::{HostedForm, HostedForms};
pub(crate) use idempotency::{IdempotencyKeys, Lookup};
pub(crate) use launches::{DeadLink, Launch, Launches};
pub use location::Location;
pub use order::{Order, Payment, PaymentStatus, Refund, RefundStatus};
pub(crate) use orders::Orders;
pub(crate) use sessions::{Session, Sessions};
pub(crate) use transition::Refusal;

use crate::clock::after;
use crate::inventory::Stock;
use crate::schedule::{Schedule, Task};
use crate::webhook::{NoReplay, Webhooks};

/// Everything that a sandbox remembers. All of it is bounded: the oldest makes room.
#[derive(Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) locations: Vec<Location>,
    pub(crate) orders: Orders,
    pub(crate) idempotency: IdempotencyKeys,
    pub(crate) users: PosUsers,
    pub(crate) hosted: HostedForms,
    pub(crate) launches: Launches,
    #[serde(skip, default = "admins")]
    pub(crate) admins: Sessions<Admin>,
    pub(crate) schedule: Schedule,
    pub(crate) webhooks: Webhooks,
    #[serde(default)]
    pub(crate) stock: Stock,
    /// How often vehicles are pulled, if at all; an option of each start, as the next one is.
    #[serde(skip)]
    pull_every: Option<Duration>,
    /// How long the processor takes; not kept, since it is an option of each start.
    #[serde(skip)]
    pub(crate) processing_delay: Duration,
}

impl State {
    pub(crate) fn new(locations: Vec<Location>, processing_delay: Duration) -> Self {
        Self {
            locations,
            orders: Orders::default(),
            idempotency: IdempotencyKeys::default(),
            users: PosUsers::default(),
            hosted: HostedForms::default(),
            launches: Launches::default(),
            admins: admins(),
            schedule: Schedule::default(),
            webhooks: Webhooks::default(),
            stock: Stock::default(),
            pull_every: None,
            processing_delay,
        }
    }

    pub(crate) fn location(&self, partner: Uuid, id: Uuid) -> Option<&Location> {
        self.locations
            .iter()
            .find(|location| location.partner == partner && location.location_id == id)
    }

    /// The currency of a location; dollars where it is gone.
    pub(crate) fn currency(&self, partner: Uuid, location: Uuid) -> &str {
        let location = self.location(partner, location);
        location.map_or("USD", |location| &location.currency)
    }

    pub(crate) fn order(&self, partner: Uuid, id: Uuid) -> Option<&Order> {
        self.orders.get(id).filter(|order| order.partner == partner)
    }

    pub(crate) fn add_order(&mut self, order: Order) {
        for evicted in self.orders.add(order) {
            self.schedule.forget_order(evicted);
        }
    }

    /// Delivers an event once more.
    pub(crate) fn replay(&mut self, delivery: u64, now: Timestamp) -> Result<(), NoReplay> {
        self.webhooks.restart(delivery)?;
        self.schedule.forget_delivery(delivery);
        self.schedule.add(now, Task::Deliver { delivery });
        Ok(())
    }

    /// Removes the endpoints at a URL.
    pub(crate) fn unregister(&mut self, url: &Url) {
        self.webhooks.unregister(url, &mut self.schedule);
    }

    /// Goes on after a restart: a delivery that was under way is attempted again.
    pub(crate) fn resume(&mut self, now: Timestamp) {
        for delivery in self.webhooks.pending() {
            self.schedule.resume_delivery(now, delivery);
        }
    }

    /// Pulls vehicles now, and so often; or never.
    pub(crate) fn pull_from(&mut self, now: Timestamp, every: Option<Duration>) {
        self.pull_every = every;
        self.schedule.plan_pull(every.map(|_| now));
    }

    /// Plans the pull that follows one.
    fn plan_pull(&mut self, now: Timestamp) {
        let every = self.pull_every;
        self.schedule
            .plan_pull(every.map(|every| after(now, every)));
    }

    /// Sends an event about a payment to every endpoint of its partner.
    pub(crate) fn emit(&mut self, kind: &str, order: Uuid, payment: Uuid, now: Timestamp) {
        let Some(order) = self.orders.get(order) else {
            return;
        };
        let Some(payment) = order.payment(payment) else {
            return;
        };
        self.webhooks
            .send(kind, order, payment, now, &mut self.schedule);
    }
}

/// Nobody. A person who signs in stays so when the clock is put forward, and signs in again after a restart.
fn admins() -> Sessions<Admin> {
    Sessions::lasting(Duration::MAX)
}

/// A person at the admin portal.
#[derive(Debug, Default)]
pub(crate) struct Admin {
    /// Each is said once, on the page that a form leads to and names it.
    news: VecDeque<(String, News)>,
}

impl Admin {
    /// Forms are sent one after the other: those whose page nobody saw make room.
    const CAPACITY: usize = 16;

    /// Keeps news for one page; gives their name.
    pub(crate) fn tell(&mut self, news: News) -> String {
        let name = Uuid::new_v4().simple().to_string();
        if self.news.len() >= Self::CAPACITY {
            self.news.pop_front();
        }
        self.news.push_back((name.clone(), news));
        name
    }

    /// The news of a name, which nobody gets again.
    pub(crate) fn take(&mut self, name: &str) -> Option<News> {
        let at = self.news.iter().position(|(known, _)| known == name)?;
        self.news.remove(at).map(|(_, news)| news)
    }
}

/// How something went that a person asked for.
#[derive(Clone)]
pub(crate) struct News {
    pub(crate) text: String,
    pub(crate) is_bad: bool,
    /// A secret that is shown this one time, and what it is called.
    pub(crate) secret: Option<(&'static str, String)>,
}

/// Secrets stay out.
impl fmt::Debug for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("News")
            .field("text", &self.text)
            .finish_non_exhaustive()
    }
}

/// A user of the POS, provisioned by a launch token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosUser {
    /// The user's partner.
    pub partner: Uuid,
    /// The partner's id of the user.
    pub external_user_id: String,
    /// The name last given.
    pub display_name: Option<String>,
    /// The role given at the first launch.
    pub role_slug: String,
}

/// The last 1,000 users.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct PosUsers(VecDeque<PosUser>);

impl PosUsers {
    const CAPACITY: usize = 1_000;

    /// Provisions a user, or updates the name of one who is known.
    pub(crate) fn launch(&mut self, user: PosUser) {
        if let Some(existing) = self.0.iter_mut().find(|existing| {
            existing.partner == user.partner && existing.external_user_id == user.external_user_id
        }) {
            existing.display_name = user.display_name.or(existing.display_name.take());
            return;
        }
        if self.0.len() >= Self::CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(user);
    }

    pub(crate) fn get(&self, partner: Uuid, external_user_id: &str) -> Option<&PosUser> {
        self.0
            .iter()
            .find(|user| user.partner == partner && user.external_user_id == external_user_id)
    }

    pub(crate) fn to_vec(&self) -> Vec<PosUser> {
        self.0.iter().cloned().collect()
    }
}

//! Signed deliveries of events to the endpoints of a partner.

mod delivery;
mod event;
mod handler;
mod sender;
mod signature;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

pub use delivery::{Attempt, AttemptOutcome, Delivery, DeliveryStatus};
pub(crate) use handler::address;
pub(crate) use sender::Sender;
pub use sender::install_tls_provider;
pub use signature::{SIGNATURE_HEADER, sign};

use crate::clock::after;
use crate::schedule::{Schedule, Task};
use crate::secret::exposed;
use crate::state::{Order, Payment};

/// A registered webhook endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Endpoint {
    pub(crate) partner: Uuid,
    pub(crate) url: Url,
    #[serde(serialize_with = "exposed")]
    pub(crate) secret: SecretString,
}

impl Endpoint {
    /// Whether another one is of the same partner, at the same URL.
    pub(crate) fn is_at(&self, other: &Self) -> bool {
        (self.partner, &self.url) == (other.partner, &other.url)
    }
}

/// Why a delivery is not made once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoReplay {
    Unknown,
    /// Its endpoint was removed.
    Removed,
}

/// The endpoints, and the last deliveries to them: at most 10,000 and 16 MiB of bodies.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Webhooks {
    endpoints: Vec<Endpoint>,
    deliveries: BTreeMap<u64, (Delivery, Endpoint)>,
    next: u64,
    bytes: usize,
    disorder: Disorder,
}

/// So many events to come are treated as a network would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Disorder {
    /// Delivered twice.
    pub(crate) twice: usize,
    /// Held back, so that later ones overtake them.
    pub(crate) late: usize,
}

/// How long an event is held back.
const HELD_BACK: Duration = Duration::from_secs(30);

const CAPACITY: usize = 10_000;
const BYTES: usize = 16 << 20;

impl Webhooks {
    /// Adds an endpoint, in place of the one that its partner has at the same URL: each event goes there once, with the secret
    /// of now.
    pub(crate) fn register(&mut self, endpoint: Endpoint) {
        self.endpoints.retain(|known| !known.is_at(&endpoint));
        let deliveries = self.deliveries.values_mut().map(|(_, known)| known);
        for known in deliveries.filter(|known| known.is_at(&endpoint)) {
            known.clone_from(&endpoint);
        }
        self.endpoints.push(endpoint);
    }

    /// Removes all endpoints at a URL; what is on its way there ends as a dead letter.
    pub(crate) fn unregister(&mut self, url: &Url, schedule: &mut Schedule) {
        self.endpoints.retain(|endpoint| endpoint.url != *url);
        for (delivery, endpoint) in self.deliveries.values_mut() {
            if endpoint.url == *url && delivery.status == DeliveryStatus::Pending {
                delivery.status = DeliveryStatus::DeadLetter;
                schedule.forget_delivery(delivery.id);
            }
        }
    }

    /// Begins a delivery anew.
    pub(crate) fn restart(&mut self, delivery: u64) -> Result<(), NoReplay> {
        let found = self.deliveries.get_mut(&delivery);
        let (found, endpoint) = found.ok_or(NoReplay::Unknown)?;
        if !self.endpoints.iter().any(|known| known.is_at(endpoint)) {
            return Err(NoReplay::Removed);
        }
        found.restart();
        Ok(())
    }

    pub(crate) fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// So many events to come are treated so.
    pub(crate) fn disorder_to_come(&self) -> Disorder {
        self.disorder
    }

    pub(crate) fn disorder(&mut self) -> &mut Disorder {
        &mut self.disorder
    }

    pub(crate) fn deliveries(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.deliveries.values().map(|(delivery, _)| delivery)
    }

    /// Those that have an attempt before them.
    pub(crate) fn pending(&self) -> Vec<u64> {
        let pending = |it: &&Delivery| it.status == DeliveryStatus::Pending;
        self.deliveries().filter(pending).map(|it| it.id).collect()
    }

    pub(crate) fn get(&self, delivery: u64) -> Option<&(Delivery, Endpoint)> {
        self.deliveries.get(&delivery)
    }

    pub(crate) fn get_mut(&mut self, delivery: u64) -> Option<&mut Delivery> {
        self.deliveries
            .get_mut(&delivery)
            .map(|(delivery, _)| delivery)
    }

    /// Queues an event for every endpoint of the order's partner.
    pub(crate) fn send(
        &mut self,
        kind: &str,
        order: &Order,
        payment: &Payment,
        now: Timestamp,
        schedule: &mut Schedule,
    ) {
        let event_id = format!("evt_{}", Uuid::new_v4().simple());
        let take = |left: &mut usize| std::mem::replace(left, left.saturating_sub(1)) > 0;
        let (is_late, is_twice) = (
            take(&mut self.disorder.late),
            take(&mut self.disorder.twice),
        );
        let at = if is_late { after(now, HELD_BACK) } else { now };
        let times = if is_twice { 2 } else { 1 };
        let body = event::body(&event_id, kind, order, payment, now);
        let endpoints: Vec<Endpoint> = self
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.partner == order.partner)
            .cloned()
            .collect();
        for endpoint in endpoints {
            let url = endpoint.url.to_string();
            let delivery = Delivery::new(self.next, &event_id, kind, url, body.clone());
            self.deliveries.insert(self.next, (delivery, endpoint));
            for _ in 0..times {
                let delivery = self.next;
                schedule.add(at, Task::Deliver { delivery });
            }
            self.next += 1;
            self.bytes += body.len();
        }
        while self.deliveries.len() > CAPACITY || self.bytes > BYTES {
            let Some((id, (forgotten, _))) = self.deliveries.pop_first() else {
                return;
            };
            self.bytes -= forgotten.body.len();
            schedule.forget_delivery(id);
        }
    }
}

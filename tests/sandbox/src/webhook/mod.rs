//! Signed deliveries of events to the endpoints of a partner.

mod delivery;
mod event;
mod sender;
mod signature;

use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

pub use delivery::{Attempt, AttemptOutcome, Delivery, DeliveryStatus};
pub(crate) use sender::Sender;
pub use sender::install_tls_provider;
pub use signature::{SIGNATURE_HEADER, sign};

use crate::schedule::{Schedule, Task};
use crate::state::{Order, Payment};

/// A registered webhook endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) partner: Uuid,
    pub(crate) url: Url,
    pub(crate) secret: SecretString,
}

/// The endpoints, and the last deliveries to them: at most 10,000 and 16 MiB of bodies.
#[derive(Default)]
pub(crate) struct Webhooks {
    endpoints: Vec<Endpoint>,
    deliveries: BTreeMap<u64, (Delivery, Endpoint)>,
    next: u64,
    bytes: usize,
}

const CAPACITY: usize = 10_000;
const BYTES: usize = 16 << 20;

impl Webhooks {
    pub(crate) fn register(&mut self, endpoint: Endpoint) {
        self.endpoints.push(endpoint);
    }

    pub(crate) fn unregister(&mut self, url: &Url) {
        self.endpoints.retain(|endpoint| endpoint.url != *url);
    }

    pub(crate) fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values().map(|(delivery, _)| delivery)
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
            schedule.add(
                now,
                Task::Deliver {
                    delivery: self.next,
                },
            );
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

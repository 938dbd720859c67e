//! The harness' hold on the client's requests: what each is about, and where it connects to.

use super::super::clock::{LANE, LaneClock};
use super::super::plan::{Fault, Plan};
use super::super::proxy::Ports;
use super::super::tag::{HEADER, Subject, Tag};
use hyper::HeaderMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tilt_generated::rt::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tilt_generated::rt::{AttemptOutcome, AttemptStart, Observe};

/// The calls that the lanes are about.
#[derive(Clone)]
pub(super) struct Tagging(Arc<Shared>);

struct Shared {
    clock: LaneClock,
    plan: Plan,
    ports: Ports,
    lanes: Mutex<Vec<Doing>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Doing {
    subject: Option<Subject>,
    tag: Option<Tag>,
}

impl fmt::Debug for Tagging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tagging")
    }
}

impl Tagging {
    pub(super) fn new(lanes: usize, clock: LaneClock, plan: Plan, ports: Ports) -> Self {
        Self(Arc::new(Shared {
            clock,
            plan,
            ports,
            lanes: Mutex::new(vec![Doing::default(); lanes]),
        }))
    }

    /// The state of the lane of this task. Mints have none.
    fn here<T>(&self, change: impl FnOnce(usize, &mut Doing) -> T) -> Option<T> {
        let lane = LANE.try_with(|lane| *lane).ok()?;
        let mut lanes = self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.get_mut(lane).map(|doing| change(lane, doing))
    }

    /// The lane of this task is about to make this call.
    pub(super) fn begin(&self, subject: Subject) {
        self.here(|_, doing| doing.subject = Some(subject));
    }

    fn port(&self, host: &str) -> u16 {
        let Ports {
            http1,
            http2,
            refused,
            reset,
            go_away,
        } = self.0.ports;
        let tag = self.here(|_, doing| doing.tag).flatten();
        let fault = tag.and_then(|tag| self.0.plan.fault(&tag));
        match (fault, host) {
            (Some(Fault::ConnectionRefused), _) => {
                super::tell("refused");
                refused
            }
            (Some(Fault::ResetBefore), _) => reset,
            (Some(Fault::GoAway), HTTP2) => go_away,
            (_, HTTP2) => http2,
            _ => http1,
        }
    }
}

/// The names of the proxy.
pub(super) const HTTP1: &str = "http1.test";
pub(super) const HTTP2: &str = "http2.test";

impl Observe for Tagging {
    fn before(&self, attempt: &AttemptStart<'_>, headers: &mut HeaderMap) {
        let number = attempt.number();
        let tag = self.here(|lane, doing| {
            let tag = doing.subject.map(|subject| Tag {
                lane,
                serial: self.0.clock.sent(lane),
                at: tilt_generated::rt::Clock::monotonic(&self.0.clock),
                subject,
                attempt: number,
            });
            doing.tag = tag;
            tag
        });
        let value = tag.flatten().and_then(|tag| tag.to_string().parse().ok());
        if let Some(value) = value {
            headers.insert(HEADER, value);
        }
    }

    fn after(&self, _: &AttemptStart<'_>, _: &AttemptOutcome<'_>) {
        self.here(|lane, doing| {
            doing.tag = None;
            self.0.clock.ended(lane);
        });
    }
}

/// Every connection is made to a port that does to it what the request is to meet.
impl Resolve for Tagging {
    fn resolve(&self, name: Name) -> Resolving {
        let port = self.port(name.as_str());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Box::pin(async move {
            let addresses: Addrs = Box::new(std::iter::once(address));
            Ok(addresses)
        })
    }
}

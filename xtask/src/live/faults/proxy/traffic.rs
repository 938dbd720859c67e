//! Counts of what went through the proxy.

use super::super::markers::Markers;
use super::super::plan::{Fault, MintFault, Outage};
use super::super::tag::{Step, Tag};
use super::Protocol;
use super::answer::Answer;
use std::collections::BTreeMap;
use std::time::Duration;

/// The traffic of a round.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// Requests to the API.
    pub(crate) requests: u64,
    pub(crate) faults: BTreeMap<Fault, u64>,
    /// Requests for tokens.
    pub(crate) mints: u64,
    pub(crate) mint_faults: BTreeMap<MintFault, u64>,
    /// Tokens that were given.
    pub(crate) tokens: u64,
    /// The load of the outage, by the budget that bounds it.
    pub(crate) outage: BTreeMap<BudgetOf, Amplification>,
    pub(crate) processes_killed: u64,
    /// Secrets that went over the wire, so that they could have been logged.
    pub(crate) markers: Markers,
    /// The last answer of each step, and the order that it is about.
    pub(super) last: BTreeMap<Step, (u32, Answer)>,
}

/// A client, of which each has a budget of its own: that of a protocol in a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BudgetOf {
    pub(crate) process: u32,
    pub(crate) protocol: Protocol,
}

/// The load of one client on an API that is down.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Amplification {
    /// First attempts.
    pub(crate) calls: u64,
    /// Attempts after the first.
    pub(crate) retries: u64,
    /// The client's time at the first request, and at the last.
    pub(crate) time: Option<(Duration, Duration)>,
}

impl Amplification {
    fn count(&mut self, tag: &Tag) {
        match tag.attempt {
            1 => self.calls += 1,
            _ => self.retries += 1,
        }
        let (from, until) = self.time.unwrap_or((tag.at, tag.at));
        self.time = Some((from.min(tag.at), until.max(tag.at)));
    }
}

impl Traffic {
    pub(crate) fn met(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
    }

    /// Whether the API is down for this request, which is counted.
    pub(super) fn is_down(&mut self, outage: Outage, tag: &Tag, protocol: Protocol) -> bool {
        let calls: u64 = self.outage.values().map(|it| it.calls).sum();
        let is_over = calls >= outage.calls;
        if self.requests < outage.from || is_over {
            return false;
        }
        let budget = BudgetOf {
            process: tag.subject.process,
            protocol,
        };
        self.outage.entry(budget).or_default().count(tag);
        true
    }

    /// The last answer to another order's request of this kind.
    pub(super) fn another(&self, tag: &Tag) -> Option<Answer> {
        let (order, answer) = self.last.get(&tag.subject.step)?;
        (*order != tag.subject.order).then(|| answer.clone())
    }
}

//! All that the sides of a round have in the end, as data.

use super::books::Believed;
use super::delivery::Delivered;
use super::effects::Effects;
use super::proxy::Traffic;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The end of a round: what the client believes, what Tilt holds, and what the receivers did.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The orders that were to be paid.
    pub(super) orders: u32,
    /// Whether the client was to reverse payments too. Some of those that are wrong pay only.
    pub(super) is_to_reverse: bool,
    pub(super) believed: Believed,
    pub(super) held: Vec<HeldOrder>,
    /// The ids of events that Tilt sent.
    pub(super) events: BTreeSet<String>,
    pub(super) effects: Effects,
    pub(super) answers: BTreeMap<String, u64>,
    pub(super) delivered: Delivered,
    pub(super) traffic: Traffic,
    /// Secrets that were found in what the client showed.
    pub(super) secrets: Vec<String>,
    /// Lines of logs that were looked through.
    pub(super) lines: u64,
    /// Processes of the client.
    pub(super) processes: u32,
    /// Receivers that were killed while they had an event in work.
    pub(super) receivers_killed: u64,
    /// The time that passed for the client.
    pub(super) time: Duration,
}

/// An order that Tilt holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HeldOrder {
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) total_cents: i64,
    pub(super) payments: Vec<HeldPayment>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HeldPayment {
    pub(super) id: String,
    pub(super) amount_cents: i64,
    pub(super) status: String,
    /// Refunds that did not fail.
    pub(super) refunds: Vec<HeldRefund>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HeldRefund {
    pub(super) id: String,
    pub(super) amount_cents: i64,
}

//! The reconciliation: what each side has, compared with what the others have.

use super::books::{Belief, MISTAKEN, WITHOUT_ID};
use super::client::LANES;
use super::intent::{Afterwards, Intended};
use super::ledger::{HeldOrder, HeldPayment, HeldRefund, Ledger};
use super::proxy::{Amplification, BudgetOf};
use super::receiver::DEDUPLICATED;
use super::tag::Step;
use std::collections::{BTreeMap, BTreeSet};
use tilt_generated::rt::RetryBudget;

/// The account of one kind of thing that is to be done once.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) intended: u64,
    pub(super) made: u64,
    /// Beyond the first of each.
    pub(super) doubled: u64,
    /// Not there, although nobody says that a person has to look.
    pub(super) missing: u64,
    /// There, although the client believes that they are not.
    pub(super) hidden: u64,
    /// Not there, or another, although the client believes that they are.
    pub(super) imagined: u64,
    /// A person has to look.
    pub(super) undecided: u64,
}

impl Account {
    /// Counts one thing; whether something is wrong with it.
    fn count(&mut self, belief: Option<&Belief>, held: &[&str]) -> bool {
        let before = self.wrong();
        self.intended += 1;
        let times = held.len() as u64;
        self.made += times.min(1);
        self.doubled += times.saturating_sub(1);
        match belief {
            Some(Belief::Made(id)) => self.imagined += u64::from(!held.contains(&id.as_str())),
            Some(Belief::Undecided(_)) => self.undecided += 1,
            Some(Belief::NotMade(_)) | None => {
                self.missing += u64::from(held.is_empty());
                self.hidden += u64::from(!held.is_empty());
            }
        }
        self.wrong() > before
    }

    fn wrong(&self) -> u64 {
        self.doubled + self.missing + self.hidden + self.imagined
    }

    fn add(&mut self, other: Self) {
        self.intended += other.intended;
        self.made += other.made;
        self.doubled += other.doubled;
        self.missing += other.missing;
        self.hidden += other.hidden;
        self.imagined += other.imagined;
        self.undecided += other.undecided;
    }
}

/// The account of the events that Tilt sent.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Events {
    pub(super) sent: u64,
    /// Deliveries to receivers, of which there are several of an event.
    pub(super) delivered: u64,
    pub(super) deduplicated: u64,
    /// Without any effect.
    pub(super) lost: u64,
    /// Effects beyond the first of each event.
    pub(super) doubled: u64,
    /// Payments of whose status the receivers know another than Tilt.
    pub(super) contradicting: u64,
}

/// Everything that was counted.
#[derive(Debug, Default)]
pub(super) struct Reconciled {
    pub(super) orders: Account,
    pub(super) payments: Account,
    /// The payment's status shows them.
    pub(super) full_refunds: Account,
    /// Nothing shows them that the client reads.
    pub(super) partial_refunds: Account,
    pub(super) voids: Account,
    pub(super) events: Events,
    /// Orders that the client never came to the end of.
    pub(super) unfinished: u64,
    /// Outcomes that were unknown, by kind and verdict.
    pub(super) verdicts: BTreeMap<(String, String), u64>,
    /// Answers to other requests that the SDK did not know as such.
    pub(super) mistaken: u64,
    pub(super) answers: BTreeMap<String, u64>,
    pub(super) ways: BTreeMap<&'static str, u64>,
    pub(super) faults: BTreeMap<&'static str, u64>,
    pub(super) requests: u64,
    pub(super) mints: u64,
    pub(super) mint_faults: BTreeMap<&'static str, u64>,
    pub(super) tokens: u64,
    pub(super) outage_calls: u64,
    pub(super) outage_retries: u64,
    /// As many of them as budgets allow.
    pub(super) outage_allowed: u64,
    /// Processes that sent more again in the outage than their clients' budgets allow.
    pub(super) amplified: u64,
    pub(super) kills: u64,
    pub(super) receivers_killed: u64,
    pub(super) processes: u64,
    /// The time that passed for the client, in seconds.
    pub(super) seconds: u64,
    pub(super) lines: u64,
    pub(super) secrets: BTreeSet<String>,
    /// Secrets that were never on the wire, so that to find none in the logs says nothing.
    pub(super) not_planted: BTreeSet<&'static str>,
    /// The first wrong things, in words.
    pub(super) wrong: Vec<String>,
}

/// Wrong things that are shown one by one.
const SHOWN: usize = 10;
/// The attempts after the first that a client's budget allows while nothing succeeds: its reserve, and what time gives. It
/// bounds no ratio of them to first attempts there, since only calls that succeed give a tenth.
fn allowed(outage: &Amplification) -> u64 {
    let (from, until) = outage.time.unwrap_or_default();
    RetryBudget::default().most_within(until.saturating_sub(from))
}

impl Reconciled {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let mut by_number: BTreeMap<u32, Vec<&HeldOrder>> = BTreeMap::new();
        for order in &ledger.held {
            if let Some(number) = Intended::number_of(&order.reference) {
                by_number.entry(number).or_default().push(order);
            }
        }
        let mut reconciled = Self::default();
        for number in 0..ledger.orders {
            let held = by_number.get(&number).map(Vec::as_slice);
            reconciled.count_order(ledger, number, held.unwrap_or_default());
        }
        reconciled.events = events(ledger);
        reconciled.unfinished = u64::from(ledger.orders).saturating_sub(ledger.believed.done);
        reconciled.count_traffic(ledger);
        reconciled
    }

    fn count_order(&mut self, ledger: &Ledger, number: u32, held: &[&HeldOrder]) {
        let belief = |step| ledger.believed.beliefs.get(&(number, step));
        let ids: Vec<&str> = held.iter().map(|it| it.id.as_str()).collect();
        let is_wrong = self.orders.count(belief(Step::Create), &ids);
        self.show(is_wrong, number, Step::Create, belief(Step::Create), &ids);
        let amount = Intended::of(number).amount_cents;
        let total = Intended::of(number).total_cents;
        let other = held.iter().filter(|it| it.total_cents != total);
        self.orders.imagined += other.count() as u64;
        let payments = held.iter().flat_map(|it| &it.payments);
        let payments: Vec<&HeldPayment> = payments.collect();
        let ids: Vec<&str> = payments.iter().map(|it| it.id.as_str()).collect();
        let is_wrong = self.payments.count(belief(Step::Pay), &ids);
        self.show(is_wrong, number, Step::Pay, belief(Step::Pay), &ids);
        // One of another amount is nobody's.
        let other = payments.iter().filter(|it| it.amount_cents != amount);
        self.payments.imagined += other.count() as u64;
        self.count_refunds(ledger, number, &payments);
        self.count_voids(ledger, number, &payments);
    }

    fn count_refunds(&mut self, ledger: &Ledger, number: u32, payments: &[&HeldPayment]) {
        let belief = ledger.believed.beliefs.get(&(number, Step::Refund));
        let intended = Intended::of(number).refund();
        let refunds = payments.iter().flat_map(|it| &it.refunds);
        let refunds: Vec<&HeldRefund> = refunds.collect();
        let is_due = intended.is_some() && is_due(ledger, payments);
        if !is_due && is_not_made(belief) && refunds.is_empty() {
            return;
        }
        let held: Vec<&str> = refunds.iter().map(|it| it.id.as_str()).collect();
        let belief = shown(belief, &held);
        let account = match intended {
            Some(refund) if !refund.is_full => &mut self.partial_refunds,
            _ => &mut self.full_refunds,
        };
        let is_wrong = account.count(belief.as_ref(), &held);
        // One of another amount, or that nobody wanted, is nobody's.
        let amount = intended.map(|it| it.amount_cents);
        let other = refunds.iter().filter(|it| Some(it.amount_cents) != amount);
        let other = other.count() as u64;
        account.imagined += other;
        let is_wrong = is_wrong || other > 0;
        self.show(is_wrong, number, Step::Refund, belief.as_ref(), &held);
    }

    fn count_voids(&mut self, ledger: &Ledger, number: u32, payments: &[&HeldPayment]) {
        let belief = ledger.believed.beliefs.get(&(number, Step::Void));
        let is_intended = Intended::of(number).afterwards == Some(Afterwards::Void);
        // A void has no id: it is known by its payment.
        let voided = payments.iter().filter(|it| it.status == "voided");
        let held: Vec<&str> = voided.map(|it| it.id.as_str()).collect();
        let is_due = is_intended && is_due(ledger, payments);
        if !is_due && is_not_made(belief) && held.is_empty() {
            return;
        }
        let paid = ledger.believed.beliefs.get(&(number, Step::Pay));
        let belief = match (belief, paid) {
            (Some(Belief::Made(_)), Some(Belief::Made(_))) => paid,
            _ => belief,
        };
        let is_wrong = self.voids.count(belief, &held);
        // A void that nobody wanted is nobody's.
        let other = if is_intended { 0 } else { held.len() as u64 };
        self.voids.imagined += other;
        self.show(is_wrong || other > 0, number, Step::Void, belief, &held);
    }

    /// Notes what is wrong, for whoever looks for the reason.
    fn show(
        &mut self,
        is_wrong: bool,
        number: u32,
        step: Step,
        belief: Option<&Belief>,
        held: &[&str],
    ) {
        if is_wrong && self.wrong.len() < SHOWN {
            let reference = Intended::of(number).reference();
            let step = step.name();
            self.wrong.push(format!(
                "{reference}, {step}: the client believes {belief:?}, Tilt holds {held:?}"
            ));
        }
    }

    fn count_traffic(&mut self, ledger: &Ledger) {
        let traffic = &ledger.traffic;
        self.verdicts.clone_from(&ledger.believed.verdicts);
        let mistaken = self.verdicts.iter().filter(|((_, it), _)| it == MISTAKEN);
        self.mistaken = mistaken.map(|(_, times)| times).sum();
        self.answers.clone_from(&ledger.answers);
        let ways = ledger.delivered.ways.iter();
        self.ways = ways.map(|(way, times)| (way.name(), *times)).collect();
        let faults = traffic.faults.iter();
        self.faults = faults.map(|(it, times)| (it.name(), *times)).collect();
        self.requests = traffic.requests;
        self.mints = traffic.mints;
        let faults = traffic.mint_faults.iter();
        self.mint_faults = faults.map(|(it, times)| (it.name(), *times)).collect();
        self.tokens = traffic.tokens;
        self.count_outage(&traffic.outage);
        self.kills = traffic.processes_killed;
        self.receivers_killed = ledger.receivers_killed;
        self.processes = u64::from(ledger.processes);
        self.seconds = ledger.time.as_secs();
        self.lines = ledger.lines;
        self.secrets = ledger.secrets.iter().cloned().collect();
        self.not_planted = traffic.markers.missing().collect();
    }

    fn count_outage(&mut self, outage: &BTreeMap<BudgetOf, Amplification>) {
        let mut processes: BTreeMap<u32, Vec<&Amplification>> = BTreeMap::new();
        for (budget, load) in outage {
            processes.entry(budget.process).or_default().push(load);
        }
        // Calls of the first process that were under way when the outage began have taken their retries before, or may have
        // succeeded and given something back: one in each lane. The processes after it began with full budgets.
        let mut under_way = LANES as u64;
        for loads in processes.values() {
            let retries: u64 = loads.iter().map(|it| it.retries).sum();
            let together = loads.iter().map(|it| allowed(it)).sum::<u64>() + under_way;
            let beyond = loads
                .iter()
                .filter(|it| it.retries > allowed(it) + under_way);
            let is_beyond = beyond.count() > 0 || retries > together;
            self.amplified += u64::from(is_beyond);
            self.outage_calls += loads.iter().map(|it| it.calls).sum::<u64>();
            self.outage_retries += retries;
            self.outage_allowed += together;
            under_way = 0;
        }
    }

    /// Adds another round.
    pub(super) fn add(&mut self, other: Self) {
        fn sum<K: Ord>(ours: &mut BTreeMap<K, u64>, theirs: BTreeMap<K, u64>) {
            for (key, times) in theirs {
                *ours.entry(key).or_default() += times;
            }
        }
        self.orders.add(other.orders);
        self.payments.add(other.payments);
        self.full_refunds.add(other.full_refunds);
        self.partial_refunds.add(other.partial_refunds);
        self.voids.add(other.voids);
        let (events, more) = (&mut self.events, other.events);
        events.sent += more.sent;
        events.delivered += more.delivered;
        events.deduplicated += more.deduplicated;
        events.lost += more.lost;
        events.doubled += more.doubled;
        events.contradicting += more.contradicting;
        sum(&mut self.verdicts, other.verdicts);
        sum(&mut self.answers, other.answers);
        sum(&mut self.ways, other.ways);
        sum(&mut self.faults, other.faults);
        self.unfinished += other.unfinished;
        self.mistaken += other.mistaken;
        self.requests += other.requests;
        self.mints += other.mints;
        sum(&mut self.mint_faults, other.mint_faults);
        self.tokens += other.tokens;
        self.outage_calls += other.outage_calls;
        self.outage_retries += other.outage_retries;
        self.outage_allowed += other.outage_allowed;
        self.amplified += other.amplified;
        self.kills += other.kills;
        self.receivers_killed += other.receivers_killed;
        self.processes += other.processes;
        self.seconds += other.seconds;
        self.lines += other.lines;
        self.secrets.extend(other.secrets);
        self.not_planted.extend(other.not_planted);
        let left = SHOWN.saturating_sub(self.wrong.len());
        self.wrong.extend(other.wrong.into_iter().take(left));
    }
}

/// Whether a payment is there that can be reversed. Of one that was declined, there is nothing to give back.
fn is_due(ledger: &Ledger, payments: &[&HeldPayment]) -> bool {
    let is_declined = |it: &&HeldPayment| {
        let declined = ["declined", "failed", "cancelled"];
        declined.contains(&it.status.as_str())
    };
    ledger.is_to_reverse && !payments.iter().all(is_declined)
}

/// Whether the client believes in nothing that it made, or may have made.
fn is_not_made(belief: Option<&Belief>) -> bool {
    matches!(belief, None | Some(Belief::NotMade(_)))
}

/// The belief in a refund, by its id if the client knows none: it is then the one that is there.
fn shown(belief: Option<&Belief>, held: &[&str]) -> Option<Belief> {
    match (belief, held.first()) {
        (Some(Belief::Made(id)), Some(first)) if id == WITHOUT_ID => {
            Some(Belief::Made((*first).to_owned()))
        }
        _ => belief.cloned(),
    }
}

fn events(ledger: &Ledger) -> Events {
    let times = &ledger.effects.times;
    let lost = ledger.events.iter().filter(|it| !times.contains_key(*it));
    let doubled = times.values().map(|it| it.saturating_sub(1)).sum();
    let payments = ledger.held.iter().flat_map(|it| &it.payments);
    let contradicting = payments.filter(|payment| {
        let known = ledger.effects.statuses.get(&payment.id);
        // Of settling, no event tells.
        known.is_some_and(|known| {
            *known != payment.status && !(known == "approved" && payment.status == "settled")
        })
    });
    Events {
        sent: ledger.events.len() as u64,
        delivered: ledger.delivered.arrived,
        deduplicated: ledger
            .answers
            .get(DEDUPLICATED)
            .copied()
            .unwrap_or_default(),
        lost: lost.count() as u64,
        doubled,
        contradicting: contradicting.count() as u64,
    }
}

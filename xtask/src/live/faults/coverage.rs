//! The things that a run of some size has to meet: where nothing goes wrong, every law holds and says nothing.

use super::delivery::Way;
use super::plan::{Fault, MintFault};
use super::reconcile::Reconciled;
use std::collections::BTreeMap;

/// Orders of a run that meets everything but what is rare, whatever its seed.
pub(super) const ORDERS: u64 = 200;
/// Orders of a run that meets that too: few connections are made, and tokens are asked for a few times in each process.
pub(super) const ORDERS_WITH_RARE: u64 = 2000;

/// Everything that a run of this size should have met, and did not.
pub(super) fn never_met(it: &Reconciled) -> Vec<String> {
    let orders = it.orders.intended;
    if orders < ORDERS {
        return Vec::new();
    }
    let counts = [
        ("a kill", it.kills),
        ("a kill of a receiver", it.receivers_killed),
        (
            "a failed request for a token",
            it.mint_faults.values().sum(),
        ),
        ("an unknown outcome", it.verdicts.values().sum()),
        ("a call in an outage", it.outage_calls),
        ("an event", it.events.sent),
        ("a deduplicated event", it.events.deduplicated),
        ("a full refund", it.full_refunds.made),
        ("a partial refund", it.partial_refunds.made),
        ("a void", it.voids.made),
        ("a line of a log", it.lines),
    ];
    let mut never: Vec<String> = counts
        .into_iter()
        .filter(|(_, times)| *times == 0)
        .map(|(name, _)| name.to_owned())
        .collect();
    let is_small = orders < ORDERS_WITH_RARE;
    let faults = Fault::ALL.iter();
    let faults = faults.filter(|fault| !is_small || !fault.is_of_connections());
    let faults = faults.map(|fault| fault.name());
    never.extend(missing(&it.faults, faults, "fault"));
    let ways = Way::ALL.iter().map(|way| way.name());
    never.extend(missing(&it.ways, ways, "delivery"));
    if !is_small {
        let faults = MintFault::ALL.iter().map(|fault| fault.name());
        never.extend(missing(
            &it.mint_faults,
            faults,
            "fault of the token endpoint",
        ));
    }
    never
}

fn missing(
    met: &BTreeMap<&'static str, u64>,
    all: impl Iterator<Item = &'static str>,
    kind: &str,
) -> Vec<String> {
    all.filter(|name| !met.contains_key(name))
        .map(|name| format!("{kind}: {name}"))
        .collect()
}

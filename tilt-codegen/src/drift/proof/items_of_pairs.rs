//! Two edits at once, through the whole product: each finding has the items that it has where its edit is made alone.

use super::documents::{Chance, State};
use super::product_tests::{Product, edit};
use super::two_edits::are_distant;
use super::{Mutation, mutations, places};
use crate::drift::{Drift, Effect};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An edit at a place, and the items of each finding that it gives.
struct Single<'m> {
    mutation: &'m Mutation,
    pointer: String,
    told: Told,
}

/// The items of findings, by their fingerprints.
type Told = BTreeMap<String, (String, BTreeSet<(String, Effect)>)>;

fn told(drift: &Drift) -> Told {
    let findings = drift.findings.iter();
    let each = findings.map(|it| {
        let items = it.items.iter();
        let items = items.map(|it| (it.item.clone(), it.effect)).collect();
        (it.fingerprint.clone(), (it.rule.clone(), items))
    });
    each.collect()
}

/// An edit of each kind, at a place that chance takes.
fn singles<'m>(
    product: &Product,
    edited: usize,
    all: &'m [Mutation],
    chance: &mut Chance,
) -> Vec<Single<'m>> {
    let state = &product.documents[edited];
    let places = places::places(&state.value);
    let singles = all.iter().filter_map(|mutation| {
        let mut of_kind: Vec<&str> = places
            .iter()
            .filter(|place| place.kind == mutation.on)
            .map(|place| place.pointer.as_str())
            .collect();
        chance.shuffle(&mut of_kind);
        let (pointer, new) = of_kind
            .into_iter()
            .find_map(|pointer| Some((pointer, edit(state, mutation, pointer)?)))?;
        let drift = product.diff_alone(edited, &state.value, &new).ok()?;
        Some(Single {
            mutation,
            pointer: pointer.to_owned(),
            told: told(&drift),
        })
    });
    singles.collect()
}

/// The document with both edits.
fn both(state: &State, one: &Single<'_>, other: &Single<'_>) -> Option<Value> {
    let first = edit(state, one.mutation, &one.pointer)?;
    edit(&state.edited(first), other.mutation, &other.pointer)
}

/// The items of two edits that stand at another finding than they do where each edit is made alone. An item that one of the
/// two takes away, or tells more gravely, is in neither place: both edits together do something else to it.
fn fault(one: &Single<'_>, other: &Single<'_>, found: &Told) -> Option<String> {
    let mut expected = one.told.clone();
    for (fingerprint, (rule, items)) in &other.told {
        let entry = expected.entry(fingerprint.clone());
        let entry = entry.or_insert_with(|| (rule.clone(), BTreeSet::new()));
        entry.1.extend(items.iter().cloned());
    }
    let of_all = |told: &Told| -> BTreeSet<(String, Effect)> {
        told.values().flat_map(|it| it.1.clone()).collect()
    };
    let (all_expected, all_found) = (of_all(&expected), of_all(found));
    let mut lines = Vec::new();
    for (fingerprint, (rule, items)) in found {
        // Of what goes the other way now, or is gone, another finding is told.
        let Some((_, alone)) = expected.get(fingerprint) else {
            continue;
        };
        let missing = alone.difference(items).filter(|it| all_found.contains(*it));
        let more = items
            .difference(alone)
            .filter(|it| all_expected.contains(*it));
        let shown: Vec<String> = missing
            .map(|it| format!("not {} {:?}", it.0, it.1))
            .chain(more.map(|it| format!("but {} {:?}", it.0, it.1)))
            .collect();
        if !shown.is_empty() {
            lines.push(format!(
                "  {rule}: {}",
                shown[..shown.len().min(6)].join("; ")
            ));
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Each kind of edit with others, a few of which chance takes.
fn prove(product: &Product, edited: usize) {
    const ROUNDS: usize = 24;
    let all = mutations();
    let state = &product.documents[edited];
    let mut chance = Chance::of(&format!("{} in twos", state.name));
    let singles = singles(product, edited, &all, &mut chance);
    let mut faults: Vec<String> = Vec::new();
    let mut made = 0;
    for _ in 0..ROUNDS {
        let (one, other) = (chance.below(singles.len()), chance.below(singles.len()));
        let (one, other) = (&singles[one], &singles[other]);
        if !are_distant(&one.pointer, &other.pointer) {
            continue;
        }
        let new = both(state, one, other);
        let drift = new.and_then(|new| product.diff_alone(edited, &state.value, &new).ok());
        let Some(drift) = drift else {
            continue;
        };
        made += 1;
        if let Some(fault) = fault(one, other, &told(&drift)) {
            let [one, other] =
                [one, other].map(|it| format!("{} at {}", it.mutation.name, it.pointer));
            faults.push(format!("{one} and {other}:\n{fault}"));
        }
    }
    eprintln!(
        "{}: {} edits, {made} pairs, {} with items elsewhere",
        state.name,
        singles.len(),
        faults.len()
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn items_of_two_edits_are_those_of_each_in_operations() {
    prove(&Product::of_specs(), 0);
}

#[test]
fn items_of_two_edits_are_those_of_each_in_events() {
    prove(&Product::of_specs(), 1);
}

#[test]
fn items_of_two_edits_are_those_of_each_without_settings() {
    prove(&Product::without_settings(), 0);
}

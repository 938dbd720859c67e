//! Two edits at once, far from each other: what is told of both is what is told of each.

use super::documents::{CORPUS, Chance, Found, State, compare, folder, shared, specs};
use super::{Mutation, mutations, places};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An edit at a place, and what is told of it.
struct Single<'m> {
    mutation: &'m Mutation,
    pointer: String,
    told: BTreeSet<String>,
}

fn told(found: Vec<Found>) -> BTreeSet<String> {
    let told = found.into_iter().map(|it| {
        let Found {
            rule,
            severity,
            address,
            reach,
            ..
        } = it;
        let reach = Some(reach).filter(|_| !is_of_all(&rule));
        format!("{rule} {severity:?} at {address}, {reach:?}")
    });
    told.collect()
}

/// Of the whole document, all operations are counted that are still there; of a tag, all that have it then.
fn is_of_all(rule: &str) -> bool {
    let of_all = ["api-version", "default-content-type", "tag-"];
    of_all.iter().any(|it| rule.starts_with(it))
}

/// The document with an edit, where it can be made.
fn edited(document: &Value, mutation: &Mutation, pointer: &str) -> Option<Value> {
    let mut document = document.clone();
    let object = document.pointer_mut(pointer)?;
    let edited = (mutation.edit)(object).filter(|edited| edited != object)?;
    *object = edited;
    Some(document)
}

/// Neither is inside of the other; the document itself is around all, and its own members are not.
pub(super) fn are_distant(one: &str, other: &str) -> bool {
    let is_inside = |inner: &str, outer: &str| {
        let rest = inner.strip_prefix(outer);
        !outer.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    !(is_inside(one, other) || is_inside(other, one) || one.is_empty() && other.is_empty())
}

/// An edit of each kind, at a place that chance takes.
fn singles<'m>(state: &State, all: &'m [Mutation], step: usize) -> Vec<Single<'m>> {
    let mut places = places::places(&state.value);
    Chance::of(&state.name).shuffle(&mut places);
    let singles = all.iter().step_by(step).filter_map(|mutation| {
        let of_kind = places.iter().filter(|place| place.kind == mutation.on);
        let (pointer, document) = of_kind.into_iter().find_map(|place| {
            let document = edited(&state.value, mutation, &place.pointer)?;
            Some((place.pointer.clone(), document))
        })?;
        let told = told(compare(state, &state.edited(document)));
        Some(Single {
            mutation,
            pointer,
            told,
        })
    });
    singles.collect()
}

/// An edit after which all that messages consist of is sent in place of received, or the reverse: what is told of other edits
/// in them depends on it, wherever they stand.
const TURNED: &str = "messages that go the other way";

/// Pairs each edit with the one so far behind it.
fn prove(
    state: &State,
    singles: &[Single<'_>],
    stride: usize,
    faults: &mut BTreeMap<String, String>,
) {
    for (number, one) in singles.iter().enumerate() {
        let other = &singles[(number + stride) % singles.len()];
        let turns = [one, other].iter().any(|it| it.mutation.name == TURNED);
        if turns || !are_distant(&one.pointer, &other.pointer) {
            continue;
        }
        let both = edited(&state.value, one.mutation, &one.pointer);
        let both = both.and_then(|both| edited(&both, other.mutation, &other.pointer));
        let Some(both) = both else {
            continue;
        };
        let expected: BTreeSet<String> = one.told.union(&other.told).cloned().collect();
        let found = told(compare(state, &state.edited(both)));
        if found != expected {
            let lost: Vec<&String> = expected.difference(&found).collect();
            let new: Vec<&String> = found.difference(&expected).collect();
            let names = format!("{} and {}", one.mutation.name, other.mutation.name);
            let places = format!("{}{} and {}", state.name, one.pointer, other.pointer);
            faults.insert(names, format!("{places}: not {lost:?}, but {new:?}"));
        }
    }
}

#[test]
fn of_two_edits_is_told_what_is_told_of_each() {
    let is_thorough = folder(CORPUS).is_some();
    let (step, strides) = match is_thorough {
        true => (1, [1, 7, 31, 83].as_slice()),
        false => (5, [3].as_slice()),
    };
    let all = mutations();
    let mut faults = BTreeMap::new();
    for state in specs().into_iter().chain([shared()]) {
        let singles = singles(&state, &all, step);
        assert!(
            singles.len() > 10,
            "{}: {} edits",
            state.name,
            singles.len()
        );
        for stride in strides {
            prove(&state, &singles, *stride, &mut faults);
        }
    }
    let faults: Vec<String> = faults
        .iter()
        .map(|(names, fault)| format!("{names}:\n  {fault}"))
        .collect();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

//! The edits that change an item of the SDK, by trial: the SDK of the old documents with one edit alone says what that does.
//!
//! ```text
//! documents × 2 ─ differ ─► pieces ─ owners ─► the pieces of each edit ─ merge ─► old documents with one edit ─► SDK
//! ```
//!
//! Of many edits, half are made at once, in a few ways: an item belongs to the edit that is there whenever it changes.

mod differ;
mod merge;
mod owners;
mod places;
mod same_files;

use super::State;
use super::finding::{Effect, ItemChange};
use super::rules::Action;
use super::upgrade::{self, Change};
use super::wire::Judged;
use crate::model::Sdk;
use crate::source::DocumentId;
use differ::Differ;
use merge::Merge;
use owners::{Owned, Sources};
use places::EditPlaces;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The values of documents that may be read again: about a second of work at most.
const MOST: usize = 400_000;

/// The SDK of the old documents with other values; `None`, where there is none.
pub(super) type Make<'m> = dyn Fn(BTreeMap<DocumentId, Value>) -> Option<Sdk> + 'm;

/// The items that edits change, some without the others.
#[derive(Default)]
pub(super) struct Trials {
    /// Edits that cannot be made apart.
    sets: Vec<Vec<usize>>,
    /// The sets that were made, and the items that changed then.
    all: Vec<Trial>,
    /// Each set was made alone; else half of them at once, in as many ways as tell each from all others.
    is_each: bool,
    /// The items that change where the documents say the same in other words, and nothing else is made.
    spelled: Option<Changed>,
}

struct Trial {
    /// By the number of a set.
    made: Vec<bool>,
    changed: Changed,
}

impl Trials {
    /// Makes each edit alone, or half of the edits at once; `groups` are those that are one finding.
    pub(super) fn of(
        (old, new): (&State<'_>, &State<'_>),
        edits: &[Judged<'_>],
        groups: &[Vec<usize>],
        make: &Make<'_>,
    ) -> Trials {
        let values = old.documents.values();
        let is_affordable = |trials: usize| values.saturating_mul(trials) <= MOST;
        if groups.is_empty() || !is_affordable(halves(groups.len()).min(groups.len())) {
            return Trials::default();
        }
        let places = EditPlaces::of(edits);
        let mut differ = Differ::new(&places);
        let merges: Vec<(DocumentId, Merge<'_>)> = same_files::pairs(old, new)
            .into_iter()
            .map(|(was, is)| {
                let nodes = [old.documents.get(was).node(), new.documents.get(is).node()];
                (was, differ.documents(nodes[0], nodes[1]))
            })
            .collect();
        let sources = Sources {
            edits,
            places: &places,
            documents: [old.documents, new.documents],
        };
        let owners = sources.owners(&differ.pieces, &differ.arounds);
        let spelled = match edits.iter().any(is_spelled_elsewhere) {
            true => None,
            false => spelled(old, &owners, &merges, make),
        };
        // All belongs to the only edit, but for that.
        if groups.len() < 2 {
            return Trials {
                spelled,
                ..Trials::default()
            };
        }
        let sets = apart(groups, &owners);
        let is_each = is_affordable(sets.len());
        let wanted = match is_each {
            true => each(sets.len()),
            false => by_halves(sets.len()),
        };
        let trials = wanted.into_iter().filter_map(|made| {
            let chosen = sets.iter().zip(&made).filter(|(_, is)| **is);
            let chosen: HashSet<usize> = chosen.flat_map(|(set, _)| set).copied().collect();
            let sdk = with(&chosen, &owners, &merges, make)?;
            let changed = Changed::of(upgrade::changes(old.sdk, &sdk));
            Some(Trial { made, changed })
        });
        let all = trials.collect();
        Trials {
            sets,
            all,
            is_each,
            spelled,
        }
    }

    /// Whether an item changes without any edit, by other words for the same.
    pub(super) fn is_spelled(&self, change: &ItemChange) -> bool {
        let fact = fact(change);
        let spelled = self.spelled.as_ref();
        spelled.is_some_and(|it| it.facts.contains(&fact)) && self.edits(change).is_empty()
    }

    /// The edits that, alone, change an item in this way, or else at all. Those of one list cannot be told apart.
    pub(super) fn edits(&self, change: &ItemChange) -> Vec<Vec<usize>> {
        let (fact, effect) = (fact(change), (change.item.clone(), change.effect));
        // Another type that may also be absent is what two edits make of an item.
        let optional = (change.item.clone(), Effect::NowOptional);
        let is_part =
            |it: &Changed| change.effect == Effect::TypeChanged && it.effects.contains(&optional);
        let ways: [&dyn Fn(&Changed) -> bool; 3] = [
            &|it| it.facts.contains(&fact) || is_part(it),
            &|it| it.effects.contains(&effect),
            &|it| it.items.contains(&change.item),
        ];
        let mut found = ways.iter().map(|way| self.sets_that(*way));
        found.find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// Whether each edit was made alone, and none makes of an item what all of them do.
    pub(super) fn is_of_several(&self, change: &ItemChange) -> bool {
        let result = (change.item.clone(), change.after.clone());
        let is_of_one = |it: &Trial| it.changed.types.contains(&result);
        self.is_each
            && change.effect == Effect::TypeChanged
            && !self.all.is_empty()
            && !self.all.iter().any(is_of_one)
    }

    fn sets_that(&self, change: &dyn Fn(&Changed) -> bool) -> Vec<Vec<usize>> {
        let numbers = 0..self.sets.len();
        let told: Vec<bool> = self.all.iter().map(|it| change(&it.changed)).collect();
        let trials = || self.all.iter().zip(&told);
        if self.is_each {
            let alone = |set: &usize| trials().any(|(it, is)| *is && it.made[*set]);
            return numbers
                .filter(alone)
                .map(|it| self.sets[it].clone())
                .collect();
        }
        // It changed whenever the edit was made, and with the others alone it did not, unless they change it, too.
        let may_be = |set: &usize| trials().all(|(it, is)| *is || !it.made[*set]);
        let all: Vec<usize> = numbers.filter(may_be).collect();
        let is_told = told.iter().any(|it| *it);
        let edits: Vec<usize> = all
            .into_iter()
            .flat_map(|it| self.sets[it].clone())
            .collect();
        if is_told && !edits.is_empty() {
            vec![edits]
        } else {
            Vec::new()
        }
    }
}

/// Whether other words for the same may be part of an edit: what has another name is named elsewhere, too, and another version has
/// words of its own.
fn is_spelled_elsewhere(edit: &Judged<'_>) -> bool {
    let is_of_name = matches!(
        edit.of.action,
        Action::Renamed | Action::RequiredRenamed | Action::Replaced | Action::Respelled
    );
    is_of_name || matches!(&*edit.of.member, "openapi" | "asyncapi")
}

/// The items that change with what belongs to no edit, where there is any and it can be made alone.
fn spelled(
    old: &State<'_>,
    owners: &[Owned],
    merges: &[(DocumentId, Merge<'_>)],
    make: &Make<'_>,
) -> Option<Changed> {
    let is_free = |piece: usize| owners[piece].edits.is_empty();
    if !(0..owners.len()).any(is_free) {
        return None;
    }
    let values = merges.iter().map(|(id, it)| (*id, it.with(&is_free)));
    let sdk = make(values.collect())?;
    Some(Changed::of(upgrade::changes(old.sdk, &sdk)))
}

/// The SDK of the old documents with some edits; with what belongs to none, where there is none without it, since other
/// spellings may go with any.
fn with(
    edits: &HashSet<usize>,
    owners: &[Owned],
    merges: &[(DocumentId, Merge<'_>)],
    make: &Make<'_>,
) -> Option<Sdk> {
    let is_chosen = |piece: usize| {
        let mut owners = owners[piece].edits.iter();
        owners.any(|it| edits.contains(it))
    };
    let values = |is_chosen: &dyn Fn(usize) -> bool| {
        let values = merges.iter().map(|(id, it)| (*id, it.with(is_chosen)));
        values.collect()
    };
    let with_rest = |piece: usize| is_chosen(piece) || owners[piece].edits.is_empty();
    make(values(&is_chosen)).or_else(|| make(values(&with_rest)))
}

/// The number of trials that tell each of some from all others, where half of them are made at once, and then the other half.
fn halves(count: usize) -> usize {
    2 * count.next_power_of_two().trailing_zeros() as usize
}

fn each(count: usize) -> Vec<Vec<bool>> {
    let one = |number: usize| (0..count).map(|it| it == number).collect();
    (0..count).map(one).collect()
}

/// By each digit of their numbers.
fn by_halves(count: usize) -> Vec<Vec<bool>> {
    let of = |trial: usize| {
        let (digit, value) = (trial / 2, trial % 2);
        (0..count).map(|it| (it >> digit) & 1 == value).collect()
    };
    (0..halves(count)).map(of).collect()
}

/// The items that changed.
struct Changed {
    /// Each with what it is about.
    facts: HashSet<(String, Effect, String)>,
    effects: HashSet<(String, Effect)>,
    items: HashSet<String>,
    /// Each that has another type, and that type.
    types: HashSet<(String, Option<String>)>,
}

impl Changed {
    fn of(changes: Vec<Change>) -> Changed {
        let mut changed = Changed {
            facts: HashSet::new(),
            effects: HashSet::new(),
            items: HashSet::new(),
            types: HashSet::new(),
        };
        for Change { item, .. } in changes {
            changed.facts.insert(fact(&item));
            changed.items.insert(item.item.clone());
            if item.effect == Effect::TypeChanged {
                let result = (item.item.clone(), item.after.clone());
                changed.types.insert(result);
            }
            changed.effects.insert((item.item, item.effect));
        }
        changed
    }
}

/// A change of an item without the values: two edits may both change the same, and the item is what both make of it.
fn fact(change: &ItemChange) -> (String, Effect, String) {
    let is_fact = matches!(
        change.effect,
        Effect::BehaviourOnly | Effect::SilentlyDifferent
    );
    let mut texts = change.before.iter().chain(&change.after);
    let about = texts.next().filter(|_| is_fact);
    let about = about.and_then(|it| it.split_once(": "));
    let about = about.map_or_else(String::new, |it| it.0.to_owned());
    (change.item.clone(), change.effect, about)
}

/// The edits that are made together: those of one finding, and those that have a piece in common which is part of all.
fn apart(groups: &[Vec<usize>], owners: &[Owned]) -> Vec<Vec<usize>> {
    let mut sets: Vec<BTreeSet<usize>> = groups
        .iter()
        .map(|it| it.iter().copied().collect())
        .collect();
    for owned in owners
        .iter()
        .filter(|it| !it.is_shared && it.edits.len() > 1)
    {
        let (mut joined, rest): (Vec<_>, Vec<_>) = sets
            .into_iter()
            .partition(|it| !it.is_disjoint(&owned.edits));
        sets = rest;
        if let Some(mut all) = joined.pop() {
            all.extend(joined.into_iter().flatten());
            sets.push(all);
        }
    }
    sets.sort();
    sets.into_iter()
        .map(|it| it.into_iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_tell_each_from_all_others() {
        for count in [2, 3, 5, 34] {
            let trials = by_halves(count);
            assert_eq!(trials.len(), halves(count));
            for one in 0..count {
                let alone =
                    (0..count).filter(|other| trials.iter().all(|it| it[one] || !it[*other]));
                assert_eq!(alone.collect::<Vec<_>>(), [one], "{count}");
            }
        }
    }
}

//! The edits that change an item of the SDK, by trial: the SDK of the old documents with one edit alone says what that does.
//!
//! ```text
//! documents × 2 ─ differ ─► pieces ─ owners ─► the pieces of each edit ─ merge ─► old documents with one edit ─► SDK
//! ```

mod differ;
mod merge;
mod owners;
mod places;

use super::State;
use super::finding::{Effect, ItemChange};
use super::upgrade::{self, Change};
use super::wire::Judged;
use crate::model::Sdk;
use crate::source::{DocumentId, Documents};
use differ::Differ;
use merge::Merge;
use owners::{Owned, Sources};
use places::EditPlaces;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The bytes of documents that may be read again: a second of work at most.
const MOST: usize = 16 << 20;

/// The SDK of the old documents with other values; `None`, where there is none.
pub(super) type Make<'m> = dyn Fn(BTreeMap<DocumentId, Value>) -> Option<Sdk> + 'm;

/// The items that each edit changes alone.
pub(super) struct Trials {
    all: Vec<Trial>,
}

/// Edits that cannot be made apart, and the changes of items after them alone.
struct Trial {
    edits: Vec<usize>,
    /// Each with what it is about.
    facts: HashSet<(String, Effect, String)>,
    effects: HashSet<(String, Effect)>,
    items: HashSet<String>,
}

impl Trials {
    /// Makes each edit alone; `groups` are those that are one finding.
    pub(super) fn of(
        (old, new): (&State<'_>, &State<'_>),
        edits: &[Judged<'_>],
        groups: &[Vec<usize>],
        make: &Make<'_>,
    ) -> Trials {
        let mut trials = Trials { all: Vec::new() };
        if groups.len() < 2 || cost(old.documents, groups.len()) > MOST {
            return trials;
        }
        let places = EditPlaces::of(edits);
        let mut differ = Differ::new(&places);
        let merges: Vec<(DocumentId, Merge<'_>)> = pairs(old, new)
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
        for edits in apart(groups, &owners) {
            let is_chosen = |piece: usize| {
                let mut owners = owners[piece].edits.iter();
                owners.any(|it| edits.contains(it))
            };
            if !(0..owners.len()).any(is_chosen) {
                continue;
            }
            let values = |is_chosen: &dyn Fn(usize) -> bool| {
                let values = merges.iter().map(|(id, it)| (*id, it.with(is_chosen)));
                values.collect()
            };
            // Other spellings may go with any.
            let with_rest = |piece: usize| is_chosen(piece) || owners[piece].edits.is_empty();
            let made = make(values(&is_chosen)).or_else(|| make(values(&with_rest)));
            if let Some(sdk) = made {
                let changes = upgrade::changes(old.sdk, &sdk);
                trials.all.push(Trial::of(edits, changes));
            }
        }
        trials
    }

    /// The edits that, alone, change an item in this way, or else at all. Those of one list cannot be told apart.
    pub(super) fn edits(&self, change: &ItemChange) -> Vec<&[usize]> {
        let (fact, effect) = (fact(change), (change.item.clone(), change.effect));
        let which = |does: &dyn Fn(&Trial) -> bool| -> Vec<&[usize]> {
            let all = self.all.iter().filter(|it| does(it));
            all.map(|it| it.edits.as_slice()).collect()
        };
        let exactly = which(&|it| it.facts.contains(&fact));
        if !exactly.is_empty() {
            return exactly;
        }
        let alike = which(&|it| it.effects.contains(&effect));
        match alike.is_empty() {
            false => alike,
            true => which(&|it| it.items.contains(&change.item)),
        }
    }
}

impl Trial {
    fn of(edits: BTreeSet<usize>, changes: Vec<Change>) -> Trial {
        let mut trial = Trial {
            edits: edits.into_iter().collect(),
            facts: HashSet::new(),
            effects: HashSet::new(),
            items: HashSet::new(),
        };
        for Change { item, .. } in changes {
            trial.facts.insert(fact(&item));
            trial.items.insert(item.item.clone());
            trial.effects.insert((item.item, item.effect));
        }
        trial
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

fn cost(documents: &Documents, trials: usize) -> usize {
    let bytes: usize = documents.iter().map(|it| it.text().len()).sum();
    bytes.saturating_mul(trials)
}

/// The documents of both states that are one.
fn pairs(old: &State<'_>, new: &State<'_>) -> impl Iterator<Item = (DocumentId, DocumentId)> {
    let named = |state: &State<'_>| -> HashMap<(bool, String), DocumentId> {
        let documents = state.documents;
        let each = documents.iter().map(|it| {
            let is_of_events = Some(it.root) == state.asyncapi;
            ((is_of_events, documents.file_of(it.id)), it.id)
        });
        each.collect()
    };
    let news = named(new);
    let olds: BTreeMap<DocumentId, (bool, String)> = named(old)
        .into_iter()
        .map(|(name, id)| (id, name))
        .collect();
    let pairs = olds.into_iter();
    pairs.filter_map(move |(id, name)| Some((id, *news.get(&name)?)))
}

/// The edits that are made together: those of one finding, and those that have a piece in common which is part of all.
fn apart(groups: &[Vec<usize>], owners: &[Owned]) -> Vec<BTreeSet<usize>> {
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
    sets
}

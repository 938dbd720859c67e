//! Edits that may explain what became of an item that stands elsewhere: a type takes in what it extends, and types come with
//! the operations that use them.

use super::upgrade::{Change, ItemDocument, ItemPlace};
use super::wire::{About, Judged, Reach};
use super::{Effect, State};
use crate::place::Pointer;
use crate::source::DocumentId;
use std::collections::{BTreeSet, HashMap};

pub(super) struct Near<'e> {
    edits: &'e [Judged<'e>],
    /// By the property that they are about or in.
    by_property: HashMap<String, Vec<usize>>,
    /// By the pointer of the definition that came or went with a reference.
    by_reference: HashMap<&'e str, usize>,
    /// Of each operation and event, the edit of values that reaches the fewest.
    by_name: HashMap<&'e str, usize>,
    /// Likewise of words.
    by_words: HashMap<&'e str, usize>,
    /// Where nothing else differs, it explains everything: settings and names are the same.
    only: Option<usize>,
}

impl<'e> Near<'e> {
    pub(super) fn of(edits: &'e [Judged<'e>]) -> Self {
        let mut near = Near {
            edits,
            by_property: HashMap::new(),
            by_reference: HashMap::new(),
            by_name: HashMap::new(),
            by_words: HashMap::new(),
            only: (edits.len() == 1).then_some(0),
        };
        for (number, edit) in edits.iter().enumerate() {
            if let Some(property) = property(&edit.address) {
                near.by_property.entry(property).or_default().push(number);
            }
            for node in [edit.old, edit.new] {
                let reference = node.get("$ref").and_then(|it| it.as_str());
                if let Some((_, pointer)) = reference.and_then(|it| it.split_once('#')) {
                    near.by_reference.entry(pointer).or_insert(number);
                }
            }
            let by_name = match edit.about() {
                About::Values => &mut near.by_name,
                About::Words => &mut near.by_words,
                About::Extensions => continue,
            };
            for name in edit.operations.iter().chain(&edit.events).copied() {
                let best = by_name.entry(name).or_insert(number);
                if reach(edit) < reach(&edits[*best]) {
                    *best = number;
                }
            }
        }
        near
    }

    /// The edit of a property of the same name, or else the one that reaches the fewest operations, of those that have an
    /// operation in common with the item.
    pub(super) fn edit(
        &self,
        change: &Change,
        states: [&State<'_>; 2],
        reaches: [&Reach; 2],
    ) -> Option<usize> {
        let is_of_words = change.item.effect == Effect::DocsOnly;
        let names = names(change, states, reaches);
        let is_shared = |edit: &Judged<'_>| {
            let mut all = edit.operations.iter().chain(&edit.events);
            names.is_empty() || all.any(|name| names.contains(name))
        };
        let fits = |number: &&usize| {
            let edit = &self.edits[**number];
            let is_about = edit.about() == About::Values || is_of_words;
            is_about && is_shared(edit)
        };
        let places = change.old.iter().chain(&change.new);
        let properties: BTreeSet<String> = places
            .filter_map(|place| property(&place.pointer))
            .collect();
        let namesakes = properties.iter().filter_map(|it| self.by_property.get(it));
        let namesake = namesakes.flatten().filter(fits).min_by_key(|number| {
            let edit = &self.edits[**number];
            let is_other = is_of_words && edit.about() != About::Words;
            (is_other, reach(edit), **number)
        });
        let other = || {
            let by_name = match is_of_words {
                true => &self.by_words,
                false => &self.by_name,
            };
            let edits = names.iter().filter_map(|name| by_name.get(name));
            edits.min_by_key(|number| (reach(&self.edits[**number]), **number))
        };
        // A definition may be on its own, or used by nothing, where a reference to it came or went.
        let referred = || {
            let places = change.old.iter().chain(&change.new);
            let mut all = places.flat_map(|place| place.pointer.beginnings());
            all.find_map(|pointer| self.by_reference.get(&*pointer.to_string()))
        };
        namesake.or_else(other).or_else(referred).copied()
    }

    pub(super) fn only(&self) -> Option<usize> {
        self.only
    }
}

/// The operations and events that an item is part of.
fn names<'r>(
    change: &Change,
    states: [&State<'_>; 2],
    reaches: [&'r Reach; 2],
) -> BTreeSet<&'r str> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    if let Some(event) = &change.event {
        let of = |reach: &'r Reach| reach.event_names(event).collect::<Vec<_>>();
        names.extend(reaches.into_iter().flat_map(of));
        if !names.is_empty() {
            return names;
        }
    }
    // A part that is left, or that comes, may be used by nothing in the other state.
    for (state, reach) in states.into_iter().zip(reaches) {
        let documents = state.documents;
        for place in change.old.iter().chain(&change.new) {
            if let Some(id) = document(state, place) {
                names.extend(reach.names_at(documents, id, &place.pointer));
            }
        }
    }
    names
}

/// The document that a place is in.
pub(super) fn document(state: &State<'_>, place: &ItemPlace) -> Option<DocumentId> {
    match &place.document {
        ItemDocument::Named(name) => {
            let mut all = state.documents.iter();
            all.find(|it| it.name == *name).map(|it| it.id)
        }
        ItemDocument::Operations => state.openapi.or(state.asyncapi),
        ItemDocument::Events => state.asyncapi,
    }
}

fn reach(edit: &Judged<'_>) -> usize {
    edit.operations.len() + edit.events.len()
}

/// The innermost property that an address leads to or into.
fn property(address: &Pointer) -> Option<String> {
    let text = address.to_string();
    let mut pieces = text.rsplit('/');
    let mut inner = pieces.next()?;
    for piece in pieces {
        if piece == "properties" {
            return Some(inner.to_owned());
        }
        inner = piece;
    }
    None
}

//! Edits by where they stand, for the items that come from there.

use super::Effect;
use super::State;
use super::located::{Located, Places, name};
use super::rules::Action;
use super::upgrade::{Change, ItemDocument, ItemPlace};
use super::wire::{About, Judged};
use crate::place::Pointer;
use std::collections::{BTreeSet, HashMap};

/// Edits by where they stand.
pub(super) struct Index {
    values: ByPlace,
    extensions: ByPlace,
    words: ByPlace,
    /// The document of the operations.
    api: [String; 2],
    /// That of AsyncAPI.
    events: [String; 2],
    actions: Vec<Action>,
}

/// A document and a place in it.
type Key = (String, Pointer);

/// A place in the old or the new documents.
type At<'p> = (usize, String, &'p Pointer);

#[derive(Default)]
struct ByPlace {
    /// By document and pointer, in the old and in the new documents.
    exact: [HashMap<Key, Vec<usize>>; 2],
    /// By any pointer above one: the edit that is nearest.
    below: [HashMap<Key, usize>; 2],
}

impl ByPlace {
    fn add(&mut self, side: usize, place: &Located, number: usize) {
        let key = |pointer: &Pointer| (place.name.clone(), pointer.clone());
        self.add_at(side, key(&place.pointer), number);
        // The outermost members say nothing.
        let above = place.pointer.beginnings().skip(1);
        for pointer in above.filter(|pointer| pointer.depth() > 1) {
            self.below[side].entry(key(pointer)).or_insert(number);
        }
    }

    fn add_at(&mut self, side: usize, key: Key, number: usize) {
        self.exact[side].entry(key).or_default().push(number);
    }

    /// A parameter is known by its name, since the model has no places in lists; a property that is asked for by itself,
    /// and not by the list.
    fn add_named(&mut self, side: usize, place: &Located, address: &Pointer, number: usize) {
        let last = |it: &Pointer, is: fn(&str) -> bool| it.split_last().is_some_and(|it| is(it.1));
        let is_in = |it: &Pointer, key: fn(&str) -> bool| {
            let list = it.split_last().map(|(list, _)| list);
            list.is_some_and(|list| last(list, key))
        };
        let mut all = address.beginnings();
        let parameter = all
            .find(|it| last(it, |name| name.contains(' ')) && is_in(it, |it| it == "parameters"));
        let is_asked_for = last(&place.pointer, |it| it == "required");
        let property =
            || Some(address).filter(|it| is_asked_for && is_in(it, |it| it == "properties"));
        if let Some(named) = parameter.or_else(property) {
            self.add_at(side, (place.name.clone(), named.clone()), number);
        }
    }
}

impl Index {
    pub(super) fn of(
        places: &Places,
        edits: &[Judged<'_>],
        old: &State<'_>,
        new: &State<'_>,
    ) -> Index {
        let mut index = Index {
            values: ByPlace::default(),
            extensions: ByPlace::default(),
            words: ByPlace::default(),
            api: [old, new].map(|it| name(it, it.openapi.or(it.asyncapi))),
            events: [old, new].map(|it| name(it, it.asyncapi)),
            actions: edits.iter().map(|edit| edit.of.action).collect(),
        };
        for (side, located) in [&places.old, &places.new].into_iter().enumerate() {
            for (number, (place, edit)) in located.iter().zip(edits).enumerate() {
                let of_these = match edit.about() {
                    About::Values => &mut index.values,
                    About::Extensions => &mut index.extensions,
                    About::Words => &mut index.words,
                };
                of_these.add(side, place, number);
                of_these.add_named(side, place, &edit.address, number);
            }
        }
        index
    }

    /// The edits that explain what became of an item: those of all that it is made of, or else one. Words explain its
    /// documentation before anything else does, and the rest of it only where nothing else does.
    pub(super) fn edits(
        &self,
        change: &Change,
        nearest: impl Fn() -> Option<usize>,
    ) -> BTreeSet<usize> {
        let made_of = change.made_of.iter();
        let each = made_of.filter_map(|part| {
            let places = self.at(&part.0, &part.1);
            self.within(&self.values, change.item.effect, &places)
        });
        let each: BTreeSet<usize> = each.collect();
        match each.is_empty() {
            true => self.edit(change, nearest).into_iter().collect(),
            false => each,
        }
    }

    fn edit(&self, change: &Change, nearest: impl Fn() -> Option<usize>) -> Option<usize> {
        let places = self.at(&change.old, &change.new);
        let effect = change.item.effect;
        let values = || {
            self.within(&self.values, effect, &places)
                .or_else(|| self.around(&self.values, effect, &places))
        };
        let extensions = || self.within(&self.extensions, effect, &places);
        let words = || self.within(&self.words, effect, &places);
        match effect {
            Effect::DocsOnly => words()
                .or_else(extensions)
                .or_else(values)
                .or_else(|| self.around(&self.words, effect, &places))
                .or_else(nearest),
            _ => values().or_else(extensions).or_else(nearest).or_else(words),
        }
    }

    fn at<'p>(&self, old: &'p [ItemPlace], new: &'p [ItemPlace]) -> Vec<At<'p>> {
        let old = old.iter().map(|place| (0, place));
        let all = old.chain(new.iter().map(|place| (1, place)));
        all.map(|(side, place)| {
            let document = match &place.document {
                ItemDocument::Operations => self.api[side].clone(),
                ItemDocument::Events => self.events[side].clone(),
                ItemDocument::Named(name) => name.clone(),
            };
            (side, document, &place.pointer)
        })
        .collect()
    }

    /// The edit at one of the places, or else inside of one. A whole that came or went did so with the new name of that
    /// which it is in, rather than with anything inside of it.
    fn within(&self, of: &ByPlace, effect: Effect, places: &[At<'_>]) -> Option<usize> {
        let mut all = places.iter();
        let exact = all.find_map(|(side, document, pointer)| {
            self.exact(of, *side, (document, pointer), effect)
        });
        let renamed = || {
            let is_whole = matches!(effect, Effect::Added | Effect::Removed | Effect::Renamed);
            let around = self.around(of, effect, places).filter(|_| is_whole);
            around
                .filter(|it| matches!(self.actions[*it], Action::Renamed | Action::RequiredRenamed))
        };
        let below = || {
            let mut all = places.iter();
            all.find_map(|(side, document, pointer)| {
                let key = (document.clone(), (*pointer).clone());
                of.below[*side].get(&key).copied()
            })
        };
        // An edit that does the reverse stands there for want of a place of its own.
        let fits = |it: &usize| misfit(self.actions[*it], effect) < 2;
        let fitting = exact.filter(fits).or_else(renamed);
        fitting.or(exact).or_else(below)
    }

    /// The edit of the nearest thing around one of the places.
    fn around(&self, of: &ByPlace, effect: Effect, places: &[At<'_>]) -> Option<usize> {
        places.iter().find_map(|(side, document, pointer)| {
            // A part that is missing from the whole document stands around everything.
            let above = pointer.beginnings().skip(1);
            let mut above = above.filter(|pointer| pointer.depth() > 0);
            above.find_map(|pointer| self.exact(of, *side, (document, pointer), effect))
        })
    }

    /// Of several edits at one place, the one after which items come, or go, as this one does.
    fn exact(
        &self,
        of: &ByPlace,
        side: usize,
        (document, pointer): (&str, &Pointer),
        effect: Effect,
    ) -> Option<usize> {
        let key = (document.to_owned(), pointer.clone());
        let all = of.exact[side].get(&key)?;
        let best = all
            .iter()
            .min_by_key(|it| misfit(self.actions[**it], effect));
        best.copied()
    }
}

/// Whether an edit does the reverse of what became of an item.
fn misfit(action: Action, effect: Effect) -> u8 {
    let comes = match action {
        Action::Added
        | Action::RequiredAdded
        | Action::ValueAdded
        | Action::WholeAdded
        | Action::Set => Some(true),
        Action::Removed
        | Action::RequiredRemoved
        | Action::ValueRemoved
        | Action::WholeRemoved
        | Action::Unset => Some(false),
        _ => None,
    };
    let is_new = match effect {
        Effect::Added | Effect::NewVariant => Some(true),
        Effect::Removed => Some(false),
        _ => None,
    };
    match (comes, is_new) {
        (Some(comes), Some(is_new)) if comes == is_new => 0,
        (Some(_), Some(_)) => 2,
        _ => 1,
    }
}

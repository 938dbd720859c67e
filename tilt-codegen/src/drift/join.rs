//! Edits of the documents and changes of the SDK's items, brought together: each item is told with the edit that changed
//! it, and what no edit explains is a finding of its own.

use super::upgrade::{Change, ItemPlace};
use super::wire::{Judged, Reach};
use super::{Bump, Drift, Effect, FORMAT, Finding, ItemChange, Location, Severity, State, finding};
use crate::place::Pointer;
use crate::source::{DocumentId, NodeKey, Position};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The places of edits.
struct Places {
    old: Vec<Located>,
    new: Vec<Located>,
}

#[derive(Clone)]
struct Located {
    name: String,
    pointer: Pointer,
    position: Option<Position>,
}

pub(super) fn join(
    (old, new): (&State<'_>, &State<'_>),
    reach: &(Reach, Reach),
    edits: Vec<Judged>,
    changes: Vec<Change>,
) -> Drift {
    let places = Places {
        old: locate(old, edits.iter().map(|edit| edit.old)),
        new: locate(new, edits.iter().map(|edit| edit.new)),
    };
    let mut items: Vec<Vec<ItemChange>> = edits.iter().map(|_| Vec::new()).collect();
    let index = Index::of(&places, old, new);
    let mut unexplained: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for change in changes {
        let edit = index.edit(&change);
        let edit = edit.or_else(|| nearest(&change, &edits, (old, new), reach));
        match edit {
            Some(edit) => items[edit].push(change.item),
            None => {
                let whole = whole(&change.item.item).to_owned();
                unexplained.entry(whole).or_default().push(change);
            }
        }
    }
    let findings = edits.into_iter().zip(items).enumerate();
    let mut findings: Vec<Finding> = findings
        .map(|(number, (edit, items))| {
            of_edit(edit, items, &places.old[number], &places.new[number])
        })
        .collect();
    findings.extend(
        unexplained
            .into_iter()
            .map(|(item, changes)| of_items(item, changes)),
    );
    Drift {
        format: FORMAT,
        in_use: None,
        upgrade: Bump::None,
        findings,
    }
}

fn locate(state: &State<'_>, keys: impl Iterator<Item = NodeKey>) -> Vec<Located> {
    let documents = state.documents;
    let keys: Vec<NodeKey> = keys.collect();
    let pointers: Vec<Pointer> = documents
        .pointers(&keys)
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect();
    let mut by_document: BTreeMap<DocumentId, Vec<usize>> = BTreeMap::new();
    for (number, key) in keys.iter().enumerate() {
        by_document.entry(key.document()).or_default().push(number);
    }
    let mut located: Vec<Located> = keys
        .iter()
        .zip(&pointers)
        .map(|(key, pointer)| Located {
            name: documents.get(key.document()).name.clone(),
            pointer: pointer.clone(),
            position: None,
        })
        .collect();
    for (document, numbers) in by_document {
        let of_these: Vec<Pointer> = numbers.iter().map(|it| pointers[*it].clone()).collect();
        let positions = documents.positions(document, &of_these);
        for (number, position) in numbers.into_iter().zip(positions) {
            located[number].position = position;
        }
    }
    located
}

/// Edits by where they stand.
struct Index {
    /// By document and pointer, in the old and in the new documents.
    exact: [HashMap<(String, Pointer), usize>; 2],
    /// By any pointer above one: the edit that is nearest.
    below: [HashMap<(String, Pointer), usize>; 2],
    /// The document of the operations.
    api: [String; 2],
}

impl Index {
    fn of(places: &Places, old: &State<'_>, new: &State<'_>) -> Index {
        let mut index = Index {
            exact: Default::default(),
            below: Default::default(),
            api: [api(old), api(new)],
        };
        for (side, located) in [&places.old, &places.new].into_iter().enumerate() {
            for (number, place) in located.iter().enumerate() {
                let key = |pointer: &Pointer| (place.name.clone(), pointer.clone());
                let exact = &mut index.exact[side];
                exact.entry(key(&place.pointer)).or_insert(number);
                // The outermost members say nothing.
                let above = place.pointer.beginnings().skip(1);
                for pointer in above.filter(|pointer| pointer.depth() > 1) {
                    index.below[side].entry(key(pointer)).or_insert(number);
                }
            }
        }
        index
    }

    /// The edit that explains what became of an item: at its place, inside of it, or around it.
    fn edit(&self, change: &Change) -> Option<usize> {
        let places = || {
            let old = change.old.iter().map(|place| (0, place));
            old.chain(change.new.iter().map(|place| (1, place)))
        };
        let key = |side: usize, place: &ItemPlace, pointer: &Pointer| {
            let document = place.document.clone();
            let document = document.unwrap_or_else(|| self.api[side].clone());
            (document, pointer.clone())
        };
        let exact = |(side, place): (usize, &ItemPlace)| {
            self.exact[side].get(&key(side, place, &place.pointer))
        };
        let below = |(side, place): (usize, &ItemPlace)| {
            self.below[side].get(&key(side, place, &place.pointer))
        };
        let above = |(side, place): (usize, &ItemPlace)| {
            let mut above = place.pointer.beginnings().skip(1);
            above.find_map(|pointer| self.exact[side].get(&key(side, place, pointer)))
        };
        let found = places().find_map(exact);
        let found = found.or_else(|| places().find_map(below));
        found.or_else(|| places().find_map(above)).copied()
    }
}

/// The edit that changes the fewest operations, of those that have an operation in common with an item: types that come
/// with an operation stand elsewhere in the documents.
fn nearest(
    change: &Change,
    edits: &[Judged],
    (old, new): (&State<'_>, &State<'_>),
    reach: &(Reach, Reach),
) -> Option<usize> {
    if change.item.effect == Effect::DocsOnly {
        return None;
    }
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for (state, reach, places) in [(old, &reach.0, &change.old), (new, &reach.1, &change.new)] {
        let documents = state.documents;
        for place in places {
            let id = match &place.document {
                Some(name) => documents.iter().find(|it| it.name == *name).map(|it| it.id),
                None => state.openapi.or(state.asyncapi),
            };
            names.extend(
                id.into_iter()
                    .flat_map(|id| reach.names_at(documents, id, &place.pointer)),
            );
        }
    }
    let is_shared = |edit: &Judged| {
        let mut all = edit.operations.iter().chain(&edit.events);
        all.any(|name| names.contains(name.as_str()))
    };
    edits
        .iter()
        .enumerate()
        .filter(|(_, edit)| !edit.is_of_words() && is_shared(edit))
        .min_by_key(|(number, edit)| (edit.operations.len() + edit.events.len(), *number))
        .map(|(number, _)| number)
}

fn api(state: &State<'_>) -> String {
    let Some(id) = state.openapi.or(state.asyncapi) else {
        return String::new();
    };
    state.documents.get(id).name.clone()
}

/// The type, or the resource, that an item is part of.
fn whole(item: &str) -> &str {
    let mut pieces = item.match_indices("::").map(|(at, _)| at);
    match pieces.nth(1) {
        Some(end) => &item[..end],
        None => item.split('.').next().unwrap_or(item),
    }
}

fn of_edit(edit: Judged, mut items: Vec<ItemChange>, old: &Located, new: &Located) -> Finding {
    items.sort();
    items.dedup();
    let of_items = items.iter().map(|item| item.bump).max();
    let upgrade = of_items.unwrap_or(match edit.severity {
        Severity::Editorial => Bump::None,
        // The SDK sends and reads what it did; its documentation or its checks may say it.
        _ => Bump::Patch,
    });
    let names = edit.operations.iter().chain(&edit.events);
    const MOST: usize = 10;
    let reach = finding::Reach {
        operations: edit.operations.len(),
        events: edit.events.len(),
        first: names.take(MOST).cloned().collect(),
    };
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    Finding {
        fingerprint: fingerprint(&[
            &edit.rule,
            &edit.address.to_string(),
            &value(&edit.before),
            &value(&edit.after),
        ]),
        remedy: remedy(&edit, &items),
        rule: edit.rule,
        severity: edit.severity,
        directions: edit.directions,
        message: edit.message,
        old: Some(location(old)),
        new: Some(location(new)),
        reach,
        upgrade,
        items,
    }
}

fn location(place: &Located) -> Location {
    Location {
        document: place.name.clone(),
        pointer: place.pointer.to_string(),
        line: place.position.map(|position| position.line),
        column: place.position.map(|position| position.column),
    }
}

/// Advice, where there is any.
fn remedy(edit: &Judged, items: &[ItemChange]) -> Option<String> {
    if edit.rule.ends_with("schema-renamed") {
        let (before, after) = (edit.before.as_deref()?, edit.after.as_deref()?);
        let renamed = items.iter().find(|item| {
            item.effect == super::Effect::Renamed && item.item.matches("::").count() == 1
        });
        let name = renamed.and_then(|item| item.before.as_deref());
        let name = name.unwrap_or(before.trim_matches('`'));
        let name = name.rsplit("::").next().unwrap_or(name);
        return Some(format!(
            "to keep the name in Rust: `[types.rename]` with `{} = \"{name}\"` in codegen.toml",
            after.trim_matches('`'),
        ));
    }
    None
}

/// Changes of items that no edit explains: a setting, or a name that gave way to another.
fn of_items(item: String, changes: Vec<Change>) -> Finding {
    let mut items: Vec<ItemChange> = changes.into_iter().map(|change| change.item).collect();
    items.sort();
    items.dedup();
    let upgrade = items.iter().map(|item| item.bump).max().unwrap_or_default();
    let effects: BTreeSet<String> = items
        .iter()
        .map(|item| format!("{:?}", item.effect))
        .collect();
    let effects: Vec<String> = effects.into_iter().collect();
    Finding {
        rule: "sdk-item-changed".to_owned(),
        severity: Severity::Editorial,
        directions: BTreeSet::new(),
        message: format!("`{item}` of the SDK changes with what is around it in the documents"),
        old: None,
        new: None,
        reach: finding::Reach::default(),
        upgrade,
        remedy: None,
        fingerprint: fingerprint(&["sdk-item-changed", &item, &effects.join(",")]),
        items,
    }
}

/// The first 16 hexadecimal digits of SHA-256 over all of it.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    data_encoding::HEXLOWER.encode(&digest[..8])
}

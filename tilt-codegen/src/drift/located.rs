//! Edits where they stand: in which document, at which pointer, line and column.

use super::wire::Judged;
use super::{CopyPlaces, Location, State};
use crate::place::Pointer;
use crate::source::{DocumentId, NodeKey, Position};
use std::collections::BTreeMap;

/// The places of edits.
pub(super) struct Places {
    pub(super) old: Vec<Located>,
    pub(super) new: Vec<Located>,
    /// The places where each is told.
    pub(super) told: Vec<CopyPlaces>,
}

#[derive(Clone)]
pub(super) struct Located {
    pub(super) name: String,
    pub(super) pointer: Pointer,
    pub(super) position: Option<Position>,
}

impl Places {
    pub(super) fn of((old, new): (&State<'_>, &State<'_>), edits: &[Judged<'_>]) -> Places {
        let olds = edits.iter().map(|edit| edit.old.key());
        let news = edits.iter().map(|edit| edit.new.key());
        let told = edits.iter().map(|edit| edit.told);
        let mut old = locate(old, olds.chain(told.clone().map(|it| it.0.key())));
        let mut new = locate(new, news.chain(told.map(|it| it.1.key())));
        let told = old.split_off(edits.len()).into_iter();
        let told = told.zip(new.split_off(edits.len()));
        let told = told.map(|(old, new)| CopyPlaces {
            old: location(&old),
            new: location(&new),
        });
        let told = told.collect();
        Places { old, new, told }
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

pub(super) fn name(state: &State<'_>, id: Option<DocumentId>) -> String {
    id.map_or_else(String::new, |id| state.documents.get(id).name.clone())
}

pub(super) fn location(place: &Located) -> Location {
    Location {
        document: place.name.clone(),
        pointer: place.pointer.to_string(),
        line: place.position.map(|position| position.line),
        column: place.position.map(|position| position.column),
    }
}

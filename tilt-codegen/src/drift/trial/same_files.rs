//! The documents of both states that are one.

use crate::drift::State;
use crate::source::DocumentId;
use std::collections::BTreeMap;

/// The kind of the document around, and the file: none of the outermost one.
type Name = (bool, String);

/// By their names with folders, by those without, and then those that are the only ones left.
pub(super) fn pairs(old: &State<'_>, new: &State<'_>) -> BTreeMap<DocumentId, DocumentId> {
    let (mut olds, mut news) = (named(old), named(new));
    let mut pairs = BTreeMap::new();
    let ways: [fn(&str) -> &str; 3] = [
        |name| name,
        |name| name.rsplit('/').next().unwrap_or(name),
        |_| "",
    ];
    for way in ways {
        let others = by(&news, way);
        for (key, was) in by(&olds, way) {
            if let (Some(was), Some(Some(is))) = (was, others.get(&key)) {
                pairs.extend(olds.remove(&was).zip(news.remove(is)));
            }
        }
    }
    pairs
}

fn named(state: &State<'_>) -> BTreeMap<Name, DocumentId> {
    let documents = state.documents;
    let each = documents.iter().map(|it| {
        let is_of_events = Some(it.root) == state.asyncapi;
        ((is_of_events, documents.file_of(it.id)), it.id)
    });
    each.collect()
}

/// The one name that a way makes of it, or none of several.
fn by(all: &BTreeMap<Name, DocumentId>, way: fn(&str) -> &str) -> BTreeMap<Name, Option<Name>> {
    let mut by = BTreeMap::new();
    for name in all.keys() {
        let key = (name.0, way(&name.1).to_owned());
        by.entry(key)
            .and_modify(|only| *only = None)
            .or_insert_with(|| Some(name.clone()));
    }
    by
}

//! Schemas of several files that share a name, and those that have one name in their file and another in an index.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Origin};
use crate::model::{Docs, Shape, TypeId, TypeRef};
use crate::source::{Documents, NodeKey};

/// Files that refer to each other in a circle lead nowhere.
const MOST_REFERENCES: usize = 8;

/// Gives each schema the one name that its documents have for it.
pub(in crate::lower) fn settle(documents: &Documents, drafts: &mut [Draft<'_>]) {
    merge_namesakes(drafts);
    take_names_of_index(documents, drafts);
    tell_apart(documents, drafts);
}

/// An index of schemas in other files refers to each under the name that it has there: that is one type,
/// and no alias of it.
fn merge_namesakes(drafts: &mut [Draft<'_>]) {
    let namesakes: Vec<Option<TypeId>> = drafts.iter().map(|it| namesake(drafts, it)).collect();
    for (draft, target) in drafts.iter_mut().zip(namesakes) {
        if let Some(target) = target {
            draft.origin = Origin::Merged(target);
        }
    }
}

/// The schema that one under a name is a reference to, where that has the same name and refers to none that has it.
fn namesake(drafts: &[Draft<'_>], draft: &Draft<'_>) -> Option<TypeId> {
    let mut at = draft;
    let mut found = None;
    let mut is_end = false;
    for _ in 0..MOST_REFERENCES {
        let next = match at.shape {
            Some(Shape::Alias(TypeRef::Named(target))) => Some(target),
            _ => None,
        };
        let Some(next) = next.filter(|it| drafts[it.0].origin == draft.origin) else {
            is_end = true;
            break;
        };
        at = &drafts[next.0];
        found = Some(next);
    }
    let may = draft.previous_name.is_none() || previous(draft) == previous(at);
    let is_component = matches!(draft.origin, Origin::Component(_));
    found.filter(|_| is_end && may && is_component)
}

/// A schema of another file has the name that the root document's index gives it, be it another than its own:
/// readers of the API's documentation meet that one. Where it gives several, the shortest.
fn take_names_of_index(documents: &Documents, drafts: &mut [Draft<'_>]) {
    let mut given: BTreeMap<usize, (usize, String, usize)> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let Origin::Component(name) = &draft.origin else {
            continue;
        };
        if is_elsewhere(documents, draft) || draft.docs != Docs::default() {
            continue;
        }
        let Some(target) = end_of_references(drafts, draft) else {
            continue;
        };
        let end = &drafts[target];
        // Both are new, or were one type in the generation before.
        let may = previous(draft) == previous(end) && matches!(end.origin, Origin::Component(_));
        if is_elsewhere(documents, end) && may {
            let this = (name.len(), name.clone(), index);
            let best = given.entry(target).or_insert_with(|| this.clone());
            *best = this.min(best.clone());
        }
    }
    for (target, (_, name, index)) in given {
        drafts[target].origin = Origin::Component(name);
        drafts[index].origin = Origin::Merged(TypeId(target));
        drafts[index].shape = Some(Shape::Alias(TypeRef::Named(TypeId(target))));
    }
}

fn end_of_references(drafts: &[Draft<'_>], draft: &Draft<'_>) -> Option<usize> {
    let mut at = draft;
    let mut end = None;
    for _ in 0..MOST_REFERENCES {
        let Some(Shape::Alias(TypeRef::Named(target))) = at.shape else {
            break;
        };
        at = &drafts[target.0];
        end = Some(target.0);
    }
    end.filter(|_| !is_reference(at))
}

/// Schemas of one name in several files are told apart by what they stand in: the object around them, their
/// file, or the nearest folder that differs for all of them.
fn tell_apart(documents: &Documents, drafts: &mut [Draft<'_>]) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Origin::Component(name) = &draft.origin {
            by_name.entry(name.clone()).or_default().push(index);
        }
    }
    for (name, members) in by_name {
        let is_new = |index: &&usize| drafts[**index].previous_name.is_none();
        let elsewhere = |index: &&usize| is_elsewhere(documents, &drafts[**index]);
        let members: Vec<usize> = match members.len() {
            1 => continue,
            _ => members
                .iter()
                .filter(elsewhere)
                .filter(is_new)
                .copied()
                .collect(),
        };
        let keys: Vec<NodeKey> = members.iter().map(|it| drafts[*it].node.key()).collect();
        let around: Vec<Vec<String>> = keys
            .iter()
            .zip(documents.pointers(&keys))
            .map(|(key, pointer)| {
                let pointer = pointer.unwrap_or_default().to_string();
                surroundings(&pointer, &documents.file_of(key.document()), &name)
            })
            .collect();
        let longest = around.iter().map(Vec::len).max().unwrap_or_default();
        let word_at = |nearness: usize| {
            let words = around.iter().map(|words| words.get(nearness));
            words.collect::<Option<BTreeSet<_>>>()
        };
        let tells =
            |nearness: &usize| word_at(*nearness).is_some_and(|it| it.len() == members.len());
        if let Some(nearness) = (0..longest).find(tells) {
            for (member, words) in members.iter().zip(&around) {
                let qualified = format!("{}_{name}", words[nearness]);
                drafts[*member].origin = Origin::Component(qualified);
            }
        }
    }
}

/// The objects, file and folders around a schema, from near to far, without words that say nothing of it.
fn surroundings(pointer: &str, file: &str, name: &str) -> Vec<String> {
    const GENERIC: [&str; 7] = [
        "$defs",
        "..",
        ".",
        "components",
        "definitions",
        "schemas",
        "types",
    ];
    let objects = pointer.rsplit('/').skip(1).map(str::to_owned);
    let stem = |token: &str| token.split('.').next().unwrap_or(token).to_owned();
    let folders = file.rsplit(['/', '\\']).map(stem);
    objects
        .chain(folders)
        .filter(|word| !word.is_empty() && !GENERIC.contains(&word.as_str()))
        .filter(|word| !word.eq_ignore_ascii_case(name))
        .collect()
}

fn is_elsewhere(documents: &Documents, draft: &Draft<'_>) -> bool {
    documents.root_of(draft.node.document) != draft.node.document
}

fn is_reference(draft: &Draft<'_>) -> bool {
    matches!(draft.shape, Some(Shape::Alias(TypeRef::Named(_))))
}

fn previous(draft: &Draft<'_>) -> Option<usize> {
    draft.previous_name.map(|name| name.ty)
}

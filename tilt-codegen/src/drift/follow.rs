//! Items that change with the types that they are made of, or that are made of them: the edit that explains one explains
//! the other.

use super::Effect;
use super::upgrade::Change;
use std::collections::{BTreeSet, HashMap};

/// The edits of all changes, also of those that follow from one that has an edit.
pub(super) fn follow(changes: &[Change], mut edits: Vec<BTreeSet<usize>>) -> Vec<BTreeSet<usize>> {
    loop {
        // By type: the edit of what is in it, and that of what names it.
        let (mut inside, mut users) = (HashMap::new(), HashMap::new());
        for (change, edit) in changes.iter().zip(&edits) {
            let first = edit.first().copied();
            let Some(edit) = first.filter(|_| change.item.effect != Effect::DocsOnly) else {
                continue;
            };
            if let Some(ty) = type_of(change) {
                inside.entry(ty).or_insert(edit);
            }
            for ty in &change.depends {
                users.entry(ty.as_str()).or_insert(edit);
            }
        }
        let mut is_done = true;
        for (change, edit) in changes.iter().zip(&mut edits) {
            if edit.is_empty() {
                let depends = change.depends.iter();
                let made_of = || depends.clone().find_map(|ty| inside.get(ty.as_str()));
                let found = type_of(change).and_then(|ty| users.get(ty));
                edit.extend(made_of().or(found));
                is_done &= edit.is_empty();
            }
        }
        if is_done {
            return edits;
        }
    }
}

/// The type that an item is part of.
fn type_of(change: &Change) -> Option<&str> {
    let mut pieces = change.item.item.split("::");
    match pieces.next()? {
        "types" | "required" => pieces.next(),
        _ => None,
    }
}

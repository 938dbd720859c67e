//! PUT and PATCH of one path, and what adds and removes.
//!
//! A PUT is `replace` and a PATCH is `update`. Where an operationId calls the PUT an update as well, it is
//! `update`, and the PATCH has its author's other word for it, or else is `patch`.

use std::collections::{HashMap, HashSet};

use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::own::own_words;
use crate::lower::naming::unnamed::{OperationName, Unnamed};
use crate::model::HttpMethod;

/// Gives those that would have one name two. Where the PATCH has its name from the generation before, the PUT is new.
pub(super) fn tell_apart(
    operations: &[Unnamed<'_>],
    named: &mut [OperationName],
    is_kept: &[bool],
) {
    let puts: HashMap<&str, usize> = operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| operation.method == HttpMethod::Put)
        .map(|(at, operation)| (operation.path, at))
        .collect();
    for (patch, operation) in operations.iter().enumerate() {
        let Some(&put) = puts.get(operation.path) else {
            continue;
        };
        let is_same = named[patch].resource == named[put].resource
            && named[patch].method == named[put].method;
        if operation.method != HttpMethod::Patch || !is_same {
            continue;
        }
        let rest = match named[patch].method.split_once('_') {
            Some((_, rest)) => format!("_{rest}"),
            None => String::new(),
        };
        match (is_kept[put], is_kept[patch]) {
            (_, false) => named[patch].method = format!("{}{rest}", own_word(operation)),
            (false, true) => named[put].method = format!("replace{rest}"),
            (true, true) => {}
        }
    }
}

/// Things that are added are removed, where an author says so, and not deleted: DELETE `/groups/{id}/users/{user}`.
pub(super) fn take_away(operations: &[Unnamed<'_>], named: &mut [OperationName], is_kept: &[bool]) {
    let added = operations.iter().zip(named.iter());
    let added = added.filter(|(_, name)| name.method == "add");
    let added: HashSet<(&str, String)> = added
        .map(|(operation, name)| (operation.path, name.resource.clone()))
        .collect();
    for (at, operation) in operations.iter().enumerate() {
        let name = &mut named[at];
        let is_of_added = added.contains(&(operation.path, name.resource.clone()));
        let says_remove = || {
            own_words(operation)
                .first()
                .is_some_and(|word| word == "remove")
        };
        if !is_kept[at] && name.method == "delete" && is_of_added && says_remove() {
            name.method = "remove".to_owned();
        }
    }
}

/// The author's word for a change of a part.
fn own_word(operation: &Unnamed<'_>) -> String {
    let words = own_words(operation);
    if words.windows(2).any(|pair| pair == ["partial", "update"]) {
        return "partial_update".to_owned();
    }
    let is_other = |word: &&String| {
        deeds::effect(word) == Some(Effect::Update)
            && !matches!(word.as_str(), "update" | "replace" | "put")
    };
    let other = words.iter().find(is_other);
    other.map_or_else(|| "patch".to_owned(), String::clone)
}

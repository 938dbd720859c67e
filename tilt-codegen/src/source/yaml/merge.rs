//! Merge keys (`<<`) of YAML 1.1, which documents still use.

use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::collections::HashSet;

pub(super) fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(elements) => !elements.is_empty() && elements.iter().all(Value::is_object),
        _ => false,
    }
}

/// Members that are there already win, and so do earlier objects over later ones.
pub(super) fn merge(members: &mut Map<String, Value>, merged: &mut HashSet<String>, value: Value) {
    let objects = match value {
        Value::Array(elements) => elements,
        object => vec![object],
    };
    for (key, value) in objects.into_iter().filter_map(object).flatten() {
        if let Entry::Vacant(entry) = members.entry(key) {
            merged.insert(entry.key().clone());
            entry.insert(value);
        }
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

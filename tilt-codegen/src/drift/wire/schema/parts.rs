//! Parts of `allOf` that one of two schemas has alone: what they say decides what their coming and going means.

use super::super::side::Side;
use super::super::words::is_words;
use super::view::View;
use crate::source::Node;
use std::collections::BTreeSet;

/// So many parts of parts are looked at; of more, anything may be.
const MOST: usize = 64;

/// The weight of a part for values, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// Nothing: it is words.
    Nothing,
    /// Properties that may be absent.
    Optional,
    /// Sizes, forms, lists of values: less of what is valid anyway.
    Bounds,
    /// Types that nothing else says, properties that are always there.
    Structure,
}

/// The weightiest that parts say and the other schema does not.
pub(super) fn said<'d>(
    parts: impl Iterator<Item = Node<'d>>,
    side: &Side<'d>,
    other: &View<'d>,
    other_side: &Side<'d>,
) -> Says {
    let known = types(other, other_side);
    let mut says = Says::Nothing;
    for part in parts {
        says = says.max(
            match leaves(View::of(part), side) {
                Some(leaves) => leaves.iter().map(|leaf| of(leaf, &known)).max(),
                None => None,
            }
            .unwrap_or(Says::Structure),
        );
    }
    says
}

/// The types that a schema says, itself or by its parts.
fn types<'d>(view: &View<'d>, side: &Side<'d>) -> BTreeSet<&'d str> {
    let leaves = leaves(view.clone(), side).into_iter().flatten();
    leaves.flat_map(|leaf| leaf.types).collect()
}

/// A schema and all that its `allOf` and references lead to; none, where that is too much.
fn leaves<'d>(view: View<'d>, side: &Side<'d>) -> Option<Vec<View<'d>>> {
    let mut leaves = Vec::new();
    let mut left = vec![view];
    while let Some(view) = left.pop() {
        let mut view = view.expanded(side);
        if let Some(list) = view.members.remove("allOf") {
            left.extend(list.elements().map(View::of));
        }
        leaves.push(view);
        if leaves.len() + left.len() > MOST {
            return None;
        }
    }
    Some(leaves)
}

fn of(leaf: &View<'_>, known: &BTreeSet<&str>) -> Says {
    let has = |key: &str| leaf.members.contains_key(key);
    let is_new = |ty: &&str| !(known.contains(*ty) || *ty == "integer" && known.contains("number"));
    if leaf.is_never
        || leaf.reference.is_some()
        || leaf.alternatives().is_some()
        || has("required")
        || leaf.types.iter().any(is_new)
    {
        return Says::Structure;
    }
    let is_bound =
        |key: &&str| !is_words(key) && !matches!(*key, "properties" | "patternProperties");
    if leaf.values.is_some() || !leaf.bounds.is_empty() || leaf.members.keys().any(is_bound) {
        return Says::Bounds;
    }
    match has("properties") || has("patternProperties") {
        true => Says::Optional,
        false => Says::Nothing,
    }
}

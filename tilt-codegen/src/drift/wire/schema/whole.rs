//! `allOf` and all that its parts lead to, written as one schema: an object says the same in both forms.

use super::super::same::{Renames, same};
use super::super::side::Side;
use super::super::words::{is_words, without_words};
use super::view::View;
use crate::source::Node;
use std::collections::BTreeMap;

/// So many parts of parts are looked at; of more, anything may be.
const MOST: usize = 64;

/// Both, without `allOf` where one of them has none and the other one says the same without it.
pub(super) fn alike<'d>(
    (old, new): (View<'d>, View<'d>),
    sides: (&Side<'d>, &Side<'d>),
) -> (View<'d>, View<'d>) {
    match (is_made_of_parts(&old), is_made_of_parts(&new)) {
        (true, false) if new.reference.is_none() => {
            let whole = whole(&old, sides.0);
            (whole.unwrap_or(old), new)
        }
        (false, true) if old.reference.is_none() => {
            let whole = whole(&new, sides.1);
            (old, whole.unwrap_or(new))
        }
        _ => (old, new),
    }
}

pub(super) fn is_made_of_parts(view: &View<'_>) -> bool {
    view.members.contains_key("allOf")
}

/// One schema that says what one and its parts say; none, where there is not one that does.
pub(super) fn whole<'d>(view: &View<'d>, side: &Side<'d>) -> Option<View<'d>> {
    let mut whole = view.clone();
    let list = whole.members.remove("allOf")?;
    let parts = parts(list, side)?;
    let all = || parts.iter().chain([&whole]);
    if says_twice(all()) || is_closed(all()) {
        return None;
    }
    let is_nullable = whole.is_nullable || parts.iter().all(|part| part.is_nullable);
    // Later parts say again, more exactly, the properties of those that they extend.
    for mut part in parts.into_iter().rev() {
        // Words of a part are about the part, and so is the way to tell those apart that extend it.
        part.members
            .retain(|key, _| !is_words(key) && *key != "discriminator");
        whole.absorb(part);
    }
    whole.is_nullable = is_nullable;
    Some(whole)
}

/// The parts of a list, and those that they are made of.
fn parts<'d>(list: Node<'d>, side: &Side<'d>) -> Option<Vec<View<'d>>> {
    let mut parts = Vec::new();
    let mut left: Vec<View<'d>> = list.elements().map(View::of).collect();
    left.reverse();
    while let Some(part) = left.pop() {
        // Parts beside a reference, and those of its target, would be two lists in one place.
        if part.reference.is_some() && is_made_of_parts(&part) {
            return None;
        }
        let mut part = part.expanded(side);
        if let Some(list) = part.members.remove("allOf") {
            let inner = left.len();
            left.extend(list.elements().map(View::of));
            left[inner..].reverse();
        }
        parts.push(part);
        if parts.len() + left.len() > MOST {
            return None;
        }
    }
    Some(parts)
}

/// Whether two say different things with one keyword, or of one property, of which one schema has room for one.
fn says_twice<'d, 'v>(all: impl Iterator<Item = &'v View<'d>>) -> bool
where
    'd: 'v,
{
    let mut known: BTreeMap<(bool, &str), Node<'d>> = BTreeMap::new();
    let is_same = |is_property: bool, one: Node<'d>, other: Node<'d>| {
        let is_schema = is_property && one.value.is_object() && other.value.is_object();
        same(one.value, other.value, &Renames::new())
            || is_schema && without_words(one) == without_words(other)
    };
    let mut is_other = |is_property, key, node: Node<'d>| {
        let before = known.insert((is_property, key), node);
        before.is_some_and(|before| !is_same(is_property, before, node))
    };
    for view in all {
        let mut properties = view.all("properties").flat_map(|map| map.members());
        if properties.any(|(name, node)| is_other(true, name, node)) {
            return true;
        }
        let mut members = view.members.iter();
        let is_one = |key: &str| {
            !is_words(key) && !matches!(key, "properties" | "required" | "discriminator")
        };
        if members.any(|(key, node)| is_one(key) && is_other(false, key, *node)) {
            return true;
        }
    }
    false
}

/// Whether one says something of properties that it does not name, and another one names some.
fn is_closed<'d, 'v>(all: impl Iterator<Item = &'v View<'d>> + Clone) -> bool
where
    'd: 'v,
{
    let closing = [
        "additionalProperties",
        "unevaluatedProperties",
        "patternProperties",
    ];
    let names = |view: &View<'d>| view.all("properties").next().is_some();
    let mut views = all.clone().enumerate();
    views.any(|(number, view)| {
        let mut others = all
            .clone()
            .enumerate()
            .filter(|(other, _)| *other != number);
        closing.iter().any(|it| view.members.contains_key(it)) && others.any(|(_, it)| names(it))
    })
}

//! A choice among schemas of different types, as the one schema with all their types that says the same: keywords are about
//! values of one type, and so stay those of one of them (JSON Schema Validation 2020-12, section 6).

use super::super::side::Side;
use super::super::words::is_words;
use super::silent::is_about;
use super::view::{View, is_null};
use std::collections::BTreeSet;

/// One schema for all alternatives; none, where no one schema says what they do.
pub(super) fn as_one<'d>(view: &View<'d>, side: &Side<'d>) -> Option<View<'d>> {
    let (keyword, list) = view.alternatives()?;
    let mut one = view.clone();
    one.members.remove(keyword);
    if one.values.is_some() || one.reference.is_some() {
        return None;
    }
    let stated = std::mem::take(&mut one.types);
    // Keywords beside the choice imply one type of several.
    let stated = match std::mem::take(&mut one.is_implied) {
        true => BTreeSet::new(),
        false => stated,
    };
    let (mut known, mut nulls) = (BTreeSet::new(), usize::from(view.null.is_some()));
    for element in list.elements().filter(|it| !is_null(*it)) {
        let part = View::of(element).with_only_part().expanded(side);
        if !is_of_its_types(&part) {
            return None;
        }
        // An integer is a number, too.
        let kinds = part.types.iter().map(|ty| match *ty {
            "integer" => "number",
            ty => ty,
        });
        let kinds: BTreeSet<&str> = kinds.collect();
        if !kinds.into_iter().all(|ty| known.insert(ty)) {
            return None;
        }
        nulls += usize::from(part.is_nullable);
        one.types.extend(part.types);
        for (key, bound) in part.bounds {
            if one.bounds.insert(key, bound).is_some() {
                return None;
            }
        }
        one.is_nullable |= part.is_nullable;
        for (key, place) in part.places {
            one.places.entry(key).or_insert(place);
        }
        for (key, value) in part.members.into_iter().filter(|(key, _)| !is_words(key)) {
            if one.members.insert(key, value).is_some() {
                return None;
            }
        }
    }
    // Beside the choice, keywords are about values of one type, too.
    let mut keys = one.members.keys().chain(one.bounds.keys());
    if !keys.all(|key| is_words(key) || *key == "format" || is_about(key, &one.types)) {
        return None;
    }
    one.places.insert("type", list);
    // Of one of them, null that is in two is in none.
    let is_one = keyword == "anyOf" || nulls < 2;
    (is_one && (stated.is_empty() || stated == one.types)).then_some(one)
}

/// Whether a schema states its types, and says nothing but of them.
fn is_of_its_types(part: &View<'_>) -> bool {
    let is_about = |key: &str| key == "format" || is_about(key, &part.types);
    let mut keys = part.members.keys().chain(part.bounds.keys());
    part.reference.is_none()
        && part.values.is_none()
        && part.others.is_empty()
        && !(part.types.is_empty() || part.is_implied || part.is_never)
        && keys.all(|key| is_words(key) || is_about(key))
}

/// Whether alternatives have words of their own, or names.
pub(super) fn has_words(view: &View<'_>) -> bool {
    let list = view.alternatives().map(|(_, list)| list);
    let elements = list.into_iter().flat_map(|list| list.elements());
    let mut keys = elements.flat_map(|element| element.members());
    keys.any(|(key, _)| is_words(key) || key == "$ref")
}

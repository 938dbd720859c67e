//! Keywords about single values: types, lists of values, formats, bounds.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::same::{same, without};
use super::super::shown;
use super::super::words::is_words;
use super::Pair;
use super::limits::{is_greater, limits};
use super::view::{BOUNDS, View};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;
use serde_json::Value;
use std::collections::BTreeSet;

/// Keywords of this file that a view keeps as they stand.
pub(super) const OTHERS: [&str; 7] = [
    "format",
    "pattern",
    "multipleOf",
    "uniqueItems",
    "default",
    "contentEncoding",
    "contentMediaType",
];

fn difference(keyword: &str, action: Action) -> Difference<'_> {
    Difference::new(Kind::Schema, keyword, action)
}

/// Beside a list of values that comes or goes, without the sizes that all of them have: the list says those.
pub(super) fn drop_bounds_of_values<'d>(old: &mut View<'d>, new: &mut View<'d>) {
    if let (Some(values), None) | (None, Some(values)) = (old.values.clone(), new.values.clone()) {
        let is_said = |keyword: &str, bound: &Value| {
            values.iter().all(|value| is_within(value, keyword, bound))
        };
        for view in [&mut *old, &mut *new] {
            view.bounds
                .retain(|keyword, bound| !is_said(keyword, bound));
        }
    }
}

/// Whether a text or a number is within a bound, as far as that can be told.
fn is_within(value: &Value, keyword: &str, bound: &Value) -> bool {
    let Some(bound) = bound.as_f64() else {
        return false;
    };
    let length = || value.as_str().map(|text| text.chars().count() as f64);
    let number = || value.as_f64();
    let fits = match keyword {
        "minLength" => length().map(|it| it >= bound),
        "maxLength" => length().map(|it| it <= bound),
        "minimum" => number().map(|it| it >= bound),
        "maximum" => number().map(|it| it <= bound),
        "exclusiveMinimum" => number().map(|it| it > bound),
        "exclusiveMaximum" => number().map(|it| it < bound),
        _ => None,
    };
    fits.unwrap_or(false)
}

/// Whether the types have enough in common that other keywords say something.
pub(super) fn types<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> bool {
    let (old, new) = (&pair.old, &pair.new);
    let changed = |action| difference("type", action).from(name(old)).to(name(new));
    if old.is_never != new.is_never {
        let action = if new.is_never {
            Action::Specialized
        } else {
            Action::Generalized
        };
        let nothing = |view: &View<'d>| match view.is_never {
            true => "never valid".to_owned(),
            false => name(view),
        };
        let changed = difference("type", action)
            .from(nothing(old))
            .to(nothing(new));
        pair.edit(c, changed);
        return false;
    }
    // Alternatives have types of their own.
    let has_alternatives = old.alternatives().is_some() || new.alternatives().is_some();
    let is_null = (is_null(old), is_null(new));
    let is_changed = (old.types != new.types || is_null.0 != is_null.1) && !has_alternatives;
    let takes_null = |view: &View<'d>| view.types.is_empty() || view.is_nullable;
    let (widens, narrows) = match is_null {
        (true, false) => (takes_null(new), false),
        (false, true) => (false, takes_null(old)),
        _ => {
            let has = |large: &View<'d>, small: &View<'d>| {
                includes(&large.types, &small.types)
                    || is_changed && is_any_text(large, small) && c.is_text(pair.site)
            };
            (has(new, old), has(old, new))
        }
    };
    if is_changed && !widens && !narrows {
        pair.edit(c, changed(Action::Changed));
        return false;
    }
    if is_changed {
        let difference = match (widens, narrows) {
            // Any text is any of them.
            (true, true) => difference("type", Action::Reworded).from(shown::code("type")),
            (true, false) => changed(Action::Generalized),
            (false, _) => changed(Action::Specialized),
        };
        pair.edit(c, difference);
    }
    nullable(c, pair, is_changed.then_some(widens));
    // Of null alone, no other keyword says anything; and those about numbers say nothing of texts.
    let is_plain = includes(&new.types, &old.types) || includes(&old.types, &new.types);
    !(is_changed && (is_null.0 || is_null.1 || !is_plain))
}

/// Whether a schema of what is written as text takes any, and so each number and truth value of another one.
fn is_any_text(large: &View<'_>, small: &View<'_>) -> bool {
    let is_scalar = |ty: &&str| matches!(*ty, "string" | "integer" | "number" | "boolean");
    let says_more = |key: &&str| !is_words(key) && *key != "default";
    large.types.contains("string")
        && large.types.iter().all(is_scalar)
        && !small.types.is_empty()
        && small.types.iter().all(is_scalar)
        && large.values.is_none()
        && large.bounds.is_empty()
        && !large.members.keys().any(says_more)
}

/// Whether null is the only value by the type.
fn is_null(view: &View<'_>) -> bool {
    view.types.is_empty() && view.is_nullable && view.places.contains_key("type")
}

/// The types of a schema in words.
fn name(view: &View<'_>) -> String {
    match view.types.is_empty() {
        true if is_null(view) => shown::code("null"),
        true => "anything".to_owned(),
        false => {
            let types: Vec<String> = view.types.iter().map(|ty| shown::code(ty)).collect();
            match types.split_last() {
                Some((last, others)) if !others.is_empty() => {
                    format!("{} or {last}", others.join(", "))
                }
                _ => types.join(""),
            }
        }
    }
}

/// Null, beside types that are others now, and more or fewer, or are the same.
fn nullable<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>, widens: Option<bool>) {
    let (old, new) = (&pair.old, &pair.new);
    let action = match (old.is_nullable, new.is_nullable) {
        (false, true) if !new.types.is_empty() || widens.is_none() => Action::Added,
        (true, false) if !old.types.is_empty() || widens.is_none() => Action::Removed,
        _ => return,
    };
    // A list of types says both at once: that is one change.
    let has_flag = |view: &View<'d>| view.places.contains_key("nullable");
    if widens == Some(action == Action::Added) && !has_flag(old) && !has_flag(new) {
        return;
    }
    let action = match action {
        Action::Added if !pair.is_of_optional_property() => Action::RequiredAdded,
        action => action,
    };
    pair.edit(c, difference("nullable", action));
    let last = c.edits.len().saturating_sub(1);
    c.told_at(last, (null_of(old), null_of(new)));
}

/// The place that says that null is valid: among the types, as an alternative, or a keyword of its own.
fn null_of<'d>(view: &View<'d>) -> Option<Node<'d>> {
    let flag = view.places.get("nullable").copied();
    let types = view.places.get("type").into_iter();
    let mut types = types.flat_map(|list| list.elements());
    let ty = || types.find(|it| it.as_str() == Some("null"));
    flag.or_else(ty).or(view.null)
}

/// No type at all is every type.
fn includes(large: &BTreeSet<&str>, small: &BTreeSet<&str>) -> bool {
    let has = |ty: &&str| large.contains(*ty) || (*ty == "integer" && large.contains("number"));
    large.is_empty() || (!small.is_empty() && small.iter().all(has))
}

pub(super) fn values<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let (old, new) = match (&pair.old.values, &pair.new.values) {
        (None, None) => return,
        (None, Some(new)) => {
            let (keyword, action) = match &new[..] {
                [_] => ("const", Action::Added),
                _ => ("enum", Action::Set),
            };
            let shown = shown_values(new);
            return pair.edit(c, difference(keyword, action).to(shown));
        }
        (Some(old), None) => {
            let (keyword, action) = match &old[..] {
                [_] => ("const", Action::Removed),
                _ => ("enum", Action::Unset),
            };
            let shown = shown_values(old);
            return pair.edit(c, difference(keyword, action).from(shown));
        }
        (Some(old), Some(new)) => (old, new),
    };
    let pick = |all: &Vec<&'d Value>, numbers: Vec<usize>| -> Vec<&'d Value> {
        numbers.into_iter().map(|number| all[number]).collect()
    };
    let removed = pick(old, without(old, new, &c.renames));
    let added = pick(new, without(new, old, &c.renames));
    let (keyword, action) = match (&old[..], &new[..]) {
        ([_], [_]) => ("const", Action::Changed),
        _ => ("enum", Action::Replaced),
    };
    if let ([was], [is]) = (&removed[..], &added[..]) {
        let changed = difference(keyword, action)
            .from(shown::value(was))
            .to(shown::value(is));
        pair.edit(c, changed);
        return told_at_values(c, pair, Some(was), Some(is));
    }
    for (values, action) in [
        (&added, Action::ValueAdded),
        (&removed, Action::ValueRemoved),
    ] {
        if !values.is_empty() {
            let shown = shown::values(values.iter().copied());
            let first = values.first().copied();
            match action {
                Action::ValueAdded => {
                    pair.edit(c, difference("enum", action).to(shown));
                    told_at_values(c, pair, None, first);
                }
                _ => {
                    pair.edit(c, difference("enum", action).from(shown));
                    told_at_values(c, pair, first, None);
                }
            }
        }
    }
}

/// The last edit is told where its values stand in their lists.
fn told_at_values<'d>(
    c: &mut Comparison<'d>,
    pair: &Pair<'d, '_>,
    old: Option<&'d Value>,
    new: Option<&'d Value>,
) {
    let at = |view: &View<'d>, value: Option<&'d Value>| {
        let document = view.place("values").document;
        value.map(|value| Node { document, value })
    };
    let last = c.edits.len().saturating_sub(1);
    c.told_at(last, (at(&pair.old, old), at(&pair.new, new)));
}

/// Null is left out of values, as it is a type; where there are no others, it is the one.
fn shown_values(values: &[&Value]) -> String {
    match values {
        [] => shown::value(&Value::Null),
        all => shown::values(all.iter().copied()),
    }
}

pub(super) fn bounds<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let is_integer = |view: &View<'d>| view.types.len() == 1 && view.types.contains("integer");
    let told = match is_integer(&pair.old) && is_integer(&pair.new) {
        true => of_integers(c, pair),
        false => limits(c, pair),
    };
    for (keyword, _) in BOUNDS.into_iter().filter(|(it, _)| !told.contains(it)) {
        let get = |view: &View<'d>| view.bounds.get(keyword).copied();
        let idle = |view: &View<'d>| view.idle.get(keyword).copied();
        let (old, new) = match (get(&pair.old), get(&pair.new)) {
            (None, None) => continue,
            (old, new) => (
                old.or_else(|| idle(&pair.old)),
                new.or_else(|| idle(&pair.new)),
            ),
        };
        let action = match (old, new) {
            (None, None) => continue,
            (None, Some(_)) => Action::Set,
            (Some(_), None) => Action::Unset,
            (Some(old), Some(new)) => match is_greater(new, old) {
                None if same(old, new, &c.renames) => continue,
                None => Action::Changed,
                Some(true) => Action::Increased,
                Some(false) => Action::Decreased,
            },
        };
        let difference = Difference {
            before: old.map(shown::value),
            after: new.map(shown::value),
            ..difference(keyword, action)
        };
        pair.edit(c, difference);
    }
}

/// An integer that is more than 0 is at least 1: both keywords are one bound, and the one that leaves less is told. The
/// keywords that are told.
fn of_integers<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> Vec<&'static str> {
    let mut told = Vec::new();
    for (plain, exclusive, step) in [
        ("minimum", "exclusiveMinimum", 1),
        ("maximum", "exclusiveMaximum", -1),
    ] {
        let bound = |view: &View<'d>| -> Option<(bool, i64)> {
            let whole = |keyword, is_exclusive| {
                let bound = view.bounds.get(keyword)?;
                Some((is_exclusive, next(bound, step, is_exclusive)?))
            };
            match (whole(plain, false), whole(exclusive, true)) {
                (Some(one), Some(other)) if (one.1 < other.1) == (step > 0) => Some(other),
                (Some(one), Some(_)) => Some(one),
                (one, other) => one.or(other),
            }
        };
        let (Some((was_exclusive, was)), Some((is_exclusive, is))) =
            (bound(&pair.old), bound(&pair.new))
        else {
            continue;
        };
        told.extend([plain, exclusive]);
        let action = match was.cmp(&is) {
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Less => Action::Increased,
            std::cmp::Ordering::Greater => Action::Decreased,
        };
        let keyword = |is_exclusive| if is_exclusive { exclusive } else { plain };
        let shown = |view: &View<'d>, bound: i64| match was_exclusive == is_exclusive {
            true => view
                .bounds
                .get(keyword(is_exclusive))
                .copied()
                .map(shown::value),
            false => Some(shown::value(&bound.into())),
        };
        let difference = Difference {
            before: shown(&pair.old, was),
            after: shown(&pair.new, is),
            not: pair.not(),
            ..difference(keyword(was_exclusive && is_exclusive), action)
        };
        let places = (
            pair.old.place(keyword(was_exclusive)),
            pair.new.place(keyword(is_exclusive)),
        );
        c.edit(difference, places.0, places.1, pair.site);
    }
    told
}

/// The first integer within a bound, upwards or downwards.
fn next(bound: &Value, step: i64, is_exclusive: bool) -> Option<i64> {
    /// Integers up to here are exact as they are.
    const MOST: f64 = 9_007_199_254_740_992.0;
    let whole = match bound.as_i64() {
        Some(whole) => whole,
        None => {
            let number = bound.as_f64().filter(|it| it.abs() < MOST)?;
            let whole = if step > 0 {
                number.ceil()
            } else {
                number.floor()
            };
            if whole != number {
                return Some(whole as i64);
            }
            whole as i64
        }
    };
    whole.checked_add(if is_exclusive { step } else { 0 })
}

/// Each format has all values of those before it.
const WIDER: [&[&str]; 6] = [
    &["int8", "int16", "int32", "int64"],
    &["uint8", "uint16", "uint32", "uint64"],
    &["uint8", "int16", "int32", "int64"],
    &["uint16", "int32", "int64"],
    &["uint32", "int64"],
    &["float", "double"],
];

/// Formats of fewer integers than others have: they are types of Rust, which read no others.
const INTEGERS: [&str; 7] = [
    "int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64",
];

pub(super) fn others<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    for keyword in OTHERS {
        let get = |view: &View<'d>| view.members.get(keyword).copied();
        let (old, new) = (get(&pair.old), get(&pair.new));
        let action = match (old, new) {
            (None, None) => continue,
            (Some(old), Some(new)) if c.same(old, new) => continue,
            (Some(old), Some(new)) => changed(keyword, old, new),
            (None, Some(_)) => Action::Added,
            (Some(_), None) => Action::Removed,
        };
        let is_true = |node: Option<Node<'d>>| node.map(|it| it.value) == Some(&Value::Bool(true));
        let action = match keyword {
            "uniqueItems" => match (is_true(old), is_true(new)) {
                (false, true) => Action::Set,
                (true, false) => Action::Unset,
                _ => continue,
            },
            // The way of bytes is stated or not: either way they are written otherwise.
            "contentEncoding" | "contentMediaType" => Action::Changed,
            "format" if is_of_integers(&pair.old, old) => match action {
                Action::Removed => Action::RequiredRemoved,
                Action::Changed => Action::RequiredRenamed,
                _ => action,
            },
            _ => action,
        };
        let shown = |node: Option<Node<'d>>| match node {
            Some(node) => shown::value(node.value),
            None => "nothing".to_owned(),
        };
        let difference = difference(keyword, action).from(shown(old)).to(shown(new));
        pair.edit(c, difference);
    }
}

fn is_of_integers(view: &View<'_>, format: Option<Node<'_>>) -> bool {
    let format = format.and_then(|it| it.as_str());
    view.types.contains("integer") && format.is_some_and(|it| INTEGERS.contains(&it))
}

/// Whether a number is a whole number of others; decimals are not exact.
fn is_multiple(number: f64, of: f64) -> bool {
    const EXACT: f64 = 1e-9;
    let times = number / of;
    times.is_finite() && times.round() >= 1.0 && (times - times.round()).abs() <= EXACT * times
}

fn changed(keyword: &str, old: Node<'_>, new: Node<'_>) -> Action {
    if keyword == "multipleOf" {
        return match (old.value.as_f64(), new.value.as_f64()) {
            (Some(old), Some(new)) if is_multiple(new, old) => Action::Specialized,
            (Some(old), Some(new)) if is_multiple(old, new) => Action::Generalized,
            _ => Action::Changed,
        };
    }
    let (Some(old), Some(new)) = (old.as_str(), new.as_str()) else {
        return Action::Changed;
    };
    let widths = WIDER.iter().filter(|_| keyword == "format");
    let mut positions = widths.filter_map(|formats| {
        let at = |format| formats.iter().position(|it| *it == format);
        Some((at(old)?, at(new)?))
    });
    match positions.next() {
        Some((old, new)) if old < new => Action::Generalized,
        Some(_) => Action::Specialized,
        None => Action::Changed,
    }
}

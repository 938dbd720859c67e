//! Limits of numbers, which are one limit downwards and one upwards, whether or not it is itself within.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::shown;
use super::Pair;
use super::view::View;
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use serde_json::Value;

/// The keywords of a limit: with the number itself, and without it.
const LIMITS: [(&str, &str, bool); 2] = [
    ("minimum", "exclusiveMinimum", true),
    ("maximum", "exclusiveMaximum", false),
];

/// The limit that leaves less, of both keywords.
struct Limit<'d> {
    keyword: &'static str,
    is_exclusive: bool,
    value: &'d Value,
}

/// Tells another limit where both have one, and the keywords that are told by it.
pub(super) fn limits<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> Vec<&'static str> {
    let mut told = Vec::new();
    for (plain, exclusive, is_lower) in LIMITS {
        let limit = |view: &View<'d>| limit(view, (plain, exclusive), is_lower);
        let (Some(was), Some(is)) = (limit(&pair.old), limit(&pair.new)) else {
            continue;
        };
        told.extend([plain, exclusive]);
        let action = match is_greater(is.value, was.value) {
            Some(true) => Action::Increased,
            Some(false) => Action::Decreased,
            None if was.is_exclusive == is.is_exclusive => continue,
            None if is.is_exclusive => Action::Specialized,
            None => Action::Generalized,
        };
        let keyword = match was.is_exclusive && is.is_exclusive {
            true => exclusive,
            false => plain,
        };
        let difference = Difference {
            not: pair.not(),
            ..Difference::new(Kind::Schema, keyword, action)
                .from(shown::value(was.value))
                .to(shown::value(is.value))
        };
        let places = (pair.old.place(was.keyword), pair.new.place(is.keyword));
        c.edit(difference, places.0, places.1, pair.site);
    }
    told
}

fn limit<'d>(
    view: &View<'d>,
    (plain, exclusive): (&'static str, &'static str),
    is_lower: bool,
) -> Option<Limit<'d>> {
    let of = |keyword, is_exclusive| {
        let value = view.bounds.get(keyword).copied()?;
        Some(Limit {
            keyword,
            is_exclusive,
            value,
        })
    };
    let (with, without) = (of(plain, false), of(exclusive, true));
    match (&with, &without) {
        // Of equal ones, that without the number leaves less.
        (Some(one), Some(other)) if is_greater(one.value, other.value) != Some(is_lower) => without,
        _ => with.or(without),
    }
}

/// Whether a number is greater than another; `None` where they are equal, or not numbers.
pub(super) fn is_greater(a: &Value, b: &Value) -> Option<bool> {
    let whole = |it: &Value| {
        let signed = it.as_i64().map(i128::from);
        signed.or_else(|| it.as_u64().map(i128::from))
    };
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        return (a != b).then_some(a > b);
    }
    let (a, b) = (a.as_f64()?, b.as_f64()?);
    (a != b).then_some(a > b)
}

//! Choices that say something beside the rest of their schema, where another schema has that rest alone: a choice is one more
//! thing that has to hold (JSON Schema core 2020-12, section 10.2.1), and without it there are more values.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::shown;
use super::super::words::is_words;
use super::Pair;
use super::view::{View, is_null};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;

/// Keywords that leave values as they are, and take fewer of them.
const LIMITS: [&str; 8] = [
    "contains",
    "dependentRequired",
    "multipleOf",
    "not",
    "pattern",
    "propertyNames",
    "required",
    "uniqueItems",
];

/// Tells a choice that one of two schemas has beside what both say; whether there is one.
pub(super) fn beside<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> bool {
    let (choice, other, is_new) = match pair.old.alternatives().is_some() {
        true => (&pair.old, &pair.new, false),
        false => (&pair.new, &pair.old, true),
    };
    let Some((keyword, list)) = choice.alternatives() else {
        return false;
    };
    let mut rest = choice.clone();
    rest.members.remove(keyword);
    if rest.says_nothing() || rest.reference.is_some() || rest.alternatives().is_some() {
        return false;
    }
    let has_types = !rest.types.is_empty() && rest.types == other.types;
    let member = match () {
        () if has_types && list.elements().all(|it| is_limit(it, &rest)) => "alternatives",
        () if is_new && is_same(c, other, &rest) => keyword,
        () if !is_new && is_same(c, &rest, other) => keyword,
        () => return false,
    };
    let names = shown::values(list.elements().map(|it| it.value));
    let difference = match is_new {
        true => Difference::new(Kind::Schema, member, Action::Set).to(names),
        false => Difference::new(Kind::Schema, member, Action::Unset).from(names),
    };
    c.edit(
        Difference {
            not: pair.not(),
            ..difference
        },
        pair.old.place(keyword),
        pair.new.place(keyword),
        pair.site,
    );
    true
}

/// Whether an alternative only takes fewer of the values that the rest of the schema takes.
fn is_limit(alternative: Node<'_>, rest: &View<'_>) -> bool {
    let view = View::of(alternative);
    let mut keys = view.members.keys();
    let says_type = !(view.types.is_empty() || view.is_implied || view.types == rest.types);
    !says_type
        && !is_null(alternative)
        && view.reference.is_none()
        && view.values.is_none()
        && keys.all(|key| is_words(key) || LIMITS.contains(key))
}

/// Whether two schemas say the same but for words.
fn is_same<'d>(c: &Comparison<'d>, old: &View<'d>, new: &View<'d>) -> bool {
    let says = |view: &View<'_>| view.members.keys().filter(|key| !is_words(key)).count();
    let mut members = old.members.iter().filter(|(key, _)| !is_words(key));
    old.types == new.types
        && old.bounds == new.bounds
        && old.values == new.values
        && old.is_never == new.is_never
        && [old, new]
            .iter()
            .all(|it| it.reference.is_none() && it.others.is_empty())
        && says(old) == says(new)
        && members.all(|(key, old)| {
            let new = new.members.get(key);
            new.is_some_and(|new| c.same(*old, *new))
        })
}

//! Schemas that are made of schemas: which part of one is which of the other.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::same::{canonical, same};
use super::super::shown;
use super::super::side::{Side, name_of};
use super::super::words::is_words;
use super::Pair;
use super::beside::beside;
use super::parts::{Says, said};
use super::view::{View, is_null};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;
use serde_json::Value;
use std::collections::BTreeSet;

fn difference(keyword: &str, action: Action) -> Difference<'_> {
    Difference::new(Kind::Schema, keyword, action)
}

/// Whether the rest of the schema says something that is not told by the alternatives.
pub(super) fn alternatives<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> bool {
    match (pair.old.alternatives(), pair.new.alternatives()) {
        (None, None) => true,
        (Some((was, old)), Some((is, new))) => {
            if was != is && !(are_disjoint(c.old, old) && are_disjoint(c.new, new)) {
                let action = match is {
                    "anyOf" => Action::Generalized,
                    _ => Action::Specialized,
                };
                let difference = difference("alternatives", action)
                    .from(shown::code(was))
                    .to(shown::code(is));
                c.edit(difference, old, new, pair.site);
            }
            lists(c, pair, is, old, new);
            true
        }
        _ if beside(c, pair) => true,
        (None, Some((keyword, list))) => {
            let is_any = View::says_nothing(&pair.old);
            let action = match () {
                () if is_any => Action::Set,
                () if has(c, list, true, &pair.old) => Action::Generalized,
                () => Action::Changed,
            };
            let names = shown::values(list.elements().map(|it| it.value));
            let difference = difference(keyword, action).from("one kind").to(names);
            pair.edit(c, difference);
            false
        }
        (Some((keyword, list)), None) => {
            let is_any = View::says_nothing(&pair.new);
            let action = match () {
                () if is_any => Action::Unset,
                () if has(c, list, false, &pair.new) => Action::Specialized,
                () => Action::Changed,
            };
            let names = shown::values(list.elements().map(|it| it.value));
            let difference = difference(keyword, action).from(names).to("one kind");
            pair.edit(c, difference);
            false
        }
    }
}

/// Whether no value is of two alternatives, since each has types that no other one has. Exactly one is any, then.
fn are_disjoint(side: Side<'_>, list: Node<'_>) -> bool {
    let mut known = BTreeSet::new();
    let mut elements = list.elements().filter(|it| !is_null(*it));
    elements.all(|element| {
        let view = View::of(element).with_only_part().expanded(&side);
        // An integer is a number, too, and null may be in any.
        let types = view.types.iter().map(|ty| match *ty {
            "integer" => "number",
            ty => ty,
        });
        let null = view.is_nullable.then_some("null");
        let types: Vec<&str> = types.chain(null).collect();
        !view.types.is_empty() && types.into_iter().all(|ty| known.insert(ty.to_owned()))
    })
}

/// Any of any of several is any of all of them, and the same holds of all.
fn flatten<'d>(keyword: &str, list: Node<'d>, flat: &mut Vec<Node<'d>>) {
    for element in list.elements() {
        let is_alone = keyword != "oneOf" && element.members().count() == 1;
        let inner = element.get(keyword).filter(|_| is_alone);
        match inner.filter(|it| it.elements().next().is_some()) {
            Some(inner) => flatten(keyword, inner, flat),
            None => flat.push(element),
        }
    }
}

/// The schemas of a list, each once: of `oneOf`, one that is there twice is never valid.
fn distinct<'d>(keyword: &str, list: Node<'d>) -> Vec<Node<'d>> {
    let mut known = BTreeSet::new();
    let mut elements = Vec::new();
    flatten(keyword, list, &mut elements);
    // Null is told as itself, in whatever words.
    let is_told = |element: &Node<'d>| keyword != "allOf" && is_null(*element);
    elements
        .into_iter()
        .filter(|element| !is_told(element))
        .filter(|element| keyword == "oneOf" || known.insert(canonical(element.value)))
        .collect()
}

/// Whether what the other schema is stands among the alternatives.
fn has<'d>(c: &Comparison<'d>, list: Node<'d>, is_new: bool, other: &View<'d>) -> bool {
    let reference = |node: Node<'d>| node.get("$ref").and_then(|it| it.as_str());
    let mut elements = list.elements();
    match other.reference.and_then(|node| node.as_str()) {
        Some(name) => elements.any(|element| {
            reference(element).is_some_and(|it| match is_new {
                true => c.is_one(name, it),
                false => c.is_one(it, name),
            })
        }),
        None => elements.any(|element| same(element.value, other.node.value, &c.renames)),
    }
}

/// Whether what one schema refers to is an alternative of the other.
pub(super) fn is_one_of<'d>(c: &Comparison<'d>, old: &View<'d>, new: &View<'d>) -> bool {
    let is = |one: &View<'d>, other: &View<'d>, is_new| {
        let list = other.alternatives().map(|(_, list)| list);
        one.reference.is_some() && list.is_some_and(|list| has(c, list, is_new, one))
    };
    is(old, new, true) || is(new, old, false)
}

/// Two lists of alternatives, or of parts that all hold.
fn lists<'d>(
    c: &mut Comparison<'d>,
    pair: &Pair<'d, '_>,
    keyword: &str,
    old: Node<'d>,
    new: Node<'d>,
) {
    let site = pair.site.at(keyword);
    let mut news: Vec<Node<'d>> = distinct(keyword, new);
    let mut gone: Vec<Node<'d>> = Vec::new();
    for element in distinct(keyword, old) {
        match news.iter().position(|other| c.same(element, *other)) {
            Some(number) => {
                let other = news.remove(number);
                c.pair(Kind::Schema, element, other, &site.at(&label(element)));
            }
            None => gone.push(element),
        }
    }
    let mut missing = Vec::new();
    for element in gone {
        let name = label(element);
        let is_it = |other: &Node<'d>| label(*other) == name && !name.is_empty();
        match news.iter().position(is_it) {
            Some(number) => {
                let other = news.remove(number);
                c.pair(Kind::Schema, element, other, &site.at(&name));
            }
            None => missing.push(element),
        }
    }
    missing.retain(
        |was| match news.iter().position(|is| are_alike(*was, *is)) {
            Some(number) => {
                let is = news.remove(number);
                c.pair(Kind::Schema, *was, is, &site.at(&label(*was)));
                false
            }
            None => true,
        },
    );
    // One in place of one: if both are written here, it is the same, changed.
    if let ([was], [is]) = (&missing[..], &news[..]) {
        let is_written = |node: Node<'d>| node.get("$ref").is_none();
        let ty = |node: Node<'d>| {
            let view = View::of(node).with_only_part();
            view.types
        };
        if is_written(*was) && is_written(*is) && ty(*was) == ty(*is) {
            let name = label(*was);
            return c.pair(Kind::Schema, *was, *is, &site.at(&name));
        }
    }
    came_and_went(c, pair, keyword, (old, new), (missing, news));
}

/// Parts that are in one of the lists alone.
fn came_and_went<'d>(
    c: &mut Comparison<'d>,
    pair: &Pair<'d, '_>,
    keyword: &str,
    (old, new): (Node<'d>, Node<'d>),
    (missing, news): (Vec<Node<'d>>, Vec<Node<'d>>),
) {
    let site = pair.site.at(keyword);
    if let ([was], [is]) = (&missing[..], &news[..]) {
        let difference = difference(keyword, replaced(c, pair, keyword, *was, *is))
            .from(shown::value(was.value))
            .to(shown::value(is.value));
        return c.edit(difference, *was, *is, &site.at(&label(*was)));
    }
    for (elements, action, is_new) in [
        (missing, Action::Removed, false),
        (news, Action::Added, true),
    ] {
        for element in elements {
            let shown = shown::value(element.value);
            let inside = site.at(&label(element));
            let action = match keyword {
                "allOf" => part_action(c, pair, is_new, [element].into_iter()),
                "oneOf" if is_new && takes_another(c, element, old) => Action::RequiredAdded,
                _ => action,
            };
            let (difference, places) = match is_new {
                // Of words, the sentence has what differs.
                true if action == Action::Reworded => {
                    (difference(keyword, action).from(shown), (old, element))
                }
                true => (difference(keyword, action).to(shown), (old, element)),
                false => (difference(keyword, action).from(shown), (element, new)),
            };
            c.edit(difference, places.0, places.1, &inside);
        }
    }
}

/// Whether a new alternative has all values of one that there was: exactly one is never valid for those any more.
fn takes_another<'d>(c: &Comparison<'d>, added: Node<'d>, olds: Node<'d>) -> bool {
    let view = View::of(added).with_only_part().expanded(&c.new);
    let says_more = view.members.keys().any(|key| !is_words(key))
        || view.values.is_some()
        || view.reference.is_some()
        || !view.bounds.is_empty();
    let has =
        |ty: &&str| view.types.contains(*ty) || *ty == "integer" && view.types.contains("number");
    let mut olds = olds.elements().filter(|it| !is_null(*it));
    !says_more
        && !view.is_never
        && olds.any(|old| {
            let old = View::of(old).with_only_part().expanded(&c.old);
            let is_within = !old.types.is_empty() && old.types.iter().all(has);
            view.types.is_empty() || is_within && old.alternatives().is_none()
        })
}

/// The action of one part in the place of another.
fn replaced<'d>(
    c: &Comparison<'d>,
    pair: &Pair<'d, '_>,
    keyword: &str,
    was: Node<'d>,
    is: Node<'d>,
) -> Action {
    if keyword != "allOf" {
        return Action::Replaced;
    }
    let gone = said([was].into_iter(), &c.old, &pair.new, &c.new);
    let come = said([is].into_iter(), &c.new, &pair.old, &c.old);
    match (gone, come) {
        (Says::Nothing, _) => part_action(c, pair, true, [is].into_iter()),
        (_, Says::Nothing) => part_action(c, pair, false, [was].into_iter()),
        _ => Action::Replaced,
    }
}

/// The action of parts of `allOf` that came or went.
fn part_action<'d>(
    c: &Comparison<'d>,
    pair: &Pair<'d, '_>,
    is_new: bool,
    parts: impl Iterator<Item = Node<'d>>,
) -> Action {
    let says = match is_new {
        true => said(parts, &c.new, &pair.old, &c.old),
        false => said(parts, &c.old, &pair.new, &c.new),
    };
    match (says, is_new) {
        (Says::Nothing, _) => Action::Reworded,
        (Says::Optional, true) => Action::Set,
        (Says::Bounds | Says::Structure, true) => Action::Added,
        (Says::Optional | Says::Bounds, false) => Action::Unset,
        (Says::Structure, false) => Action::Removed,
    }
}

/// A part's own name, by which it is known among others.
fn label(node: Node<'_>) -> String {
    let view = View::of(node).with_only_part();
    if let Some(reference) = view.reference.and_then(|it| it.as_str()) {
        return name_of(reference).to_owned();
    }
    if let Some(title) = view.members.get("title").and_then(|it| it.as_str()) {
        return title.to_owned();
    }
    let only = |view: &View<'_>| match view.values.as_deref() {
        Some([Value::String(only)]) => Some(only.clone()),
        _ => None,
    };
    if let Some(only) = only(&view) {
        return only;
    }
    // A constant property tells alternatives apart.
    let properties = view.members.get("properties").into_iter();
    let constants = properties
        .flat_map(|map| map.members())
        .filter_map(|(name, property)| {
            let view = View::of(property).with_only_part();
            Some(format!("{name}={}", only(&view)?))
        });
    let constants: Vec<String> = constants.collect();
    match constants.is_empty() {
        false => constants.join(","),
        true => match (view.types.len(), view.members.contains_key("properties")) {
            (1, false) => view.types.iter().copied().collect(),
            _ => String::new(),
        },
    }
}

/// Whether two objects that have no name have most of their properties in common.
fn are_alike(old: Node<'_>, new: Node<'_>) -> bool {
    let names = |node: Node<'_>| -> Option<BTreeSet<String>> {
        let view = View::of(node).with_only_part();
        let properties = view
            .members
            .get("properties")
            .filter(|_| view.reference.is_none())?;
        Some(
            properties
                .members()
                .map(|(name, _)| name.to_owned())
                .collect(),
        )
    };
    match (names(old), names(new)) {
        (Some(old), Some(new)) => {
            let common = old.intersection(&new).count();
            common > 0 && common * 2 >= old.len().max(new.len())
        }
        _ => false,
    }
}

pub(super) fn all_of<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let get = |view: &View<'d>| view.members.get("allOf").copied();
    match (get(&pair.old), get(&pair.new)) {
        (Some(old), Some(new)) => lists(c, pair, "allOf", old, new),
        (None, None) => {}
        (old, new) => {
            let list = old.or(new);
            let parts = list.into_iter().flat_map(|list| list.elements());
            let action = part_action(c, pair, new.is_some(), parts);
            let names = list.map(|list| shown::values(list.elements().map(|it| it.value)));
            let difference = Difference {
                before: old.and(names.clone()),
                after: new.and(names),
                ..difference("allOf", action)
            };
            pair.edit(c, difference);
        }
    }
}

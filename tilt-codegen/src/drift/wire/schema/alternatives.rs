//! Schemas that are made of schemas: which part of one is which of the other.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::same::{canonical, same};
use super::super::shown;
use super::super::side::{Side, name_of};
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
                _ => action,
            };
            let (difference, places) = match is_new {
                true => (difference(keyword, action).to(shown), (old, element)),
                false => (difference(keyword, action).from(shown), (element, new)),
            };
            c.edit(difference, places.0, places.1, &inside);
        }
    }
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

/// OpenAPI has an object here, AsyncAPI the name of a property.
pub(super) fn discriminator<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let get = |view: &View<'d>| view.members.get("discriminator").copied();
    let property = |node: Node<'d>| node.as_str().or_else(|| node.get("propertyName")?.as_str());
    let (old, new) = (get(&pair.old), get(&pair.new));
    let shown = |node: Option<Node<'d>>| node.and_then(property).map(shown::code);
    let action = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => Action::Added,
        (Some(_), None) => Action::Removed,
        (Some(old), Some(new)) if property(old) != property(new) => Action::Changed,
        (Some(old), Some(new)) => return mapping(c, pair, old, new),
    };
    let difference = Difference {
        before: shown(old),
        after: shown(new),
        ..difference("discriminator", action)
    };
    pair.edit(c, difference);
}

/// A schema is told by its name without an entry (OpenAPI 3.1.1, section 4.8.25.2).
fn is_its_name(value: &str, target: Node<'_>) -> bool {
    target.as_str().is_some_and(|it| name_of(it) == value)
}

/// An entry of a mapping.
type Entry<'d> = (&'d str, Node<'d>);

/// The one entry that is gone and the one that is new, where both lead to one schema.
fn one_entry<'d>(
    c: &Comparison<'d>,
    olds: &[Entry<'d>],
    news: &[Entry<'d>],
) -> Option<(Entry<'d>, Entry<'d>)> {
    let without = |all: &[Entry<'d>], others: &[Entry<'d>]| {
        let all = all.iter();
        let left = all.filter(|(value, _)| !others.iter().any(|(other, _)| other == value));
        left.copied().collect::<Vec<_>>()
    };
    match (&without(olds, news)[..], &without(news, olds)[..]) {
        ([was], [is]) => c
            .is_one(was.1.as_str()?, is.1.as_str()?)
            .then_some((*was, *is)),
        _ => None,
    }
}

/// Whether a value was the name of a schema before that got another one, or is its name now: it is told by that without an entry.
fn is_name_of(
    c: &Comparison<'_>,
    (was, is): (&str, &str),
    others: &[Entry<'_>],
    value: &str,
) -> bool {
    let mut targets = others.iter().map(|(_, target)| name_of_target(*target));
    c.renames.get(was).is_some_and(|it| it == is) && !targets.any(|it| it == value)
}

fn name_of_target<'d>(target: Node<'d>) -> &'d str {
    target.as_str().map(name_of).unwrap_or_default()
}

/// Whether the alternative that an entry leads to is one of one state alone, and so is told with its value.
fn is_told_with(
    c: &Comparison<'_>,
    target: &Node<'_>,
    (here, there): (&View<'_>, &View<'_>),
) -> bool {
    let name = name_of_target(*target);
    let is_it = |other: &str| {
        let is_now = |was: &str, is: &str| c.renames.get(was).is_some_and(|it| it == is);
        other == name || is_now(other, name) || is_now(name, other)
    };
    let has = |view: &View<'_>| {
        let elements = view.alternatives().into_iter();
        let elements = elements.flat_map(|(_, list)| list.elements());
        let mut references = elements.filter_map(|it| it.get("$ref")?.as_str());
        references.any(|it| is_it(name_of(it)))
    };
    has(here) && !has(there)
}

fn mapping<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>, old: Node<'d>, new: Node<'d>) {
    let all = |node: Node<'d>| -> Vec<(&'d str, Node<'d>)> {
        let mapping = node.get("mapping").into_iter();
        mapping.flat_map(|mapping| mapping.members()).collect()
    };
    let (mut olds, mut news) = (all(old), all(new));
    let find = |all: &[(&'d str, Node<'d>)], value: &str| {
        let mut all = all.iter();
        all.find(|(other, _)| *other == value)
            .map(|(_, node)| *node)
    };
    let entry = |value: &str| pair.site.at("discriminator").at(value);
    let first = c.edits.len();
    let replaced = one_entry(c, &olds, &news);
    if let Some(((was, old), (is, new))) = replaced {
        let difference = difference("mapping", Action::Replaced)
            .from(shown::code(was))
            .to(shown::code(is));
        c.edit(difference, old, new, &entry(was));
        let is_other = |(value, _): &(&str, Node<'d>)| *value != was && *value != is;
        olds.retain(is_other);
        news.retain(is_other);
    }
    for (value, was) in &olds {
        match find(&news, value) {
            Some(is) => {
                let (Some(old), Some(new)) = (was.as_str(), is.as_str()) else {
                    continue;
                };
                if name_of(old) != name_of(new) && !c.is_one(old, new) {
                    let told = |name| format!("{} by {}", shown::code(name), shown::code(value));
                    let difference = difference("mapping", Action::Changed)
                        .from(told(name_of(old)))
                        .to(told(name_of(new)));
                    c.edit(difference, *was, is, &entry(value));
                }
            }
            None if is_its_name(value, *was)
                || is_name_of(c, (name_of_target(*was), value), &news, value)
                || is_told_with(c, was, (&pair.old, &pair.new)) => {}
            None => {
                let difference = difference("mapping", Action::Removed).from(shown::code(value));
                c.edit(difference, *was, new, &entry(value));
            }
        }
    }
    for (value, is) in news {
        let is_told = is_its_name(value, is)
            || is_name_of(c, (value, name_of_target(is)), &olds, value)
            || is_told_with(c, &is, (&pair.new, &pair.old));
        if find(&olds, value).is_none() && !is_told {
            let difference = difference("mapping", Action::Added).to(shown::code(value));
            c.edit(difference, old, is, &entry(value));
        }
    }
    let maps = (old.get("mapping"), new.get("mapping"));
    c.whole_member(first, "mapping", maps, (old, new), pair.site);
    others_of_discriminator(c, pair, old, new);
}

/// Members of a discriminator that no specification has.
fn others_of_discriminator<'d>(
    c: &mut Comparison<'d>,
    pair: &Pair<'d, '_>,
    old: Node<'d>,
    new: Node<'d>,
) {
    let others = old
        .members()
        .filter(|(key, _)| !matches!(*key, "propertyName" | "mapping"));
    let others: Vec<_> = others.collect();
    for (key, value) in &others {
        let parts = (Some(*value), new.get(key));
        c.extra(Kind::Schema, key, parts, (old, new), pair.site);
    }
    for (key, value) in new.members() {
        let is_told = matches!(key, "propertyName" | "mapping") || old.get(key).is_some();
        if !is_told {
            c.extra(
                Kind::Schema,
                key,
                (None, Some(value)),
                (old, new),
                pair.site,
            );
        }
    }
}

//! Discriminators, and the values by which they tell alternatives apart.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::shown;
use super::super::side::{Side, name_of};
use super::Pair;
use super::view::View;
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;

fn difference(keyword: &str, action: Action) -> Difference<'_> {
    Difference::new(Kind::Schema, keyword, action)
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

/// The value of an alternative before and after, and the places that say so.
type OtherValue<'d> = (&'d str, &'d str, (Node<'d>, Node<'d>));

/// Takes out the entry that is there for another one, and those that are there for names.
fn other_values<'d>(
    c: &Comparison<'d>,
    pair: &Pair<'d, '_>,
    (olds, news): (&mut Vec<Entry<'d>>, &mut Vec<Entry<'d>>),
) -> Vec<OtherValue<'d>> {
    let mut all = Vec::new();
    if let Some(((was, old), (is, new))) = one_entry(c, olds, news) {
        all.push((was, is, (old, new)));
        olds.retain(|(value, _)| *value != was && *value != is);
        news.retain(|(value, _)| *value != was && *value != is);
    }
    all.extend(entries_for_names(c, pair, (olds, news)));
    all
}

/// Takes out the first entry of a schema that was told by its name, which an entry replaces (OpenAPI 3.1.1, section 4.8.25.3), and
/// the last one of a schema that is told by its name now.
fn entries_for_names<'d>(
    c: &Comparison<'d>,
    pair: &Pair<'d, '_>,
    (olds, news): (&mut Vec<Entry<'d>>, &mut Vec<Entry<'d>>),
) -> Vec<OtherValue<'d>> {
    let views = [(&pair.old, &c.old), (&pair.new, &c.new)];
    let is_named = |target: &Node<'d>| {
        let name = name_of_target(*target);
        views
            .iter()
            .all(|(view, side)| is_told_by_name(view, side, name))
    };
    let only = |all: &[Entry<'d>], others: &[Entry<'d>]| -> Vec<Entry<'d>> {
        let is_for =
            |other: &Node<'d>, target: &Node<'d>| name_of_target(*other) == name_of_target(*target);
        let has = |all: &[Entry<'d>], target| all.iter().filter(|it| is_for(&it.1, target)).count();
        let all_of_it = all.iter().filter(|(_, target)| {
            has(all, target) == 1 && has(others, target) == 0 && is_named(target)
        });
        let mut found: Vec<Entry<'d>> = all_of_it.copied().collect();
        // Its name may be another schema's value.
        let is_value = |name: &str| all.iter().chain(others).any(|it| it.0 == name);
        found.retain(|(_, target)| !is_value(name_of_target(*target)));
        found
    };
    let (came, gone) = (only(news, olds), only(olds, news));
    let around = (
        pair.old.place("discriminator"),
        pair.new.place("discriminator"),
    );
    let is_it = |all: &[Entry<'d>], entry: &Entry<'d>| all.iter().any(|it| it.0 == entry.0);
    olds.retain(|entry| !is_it(&gone, entry));
    news.retain(|entry| !is_it(&came, entry));
    let came = came
        .into_iter()
        .map(|(value, is)| (name_of_target(is), value, (around.0, is)));
    let gone = gone
        .into_iter()
        .map(|(value, was)| (value, name_of_target(was), (was, around.1)));
    came.chain(gone).collect()
}

/// Whether a schema is an alternative that may be told by its name.
fn is_told_by_name<'d>(view: &View<'d>, side: &Side<'d>, name: &str) -> bool {
    let property = view
        .members
        .get("discriminator")
        .and_then(|it| it.get("propertyName"));
    let Some(property) = property.and_then(|it| it.as_str()) else {
        return false;
    };
    let elements = view.alternatives().into_iter();
    let mut elements = elements.flat_map(|(_, list)| list.elements());
    let alternative = elements.find(|it| {
        let reference = it.get("$ref").and_then(|it| it.as_str());
        reference.map(name_of) == Some(name)
    });
    alternative.is_some_and(|alternative| {
        let whole = View::of(alternative).expanded(side);
        let maps = whole.all("properties").filter_map(|map| map.get(property));
        let mut values = maps.filter_map(|schema| View::of(schema).values);
        values.all(|values| values.iter().any(|it| it.as_str() == Some(name)))
    })
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
    for (was, is, (old, new)) in other_values(c, pair, (&mut olds, &mut news)) {
        let difference = difference("mapping", Action::Replaced)
            .from(shown::code(was))
            .to(shown::code(is));
        c.edit(difference, old, new, &entry(was));
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

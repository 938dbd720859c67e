//! Keywords about what is inside of objects and lists.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::edit::{Part, Site};
use super::super::matched::{Matched, matched};
use super::super::shown;
use super::super::words::is_words;
use super::Pair;
use super::view::View;
use crate::drift::Direction;
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject, rule};
use crate::source::Node;
use serde_json::Value;
use std::collections::BTreeSet;

/// Keywords of this file.
pub(super) const KEYWORDS: [&str; 8] = [
    "properties",
    "required",
    "readOnly",
    "writeOnly",
    "additionalProperties",
    "items",
    "$defs",
    "definitions",
];

fn difference(keyword: &str, action: Action) -> Difference<'_> {
    Difference::new(Kind::Schema, keyword, action)
}

pub(super) fn objects<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    flags(c, pair);
    properties(c, pair);
    additional(c, pair);
    items(c, pair);
    for keyword in ["$defs", "definitions"] {
        let get = |view: &View<'d>| view.members.get(keyword).copied();
        let matched = matched((get(&pair.old), get(&pair.new)), false, str::to_owned);
        for (name, old, _, new) in matched.both {
            let address = pair.site.at(keyword).at(name).address;
            c.definition(Kind::Schema, old, new, Subject::Property, address);
        }
        let maps = (pair.old.place(keyword), pair.new.place(keyword));
        let inside = |name: &str| pair.site.at(keyword).at(name);
        // One that is used is told where it is.
        for (name, old) in matched
            .removed
            .into_iter()
            .filter(|it| !c.is_used(it.1))
            .collect::<Vec<_>>()
        {
            let difference = difference("$defs", Action::Removed).from(shown::code(name));
            c.edit(difference, old, maps.1, &inside(name));
        }
        for (name, new) in matched
            .added
            .into_iter()
            .filter(|it| !c.is_used(it.1))
            .collect::<Vec<_>>()
        {
            let difference = difference("$defs", Action::Added).to(shown::code(name));
            c.edit(difference, maps.0, new, &inside(name));
        }
    }
}

fn is_true(node: Option<Node<'_>>) -> bool {
    node.map(|flag| flag.value) == Some(&Value::Bool(true))
}

/// Read-only and write-only.
fn flags<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    for keyword in ["readOnly", "writeOnly"] {
        let is = |view: &View<'d>| is_true(view.members.get(keyword).copied());
        let [was_required, is_required] = pair.site.required;
        let action = match (is(&pair.old), is(&pair.new)) {
            (false, true) if was_required => Action::RequiredAdded,
            (false, true) => Action::Added,
            (true, false) if is_required => Action::RequiredRemoved,
            (true, false) => Action::Removed,
            _ => continue,
        };
        c.edit(
            difference(keyword, action),
            pair.old.place(keyword),
            pair.new.place(keyword),
            pair.site,
        );
    }
}

fn required<'d>(view: &View<'d>) -> BTreeSet<&'d str> {
    let lists = view.all("required");
    lists
        .flat_map(|list| list.elements())
        .filter_map(|name| name.as_str())
        .collect()
}

fn properties<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let get = |view: &View<'d>| view.members.get("properties").copied();
    let (old, new) = (get(&pair.old), get(&pair.new));
    let (was_required, is_required) = (required(&pair.old), required(&pair.new));
    let (olds, news) = (described(&pair.old), described(&pair.new));
    let names: BTreeSet<&str> = olds.iter().chain(&news).map(|(name, _)| *name).collect();
    let mut matched = by_name(olds, news);
    let site = |name: &str, was: &str| {
        let inside = pair.site.at("properties").at(name);
        Site {
            required: [was_required.contains(was), is_required.contains(name)],
            subject: match pair.site.subject {
                Subject::Header => Subject::Header,
                _ => Subject::Property,
            },
            ..inside
        }
    };
    never(c, &mut matched, (&was_required, &is_required), &site);
    let first = c.edits.len();
    for (name, old, _, new) in &matched.both {
        required_changes(c, pair, *old, *new, &site(name, name));
    }
    let renamed = renamed(c, &mut matched, (&was_required, &is_required));
    undescribed(c, pair, (&was_required, &is_required), &names);
    whole(c, first, pair, "required");
    for (name, old, _, new) in &matched.both {
        c.pair(Kind::Schema, *old, *new, &site(name, name));
    }
    let first = c.edits.len();
    let left = rules_of_names(&pair.new);
    other_names(c, renamed, left, (&was_required, &is_required), site);
    let around = (old.unwrap_or(pair.old.node), new.unwrap_or(pair.new.node));
    for (name, old) in matched.removed {
        let action = match was_required.contains(name) {
            true => Action::RequiredRemoved,
            false => Action::Removed,
        };
        let difference = Difference {
            not: one_way(old),
            ..difference(left, action).from(shown::code(name))
        };
        c.edit(difference, old, around.1, &site(name, name));
    }
    for (name, new) in matched.added {
        let action = match is_required.contains(name) {
            true => Action::RequiredAdded,
            false => Action::Added,
        };
        let difference = Difference {
            not: one_way(new),
            ..difference("properties", action).to(shown::code(name))
        };
        c.edit(difference, around.0, new, &site(name, name));
    }
    whole(c, first, pair, "properties");
}

/// Properties of which no value is valid any more, or was so far: they may never be there.
fn never<'d>(
    c: &mut Comparison<'d>,
    matched: &mut Matched<'d>,
    (was_required, is_required): (&BTreeSet<&str>, &BTreeSet<&str>),
    site: &impl Fn(&str, &str) -> Site,
) {
    matched.both.retain(|(name, old, _, new)| {
        let is_never = |node: &Node<'d>| View::of(*node).is_never;
        let (was_required, is_required) = (was_required.contains(name), is_required.contains(name));
        let (member, action, is_new) = match (is_never(old), is_never(new)) {
            (false, true) if was_required => ("never", Action::RequiredRemoved, false),
            (false, true) => ("never", Action::Removed, false),
            (true, false) if is_required => ("properties", Action::RequiredAdded, true),
            (true, false) => ("properties", Action::Added, true),
            _ => return true,
        };
        let difference = match is_new {
            true => difference(member, action).to(shown::code(name)),
            false => difference(member, action).from(shown::code(name)),
        };
        let difference = Difference {
            not: one_way(if is_new { *new } else { *old }),
            ..difference
        };
        c.edit(difference, *old, *new, &site(name, name));
        false
    });
}

/// Properties that have another name.
fn other_names<'d>(
    c: &mut Comparison<'d>,
    renamed: Vec<(&'d str, Node<'d>, &'d str, Node<'d>)>,
    left: &'static str,
    (was_required, is_required): (&BTreeSet<&str>, &BTreeSet<&str>),
    site: impl Fn(&str, &str) -> Site,
) {
    for (was, old, is, new) in renamed {
        let required = [was_required.contains(was), is_required.contains(is)];
        let difference = match required.contains(&true) {
            true => difference("properties", Action::RequiredRenamed),
            false => difference(left, Action::Renamed),
        };
        let difference = difference.from(shown::code(was)).to(shown::code(is));
        c.edit(difference, old, new, &site(was, was));
        if let (true, Some(edit)) = (required[0] != required[1], c.edits.last_mut()) {
            edit.parts = one_for_another(left, required, (old, new), edit.subject);
        }
    }
}

/// The name of a property differs, and not the list of those that are required: one is gone, and another one is new.
fn one_for_another(
    left: &'static str,
    [was_required, is_required]: [bool; 2],
    (old, new): (Node<'_>, Node<'_>),
    subject: Subject,
) -> Vec<Part> {
    let gone = match was_required {
        true => Action::RequiredRemoved,
        false => Action::Removed,
    };
    let came = match is_required {
        true => Action::RequiredAdded,
        false => Action::Added,
    };
    let part = |member: &str, action, node| Part {
        rule: rule(Kind::Schema, member, action),
        subject,
        not: one_way(node),
    };
    vec![part(left, gone, old), part("properties", came, new)]
}

/// A list or a map that one of the two does not have.
fn whole<'d>(c: &mut Comparison<'d>, first: usize, pair: &Pair<'d, '_>, keyword: &str) {
    let get = |view: &View<'d>| {
        let mut all = view.all(keyword);
        let one = all.next();
        (one, all.next().is_some())
    };
    let ((old, more), (new, others)) = (get(&pair.old), get(&pair.new));
    if !more && !others {
        let around = (pair.old.node, pair.new.node);
        c.whole_member(first, keyword, (old, new), around, pair.site);
    }
}

/// The rules of names that are gone: a closed object refuses them.
fn rules_of_names(view: &View<'_>) -> &'static str {
    let keywords = ["additionalProperties", "unevaluatedProperties"];
    let mut rules = keywords.iter().map(|keyword| others(view, keyword));
    match rules.any(|it| matches!(it, Others::Nothing)) {
        true => "closed",
        false => "properties",
    }
}

/// All properties, each once.
fn described<'d>(view: &View<'d>) -> Vec<(&'d str, Node<'d>)> {
    let mut names = BTreeSet::new();
    let all = view.all("properties").flat_map(|map| map.members());
    all.filter(|(name, _)| names.insert(*name)).collect()
}

/// Properties may have names that begin with `x-`.
fn by_name<'d>(olds: Vec<(&'d str, Node<'d>)>, mut news: Vec<(&'d str, Node<'d>)>) -> Matched<'d> {
    let mut both = Vec::new();
    let mut removed = Vec::new();
    let mut numbers: std::collections::HashMap<&str, Node<'d>> = news.iter().copied().collect();
    for (name, old) in olds {
        match numbers.remove(name) {
            Some(new) => both.push((name, old, name, new)),
            None => removed.push((name, old)),
        }
    }
    news.retain(|(name, _)| numbers.contains_key(name));
    Matched {
        both,
        removed,
        added: news,
    }
}

/// A property that is gone and one that is new, with one schema: the same under another name, if they are the only ones,
/// the schema says enough to tell, or the names are alike.
fn renamed<'d>(
    c: &Comparison<'d>,
    matched: &mut Matched<'d>,
    (was_required, is_required): (&BTreeSet<&str>, &BTreeSet<&str>),
) -> Vec<(&'d str, Node<'d>, &'d str, Node<'d>)> {
    let candidates = matched.renamed(c);
    // Nothing else could be meant where each that is gone has one that is new.
    let is_only = matched.removed.is_empty() && matched.added.is_empty();
    // A name that differs in one list, and not in the other.
    let is_in_both = |name| was_required.contains(name) == is_required.contains(name);
    let (kept, other): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|(was, old, is, _)| {
        let says_enough = old.value.as_object().is_some_and(|it| it.len() > 1);
        let is_as_required = was_required.contains(was) == is_required.contains(is);
        (is_as_required || is_in_both(*was) && is_in_both(*is))
            && (is_only || says_enough || are_alike(was, is))
    });
    for (was, old, is, new) in other {
        matched.removed.push((was, old));
        matched.added.push((is, new));
    }
    kept
}

/// Whether two names have a word in common, or one begins with the other.
fn are_alike(a: &str, b: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let spaced = heck::ToSnakeCase::to_snake_case(name);
        spaced.split('_').map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    a.iter().any(|word| {
        let alike = |other: &String| {
            word == other
                || (word.len() > 2 && (other.starts_with(word) || word.starts_with(other)))
        };
        b.iter().any(|other| other.len() > 2 && alike(other))
    })
}

fn required_changes<'d>(
    c: &mut Comparison<'d>,
    pair: &Pair<'d, '_>,
    old: Node<'d>,
    new: Node<'d>,
    site: &Site,
) {
    let action = match site.required {
        [false, true] => Action::Added,
        [true, false] => Action::Removed,
        _ => return,
    };
    let way = match one_way(new) {
        way @ Some(_) if one_way(old) == way => way,
        _ => None,
    };
    let difference = Difference {
        not: way,
        ..difference("required", action)
    };
    c.edit(
        difference,
        pair.old.place("required"),
        pair.new.place("required"),
        site,
    );
}

/// The way on which a property does not travel.
fn one_way(property: Node<'_>) -> Option<Direction> {
    match (
        is_true(property.get("readOnly")),
        is_true(property.get("writeOnly")),
    ) {
        (true, _) => Some(Direction::Request),
        (_, true) => Some(Direction::Answer),
        _ => None,
    }
}

/// Names that are required, and that no property describes.
fn undescribed<'d>(
    c: &mut Comparison<'d>,
    pair: &Pair<'d, '_>,
    (was, is): (&BTreeSet<&'d str>, &BTreeSet<&'d str>),
    described: &BTreeSet<&str>,
) {
    let places = (pair.old.place("required"), pair.new.place("required"));
    for (names, action) in [
        (is.difference(was), Action::Added),
        (was.difference(is), Action::Removed),
    ] {
        for name in names.filter(|name| !described.contains(*name)) {
            let inside = pair.site.at("properties").at(name).with(Subject::Property);
            c.edit(difference("required", action), places.0, places.1, &inside);
        }
    }
}

/// The rule for properties that have no name in the schema.
#[derive(Clone, Copy)]
enum Others {
    Anything,
    Nothing,
    Schema,
}

fn others(view: &View<'_>, keyword: &str) -> Others {
    match view.members.get(keyword) {
        None => Others::Anything,
        Some(node) => match node.value {
            Value::Bool(false) => Others::Nothing,
            Value::Object(_) if View::of(*node).is_never => Others::Nothing,
            Value::Object(members) if members.keys().any(|key| !is_words(key)) => Others::Schema,
            _ => Others::Anything,
        },
    }
}

fn additional<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    const KEYWORD: &str = "additionalProperties";
    if both_objects(c, pair, KEYWORD) {
        return;
    }
    let action = match (others(&pair.old, KEYWORD), others(&pair.new, KEYWORD)) {
        (Others::Anything | Others::Schema, Others::Nothing) => Action::Removed,
        (Others::Nothing, Others::Anything | Others::Schema) => Action::Added,
        (Others::Anything, Others::Schema) => Action::Set,
        (Others::Schema, Others::Anything) if is_map(&pair.old) && is_map(&pair.new) => {
            Action::Generalized
        }
        (Others::Schema, Others::Anything) => Action::Unset,
        (Others::Anything, Others::Anything)
        | (Others::Nothing, Others::Nothing)
        | (Others::Schema, Others::Schema) => return,
    };
    pair.edit(c, difference(KEYWORD, action));
}

/// Whether all properties are of the kind that the schema of others says: the SDK has a map of them.
fn is_map(view: &View<'_>) -> bool {
    let mut lists = view.all("properties");
    let more = ["patternProperties", "allOf", "oneOf", "anyOf"];
    !lists.any(|map| map.members().next().is_some())
        && !more
            .iter()
            .any(|keyword| view.members.contains_key(keyword))
}

/// Two schemas are compared, also where one of them says nothing.
fn both_objects<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>, keyword: &str) -> bool {
    let get = |view: &View<'d>| view.members.get(keyword).copied();
    let (Some(old), Some(new)) = (get(&pair.old), get(&pair.new)) else {
        return false;
    };
    let is_schema = |node: Node<'d>| node.value.is_object() && !View::of(node).is_never;
    let is = is_schema(old) && is_schema(new);
    if is {
        let inside = pair.site.at(keyword).with(Subject::Property);
        c.pair(Kind::Schema, old, new, &inside);
    }
    is
}

fn items<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    if both_objects(c, pair, "items") {
        return;
    }
    let action = match (others(&pair.old, "items"), others(&pair.new, "items")) {
        (Others::Anything, Others::Schema) => Action::Added,
        (Others::Schema, Others::Anything) => Action::Removed,
        (Others::Anything | Others::Schema, Others::Nothing) => Action::Specialized,
        (Others::Nothing, Others::Anything | Others::Schema) => Action::Generalized,
        (Others::Anything, Others::Anything)
        | (Others::Nothing, Others::Nothing)
        | (Others::Schema, Others::Schema) => return,
    };
    pair.edit(c, difference("items", action));
}

//! Parameters of operations and of their paths: which one is which, and which one has another name.

use super::difference::Difference;
use super::edit::{Parts, Site, places};
use super::matched::likeness;
use super::presence::{self, is_true, operations};
use super::words::is_words;
use super::{Comparison, shown};
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject};
use crate::source::Node;

/// Parameters of a path. One that an operation has instead is compared there.
pub(super) fn shared_parameters<'d>(
    c: &mut Comparison<'d>,
    old: Node<'d>,
    new: Node<'d>,
    site: &Site,
) {
    let first = c.edits.len();
    let lists = (old.get("parameters"), new.get("parameters"));
    let mut matched = parameters(c, lists);
    let (outer, site) = (site, &site.with(Subject::Parameter).at("parameters"));
    for (id, old, new) in std::mem::take(&mut matched.both) {
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    let has = |c: &Comparison<'d>, is_new: bool, item: Node<'d>, id: &str| {
        let mut all = operations(item).peekable();
        all.peek().is_some()
            && all.all(|(_, operation)| {
                let list = operation.get("parameters").into_iter();
                let mut ids = list
                    .flat_map(|list| list.elements())
                    .map(|parameter| identity(c, parameter, is_new));
                ids.any(|it| is_one(&it, id))
            })
    };
    matched.removed.retain(|(id, _)| !has(c, true, new, id));
    matched.added.retain(|(id, _)| !has(c, false, old, id));
    leftover(c, matched, places(lists, (old, new)), site);
    c.whole_member(first, "parameters", lists, (old, new), outer);
}

/// Parameters of an operation, which stand before those of its path.
pub(super) fn of_operation<'d>(
    c: &mut Comparison<'d>,
    own: Parts<'d>,
    shared: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let first = c.edits.len();
    let mut matched = parameters(c, own);
    let (outer, site) = (site, &site.with(Subject::Parameter).at("parameters"));
    for (id, old, new) in std::mem::take(&mut matched.both) {
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    let list = |part: Option<Node<'d>>| -> Vec<Node<'d>> {
        part.into_iter().flat_map(|list| list.elements()).collect()
    };
    let (olds, news) = (list(shared.0), list(shared.1));
    let mut moved = Vec::new();
    matched.removed.retain(|(id, old)| {
        let new = news
            .iter()
            .find(|new| is_one(&identity(c, **new, true), id));
        new.inspect(|new| moved.push((id.clone(), *old, **new)))
            .is_none()
    });
    matched.added.retain(|(id, new)| {
        let old = olds
            .iter()
            .find(|old| is_one(&identity(c, **old, false), id));
        old.inspect(|old| moved.push((id.clone(), **old, *new)))
            .is_none()
    });
    for (id, old, new) in moved {
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    leftover(c, matched, places(own, around), site);
    c.whole_member(first, "parameters", own, around, outer);
}

/// Parameters, by place and name.
struct Parameters<'d> {
    both: Vec<(String, Node<'d>, Node<'d>)>,
    removed: Vec<(String, Node<'d>)>,
    added: Vec<(String, Node<'d>)>,
}

fn parameters<'d>(c: &Comparison<'d>, lists: Parts<'d>) -> Parameters<'d> {
    let all = |list: Option<Node<'d>>, is_new: bool| -> Vec<(String, Node<'d>)> {
        let elements = list.into_iter().flat_map(|list| list.elements());
        elements
            .map(|parameter| (identity(c, parameter, is_new), parameter))
            .collect()
    };
    let mut added = all(lists.1, true);
    let mut both = Vec::new();
    let mut removed = Vec::new();
    for (id, old) in all(lists.0, false) {
        let reference = |node: Node<'d>| node.get("$ref").and_then(|it| it.as_str());
        let is_it = |(other, new): &(String, Node<'d>)| {
            // A definition is itself, whatever it is called on the wire now.
            let referred = match (reference(old), reference(*new)) {
                (Some(was), Some(is)) => c.is_one(was, is),
                _ => false,
            };
            referred || is_one(other, &id)
        };
        match added.iter().position(is_it) {
            Some(number) => both.push((id, old, added.remove(number).1)),
            None => removed.push((id, old)),
        }
    }
    Parameters {
        both,
        removed,
        added,
    }
}

/// Two parameters are one by place and name; names of headers have no case (RFC 9110, section 5.1).
fn is_one(one: &str, other: &str) -> bool {
    one == other || one.starts_with("header ") && one.eq_ignore_ascii_case(other)
}

/// Place and name; of the old document, as the new one calls it in the path.
fn identity<'d>(c: &Comparison<'d>, parameter: Node<'d>, is_new: bool) -> String {
    let side = if is_new { c.new } else { c.old };
    let target = side.follow(parameter);
    let text = |key| {
        let text = target.get(key).and_then(|text| text.as_str());
        text.unwrap_or_default()
    };
    let (place, name) = (text("in"), text("name"));
    match place {
        "path" if !is_new => {
            let name = c.around.names.get(name).copied().unwrap_or(name);
            format!("{place} {name}")
        }
        _ => format!("{place} {name}"),
    }
}

/// Parameters that are not found: renamed, moved, new or gone.
fn leftover<'d>(
    c: &mut Comparison<'d>,
    mut parameters: Parameters<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    while let Some((old, new)) = one_and_the_same(c, &parameters) {
        let (id, old) = parameters.removed.remove(old);
        let (other, new) = parameters.added.remove(new);
        let first = c.edits.len();
        let (queued, replaced) = (c.queue.len(), c.replaced.clone());
        c.pair(Kind::Parameter, old, new, &site.at(&id));
        // One that went and one that came are two changes, however much they differ in.
        if c.edits.len() > first + 2 {
            c.edits.truncate(first);
            c.queue.truncate(queued);
            c.replaced = replaced;
            parameters.removed.push((id, old));
            parameters.added.push((other, new));
            break;
        }
    }
    let of = |action| Difference::new(Kind::Operation, "parameters", action);
    let ignored = |id: &str| {
        let name = id.strip_prefix("header ")?;
        presence::is_ignored_header(Kind::Operation, "parameters", name)
            .then(|| Difference::ignored(Kind::Operation, "parameters", name))
    };
    for (id, old) in parameters.removed {
        let action = match is_true(c.old.follow(old), "required") {
            true => Action::RequiredRemoved,
            false => Action::Removed,
        };
        let difference = of(action).from(shown::code(&id));
        let difference = ignored(&id).unwrap_or(difference);
        c.edit(difference, old, around.1, &site.at(&id));
    }
    for (id, new) in parameters.added {
        let action = match is_true(c.new.follow(new), "required") {
            true => Action::RequiredAdded,
            false => Action::Added,
        };
        let difference = of(action).to(shown::code(&id));
        let difference = ignored(&id).unwrap_or(difference);
        c.edit(difference, around.0, new, &site.at(&id));
    }
}

/// One with the same name elsewhere, or, of one that is gone and one that is new, the same with another name.
fn one_and_the_same<'d>(c: &Comparison<'d>, parameters: &Parameters<'d>) -> Option<(usize, usize)> {
    let name = |id: &str| id.split_once(' ').map(|(_, name)| name.to_lowercase());
    for (number, (id, _)) in parameters.removed.iter().enumerate() {
        let mut others = parameters.added.iter();
        if let Some(other) = others.position(|(other, _)| name(other) == name(id)) {
            return Some((number, other));
        }
    }
    // Without a place and a name, an element is what is left of one.
    let is_nameless = |id: &str| id == " ";
    let [removed, added] = [&parameters.removed, &parameters.added].map(|all| said(all));
    match (&removed[..], &added[..]) {
        ([(was, (id, _))], [(is, (other, _))]) if is_nameless(id) || is_nameless(other) => {
            Some((*was, *is))
        }
        ([(was, old)], [(is, new)]) if place(&old.0) == place(&new.0) => {
            let (old, new) = (c.old.follow(old.1), c.new.follow(new.1));
            let others = others(c, old, new);
            let is_it = says_as_much(&others) || is_one_edit_away(c, &others, (old, new));
            is_it.then_some((*was, *is))
        }
        _ => most_alike(c, &removed, &added),
    }
}

type Numbered<'p, 'd> = (usize, &'p (String, Node<'d>));

/// Without headers that say nothing.
fn said<'p, 'd>(all: &'p [(String, Node<'d>)]) -> Vec<Numbered<'p, 'd>> {
    let is_ignored = |id: &str| {
        let name = id.strip_prefix("header ");
        name.is_some_and(|it| presence::is_ignored_header(Kind::Operation, "parameters", it))
    };
    let all = all.iter().enumerate();
    all.filter(|(_, (id, _))| !is_ignored(id)).collect()
}

fn place(id: &str) -> Option<&str> {
    id.split_once(' ').map(|(place, _)| place)
}

/// Of several, two that differ in their names alone, and in those the least.
fn most_alike<'d>(
    c: &Comparison<'d>,
    removed: &[Numbered<'_, 'd>],
    added: &[Numbered<'_, 'd>],
) -> Option<(usize, usize)> {
    let pairs = removed
        .iter()
        .flat_map(|was| added.iter().map(move |is| (was, is)));
    let pairs = pairs.filter(|((_, (id, old)), (_, (other, new)))| {
        let both = (c.old.follow(*old), c.new.follow(*new));
        place(id) == place(other) && says_as_much(&others(c, both.0, both.1))
    });
    let best = pairs.max_by_key(|((_, (id, _)), (_, (other, _)))| {
        // In any order of the document.
        (likeness(id, other), std::cmp::Reverse((id, other)))
    });
    best.map(|((was, _), (is, _))| (*was, *is))
}

/// Whether nothing that differs says anything of values.
fn says_as_much(others: &[&str]) -> bool {
    !["schema", "content", "required"]
        .iter()
        .any(|it| others.contains(it))
}

/// The members that say something of values and differ, but for the name.
fn others<'d>(c: &Comparison<'d>, old: Node<'d>, new: Node<'d>) -> Vec<&'d str> {
    let added = new.members().filter(|(key, _)| old.get(key).is_none());
    let keys = old.members().chain(added).map(|(key, _)| key);
    let is_same = |key: &str| match (old.get(key), new.get(key)) {
        (Some(old), Some(new)) => c.same(old, new),
        (None, None) => true,
        _ => false,
    };
    keys.filter(|key| *key != "name" && !is_words(key) && !is_same(key))
        .collect()
}

/// Whether one edit besides makes one parameter the other, and it is of the same type: a new name is none the less one.
fn is_one_edit_away<'d>(
    c: &Comparison<'d>,
    others_of_both: &[&str],
    (old, new): (Node<'d>, Node<'d>),
) -> bool {
    let schemas = old.get("schema").zip(new.get("schema"));
    let inner = match (others_of_both, schemas) {
        (["schema"], Some((old, new))) => others(c, old, new),
        _ => return others_of_both == ["required"],
    };
    matches!(inner[..], [one] if !matches!(one, "type" | "$ref" | "properties" | "items"))
}

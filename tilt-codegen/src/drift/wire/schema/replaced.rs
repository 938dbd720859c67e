//! Something else in the place of a definition.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::edit::Site;
use super::super::shown;
use super::super::side::{Side, name_of};
use super::super::words::without_words;
use super::view::View;
use super::{Pair, align, alternatives, merged, open, views, whole};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::{Node, NodeKey};

/// Something else in place of a definition: the same at each of its uses, so it is told once, with all of them.
pub(super) fn replaced<'d>(c: &mut Comparison<'d>, old: View<'d>, new: View<'d>, site: &Site) {
    let (was, is) = (old.reference, new.reference);
    let Some(key) = key(c, &old, &new) else {
        return;
    };
    if let Some(edits) = c.replaced.get(&key).cloned() {
        for number in edits {
            c.edits[number].seen.insert((site.owner, site.way));
        }
        return;
    }
    let first = c.edits.len();
    let (old_side, new_side) = (c.old, c.new);
    // A definition that is one kind among others now keeps its words, which are compared where it stands.
    let is_wrapped = alternatives::is_one_of(c, &old, &new);
    let expanded = |view: View<'d>, side: &Side<'d>| match is_wrapped {
        true => {
            let whole = merged(view.clone().expanded_but_for_words(side));
            // A choice among others that stay together is one of them, and is compared where it stands.
            match view.reference.is_some() && whole.alternatives().is_some() {
                true => view,
                false => whole,
            }
        }
        false => merged(view.expanded(side)),
    };
    let mut old = expanded(old, &old_side);
    let mut new = expanded(new, &new_side);
    // A base of both is compared at its own place; anything else is part of this comparison.
    match (old.reference, new.reference) {
        (Some(was), Some(is)) if is_one(c, was, is) => {}
        (None, None) => {}
        _ if is_wrapped => {}
        _ => {
            old = merged(old.expanded(&old_side));
            new = merged(new.expanded(&new_side));
        }
    }
    let (old, new) = whole::alike((old, new), (&old_side, &new_side));
    let (mut old, mut new) = open::as_types(c, (old, new), site);
    align(&mut old, &mut new);
    let pair = Pair { old, new, site };
    let nodes = (pair.old.node, pair.new.node);
    // It may contain itself, and is not looked at again inside of itself.
    c.replaced.insert(key.clone(), Vec::new());
    views(c, &pair);
    match is_another(c, was, is) {
        true => as_one(c, first, &pair, (was, is)),
        false if was.is_some() != is.is_some() => {
            let places = (of_reference(nodes.0, was), of_reference(nodes.1, is));
            c.told_at(first, places);
        }
        false => {}
    }
    c.replaced.insert(key, (first..c.edits.len()).collect());
}

/// Whether two references lead to one definition.
pub(super) fn is_one(c: &Comparison<'_>, was: Node<'_>, is: Node<'_>) -> bool {
    let (Some(old), Some(new)) = (was.as_str(), is.as_str()) else {
        return false;
    };
    // By whatever name, it is one place.
    let is_by_name = |text: &str| !text.contains("#/");
    let is_one_place = || {
        let names = c.old.component(was, old).zip(c.new.component(is, new));
        names.is_some_and(|(was, is)| c.is_one(was, is))
    };
    c.is_one(old, new) || (is_by_name(old) || is_by_name(new)) && is_one_place()
}

/// The definition that is replaced, or that replaces, and all that stands for it on the other side.
fn key<'d>(c: &Comparison<'d>, old: &View<'d>, new: &View<'d>) -> Option<(NodeKey, String)> {
    let definition = |view: &View<'d>, side: &Side<'d>| {
        let reference = view.reference?;
        side.documents.resolve(reference, reference.as_str()?).ok()
    };
    match (definition(old, &c.old), definition(new, &c.new)) {
        (Some(was), Some(is)) => Some((was.key(), format!("{:?}", is.key()))),
        (Some(was), None) => Some((was.key(), without_words(new.node))),
        (None, Some(is)) => Some((is.key(), without_words(old.node))),
        (None, None) => None,
    }
}

/// The place of a reference, which may be that of the only part of `allOf`.
fn of_reference<'d>(node: Node<'d>, reference: Option<Node<'d>>) -> Option<Node<'d>> {
    let around = Some(node).filter(|it| it.get("$ref").is_some());
    reference.map(|it| around.unwrap_or(it))
}

/// Whether one definition stands in the place of another that is still there: no other name for it.
fn is_another<'d>(c: &Comparison<'d>, was: Option<Node<'d>>, is: Option<Node<'d>>) -> bool {
    let (Some(was), Some(is)) = (was, is) else {
        return false;
    };
    let is_there = |side: &Side<'d>, at: Node<'d>, reference: Node<'d>| {
        let text = reference.as_str().unwrap_or_default();
        side.documents.resolve(at, text).is_ok()
    };
    is_there(&c.new, is, was) && is_there(&c.old, was, is)
}

/// One finding in the place of all since the first.
fn as_one<'d>(
    c: &mut Comparison<'d>,
    first: usize,
    pair: &Pair<'d, '_>,
    (was, is): (Option<Node<'d>>, Option<Node<'d>>),
) {
    let name = |reference: Option<Node<'d>>| {
        let reference = reference.and_then(|it| it.as_str()).unwrap_or_default();
        shown::code(name_of(reference))
    };
    let difference = Difference {
        not: pair.not(),
        ..Difference::new(Kind::Schema, "$ref", Action::Replaced)
    };
    let difference = difference.from(name(was)).to(name(is));
    let nodes = (pair.old.node, pair.new.node);
    c.as_one(first, |_| true, difference, nodes, pair.site);
}

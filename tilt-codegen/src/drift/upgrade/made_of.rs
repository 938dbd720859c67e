//! The parts of an item that make another one of it: what is asked for when a value is made or a method is called, and the
//! answer. Each may come from an edit of its own.

use super::kind::Kind;
use super::node::{Difference, ItemPlace, Node};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The places of a part in the old and in the new documents.
pub(super) type Part = (Vec<ItemPlace>, Vec<ItemPlace>);

/// A way to make a value.
pub(super) fn is_way(kind: Kind) -> bool {
    matches!(kind, Kind::New | Kind::Default | Kind::Required)
}

/// The properties that a type asks for before, or after, alone.
pub(super) fn of_type(old: &Node, new: &Node) -> Vec<Part> {
    let positions = |node: &Node| -> Vec<String> {
        let ways = node.children.iter().filter(|it| is_way(it.kind));
        ways.flat_map(|it| it.positions.clone()).collect()
    };
    let (olds, news) = (positions(old), positions(new));
    let (was, is): (BTreeSet<&String>, BTreeSet<&String>) =
        (olds.iter().collect(), news.iter().collect());
    let places = |node: &Node, wire: &str| -> Vec<ItemPlace> {
        let all = node.places.iter();
        all.map(|it| it.inside(&["properties", wire])).collect()
    };
    let others = was.symmetric_difference(&is);
    others
        .map(|wire| (places(old, wire), places(new, wire)))
        .collect()
}

/// The arguments that a call needs, and its answer, that one of both has alone, or that are others.
pub(super) fn of_method(old: &Node, new: &Node) -> Vec<Part> {
    let (was, is) = (arguments(old), arguments(new));
    let identities: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let mut parts: Vec<Part> = Vec::new();
    for identity in identities {
        let (before, after) = (was.get(identity), is.get(identity));
        let is_other = match (before, after) {
            (Some(before), Some(after)) => is_other((old, before.1), (new, after.1)),
            _ => true,
        };
        if is_other {
            let places = |it: Option<&(&Node, _)>| it.map(|it| it.0.places.clone());
            parts.push((
                places(before).unwrap_or_default(),
                places(after).unwrap_or_default(),
            ));
        }
    }
    let last = |node: &Node| node.signature.parts.len().checked_sub(1);
    if is_other((old, last(old)), (new, last(new))) {
        let answers = |node: &Node| {
            node.places
                .iter()
                .map(|it| it.inside(&["responses"]))
                .collect()
        };
        parts.push((answers(old), answers(new)));
    }
    parts
}

/// The arguments that a call needs, by what they stand for, each with its number in the signature where that has its type.
fn arguments(method: &Node) -> BTreeMap<&str, (&Node, Option<usize>)> {
    let of = |kind| method.children.iter().filter(move |it| it.kind == kind);
    let positional = of(Kind::Argument).map(|it| (it, it.slot.parse().ok()));
    let named = of(Kind::NamedArgument).map(|it| (it, None));
    let names_some = of(Kind::MethodType).any(|it| it.slot == "required");
    let before_body = of(Kind::Argument).count() + usize::from(names_some);
    let body = of(Kind::Body).map(move |it| (it, Some(before_body)));
    let all = positional.chain(named).chain(body);
    all.filter_map(|it| Some((it.0.identity.as_deref()?, it)))
        .collect()
}

fn is_other((old, was): (&Node, Option<usize>), (new, is): (&Node, Option<usize>)) -> bool {
    let part = |node: &Node, at: Option<usize>| node.signature.parts.get(at?).cloned();
    match (part(old, was), part(new, is)) {
        (Some(was), Some(is)) => was.difference(&is, &HashSet::new()) != Difference::None,
        (was, is) => was.is_some() != is.is_some(),
    }
}

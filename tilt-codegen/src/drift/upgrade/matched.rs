//! The items of two trees: which one is which.

use super::kind::Kind;
use super::node::Node;
use std::collections::{BTreeMap, HashSet};

/// Items of both, of the old one alone, and of the new one alone.
pub(super) struct Matched<'n> {
    pub(super) both: Vec<(&'n Node, &'n Node)>,
    pub(super) gone: Vec<&'n Node>,
    pub(super) came: Vec<&'n Node>,
}

/// Pairs items by their slots; those that no slot has in common by what they stand for, where that is clear.
pub(super) fn pairs<'n>(old: &'n [Node], new: &'n [Node]) -> Matched<'n> {
    let slots = |nodes: &'n [Node]| -> BTreeMap<(Kind, &'n str), &'n Node> {
        nodes
            .iter()
            .map(|it| ((it.kind, it.slot.as_str()), it))
            .collect()
    };
    let (before, after) = (slots(old), slots(new));
    let both = before
        .iter()
        .filter_map(|(slot, old)| Some((*old, *after.get(slot)?)));
    let mut both: Vec<(&Node, &Node)> = both.collect();
    let gone = before.iter().filter(|(slot, _)| !after.contains_key(*slot));
    let came = after.iter().filter(|(slot, _)| !before.contains_key(*slot));
    let (gone, came): (Vec<&Node>, Vec<&Node>) = (
        gone.map(|(_, it)| *it).collect(),
        came.map(|(_, it)| *it).collect(),
    );
    let identities = |nodes: &[&'n Node]| -> BTreeMap<(Kind, &'n str), Vec<&'n Node>> {
        let mut all: BTreeMap<_, Vec<&Node>> = BTreeMap::new();
        for node in nodes {
            if let Some(identity) = &node.identity {
                all.entry((node.kind, identity.as_str()))
                    .or_default()
                    .push(node);
            }
        }
        all
    };
    let (lost, found) = (identities(&gone), identities(&came));
    let mut renamed: HashSet<(Kind, &str)> = HashSet::new();
    for (identity, before) in &lost {
        if let ([before], Some([after])) =
            (before.as_slice(), found.get(identity).map(Vec::as_slice))
        {
            both.push((before, after));
            renamed.extend([
                (before.kind, before.slot.as_str()),
                (after.kind, after.slot.as_str()),
            ]);
        }
    }
    let is_left = |it: &&Node| !renamed.contains(&(it.kind, it.slot.as_str()));
    Matched {
        both,
        gone: gone.into_iter().filter(is_left).collect(),
        came: came.into_iter().filter(is_left).collect(),
    }
}

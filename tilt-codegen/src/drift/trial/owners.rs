//! The edits that each piece of the documents belongs to.

use super::differ::Around;
use super::merge::Piece;
use super::places::{EditPlaces, within};
use crate::drift::rules::Action;
use crate::drift::wire::Judged;
use crate::place::{Pointer, unescape};
use crate::source::{Documents, Node, NodeKey};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The edits of one piece.
#[derive(Clone, Default)]
pub(super) struct Owned {
    pub(super) edits: BTreeSet<usize>,
    /// It comes with any of them, as a definition does with whatever refers to it. Else it is a part of all.
    pub(super) is_shared: bool,
}

pub(super) struct Sources<'e> {
    pub(super) edits: &'e [Judged<'e>],
    pub(super) places: &'e EditPlaces,
    pub(super) documents: [&'e Documents; 2],
}

impl Sources<'_> {
    pub(super) fn owners(&self, pieces: &[Piece<'_>], arounds: &[Around]) -> Vec<Owned> {
        let mut owners: Vec<Owned> = pieces.iter().map(|it| self.directly(it)).collect();
        self.by_references(pieces, &mut owners);
        for (piece, owned) in pieces.iter().zip(&mut owners) {
            if owned.edits.is_empty() {
                owned.edits = self.nearest(piece, arounds);
            }
        }
        owners
    }

    /// The edits at it, or else inside.
    fn directly(&self, piece: &Piece<'_>) -> Owned {
        let at = self.places.at(piece.old, piece.new);
        let edits = match piece.is_name {
            true => {
                let is_of_name = |it: &usize| {
                    let action = self.edits[*it].of.action;
                    matches!(action, Action::Renamed | Action::RequiredRenamed)
                };
                let renames: BTreeSet<usize> = at.iter().copied().filter(is_of_name).collect();
                if renames.is_empty() { at } else { renames }
            }
            false if at.is_empty() => within(self.places, piece.old, piece.new),
            false => at,
        };
        Owned {
            edits,
            is_shared: false,
        }
    }

    /// A definition belongs to what refers to it, and another name in a reference to what has that name.
    fn by_references(&self, pieces: &[Piece<'_>], owners: &mut [Owned]) {
        if owners.iter().all(|it| !it.edits.is_empty()) {
            return;
        }
        let at: HashMap<NodeKey, usize> = self.pieces_at(pieces);
        let targets: Vec<Vec<usize>> = pieces
            .iter()
            .map(|piece| {
                let old = piece.old.map(|it| (self.documents[0], it));
                let new = piece.new.map(|it| (self.documents[1], it));
                let all = old.into_iter().chain(new);
                let keys = all.flat_map(|(documents, node)| targets(documents, node));
                keys.filter_map(|it| at.get(&it).copied()).collect()
            })
            .collect();
        let free: HashSet<usize> = (0..pieces.len())
            .filter(|it| owners[*it].edits.is_empty())
            .collect();
        // Definitions refer to further ones.
        loop {
            let mut found: Vec<(usize, BTreeSet<usize>)> = Vec::new();
            for (from, targets) in targets.iter().enumerate() {
                for to in targets.iter().filter(|it| **it != from) {
                    for (one, other) in [(*to, from), (from, *to)] {
                        let is_name = one == from && pieces[from].keys.contains(&"$ref");
                        if free.contains(&one) && (one == *to || is_name) {
                            found.push((one, owners[other].edits.clone()));
                        }
                    }
                }
            }
            let mut is_done = true;
            for (piece, edits) in found {
                let owned = &mut owners[piece];
                let before = owned.edits.len();
                owned.is_shared = true;
                owned.edits.extend(edits);
                is_done &= owned.edits.len() == before;
            }
            if is_done {
                return;
            }
        }
    }

    /// The pieces by the values in them.
    fn pieces_at(&self, pieces: &[Piece<'_>]) -> HashMap<NodeKey, usize> {
        let mut at = HashMap::new();
        for (number, piece) in pieces.iter().enumerate() {
            let mut queue: Vec<Node<'_>> = piece.old.into_iter().chain(piece.new).collect();
            while let Some(node) = queue.pop() {
                at.entry(node.key()).or_insert(number);
                // A pair has pieces of its own.
                if !piece.is_name {
                    queue.extend(node.members().map(|it| it.1).chain(node.elements()));
                }
            }
        }
        at
    }

    /// Of the nearest pair around it that has edits: those that speak of it, or all.
    fn nearest(&self, piece: &Piece<'_>, arounds: &[Around]) -> BTreeSet<usize> {
        let words = words(piece);
        let mut next = Some(piece.around);
        while let Some(around) = next.and_then(|it| arounds.get(it)) {
            if !around.edits.is_empty() {
                let speaks = |it: &usize| speaks_of(&self.edits[*it], &words);
                let named = around.edits.iter().copied().filter(speaks);
                let named: BTreeSet<usize> = named.collect();
                return match (named.is_empty(), around.is_collection) {
                    (false, _) => named,
                    (true, true) => BTreeSet::new(),
                    (true, false) => around.edits.clone(),
                };
            }
            next = around.around;
        }
        BTreeSet::new()
    }
}

/// The words of a piece: its keys and its own text.
fn words<'d>(piece: &Piece<'d>) -> HashSet<&'d str> {
    let texts = piece.old.into_iter().chain(piece.new);
    let texts = texts.filter_map(|it| it.as_str());
    let keys = piece.keys.into_iter().filter(|it| !it.is_empty());
    texts.chain(keys).collect()
}

/// Whether an edit is of a thing with such a name.
fn speaks_of(edit: &Judged<'_>, words: &HashSet<&str>) -> bool {
    let last = last(&edit.address);
    let values = edit.before.iter().chain(&edit.after);
    let values = values.flat_map(|it| it.split(", "));
    let mut values = values.map(|it| it.trim_matches(['`', '"']));
    let pieces = last.split(' ');
    words.contains(last.as_str())
        || pieces.into_iter().any(|it| words.contains(it))
        || values.any(|it| words.contains(it))
}

fn last(address: &Pointer) -> String {
    let text = address.to_string();
    unescape(text.rsplit('/').next().unwrap_or_default()).to_string()
}

/// The values that references in a value lead to.
fn targets(documents: &Documents, node: Node<'_>) -> Vec<NodeKey> {
    let mut found = Vec::new();
    let mut queue = vec![node];
    while let Some(node) = queue.pop() {
        if let Value::String(text) = node.value
            && text.contains('#')
            && let Ok(target) = documents.resolve(node, text)
        {
            found.push(target.key());
        }
        queue.extend(node.members().map(|it| it.1).chain(node.elements()));
    }
    found
}

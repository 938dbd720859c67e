//! The edits by the values that they stand at.

use crate::drift::wire::Judged;
use crate::place::NodeMap;
use crate::source::Node;
use std::collections::BTreeSet;

/// Numbers of edits by the values that they stand at, in the old and in the new documents.
pub(super) struct EditPlaces {
    old: NodeMap<Vec<usize>>,
    new: NodeMap<Vec<usize>>,
}

impl EditPlaces {
    pub(super) fn of(edits: &[Judged<'_>]) -> Self {
        let mut places = EditPlaces {
            old: NodeMap::default(),
            new: NodeMap::default(),
        };
        for (number, edit) in edits.iter().enumerate() {
            for node in [edit.old, edit.told.0] {
                places.old.entry(node.key()).or_default().push(number);
            }
            for node in [edit.new, edit.told.1] {
                places.new.entry(node.key()).or_default().push(number);
            }
        }
        places
    }

    /// The edits at one of two values.
    pub(super) fn at(&self, old: Option<Node<'_>>, new: Option<Node<'_>>) -> BTreeSet<usize> {
        let old = old.and_then(|it| self.old.get(&it.key()));
        let new = new.and_then(|it| self.new.get(&it.key()));
        old.into_iter().chain(new).flatten().copied().collect()
    }
}

/// The edits at one of two values, or inside.
pub(super) fn within(
    places: &EditPlaces,
    old: Option<Node<'_>>,
    new: Option<Node<'_>>,
) -> BTreeSet<usize> {
    let mut found = places.at(old, new);
    let mut queue: Vec<(Node<'_>, bool)> = Vec::new();
    queue.extend(old.map(|it| (it, false)));
    queue.extend(new.map(|it| (it, true)));
    while let Some((node, is_new)) = queue.pop() {
        let inner = node.members().map(|(_, it)| it).chain(node.elements());
        for value in inner {
            found.extend(match is_new {
                true => places.at(None, Some(value)),
                false => places.at(Some(value), None),
            });
            queue.push((value, is_new));
        }
    }
    found
}

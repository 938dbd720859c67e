//! The operations and events that a definition is part of, and the ways on which it travels: one walk through each
//! document, then references are followed backwards, each set of operations being bits.

mod bits;
mod walk;

use self::bits::Bits;
use super::edit::Callers;
use crate::drift::Direction;
use crate::place::{NodeMap, Pointer};
use crate::source::{DocumentId, Documents, Node, NodeKey};
use std::collections::{BTreeSet, HashMap};

/// The operations and events of one state, and what they are made of.
#[derive(Debug, Default)]
pub(in crate::drift) struct Reach {
    /// Such as `POST /orders`.
    roots: Vec<Root>,
    by_key: NodeMap<usize>,
    parts: Vec<Part>,
    /// The names of messages, by channel and reference.
    messages: HashMap<(String, String), String>,
}

#[derive(Debug)]
struct Root {
    name: String,
    is_event: bool,
    /// The outermost document that has it.
    whole: Option<DocumentId>,
}

/// A definition, or an operation.
#[derive(Debug, Default)]
struct Part {
    /// Roots, by direction.
    reached: [Bits; 3],
    /// Definitions that it refers to, and the way where it says one.
    refers: Vec<(usize, Option<Direction>)>,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Role {
    /// It travels as whatever refers to it.
    #[default]
    Definition,
    /// A path item or channel: what it refers to by itself travels as its operations do.
    Item,
    /// An operation, which says the way of each thing that it refers to.
    Operation,
}

const DIRECTIONS: [Direction; 3] = [Direction::Request, Direction::Answer, Direction::Event];

fn index(direction: Direction) -> usize {
    match direction {
        Direction::Request => 0,
        Direction::Answer => 1,
        Direction::Event => 2,
    }
}

impl Reach {
    fn part(&mut self, key: NodeKey) -> (usize, bool) {
        let next = self.parts.len();
        let part = *self.by_key.entry(key).or_insert(next);
        if part == next {
            self.parts.push(Part::default());
        }
        (part, part == next)
    }

    fn spread(&mut self) {
        let mut work: Vec<usize> = (0..self.parts.len()).collect();
        while let Some(part) = work.pop() {
            let refers = std::mem::take(&mut self.parts[part].refers);
            let reached = self.parts[part].reached.clone();
            let role = self.parts[part].role;
            for (target, way) in &refers {
                let mut grew = false;
                for direction in DIRECTIONS {
                    let to = match (role, way) {
                        // Of the operations in it, those that go this way.
                        (Role::Item, Some(way)) if *way != direction => continue,
                        (_, Some(way)) => *way,
                        (Role::Operation, None) => continue,
                        (_, None) => direction,
                    };
                    let from = &reached[index(direction)];
                    grew |= self.parts[*target].reached[index(to)].add(from);
                }
                if grew {
                    work.push(*target);
                }
            }
            self.parts[part].refers = refers;
        }
    }

    /// The ways on which a definition travels.
    pub(super) fn directions(&self, key: NodeKey) -> impl Iterator<Item = Direction> + '_ {
        let part = self.by_key.get(&key).map(|part| &self.parts[*part]);
        DIRECTIONS.into_iter().filter(move |direction| {
            part.is_some_and(|part| part.reached[index(*direction)].iter().next().is_some())
        })
    }

    /// The numbers of the operations and events that a definition is part of.
    pub(super) fn roots(&self, key: NodeKey) -> Vec<usize> {
        let part = self.by_key.get(&key).map(|part| &self.parts[*part]);
        let mut all = Bits::default();
        for bits in part.into_iter().flat_map(|part| &part.reached) {
            all.add(bits);
        }
        all.iter().collect()
    }

    /// The operations and events that the value at a pointer is part of: those of the nearest definition around it.
    pub(in crate::drift) fn names_at(
        &self,
        documents: &Documents,
        document: DocumentId,
        pointer: &Pointer,
    ) -> BTreeSet<&str> {
        for pointer in pointer.beginnings() {
            let part = documents.at(document, pointer).map(|node| node.key());
            if let Some(key) = part.filter(|key| self.by_key.contains_key(key)) {
                let roots = self.roots(key).into_iter();
                return roots.map(|root| self.roots[root].name.as_str()).collect();
            }
        }
        BTreeSet::new()
    }

    /// The message, or the webhook, that brings an event.
    pub(in crate::drift) fn event_names(&self, event: &str) -> impl Iterator<Item = &str> {
        let names = self.roots.iter().filter(|it| it.is_event);
        let names =
            names.filter(move |it| it.name.split_once(' ').is_some_and(|(_, is)| is == event));
        names.map(|it| it.name.as_str())
    }

    /// The messages that another state refers to at the same places, each with its name there.
    pub(super) fn messages_of<'r>(
        &'r self,
        other: &'r Reach,
    ) -> impl Iterator<Item = (&'r String, &'r String)> {
        let all = self.messages.iter();
        all.filter_map(|(at, name)| Some((name, other.messages.get(at)?)))
    }

    /// All operations and events of a document, for what belongs to the whole of it.
    pub(super) fn all(&self, document: DocumentId) -> Vec<usize> {
        let numbers = 0..self.roots.len();
        let is_in = |root: &usize| self.roots[*root].whole == Some(document);
        numbers.filter(is_in).collect()
    }

    /// The names of all, for those that are known by other texts.
    pub(super) fn names(&self) -> HashMap<&str, &str> {
        let names = self.roots.iter().map(|root| root.name.as_str());
        names.map(|name| (name, name)).collect()
    }

    /// The callers of the operations of a path item.
    pub(super) fn callers(&self, item: Node<'_>) -> Callers {
        let ways: Vec<Direction> = self.directions(item.key()).collect();
        Callers {
            program: ways.contains(&Direction::Request),
            api: ways.contains(&Direction::Event),
        }
    }

    pub(super) fn is_reached(&self, key: NodeKey) -> bool {
        self.directions(key).next().is_some()
    }

    pub(super) fn name(&self, root: usize) -> (&str, bool) {
        (&self.roots[root].name, self.roots[root].is_event)
    }
}

/// The name by which an operation is counted.
pub(super) fn operation_name(method: &str, path: &str) -> String {
    format!("{} {path}", method.to_uppercase())
}

/// The name by which a message is counted.
pub(super) fn message_name<'d>(message: Node<'d>, target: Node<'d>) -> Option<&'d str> {
    let text = |key| target.get(key).and_then(|name| name.as_str());
    let referred = message.get("$ref").and_then(|it| it.as_str());
    let name = text("name").or(text("messageId")).or(text("title"));
    name.or(referred.map(super::side::name_of))
}

//! The values of two documents as one: what both have, and the pieces in which they differ, of which any can be chosen.

use crate::source::Node;
use serde_json::{Map, Value};

/// A value in both documents.
pub(super) enum Merge<'d> {
    /// The same in both.
    Same(&'d Value),
    /// One in the place of another, as a whole.
    Whole {
        piece: usize,
        old: &'d Value,
        new: &'d Value,
    },
    Object(Vec<Entry<'d>>),
    List(Vec<Entry<'d>>),
}

/// A member of an object, or an element of a list, which has no key.
pub(super) enum Entry<'d> {
    Both {
        /// In the old and in the new document. Where they differ, that is a piece.
        keys: [&'d str; 2],
        renamed: Option<usize>,
        value: Merge<'d>,
    },
    Gone {
        piece: usize,
        key: &'d str,
        value: &'d Value,
    },
    Came {
        piece: usize,
        key: &'d str,
        value: &'d Value,
    },
}

/// The smallest part of the documents in which they differ.
#[derive(Clone, Copy)]
pub(super) struct Piece<'d> {
    pub(super) old: Option<Node<'d>>,
    pub(super) new: Option<Node<'d>>,
    pub(super) keys: [&'d str; 2],
    /// The pair of values that it is directly in.
    pub(super) around: usize,
    /// It is about the keys alone.
    pub(super) is_name: bool,
}

impl Merge<'_> {
    /// The old value with the chosen pieces.
    pub(super) fn with(&self, is_chosen: &dyn Fn(usize) -> bool) -> Value {
        match self {
            Merge::Same(value) => (*value).clone(),
            Merge::Whole { piece, old, new } => match is_chosen(*piece) {
                true => (*new).clone(),
                false => (*old).clone(),
            },
            Merge::Object(entries) => {
                let members = entries.iter().filter_map(|it| it.with(is_chosen));
                let members = members.map(|(key, value)| (key.to_owned(), value));
                Value::Object(members.collect::<Map<_, _>>())
            }
            Merge::List(entries) => {
                let elements = entries.iter().filter_map(|it| it.with(is_chosen));
                Value::Array(elements.map(|(_, value)| value).collect())
            }
        }
    }
}

impl Entry<'_> {
    fn with(&self, is_chosen: &dyn Fn(usize) -> bool) -> Option<(&str, Value)> {
        match self {
            Entry::Both {
                keys,
                renamed,
                value,
            } => {
                let is_renamed = renamed.is_some_and(is_chosen);
                Some((keys[usize::from(is_renamed)], value.with(is_chosen)))
            }
            Entry::Gone { piece, key, value } => {
                (!is_chosen(*piece)).then(|| (*key, (*value).clone()))
            }
            Entry::Came { piece, key, value } => {
                is_chosen(*piece).then(|| (*key, (*value).clone()))
            }
        }
    }
}

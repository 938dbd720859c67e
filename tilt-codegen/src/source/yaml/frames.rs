//! The arrays and objects that a text has opened and not closed yet.

use super::merge::{is_mergeable, merge};
use crate::place::escape;
use crate::source::duplicate;
use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::ops::Range;

#[derive(Default)]
pub(super) struct Frames {
    open: Vec<Frame>,
    pub(super) root: Option<Value>,
}

struct Frame {
    anchor: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Value>),
    Mapping {
        members: Map<String, Value>,
        key: Option<Key>,
        /// Keys that came from a merge: their object's own ones win.
        merged: HashSet<String>,
    },
}

pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Range<usize>,
    pub(super) is_merge: bool,
}

/// A key that its object had before.
pub(super) struct Duplicate {
    pub(super) key: String,
    pub(super) span: Range<usize>,
    pub(super) is_harmless: bool,
}

impl Frames {
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn open_sequence(&mut self, anchor: usize) {
        let content = Content::Sequence(Vec::new());
        self.open.push(Frame { anchor, content });
    }

    pub(super) fn open_mapping(&mut self, anchor: usize) {
        let content = Content::Mapping {
            members: Map::new(),
            key: None,
            merged: HashSet::new(),
        };
        self.open.push(Frame { anchor, content });
    }

    /// Takes the innermost array or object, with its anchor.
    pub(super) fn close(&mut self) -> Option<(usize, Value)> {
        let frame = self.open.pop()?;
        let value = match frame.content {
            Content::Sequence(elements) => Value::Array(elements),
            Content::Mapping { members, .. } => Value::Object(members),
        };
        Some((frame.anchor, value))
    }

    /// Puts a value where it belongs.
    pub(super) fn complete(&mut self, value: Value) -> Option<Duplicate> {
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(value);
            return None;
        };
        let (members, key, merged) = match &mut frame.content {
            Content::Sequence(elements) => {
                elements.push(value);
                return None;
            }
            Content::Mapping {
                members,
                key,
                merged,
            } => (members, key.take()?, merged),
        };
        if key.is_merge && is_mergeable(&value) {
            merge(members, merged, value);
            return None;
        }
        match members.entry(key.text) {
            Entry::Vacant(entry) => {
                entry.insert(value);
                None
            }
            Entry::Occupied(mut entry) if merged.remove(entry.key()) => {
                entry.insert(value);
                None
            }
            Entry::Occupied(mut entry) => {
                let is_harmless = duplicate::is_harmless(entry.key(), entry.get(), &value);
                let text = entry.key().clone();
                entry.insert(value);
                Some(Duplicate {
                    key: text,
                    span: key.span,
                    is_harmless,
                })
            }
        }
    }

    pub(super) fn expects_key(&self) -> bool {
        let content = self.open.last().map(|frame| &frame.content);
        matches!(content, Some(Content::Mapping { key: None, .. }))
    }

    pub(super) fn set_key(&mut self, new: Key) {
        if let Some(Frame {
            content: Content::Mapping { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = Some(new);
        }
    }

    /// The pointer of the value that comes next.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.open {
            match &frame.content {
                Content::Sequence(elements) => path.push_str(&format!("/{}", elements.len())),
                Content::Mapping { key: Some(key), .. } => {
                    path.push('/');
                    path.push_str(&escape(&key.text));
                }
                Content::Mapping { key: None, .. } => {}
            }
        }
        path
    }
}

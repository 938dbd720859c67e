//! All values of a document, with the way to each.

use super::{Node, Pointer};
use serde_json::Value;

/// The way from a document's root to a value.
pub(super) enum Step<'d> {
    Key(&'d str),
    Index(usize),
}

/// Pointers to values that a walk visits, made only where they are asked for, and shared by those that
/// are below.
#[derive(Default)]
pub(super) struct Ways {
    /// Of the values around the one that is visited, as far as they were made.
    made: Vec<Pointer>,
}

impl Ways {
    /// To be called at every visit.
    pub(super) fn enter(&mut self, path: &[Step<'_>]) {
        self.made.truncate(path.len().saturating_sub(1));
    }

    pub(super) fn here(&mut self, path: &[Step<'_>]) -> Pointer {
        for step in &path[self.made.len()..] {
            let before = self.made.last().cloned().unwrap_or_default();
            self.made.push(match step {
                Step::Key(key) => before.child(key),
                Step::Index(index) => before.piece(index.to_string()),
            });
        }
        self.made.last().cloned().unwrap_or_default()
    }
}

/// Visits a value and all values in it, with the way to each. It calls itself, as deep as
/// [`Limits::depth`](super::Limits::depth) lets a document be.
pub(super) fn walk<'d>(node: Node<'d>, visit: &mut impl FnMut(Node<'d>, &[Step<'d>])) {
    fn inner<'d>(
        node: Node<'d>,
        path: &mut Vec<Step<'d>>,
        visit: &mut impl FnMut(Node<'d>, &[Step<'d>]),
    ) {
        visit(node, path);
        let mut enter = |step, value| {
            path.push(step);
            let document = node.document;
            inner(Node { document, value }, path, visit);
            path.pop();
        };
        match node.value {
            Value::Object(members) => {
                for (key, member) in members {
                    enter(Step::Key(key), member);
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    enter(Step::Index(index), element);
                }
            }
            _ => {}
        }
    }
    inner(node, &mut Vec::new(), visit);
}

//! All values of a document, with the way to each.

use super::{Node, pointer};

/// The way from a document's root to a value.
pub(super) enum Step<'d> {
    Key(&'d str),
    Index(usize),
}

pub(super) fn join(path: &[Step<'_>]) -> String {
    let mut pointer = String::new();
    for step in path {
        pointer.push('/');
        match step {
            Step::Key(key) => pointer.push_str(&pointer::escape(key)),
            Step::Index(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
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
        for (key, member) in node.members() {
            path.push(Step::Key(key));
            inner(member, path, visit);
            path.pop();
        }
        for (index, element) in node.elements().enumerate() {
            path.push(Step::Index(index));
            inner(element, path, visit);
            path.pop();
        }
    }
    inner(node, &mut Vec::new(), visit);
}

//! JSON pointers that are looked for in a text, together.

use crate::place::{Pointer, pointer};
use std::collections::HashMap;
use std::ops::Range;

/// The pointers that are looked for, as a tree of keys.
#[derive(Debug)]
pub(super) struct PointerTree {
    nodes: Vec<TreeNode>,
}

#[derive(Debug, Default)]
struct TreeNode {
    parent: usize,
    children: HashMap<String, usize>,
    span: Option<Range<usize>>,
}

impl Default for PointerTree {
    fn default() -> Self {
        PointerTree {
            nodes: vec![TreeNode::default()],
        }
    }
}

impl PointerTree {
    pub(super) const ROOT: usize = 0;

    pub(super) fn child(&self, node: usize, key: &str) -> Option<usize> {
        self.nodes[node].children.get(key).copied()
    }

    pub(super) fn children(&self, node: usize) -> Vec<(&str, usize)> {
        let children = self.nodes[node].children.iter();
        children
            .map(|(key, child)| (key.as_str(), *child))
            .collect()
    }

    pub(super) fn is_leaf(&self, node: usize) -> bool {
        self.nodes[node].children.is_empty()
    }

    pub(super) fn set_span(&mut self, node: usize, span: Range<usize>) {
        self.nodes[node].span = Some(span);
    }

    /// Adds pointers: what they share is looked at once.
    pub(super) fn add(&mut self, pointers: &[Pointer]) -> Vec<usize> {
        let mut by_address = HashMap::from([(Pointer::default().address(), Self::ROOT)]);
        let add = |pointer: &Pointer| self.add_one(pointer, &mut by_address);
        pointers.iter().map(add).collect()
    }

    fn add_one(&mut self, pointer: &Pointer, by_address: &mut HashMap<usize, usize>) -> usize {
        let mut node = Self::ROOT;
        let mut new = Vec::new();
        for pointer in pointer.beginnings() {
            if let Some(&found) = by_address.get(&pointer.address()) {
                node = found;
                break;
            }
            new.push(pointer);
        }
        for pointer in new.into_iter().rev() {
            let Some((_, token)) = pointer.split_last() else {
                continue;
            };
            let token = pointer::unescape(token);
            node = match self.child(node, &token) {
                Some(child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes.push(TreeNode {
                        parent: node,
                        ..TreeNode::default()
                    });
                    self.nodes[node].children.insert(token.into_owned(), child);
                    child
                }
            };
            by_address.insert(pointer.address(), node);
        }
        node
    }

    pub(super) fn span(&self, mut node: usize) -> Option<Range<usize>> {
        while self.nodes[node].span.is_none() && node != Self::ROOT {
            node = self.nodes[node].parent;
        }
        self.nodes[node].span.clone()
    }
}

//! JSON pointers that are looked for in a text, together.

use super::pointer;
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

    pub(super) fn add(&mut self, pointer: &str) -> Option<usize> {
        let mut node = Self::ROOT;
        for token in pointer::tokens(pointer)? {
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
        }
        Some(node)
    }

    pub(super) fn span(&self, mut node: usize) -> Option<Range<usize>> {
        while self.nodes[node].span.is_none() && node != Self::ROOT {
            node = self.nodes[node].parent;
        }
        self.nodes[node].span.clone()
    }
}

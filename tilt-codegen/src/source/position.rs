//! Where values are in the text.

use super::document::Format;
use super::pointer_tree::PointerTree;
use super::{Pointer, Position, json_text, yaml_text};
use crate::place::locate;
use std::ops::{ControlFlow, Range};

/// The places of JSON pointers. Where nothing is at a pointer, that of the nearest ancestor.
pub(super) fn positions(text: &str, format: Format, pointers: &[Pointer]) -> Vec<Option<Position>> {
    let mut tree = PointerTree::default();
    let ends = tree.add(pointers);
    match format {
        Format::Json => find_in_json(text, &mut tree),
        Format::Yaml => yaml_text::find(text, &mut tree),
    }
    let spans: Vec<Option<Range<usize>>> = ends.into_iter().map(|end| tree.span(end)).collect();
    locate(text, &spans)
}

fn find_in_json(text: &str, tree: &mut PointerTree) {
    json_text::walk(text, |frames: &[json_text::Frame<Option<usize>>], token| {
        let node = match frames.last() {
            None => Some(PointerTree::ROOT),
            Some(frame) => frame.state.and_then(|parent: usize| match &frame.step {
                json_text::Step::Key(key) => tree.child(parent, &json_text::key_text(text, key)),
                json_text::Step::Index(_) if tree.is_leaf(parent) => None,
                json_text::Step::Index(index) => tree.child(parent, &index.to_string()),
            }),
        };
        if let Some(node) = node {
            tree.set_span(node, token.mark());
        }
        ControlFlow::Continue(node)
    });
}

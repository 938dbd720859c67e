//! Where values are in the text.

use super::document::Format;
use super::pointer_tree::PointerTree;
use super::{Pointer, json_text, yaml_text};
use std::ops::{ControlFlow, Range};

/// A place in the text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// In bytes from the start of the text.
    pub offset: usize,
    /// In bytes. The value where it is a scalar, else its key or its opening bracket.
    pub length: usize,
}

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

/// Lines and columns of places in a text, counted in one pass.
pub(crate) fn locate(text: &str, spans: &[Option<Range<usize>>]) -> Vec<Option<Position>> {
    let mut wanted: Vec<(usize, usize)> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        wanted.extend(span.as_ref().map(|span| (span.start, index)));
    }
    wanted.sort_unstable();
    let mut found = vec![None; spans.len()];
    let bytes = text.as_bytes();
    let (mut line, mut column, mut at) = (1, 1, 0);
    for (offset, index) in wanted {
        let offset = offset.min(bytes.len());
        while at < offset {
            let is_break = match bytes[at] {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if is_break {
                (line, column) = (line + 1, 1);
            } else {
                let is_char_start = bytes[at] & 0xC0 != 0x80;
                column += usize::from(is_char_start);
            }
            at += 1;
        }
        let length = spans[index]
            .as_ref()
            .map_or(0, |span| span.end.saturating_sub(span.start));
        found[index] = Some(Position {
            line,
            column,
            offset,
            length,
        });
    }
    found
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

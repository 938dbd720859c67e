//! Lines and columns of a text.

use std::ops::Range;

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

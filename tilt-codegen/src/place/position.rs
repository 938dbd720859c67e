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
        let (breaks, last) = breaks(bytes, at..offset);
        if let Some(last) = last {
            (line, column, at) = (line + breaks, 1, last + 1);
        }
        // Characters begin with bytes that continue none.
        let begins = |byte: &&u8| **byte & 0xC0 != 0x80;
        column += bytes[at..offset].iter().filter(begins).count();
        at = offset;
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

/// The line breaks in a part of a text, and the last of them. (Whole parts at once, since a document has millions of bytes
/// and few places that anybody asks for.)
fn breaks(bytes: &[u8], part: Range<usize>) -> (usize, Option<usize>) {
    let passed = &bytes[part.clone()];
    let feeds = passed.iter().filter(|byte| **byte == b'\n').count();
    let last_feed = passed.iter().rposition(|byte| *byte == b'\n');
    let ends_line = |here: &usize| bytes[*here] == b'\r' && bytes.get(here + 1) != Some(&b'\n');
    let returns: Vec<usize> = match passed.contains(&b'\r') {
        true => part.clone().filter(ends_line).collect(),
        false => Vec::new(),
    };
    let last = last_feed
        .map(|at| part.start + at)
        .max(returns.last().copied());
    (feeds + returns.len(), last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_a_feed_a_return_or_both() {
        let text = "a\nbé\r\nc\rd";
        let at = |offset: usize| Some(offset..offset + 1);
        // `b`, what stands behind `é`, `\n` of both, `c`, `d`; and the first again.
        let offsets = [2, 5, 6, 7, 9, 2];
        let found = locate(text, &offsets.map(at));
        let places = found.into_iter().flatten().map(|it| (it.line, it.column));
        let expected = [(2, 1), (2, 3), (2, 4), (3, 1), (4, 1), (2, 1)];
        assert_eq!(places.collect::<Vec<_>>(), expected);
    }
}

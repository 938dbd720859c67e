//! The text around the place of a problem.

use crate::place::Position;
use crate::visible;
use std::borrow::Cow;

/// A few lines of a document, cut to a size that fits a terminal, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snippet {
    /// The text.
    pub(super) text: String,
    /// Line of the first character of `text`, counted from 1.
    pub(super) line: usize,
    /// Where the marked part starts, in bytes of `text`.
    pub(super) start: usize,
    /// How long the marked part is, in bytes.
    pub(super) length: usize,
}

/// The longest part of a line that is shown on each side of the marked part, and of that part, in
/// characters.
const LONGEST: usize = 60;
/// Lines before and after the marked one.
const CONTEXT: usize = 2;
/// How far around the place the text is looked at, in bytes.
const WINDOW: usize = 1000;

impl Snippet {
    /// The marked part.
    #[cfg(test)]
    pub(crate) fn marked(&self) -> &str {
        &self.text[self.start..][..self.length]
    }

    /// The text around a place.
    pub(crate) fn around(text: &str, position: Position) -> Snippet {
        let (before, rest) = text.split_at_checked(position.offset).unwrap_or((text, ""));
        let before = last_bytes(before, WINDOW);
        let rest = first_bytes(rest, WINDOW);
        let line = first_line(rest);
        let (marked, after) = line.split_at(first_bytes(line, position.length).len());
        let lead = last_line(before);
        let above = &before[..before.len() - lead.len()];
        let above = context(above.split_inclusive('\n').rev());
        let below = context(rest[line.len()..].split_inclusive('\n').skip(1));

        let mut text = String::new();
        for line in above.iter().rev() {
            text.push_str(&visible(line));
            text.push('\n');
        }
        text.push_str(&visible(&cut_start(lead)));
        let start = text.len();
        let shown = cut_end(marked);
        text.push_str(&visible(&shown));
        let length = text.len() - start;
        if shown == marked {
            text.push_str(&visible(&cut_end(after)));
        }
        for line in below {
            text.push('\n');
            text.push_str(&visible(line));
        }
        let line = position.line.saturating_sub(above.len());
        Snippet {
            text,
            line,
            start,
            length,
        }
    }
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

fn last_line(text: &str) -> &str {
    text.rsplit(['\n', '\r']).next().unwrap_or_default()
}

fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn last_bytes(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Short neighbouring lines; none from the first long one on.
fn context<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let short = |line: &&str| visible(line.trim_end()).len() <= 2 * LONGEST;
    lines
        .take(CONTEXT)
        .take_while(short)
        .map(str::trim_end)
        .collect()
}

fn cut_start(line: &str) -> Cow<'_, str> {
    let mut columns_so_far = 0;
    for (at, c) in line.char_indices().rev() {
        columns_so_far += columns(c);
        if columns_so_far > LONGEST {
            return format!("…{}", &line[at + c.len_utf8()..]).into();
        }
    }
    line.into()
}

fn cut_end(line: &str) -> Cow<'_, str> {
    let mut columns_so_far = 0;
    for (at, c) in line.char_indices() {
        columns_so_far += columns(c);
        if columns_so_far > LONGEST {
            return format!("{}…", &line[..at]).into();
        }
    }
    line.into()
}

/// How many columns a character takes.
fn columns(c: char) -> usize {
    let mut bytes = [0; 4];
    visible(c.encode_utf8(&mut bytes)).chars().count()
}

/// Nothing from a document may move the cursor or turn the direction of text.
fn visible(text: &str) -> Cow<'_, str> {
    visible::escape_but(text, &['\t'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::locate;

    fn around(text: &str, part: &str) -> (Snippet, String) {
        let start = text.find(part).unwrap_or_default();
        let position = locate(text, &[Some(start..start + part.len())]);
        let position = position.into_iter().flatten().next();
        let snippet = position.map(|position| Snippet::around(text, position));
        let snippet = snippet.unwrap_or(Snippet {
            text: "".into(),
            line: 0,
            start: 0,
            length: 0,
        });
        let marked = snippet.marked().to_owned();
        (snippet, marked)
    }

    #[test]
    fn neighbouring_lines_are_shown() {
        let (snippet, marked) = around("a\nb\nc\r\n  here it is\nd\ne\nf", "here");
        assert_eq!(snippet.text, "b\nc\n  here it is\nd\ne");
        assert_eq!((snippet.line, marked.as_str()), (2, "here"));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}here{}\nnext", "é".repeat(5000), "x".repeat(5000));
        let (snippet, marked) = around(&text, "here");
        assert_eq!(
            snippet.text,
            format!("…{}here{}…", "é".repeat(60), "x".repeat(60))
        );
        assert_eq!(marked, "here");
    }

    #[test]
    fn a_long_marked_part_is_cut() {
        let long = "y".repeat(3000);
        let (snippet, marked) = around(&format!("a: {long}\nb"), &long);
        assert_eq!(marked, format!("{}…", "y".repeat(60)));
        assert_eq!(snippet.text, format!("a: {marked}"));
    }

    #[test]
    fn control_characters_are_not_passed_on() {
        let (snippet, marked) = around("\u{1b}[31m\u{202e}here\u{7}", "here");
        assert_eq!(snippet.text, "\\u{1b}[31m\\u{202e}here\\u{7}");
        assert_eq!(marked, "here");
        let (snippet, _) = around(&format!("{}here", "\u{202e}".repeat(100)), "here");
        assert_eq!(snippet.text, format!("…{}here", "\\u{202e}".repeat(7)));
    }
}

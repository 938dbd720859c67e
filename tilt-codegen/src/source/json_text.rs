//! Walks over JSON text without building values, for those who need to know where things are.
//!
//! The text was parsed before, at least up to the place of interest, so this does not check it; on
//! broken text it still ends.

use crate::place::escape;
use std::borrow::Cow;
use std::ops::{ControlFlow, Range};

/// A value as it stands in the text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// How many values start before it.
    pub(super) ordinal: usize,
    /// Its key with the quotes, if it is a member of an object.
    pub(super) key: Option<Range<usize>>,
    /// A whole scalar; the opening bracket of an array or object.
    pub(super) span: Range<usize>,
    pub(super) is_container: bool,
}

impl Token {
    /// The range to point at: a scalar itself, an array or object by its key.
    pub(super) fn mark(&self) -> Range<usize> {
        match &self.key {
            Some(key) if self.is_container => key.clone(),
            _ => self.span.clone(),
        }
    }
}

/// An array or object that is not closed yet.
#[derive(Debug, Clone)]
pub(super) struct Frame<S> {
    /// The child that the walk is in.
    pub(super) step: Step,
    /// The visitor's state for the array or object.
    pub(super) state: S,
    expects_key: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The key's text without quotes.
    Key(Range<usize>),
    Index(usize),
}

/// Calls `visit` for every value, outer ones first, with the arrays and objects around it. Gives
/// back those that are open when the text ends or `visit` breaks.
pub(super) fn walk<S: Copy>(
    text: &str,
    mut visit: impl FnMut(&[Frame<S>], &Token) -> ControlFlow<(), S>,
) -> Vec<Frame<S>> {
    let bytes = text.as_bytes();
    let mut frames: Vec<Frame<S>> = Vec::new();
    let mut key = None;
    let mut ordinal = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let is_container = matches!(byte, b'{' | b'[');
        if is_between(byte, &mut frames) {
            at += 1;
            continue;
        }
        let end = match byte {
            b'"' => string_end(bytes, at),
            b'{' | b'[' => at + 1,
            _ => scalar_end(bytes, at),
        };
        if let Some(frame) = frames.last_mut().filter(|frame| frame.expects_key) {
            frame.expects_key = false;
            frame.step = Step::Key(at + 1..end.saturating_sub(1).max(at + 1));
            key = Some(at..end);
            at = end;
            continue;
        }
        let token = Token {
            ordinal,
            key: key.take(),
            span: at..end,
            is_container,
        };
        let ControlFlow::Continue(state) = visit(&frames, &token) else {
            break;
        };
        if is_container {
            frames.push(Frame {
                step: if byte == b'{' {
                    Step::Key(0..0)
                } else {
                    Step::Index(0)
                },
                state,
                expects_key: byte == b'{',
            });
        }
        ordinal += 1;
        at = end;
    }
    frames
}

/// Whether a byte stands between values or ends one; it changes which child the walk is in.
fn is_between<S>(byte: u8, frames: &mut Vec<Frame<S>>) -> bool {
    match byte {
        b' ' | b'\t' | b'\r' | b'\n' | b':' => {}
        b'}' | b']' => drop(frames.pop()),
        b',' => {
            if let Some(frame) = frames.last_mut() {
                match &mut frame.step {
                    Step::Index(index) => *index += 1,
                    Step::Key(_) => frame.expects_key = true,
                }
            }
        }
        _ => return false,
    }
    true
}

/// The pointer of the value that the walk is at.
pub(super) fn path<S>(text: &str, frames: &[Frame<S>]) -> String {
    let mut path = String::new();
    for frame in frames {
        path.push('/');
        match &frame.step {
            Step::Key(range) => path.push_str(&escape(&key_text(text, range))),
            Step::Index(index) => path.push_str(&index.to_string()),
        }
    }
    path
}

/// The pointer of the innermost value that is not complete at a place in the text.
pub(super) fn pointer_at(text: &str, offset: usize) -> String {
    let start = (0..=offset.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let read = &text[..start.unwrap_or(0)];
    let mut frames = walk(read, |_, _| ControlFlow::Continue(()));
    frames.pop_if(|frame| frame.expects_key);
    path(read, &frames)
}

/// A key without its escapes.
pub(super) fn key_text<'t>(text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
    let raw = text.get(range.clone()).unwrap_or_default();
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    match serde_json::from_str(&format!("\"{raw}\"")) {
        Ok(key) => Cow::Owned(key),
        Err(_) => Cow::Borrowed(raw),
    }
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn scalar_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 1..];
    let ends = |b: &u8| b",:[]{}\" \t\r\n".contains(b);
    start + 1 + rest.iter().position(ends).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_visited_with_its_pointer_and_mark() {
        let text = r#"{"a": [1, {"b/c": "x"}], "d\u0041": null}"#;
        let mut seen = Vec::new();
        walk(text, |frames, token| {
            seen.push((token.ordinal, path(text, frames), &text[token.mark()]));
            ControlFlow::Continue(())
        });
        let expected = [
            (0, "", "{"),
            (1, "/a", r#""a""#),
            (2, "/a/0", "1"),
            (3, "/a/1", "{"),
            (4, "/a/1/b~1c", r#""x""#),
            (5, "/dA", "null"),
        ];
        let expected = expected.map(|(ordinal, path, mark)| (ordinal, path.to_owned(), mark));
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_place_in_broken_text_has_the_pointer_of_what_is_open_there() {
        let text = r#"{"a": [1, {"b": x"#;
        assert_eq!(pointer_at(text, text.len() - 1), "/a/1/b");
        assert_eq!(pointer_at(r#"{"a": 1, b"#, 9), "");
        assert_eq!(pointer_at(r#"[1, 2, ,"#, 7), "/2");
        assert_eq!(pointer_at("é", 1), "");
    }

    #[test]
    fn broken_text_ends_the_walk() {
        for text in [
            "",
            "\"",
            "\"\\",
            "}}]]",
            "{,,:::[",
            "{\"a\"\"b\"",
            "[1 2\"",
            "\\",
        ] {
            walk(text, |_, _| ControlFlow::Continue(()));
        }
    }
}

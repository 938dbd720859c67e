//! Path templates: which paths they are, and what stands in the place of their parameters.

use crate::data::described::Location;

use super::operation::Operation;
use crate::data::given::{Escapes, Text};

/// A segment of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// This text, decoded.
    Literal(String),
    /// Texts and parameters in turn.
    Pattern(Vec<Piece>),
}

/// A piece of a segment that has parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// This text, decoded.
    Text(String),
    /// By its index in the operation.
    Parameter(usize),
}

/// The segments of a path, without the slash that it begins with.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The template of an operation, with the base that is its own.
pub(super) fn template(operation: &Operation) -> Vec<Segment> {
    let base = operation.base.filter(|base| !base.is_empty());
    let base = base.into_iter().flat_map(segments);
    base.chain(segments(operation.path))
        .map(|text| segment(operation, text))
        .collect()
}

/// The segments of a path in which no parameters are.
pub(super) fn literal(path: &str) -> Vec<Segment> {
    segments(path)
        .map(|text| Segment::Literal(decoded(text)))
        .collect()
}

fn segment(operation: &Operation, text: &str) -> Segment {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        literal.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((index, length)) = parameter(operation, &rest[1..]) else {
            literal.push('{');
            rest = &rest[1..];
            continue;
        };
        if !literal.is_empty() {
            pieces.push(Piece::Text(decoded(&std::mem::take(&mut literal))));
        }
        pieces.push(Piece::Parameter(index));
        rest = &rest[length + 2..];
    }
    literal.push_str(rest);
    if pieces.is_empty() {
        return Segment::Literal(decoded(&literal));
    }
    if !literal.is_empty() {
        pieces.push(Piece::Text(decoded(&literal)));
    }
    Segment::Pattern(pieces)
}

/// The parameter whose name a text begins with, before a brace; and how long its name is.
fn parameter(operation: &Operation, text: &str) -> Option<(usize, usize)> {
    let inputs = operation.parameters.iter().enumerate();
    let mut named = inputs.filter(|(_, input)| {
        let parameter = &input.parameter;
        let rest = text.strip_prefix(parameter.name);
        parameter.location == Location::Path && rest.is_some_and(|rest| rest.starts_with('}'))
    });
    named
        .next()
        .map(|(index, input)| (index, input.parameter.name.len()))
}

impl Segment {
    /// The texts of the parameters in a segment as it came; `None` where it is another segment.
    pub(super) fn matched<'p>(&self, raw: &'p str) -> Option<Vec<(usize, &'p str)>> {
        match self {
            Self::Literal(text) => is(raw, text).then(Vec::new),
            Self::Pattern(pieces) => matched(pieces, raw),
        }
    }

    /// How much of it is said: what says more is tried first.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Literal(_) => usize::MAX,
            Self::Pattern(pieces) => {
                let texts = pieces.iter().map(|piece| match piece {
                    Piece::Text(text) => text.len(),
                    Piece::Parameter(_) => 0,
                });
                texts.sum()
            }
        }
    }
}

/// The rest of a path as it came, below a base: with its slash, or nothing.
pub(super) fn below<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    let base = base.trim_end_matches('/');
    let mut rest = path;
    for wanted in segments(base).filter(|_| !base.is_empty()) {
        let after = rest.strip_prefix('/')?;
        let (raw, below) = after.split_at(after.find('/').unwrap_or(after.len()));
        rest = is(raw, &decoded(wanted)).then_some(below)?;
    }
    Some(rest)
}

/// A text of a path in a document, which may be escaped or not.
fn decoded(text: &str) -> String {
    let decoded = Text::whole(text, Escapes::Percent).decoded();
    decoded.unwrap_or_else(|_| text.to_owned())
}

/// Whether a segment as it came is this text (RFC 3986, 6.2.2.2).
fn is(raw: &str, text: &str) -> bool {
    let decoded = Text::whole(raw, Escapes::Percent).decoded();
    raw == text || decoded.is_ok_and(|it| it == text)
}

/// Each parameter is as short as can be, but for the last.
fn matched<'p>(pieces: &[Piece], raw: &'p str) -> Option<Vec<(usize, &'p str)>> {
    let mut found = Vec::new();
    let mut rest = raw;
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => rest = &rest[begins(rest, text)?..],
            Piece::Parameter(index) => {
                let length = match pieces.peek() {
                    None => rest.len(),
                    // One behind another has at least one character.
                    Some(Piece::Parameter(_)) => rest.chars().next()?.len_utf8(),
                    Some(Piece::Text(text)) => end(rest, text, pieces.len() == 1)?,
                };
                let (value, after) = rest.split_at(length);
                if value.is_empty() {
                    return None;
                }
                found.push((*index, value));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(found)
}

/// Where a text begins that ends a parameter; the last text of a segment ends it too.
fn end(rest: &str, text: &str, is_last: bool) -> Option<usize> {
    let mut places = rest.char_indices().map(|(at, _)| at);
    let is_there = |at: &usize| match begins(&rest[*at..], text) {
        Some(length) => !is_last || at + length == rest.len(),
        None => false,
    };
    places.find(is_there)
}

/// The length of the beginning of a segment, as it came, that is this text. Escaped marks between the parts of a value
/// are no such text.
fn begins(raw: &str, text: &str) -> Option<usize> {
    let bytes = raw.as_bytes();
    let mut at = 0;
    for wanted in text.bytes() {
        if bytes.get(at) == Some(&wanted) && wanted != b'%' {
            at += 1;
            continue;
        }
        let digits = raw.get(at..at + 3)?.strip_prefix('%')?;
        let escaped = u8::from_str_radix(digits, 16).ok()?;
        let tells_apart = b".;,=:@!$&'()*+/".contains(&wanted);
        if escaped != wanted || tells_apart {
            return None;
        }
        at += 3;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_a_base_by_whole_segments_however_they_are_escaped() {
        for (path, base, left) in [
            ("/v1/a", "/v1", Some("/a")),
            ("/v1/a", "/v1/", Some("/a")),
            ("/%761/a%2Fb", "/v1", Some("/a%2Fb")),
            ("/v1", "/v1", Some("")),
            ("/v1a", "/v1", None),
            ("/a", "", Some("/a")),
            ("/a", "/", Some("/a")),
            ("/a/b/c", "/a/b", Some("/c")),
            ("/a%2Fb/c", "/a/b", None),
        ] {
            assert_eq!(below(path, base), left, "{path} {base}");
        }
    }
}

//! Paths, part by part: parameters stand in texts, too.

use crate::identifier;

/// A part of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathPart<'p> {
    Text(&'p str),
    /// The name of a parameter, and what stands behind it in the same segment.
    Parameter(&'p str, &'p str),
}

/// Tells nouns from parameters, also where both are in one segment: `/users({id})` of OData is `/users/{id}` in other
/// words, and `/Accounts{extension}` has all accounts.
pub(super) fn parts(path: &str) -> Vec<PathPart<'_>> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut parts = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let Some((before, behind)) = segment.split_once('{') else {
            // A function without arguments.
            parts.push(PathPart::Text(
                segment.strip_suffix("()").unwrap_or(segment),
            ));
            continue;
        };
        let (name, rest) = behind.split_once('}').unwrap_or((behind, ""));
        let (noun, argument) = match before.split_once('(') {
            Some((noun, argument)) => (noun, argument.contains('=')),
            None => (before, false),
        };
        let noun = noun.trim_matches(|c: char| !c.is_alphanumeric());
        // `/v{version}` says nothing.
        if noun.len() < 2 {
            parts.push(PathPart::Parameter(name, rest));
            continue;
        }
        parts.push(PathPart::Text(noun));
        // `/bookings(id={id})` has a key, `/delta(token={token})` an argument.
        let is_argument = argument && !identifier::is_plural(noun);
        if !is_argument && !is_ending(name) {
            parts.push(PathPart::Parameter(name, rest));
        }
    }
    parts
}

/// The parts that are no parameters.
pub(super) fn texts(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    parts(path).into_iter().filter_map(|part| match part {
        PathPart::Text(text) => Some(text),
        PathPart::Parameter(..) => None,
    })
}

/// The names of the parameters that tell things apart.
pub(super) fn parameters(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    parts(path).into_iter().filter_map(|part| match part {
        PathPart::Parameter(name, _) => Some(name),
        PathPart::Text(_) => None,
    })
}

/// The last part that is no parameter.
pub(in crate::lower) fn last_text(path: &str) -> Option<&str> {
    texts(path).next_back()
}

/// Whether a parameter behind a noun is how the answer is written, and not which one is meant.
fn is_ending(name: &str) -> bool {
    let words = identifier::words(name);
    let last = words.last().map(String::as_str);
    matches!(last, Some("ext" | "extension" | "format" | "suffix"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_has_a_noun_a_parameter_or_both() {
        use PathPart::{Parameter, Text};
        for (path, expected) in [
            ("/users/{id}", vec![Text("users"), Parameter("id", "")]),
            ("/users({id})", vec![Text("users"), Parameter("id", ")")]),
            (
                "/users(id='{id}')",
                vec![Text("users"), Parameter("id", "')")],
            ),
            ("/delta(token='{token}')", vec![Text("delta")]),
            ("/users/delta()", vec![Text("users"), Text("delta")]),
            ("/accounts{mediaTypeExtension}", vec![Text("accounts")]),
            ("/feed.{format}", vec![Text("feed")]),
            ("/{id}{ext}", vec![Parameter("id", "{ext}")]),
            (
                "/page-{number}",
                vec![Text("page"), Parameter("number", "")],
            ),
            ("/@{name}", vec![Parameter("name", "")]),
            ("/v{version}", vec![Parameter("version", "")]),
            ("/{id}:cancel", vec![Parameter("id", ":cancel")]),
            ("/{open", vec![Parameter("open", "")]),
        ] {
            assert_eq!(parts(path), expected, "{path}");
        }
    }
}

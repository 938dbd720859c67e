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
    for segment in between_slashes(path) {
        // Express writes parameters so.
        if let Some(name) = segment.strip_prefix(':').filter(|name| !name.is_empty()) {
            parts.push(PathPart::Parameter(name, ""));
            continue;
        }
        let Some((before, behind)) = segment.split_once('{') else {
            // A function without arguments.
            parts.push(PathPart::Text(
                segment.strip_suffix("()").unwrap_or(segment),
            ));
            continue;
        };
        let (name, rest) = behind.split_once('}').unwrap_or((behind, ""));
        if let Some((name, template)) = name.split_once('=').filter(|_| before.is_empty()) {
            push_template(&mut parts, template, (name, rest));
            continue;
        }
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
        let is_argument = argument && !identifier::is_plural(noun) && !has_key(segment, noun);
        if !is_argument && !is_ending(name) {
            parts.push(PathPart::Parameter(name, rest));
        }
    }
    parts
}

/// The segments of a path. A slash in braces ends none: `{name=shelves/*}`.
fn between_slashes(path: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let segments = path.split(move |letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == '/' && depth == 0
    });
    segments.filter(|segment| !segment.is_empty())
}

/// The parts of a parameter that has a path of its own, as `google.api.http` writes them: `{name=shelves/*/books/*}`.
fn push_template<'p>(
    parts: &mut Vec<PathPart<'p>>,
    template: &'p str,
    (name, rest): (&'p str, &'p str),
) {
    for text in template.split('/').filter(|text| !text.is_empty()) {
        parts.push(match text.starts_with('*') {
            true => PathPart::Parameter(name, ""),
            false => PathPart::Text(text),
        });
    }
    match parts.last_mut() {
        Some(PathPart::Parameter(_, behind)) => *behind = rest,
        _ if !rest.is_empty() => parts.push(PathPart::Parameter(name, rest)),
        _ => {}
    }
}

/// Whether what stands in parentheses behind a noun tells one of its things from others: `SalesOrderItem(SalesOrderItem='1')`.
fn has_key(segment: &str, noun: &str) -> bool {
    let (_, arguments) = segment.split_once('(').unwrap_or_default();
    let noun = identifier::words(noun);
    let mut names = arguments
        .split(',')
        .filter_map(|argument| argument.split_once('='));
    names.any(|(name, _)| noun.ends_with(&identifier::words(name)))
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
            (
                "/Item(Order='{Order}',Item='{Item}')",
                vec![Text("Item"), Parameter("Order", "',Item='{Item}')")],
            ),
            (
                "/v1/{name=shelves/*/books/**}:merge",
                vec![
                    Text("v1"),
                    Text("shelves"),
                    Parameter("name", ""),
                    Text("books"),
                    Parameter("name", ":merge"),
                ],
            ),
            ("/todos/:id", vec![Text("todos"), Parameter("id", "")]),
            ("/@{name}", vec![Parameter("name", "")]),
            ("/v{version}", vec![Parameter("version", "")]),
            ("/{id}:cancel", vec![Parameter("id", ":cancel")]),
            ("/{open", vec![Parameter("open", "")]),
        ] {
            assert_eq!(parts(path), expected, "{path}");
        }
    }
}

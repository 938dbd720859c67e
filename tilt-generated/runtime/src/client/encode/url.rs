//! The path and the query of a request.

use super::content;
use super::percent::{self, Keep};
use super::style::{self, Format, Pairs, Text};
use crate::client::operation::Operation;
use crate::data::described::{Encoding, Location, Parameter};
use crate::data::framing::{self, is_of_request};
use crate::data::tree::Tree;

/// A parameter that cannot be sent, and why.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) parameter: &'static str,
    pub(crate) reason: String,
}

pub(super) fn refused(parameter: &Parameter, reason: impl Into<String>) -> Refused {
    Refused {
        parameter: parameter.name,
        reason: reason.into(),
    }
}

/// The values that a call has set, by index of the parameter.
pub(crate) type Values = [(usize, Tree)];

pub(crate) fn value_of(values: &Values, index: usize) -> Option<&Tree> {
    let mut values = values.iter().rev();
    values
        .find(|(at, _)| *at == index)
        .map(|(_, value)| value)
        .filter(|value| **value != Tree::Null)
}

/// The values in the path of an operation, by index of the parameter.
pub(crate) fn path_values<'v>(
    operation: &Operation,
    values: &'v Values,
) -> impl Iterator<Item = (usize, &'v Tree)> {
    let parameters = operation.parameters.iter().enumerate();
    let in_path = parameters.filter(|(_, parameter)| parameter.location == Location::Path);
    in_path.filter_map(|(index, _)| Some((index, value_of(values, index)?)))
}

/// Appends the path of an operation to `out`. No value leaves the segment that it stands in, and no template the path:
/// without the slash, its text would be more of the authority (RFC 3986, section 3.2), to which credentials go.
pub(crate) fn write_path(
    operation: &Operation,
    values: &Values,
    out: &mut String,
) -> Result<(), Refused> {
    let start = out.len();
    let mut rest = operation.path;
    if !rest.is_empty() && !rest.starts_with('/') {
        out.push('/');
    }
    let mut last = None;
    while let Some(at) = rest.find('{') {
        push_literal(&rest[..at], out);
        rest = &rest[at..];
        let named = operation.parameters.iter().enumerate().find(|(_, it)| {
            it.location == Location::Path
                && rest[1..]
                    .strip_prefix(it.name)
                    .is_some_and(|rest| rest.starts_with('}'))
        });
        if let Some((index, parameter)) = named {
            out.push_str(&path_text(parameter, value_of(values, index))?);
            rest = &rest[parameter.name.len() + 2..];
            last = Some(parameter);
        } else {
            out.push_str("%7B");
            rest = &rest[1..];
        }
    }
    push_literal(rest, out);
    let dotted = out[start..].split('/').any(is_dots);
    match last {
        Some(parameter) if dotted => Err(refused(parameter, "would change the path")),
        _ => Ok(()),
    }
}

fn path_text(parameter: &Parameter, value: Option<&Tree>) -> Result<String, Refused> {
    let value = value.ok_or_else(|| refused(parameter, "is missing"))?;
    if let Some(text) = value.scalar()
        && text.split(['/', '\\']).any(is_dots)
    {
        return Err(refused(parameter, "would change the path"));
    }
    let text = match parameter.encoding {
        Encoding::Json | Encoding::Text | Encoding::Form => encoded(&content(parameter, value)?),
        Encoding::Styled {
            style,
            explode,
            reserved,
        } => {
            let keep = if reserved {
                Keep::ReservedInSegment
            } else {
                Keep::Unreserved
            };
            let format = Format {
                style,
                explode,
                text: Text::Encoded(keep),
            };
            style::text(parameter.name, value, format)
                .map_err(|error| refused(parameter, error.reason()))?
        }
    };
    if text.is_empty() {
        return Err(refused(parameter, "is empty"));
    }
    Ok(text)
}

/// Whether URLs treat this segment as a step within the path, in any of its spellings.
pub(crate) fn is_dots(segment: &str) -> bool {
    let mut dots = 0;
    let mut rest = segment;
    while !rest.is_empty() {
        let after = rest
            .strip_prefix('.')
            .or_else(|| rest.strip_prefix("%2e"))
            .or_else(|| rest.strip_prefix("%2E"));
        match after {
            Some(after) => rest = after,
            None => return false,
        }
        dots += 1;
    }
    dots == 1 || dots == 2
}

fn push_literal(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('/') {
        percent::encode(&rest[..at], Keep::ReservedInSegment, out);
        out.push('/');
        rest = &rest[at + 1..];
    }
    percent::encode(rest, Keep::ReservedInSegment, out);
}

pub(super) fn content(parameter: &Parameter, value: &Tree) -> Result<String, Refused> {
    content::text(value, parameter.encoding).map_err(|reason| refused(parameter, reason))
}

/// Text of a document, in which some may be escaped already.
fn written(text: &str) -> String {
    let mut out = String::new();
    percent::encode(text, Keep::ReservedInQuery, &mut out);
    out
}

pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    percent::encode(text, Keep::Unreserved, &mut out);
    out
}

/// Appends `?` and the query to `out`, where there is one.
pub(crate) fn write_query(
    operation: &Operation,
    values: &Values,
    out: &mut String,
) -> Result<(), Refused> {
    let start = out.len();
    out.push('?');
    let mut pairs = Pairs::new(out, "&");
    for pair in operation.query.split('&').filter(|it| !it.is_empty()) {
        let (name, value) = match pair.split_once('=') {
            Some((name, value)) => (name, Some(written(value))),
            None => (pair, None),
        };
        pairs.push_fixed(&written(name), value.as_deref());
    }
    write_pairs(operation, values, &mut pairs)?;
    if pairs.is_empty() {
        out.truncate(start);
    }
    Ok(())
}

fn write_pairs(
    operation: &Operation,
    values: &Values,
    pairs: &mut Pairs<'_>,
) -> Result<(), Refused> {
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.location != Location::Query {
            continue;
        }
        let Some(value) = value_of(values, index) else {
            continue;
        };
        match parameter.encoding {
            Encoding::Json | Encoding::Text | Encoding::Form => {
                let text = content(parameter, value)?;
                pairs.push(&encoded(parameter.name), &encoded(&text));
            }
            Encoding::Styled {
                style,
                explode,
                reserved,
            } => {
                let keep = if reserved {
                    Keep::ReservedInQuery
                } else {
                    Keep::Unreserved
                };
                let format = Format {
                    style,
                    explode,
                    text: Text::Encoded(keep),
                };
                style::pairs(parameter.name, value, format, pairs)
                    .map_err(|error| refused(parameter, error.reason()))?;
            }
        }
    }
    Ok(())
}

/// The header parameters that have a value.
pub(crate) fn headers(
    operation: &Operation,
    values: &Values,
) -> Result<Vec<(http::HeaderName, http::HeaderValue)>, Refused> {
    let mut headers = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.location != Location::Header {
            continue;
        }
        let Some(value) = value_of(values, index) else {
            continue;
        };
        let text = match parameter.encoding {
            Encoding::Json => content::ascii(&content(parameter, value)?),
            Encoding::Text | Encoding::Form => content(parameter, value)?,
            Encoding::Styled { style, explode, .. } => {
                let text = Text::Plain;
                let format = Format {
                    style,
                    explode,
                    text,
                };
                style::text(parameter.name, value, format)
                    .map_err(|error| refused(parameter, error.reason()))?
            }
        };
        if text.is_empty() && value.is_composite() {
            continue;
        }
        // They are no part of a value (RFC 9110, section 5.5): it would arrive as another.
        if text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']) {
            return Err(refused(
                parameter,
                "begins or ends with a space, which no header keeps",
            ));
        }
        let name = http::HeaderName::from_bytes(parameter.name.as_bytes())
            .map_err(|_| refused(parameter, "is no name for a header"))?;
        if is_of_request(&name) {
            return Err(refused(parameter, framing::REASON));
        }
        let value = http::HeaderValue::from_bytes(text.as_bytes())
            .map_err(|_| refused(parameter, "has characters that no header can carry"))?;
        headers.push((name, value));
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::described::Style;

    static FILE: Operation = Operation {
        path: "/v1/{owner}/files/{path}.json",
        query: "action=a b&flag&x=%2B",
        parameters: &[
            Parameter::path("owner"),
            Parameter::path("path"),
            Parameter::query("tag").encoded(Encoding::style(Style::Form, false)),
            Parameter::query("filter").encoded(Encoding::Json),
            Parameter::header("X-Trace"),
            Parameter::query("expr").encoded(Encoding::reserved(Style::Form, true)),
        ],
        ..Operation::NEW
    };

    static ADJACENT: Operation = Operation {
        path: "/{a}{b}",
        parameters: &[Parameter::path("a"), Parameter::path("b")],
        ..Operation::NEW
    };

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    fn path(operation: &Operation, values: &Values) -> Result<String, String> {
        let mut out = String::new();
        match write_path(operation, values, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(format!("{} {}", error.parameter, error.reason)),
        }
    }

    #[test]
    fn a_path_takes_its_values_encoded() {
        assert_eq!(
            path(&FILE, &[(0, text("a/b")), (1, text("ü?#%"))]),
            Ok("/v1/a%2Fb/files/%C3%BC%3F%23%25.json".to_owned())
        );
    }

    #[test]
    fn no_value_changes_the_path() {
        let changes = Err("owner would change the path".to_owned());
        for value in [".", "..", "../x", "a/..", "a\\..\\b", "%2e%2E", ".%2e"] {
            assert_eq!(
                path(&FILE, &[(0, text(value)), (1, text("x"))]),
                changes,
                "{value}"
            );
        }
        assert_eq!(
            path(&ADJACENT, &[(0, text("x")), (1, text("."))]),
            Err("b would change the path".to_owned())
        );
        assert_eq!(
            path(&ADJACENT, &[(0, text("...")), (1, text("x"))]),
            Ok("/...x".to_owned())
        );
    }

    #[test]
    fn no_template_changes_the_host() {
        let base = "http://127.0.0.1:701";
        for (template, expected) in [
            ("4/x", "/4/x"),
            (".evil.example/x", "/.evil.example/x"),
            ("@evil.example/x", "/@evil.example/x"),
            ("//evil.example/x", "//evil.example/x"),
            ("\\\\evil.example/x", "/%5C%5Cevil.example/x"),
            ("?x", "/%3Fx"),
            ("{a}", "/1"),
            ("", ""),
        ] {
            let operation = Operation {
                path: template,
                parameters: ADJACENT.parameters,
                ..Operation::NEW
            };
            let mut out = base.to_owned();
            let written = write_path(&operation, &[(0, text("1"))], &mut out);
            assert!(written.is_ok(), "{template}");
            assert_eq!(out, format!("{base}{expected}"));
            let url = url::Url::parse(&out).expect("a path is a part of a URL");
            assert_eq!(url.origin().ascii_serialization(), base, "{template}");
            assert_eq!(url.username(), "");
        }
    }

    #[test]
    fn dots_that_meet_are_refused() {
        static DOTS: Operation = Operation {
            path: "/{a}.",
            parameters: &[Parameter::path("a").encoded(Encoding::style(Style::Label, false))],
            ..Operation::NEW
        };
        assert_eq!(
            path(&DOTS, &[(0, text(""))]),
            Err("a would change the path".to_owned())
        );
    }

    #[test]
    fn empty_and_missing_path_parameters_are_refused() {
        assert_eq!(
            path(&FILE, &[(0, text("")), (1, text("x"))]),
            Err("owner is empty".to_owned())
        );
        assert_eq!(
            path(&FILE, &[(0, text("x")), (1, Tree::Null)]),
            Err("path is missing".to_owned())
        );
    }

    #[test]
    fn a_header_keeps_no_spaces_around_its_value() {
        static SENT: Operation = Operation {
            parameters: &[
                Parameter::header("X-Plain"),
                Parameter::header("X-Json").encoded(Encoding::Json),
            ],
            ..Operation::NEW
        };
        let sent = |at: usize, value: &str| {
            let values = vec![(at, Tree::Text(value.to_owned()))];
            let headers = headers(&SENT, &values).ok()?;
            headers.first().map(|(_, value)| value.as_bytes().to_vec())
        };
        assert_eq!(sent(0, "a b"), Some(b"a b".to_vec()));
        for spaced in [" a", "a ", "\ta", " "] {
            assert_eq!(sent(0, spaced), None);
        }
        assert_eq!(sent(1, " \u{e9} "), Some(b"\" \\u00e9 \"".to_vec()));
    }

    #[test]
    fn a_query_has_its_fixed_part_first() {
        let mut out = String::new();
        let values = [
            (2, Tree::List(vec![text("a"), text("b,c")])),
            (3, Tree::Object(vec![("k".to_owned(), Tree::Bool(true))])),
            (5, text("a:b/c&d")),
        ];
        assert!(write_query(&FILE, &values, &mut out).is_ok());
        assert_eq!(
            out,
            "?action=a%20b&flag&x=%2B&tag=a,b%2Cc&filter=%7B%22k%22%3Atrue%7D&expr=a:b/c%26d"
        );
    }

    #[test]
    fn a_query_of_nothing_has_no_question_mark() {
        let mut out = String::new();
        assert!(write_query(&ADJACENT, &[], &mut out).is_ok());
        assert_eq!(out, "");
    }

    #[test]
    fn no_parameter_frames_the_request() {
        static CUT: Operation = Operation {
            parameters: &[Parameter::header("content-length")],
            ..Operation::NEW
        };
        let error = headers(&CUT, &[(0, text("5"))]);
        assert_eq!(
            error.map_err(|error| error.reason),
            Err(framing::REASON.to_owned())
        );
        assert!(headers(&CUT, &[]).is_ok_and(|headers| headers.is_empty()));
    }

    #[test]
    fn a_header_cannot_carry_another() {
        let error = headers(&FILE, &[(4, text("a\r\nX-Evil: 1"))]);
        assert_eq!(
            error.map_err(|error| error.reason),
            Err("has characters that no header can carry".to_owned())
        );
    }
}

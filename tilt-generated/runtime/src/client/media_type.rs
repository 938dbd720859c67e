//! Media types of answers, and whether they are documented ones (RFC 9110, 8.3.1 and 12.5.1).

use super::operation::Operation;
use crate::data::described::Status;
use crate::data::media_type::{Fit, fit, subtype};
pub(crate) use crate::data::media_type::{charset, is, is_json, is_text_sequence};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

/// The media type of a body, with its parameters.
pub(crate) fn of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?.trim();
    Some(value).filter(|value| !value.is_empty())
}

/// Whether a body of this media type is a documented one. It is, where nothing is documented.
pub(crate) fn is_documented(operation: &Operation, came: &str) -> bool {
    let mut documented = operation.documented();
    operation.documented().next().is_none() || documented.any(|wanted| is(came, wanted))
}

/// Whether a body of this media type can be text, where text is documented: any text is, what is documented, and what the
/// server has no name for. `application/xml` and `text/xml` are one, as are `application/x-yaml` and `application/yaml`.
pub(crate) fn may_be_text(operation: &Operation, came: &str) -> bool {
    is(came, "text/*")
        || is(came, OCTETS)
        || is_documented(operation, came)
        || operation
            .documented()
            .any(|it| subtype(it) == subtype(came))
}

/// Whether a body of this media type can be the bytes that are documented: JSON or a page in place of another thing is no
/// such, for it is what gateways answer with.
pub(crate) fn may_be_bytes(operation: &Operation, came: &str) -> bool {
    let is_message = is_json(came) || is(came, "text/html");
    !is_message || is_documented(operation, came) || operation.documented().any(|it| is(OCTETS, it))
}

/// Whether a body of this media type can be the lines that are documented: servers that know none of the names of such
/// say JSON.
pub(crate) fn may_be_lines(came: &str) -> bool {
    is_lines(came) || is(came, "application/json")
}

/// The media type of a body that is sent: its own, if that is a documented one, or else the documented one, if that is no
/// range. Of any bytes, nothing need be said.
pub(crate) fn chosen<'t>(documented: &'t str, own: Option<&'t str>) -> Result<&'t str, String> {
    match own {
        Some(own) if is(own, documented) && !own.contains('*') => Ok(own),
        Some(own) => Err(format!("is `{own}`, and `{documented}` is documented")),
        None if !documented.contains('*') => Ok(documented),
        None if is(OCTETS, documented) => Ok(OCTETS),
        None => Err(format!(
            "is one of `{documented}`: say which by `Upload::content_type`"
        )),
    }
}

/// The media type of a body of which nothing is known (RFC 2046, 4.5.1).
const OCTETS: &str = "application/octet-stream";

/// Whether this is the media type of events.
pub(crate) fn is_events(media_type: &str) -> bool {
    is(media_type, "text/event-stream")
}

/// Whether a body of this media type is a stream of what is documented, events or lines.
pub(crate) fn is_sequence(operation: &Operation, came: &str) -> bool {
    let mut documented = operation.documented();
    let is_any = operation.documented().next().is_none();
    is_events(came) && (is_any || documented.any(is_events))
        || is_lines(came) && (is_any || documented.any(is_lines))
}

/// Whether this is a media type of lines, or of a sequence of texts.
fn is_lines(media_type: &str) -> bool {
    const LINES: [&str; 4] = ["jsonl", "jsonlines", "ndjson", "stream+json"];
    LINES.contains(&subtype(media_type).as_str()) || is_text_sequence(media_type)
}

/// The kind of answer that one with this status and media type is; see [`Answer::which`](super::answer::Answer::which).
pub(crate) fn which(
    status: StatusCode,
    came: Option<&str>,
    kinds: &[(Status, &[&str])],
) -> Option<usize> {
    let of_status = || kinds.iter().filter(|(of, _)| of.includes(status));
    let most = of_status().map(|(of, _)| exactness(*of)).max()?;
    let all = kinds.iter().enumerate();
    let mut all = all.filter(|(_, (of, _))| of.includes(status) && exactness(*of) == most);
    let Some(came) = came else {
        return all.next().map(|(index, _)| index);
    };
    let fitting = all.clone().filter_map(|(index, (_, documented))| {
        let fit = match documented {
            [] => Some(Fit::Undocumented),
            _ => documented.iter().filter_map(|it| fit(came, it)).max(),
        };
        fit.map(|fit| (fit, index))
    });
    if let Some(index) = one_best(fitting) {
        return index;
    }
    // JSON under another name is JSON.
    let json = all.filter(|(_, (_, documented))| documented.iter().any(|it| is_json(it)));
    let json = json.filter(|_| is_json(came));
    one_best(json.map(|(index, _)| ((), index))).flatten()
}

/// The index that goes with the greatest rank; `Some(None)` where that is of several.
fn one_best<R: Ord>(ranked: impl Iterator<Item = (R, usize)>) -> Option<Option<usize>> {
    let mut best: Option<(R, Option<usize>)> = None;
    for (rank, index) in ranked {
        best = Some(match best {
            Some((most, found)) if rank < most => (most, found),
            Some((most, _)) if rank == most => (most, None),
            _ => (rank, Some(index)),
        });
    }
    best.map(|(_, found)| found)
}

fn exactness(status: Status) -> u8 {
    match status {
        Status::Code(_) => 2,
        Status::Class(_) => 1,
        Status::Any => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind of a successful answer of this media type, of kinds that are told apart by it.
    fn kind(came: &str, documented: &[&[&str]]) -> Option<usize> {
        let kinds: Vec<_> = documented
            .iter()
            .map(|it| (Status::Code(200), *it))
            .collect();
        which(StatusCode::OK, Some(came), &kinds)
    }

    #[test]
    fn every_media_type_of_a_kind_is_of_it() {
        let kinds: &[&[&str]] = &[
            &["application/vnd.v1+json"],
            &["application/vnd.v2+json", "application/vnd.v3+json"],
        ];
        for (came, expected) in [
            ("application/vnd.v1+json", Some(0)),
            ("application/vnd.v2+json", Some(1)),
            ("application/vnd.v3+json; charset=utf-8", Some(1)),
            // JSON of either.
            ("application/json", None),
            ("text/html", None),
        ] {
            assert_eq!(kind(came, kinds), expected, "{came}");
        }
    }

    #[test]
    fn what_says_more_goes_before_what_says_less() {
        let kinds: &[&[&str]] = &[
            &["*/*"],
            &["text/*"],
            &["text/html"],
            &["text/html;level=1"],
            &["application/*+xml"],
        ];
        for (came, expected) in [
            ("image/png", 0),
            ("text/csv", 1),
            ("TEXT/HTML", 2),
            ("text/html; level=2", 2),
            ("text/html; charset=utf-8; level=\"1\"", 3),
            ("application/atom+xml", 4),
            ("application/x", 0),
        ] {
            assert_eq!(kind(came, kinds), Some(expected), "{came}");
        }
    }

    #[test]
    fn nothing_is_guessed_among_parameters() {
        let kinds: &[&[&str]] = &[&["application/x;v=1"], &["application/x;v=2"]];
        assert_eq!(kind("application/x;v=2", kinds), Some(1));
        assert_eq!(kind("application/x", kinds), None);
        assert_eq!(kind("application/x;v=3", kinds), None);
    }

    #[test]
    fn json_under_another_name_is_json() {
        let kinds: &[&[&str]] = &[&["text/csv"], &["application/json"]];
        assert_eq!(kind("application/hal+json", kinds), Some(1));
        assert_eq!(kind("application/xml", kinds), None);
    }

    #[test]
    fn a_status_goes_before_its_class() {
        let kinds: &[(Status, &[&str])] = &[
            (Status::Any, &["application/json"]),
            (Status::Class(2), &["application/json"]),
            (Status::Code(200), &["application/json"]),
            (Status::Code(202), &[]),
        ];
        for (status, came, expected) in [
            (200, Some("application/json"), Some(2)),
            (200, None, Some(2)),
            (202, Some("application/json"), Some(3)),
            (202, None, Some(3)),
            (201, Some("application/json"), Some(1)),
            (400, Some("application/json"), Some(0)),
            (400, Some("text/html"), None),
        ] {
            let of = StatusCode::from_u16(status).unwrap();
            assert_eq!(which(of, came, kinds), expected, "{status} {came:?}");
        }
    }
}

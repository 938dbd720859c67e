//! Media types: what a body is on the wire, and what two of them have in common.

use crate::dialect::media_type::{essence, is_json_lines};
use crate::identifier;
use crate::model::Payload;

/// The kind of body that a media type stands for, preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum MediaKind {
    Json,
    JsonVariant,
    Multipart,
    Form,
    EventStream,
    JsonLines,
    Anything,
    Text,
    Bytes,
    Xml,
    Malformed,
}

/// Classifies a media type (RFC 9110, 8.3.1).
pub(in crate::lower) fn kind(media_type: &str) -> MediaKind {
    let essence = essence(media_type);
    let Some((main, sub)) = essence.split_once('/') else {
        return if essence.contains("json") {
            MediaKind::JsonVariant
        } else {
            MediaKind::Malformed
        };
    };
    match (main, sub) {
        ("application" | "text", "json") => MediaKind::Json,
        ("*", "*") | ("application", "*") => MediaKind::Anything,
        _ if is_json_lines(&essence) => MediaKind::JsonLines,
        (_, sub) if sub.ends_with("+json") => MediaKind::JsonVariant,
        ("application", "x-www-form-urlencoded") => MediaKind::Form,
        ("multipart", _) => MediaKind::Multipart,
        ("text", "event-stream") => MediaKind::EventStream,
        (_, "xml") => MediaKind::Xml,
        (_, sub) if sub.ends_with("+xml") => MediaKind::Xml,
        (_, sub) if sub.ends_with("+yaml") => MediaKind::Text,
        ("text", _) | ("application", "yaml" | "x-yaml" | "csv" | "graphql" | "jwt" | "sql") => {
            MediaKind::Text
        }
        _ => MediaKind::Bytes,
    }
}

/// A media type as a header says it: a range (`*/*`) is no type to send.
pub(in crate::lower) fn content_type(media_type: &str, payload: &Payload) -> String {
    if media_type.contains('*') || !media_type.contains('/') {
        let is_text = essence(media_type).starts_with("text/");
        return match payload {
            // JSON is a text, and no `application/json` is in that range.
            Payload::Json(_) if is_text => "text/plain",
            Payload::Json(_) => "application/json",
            Payload::Text => "text/plain",
            Payload::Multipart { .. } => "multipart/form-data",
            _ => "application/octet-stream",
        }
        .to_owned();
    }
    media_type.trim().to_owned()
}

/// A media type as a request has it. Of bytes, a range stays one: callers say what they send.
pub(in crate::lower) fn sent_as(media_type: &str, payload: &Payload) -> String {
    let essence = essence(media_type);
    let is_range = essence.ends_with("/*") && media_type.is_ascii();
    match payload {
        Payload::Bytes if is_range => essence,
        _ => content_type(media_type, payload),
    }
}

/// The name of a media type as a variant.
pub(in crate::lower) fn media_label(media_type: &str) -> String {
    match kind(media_type) {
        MediaKind::Json => "Json".to_owned(),
        MediaKind::Form => "Form".to_owned(),
        MediaKind::Multipart => "Multipart".to_owned(),
        MediaKind::EventStream => "EventStream".to_owned(),
        _ => {
            let essence = essence(media_type);
            let sub = match essence.split_once('/') {
                Some(("*" | "application", "*")) => "octet-stream",
                Some((main, "*")) => main,
                Some((_, sub)) => sub,
                None => &essence,
            };
            // It is said by the name of a patch already, and by nothing that tells two apart.
            let sub = match is_patch(&essence) {
                true => sub.strip_suffix("+json").unwrap_or(sub),
                false => sub,
            };
            identifier::pascal(sub.trim_start_matches("x-").trim_start_matches("vnd."))
        }
    }
}

/// Labels of media types, where those of several are equal with the parameters that not all of these have: `JsonVersion1`.
pub(in crate::lower) fn told_apart(labels: Vec<(String, &str)>) -> Vec<String> {
    labels
        .iter()
        .map(|(label, media_type)| {
            let alike = labels.iter().filter(|(other, _)| other == label);
            let alike: Vec<Vec<&str>> = alike.map(|(_, it)| parameters(it).collect()).collect();
            let own = parameters(media_type);
            let own = own.filter(|it| !alike.iter().all(|all| all.contains(it)));
            let own = own.map(|it| identifier::pascal(&it.replace('=', " ")));
            let own: String = own.collect();
            format!("{label}{own}")
        })
        .collect()
}

/// The parameters of a media type that say more than how its text is encoded.
fn parameters(media_type: &str) -> impl Iterator<Item = &str> {
    let all = media_type.split(';').skip(1).map(str::trim);
    all.filter(|it| !it.is_empty() && !it.to_ascii_lowercase().starts_with("charset="))
}

/// All that a media type says of a body whose type is known: equal for two that differ in the encoding of a value alone.
/// A value means the same as JSON, as a form or as lines; it does not as a patch, nor a text as HTML.
pub(in crate::lower) fn meaning(media_type: &str) -> String {
    let essence = essence(media_type);
    let mut meaning = match kind(media_type) {
        MediaKind::Form | MediaKind::Multipart | MediaKind::EventStream => return String::new(),
        MediaKind::Json => String::new(),
        MediaKind::JsonLines if !essence.ends_with("json-seq") => String::new(),
        _ => essence,
    };
    let parameters = parameters(media_type);
    let mut parameters: Vec<String> = parameters.map(str::to_ascii_lowercase).collect();
    parameters.sort();
    for parameter in parameters {
        meaning.push(';');
        meaning.push_str(&parameter);
    }
    meaning
}

/// Whether this is a way to write any value, which says nothing of what the value is for.
pub(in crate::lower) fn is_encoding(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (_, sub) = essence.split_once('/').unwrap_or_default();
    let name = sub.strip_prefix("x-").or(sub.strip_prefix("vnd."));
    let name = name.unwrap_or(sub);
    let known = ["yaml", "csv", "cbor", "msgpack", "protobuf", "plain"];
    known.contains(&name) || kind(media_type) == MediaKind::Xml
}

/// Whether a body of this media type says what to change of a thing, and not what the thing is to be: which of the ways to
/// say that is meant, no value shows.
pub(in crate::lower) fn is_patch(media_type: &str) -> bool {
    let essence = essence(media_type);
    let sub = essence.rsplit('/').next().unwrap_or_default();
    let name = sub.split('+').next().unwrap_or_default();
    name.split(['-', '.']).any(|word| word == "patch")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_is_that_of_the_value_or_of_the_media_type() {
        for (a, b, same) in [
            ("application/json", "text/json", true),
            ("application/json", "application/json; charset=utf-8", true),
            (
                "application/json",
                "application/x-www-form-urlencoded",
                true,
            ),
            ("application/json", "application/json;v=2", false),
            ("application/json", "application/vnd.v1+json", false),
            ("application/x;b=2;a=1", "application/x; A=1; b=2", true),
            ("text/plain", "text/html", false),
            ("image/png", "image/jpeg", false),
            ("application/x-ndjson", "application/jsonl", true),
            ("application/x-ndjson", "application/json-seq", false),
        ] {
            assert_eq!(meaning(a) == meaning(b), same, "{a} {b}");
        }
    }

    #[test]
    fn encodings_are_those_of_any_value() {
        for encoding in [
            "application/yaml",
            "text/x-yaml",
            "application/cbor",
            "application/vnd.msgpack",
            "application/atom+xml",
        ] {
            assert!(is_encoding(encoding), "{encoding}");
        }
        assert!(!is_encoding("application/apply-patch+yaml"));
        assert!(!is_encoding("text/html"));
    }

    #[test]
    fn a_patch_is_called_by_its_kind() {
        assert_eq!(media_label("application/merge-patch+json"), "MergePatch");
        assert_eq!(media_label("application/json-patch+json"), "JsonPatch");
        assert_eq!(media_label("application/vnd.v1+json"), "V1PlusJson");
    }

    #[test]
    fn media_types_of_one_label_are_called_by_what_tells_them_apart() {
        let of = |media_types: &[&'static str]| {
            let labels = media_types.iter().map(|it| (media_label(it), *it));
            told_apart(labels.collect())
        };
        let versions = [
            "application/json;version=1;charset=utf-8",
            "application/json; version=2; charset=utf-8",
            "application/json",
            "text/csv;header=present",
        ];
        assert_eq!(
            of(&versions),
            ["JsonVersion1", "JsonVersion2", "Json", "Csv"]
        );
        let profiles = [
            "application/vnd.a+json;v=1;q=\"x y\"",
            "application/vnd.a+json;v=1;q=\"z\"",
        ];
        assert_eq!(of(&profiles), ["APlusJsonQXY", "APlusJsonQZ"]);
    }

    #[test]
    fn patches_are_known_by_their_names() {
        for patch in [
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "application/vnd.x.patch+json",
        ] {
            assert!(is_patch(patch), "{patch}");
        }
        assert!(!is_patch("application/dispatch+json"));
        assert!(!is_patch("application/json"));
    }
}

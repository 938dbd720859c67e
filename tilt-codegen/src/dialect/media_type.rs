//! Media types, as far as they say what reads a body.

/// A body may be JSON by its media type, or by the range that this is in (RFC 8259, RFC 6839).
pub(crate) fn may_be_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let Some((kind, subtype)) = essence.split_once('/') else {
        // `json` alone, or what is no media type: nothing says otherwise.
        return true;
    };
    subtype == "json"
        || subtype.ends_with("+json")
        || subtype == "*" && matches!(kind, "*" | "application")
}

/// A body is a form.
pub(crate) fn is_form(media_type: &str) -> bool {
    essence(media_type) == "application/x-www-form-urlencoded"
}

/// Events of HTML's server-sent events.
pub(crate) const EVENT_STREAM: &str = "text/event-stream";

/// A body is a sequence of JSON texts, by its media type without parameters: lines, or RFC 7464.
pub(crate) fn is_json_lines(essence: &str) -> bool {
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    matches!(
        subtype,
        "x-ndjson" | "ndjson" | "jsonl" | "jsonlines" | "x-jsonlines" | "json-seq" | "stream+json"
    ) || subtype.ends_with("+json-seq")
}

/// A body removes what is null in it (RFC 7396).
pub(crate) fn is_merge_patch(media_type: &str) -> bool {
    essence(media_type) == "application/merge-patch+json"
}

/// Without parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or(media_type)
        .trim()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_many_names() {
        for name in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "application/cloudevents+json",
            "*/*",
            "application/*",
        ] {
            assert!(may_be_json(name), "{name}");
        }
        for name in [
            "application/xml",
            "application/json-seq",
            "application/x-www-form-urlencoded",
            "text/*",
            "text/plain",
            "avro/binary",
        ] {
            assert!(!may_be_json(name), "{name}");
        }
    }
}

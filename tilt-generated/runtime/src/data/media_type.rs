//! Media types and ranges of them (RFC 9110, 8.3.1 and 12.5.1).

/// How a media type is what a document says: what says more is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// No body is documented.
    #[cfg(feature = "client")]
    Undocumented,
    /// By `*/*`.
    Any,
    /// By a range such as `text/*`.
    Range,
    /// By a range of types with a suffix, such as `application/*+json`.
    Suffix,
    /// By the type, but for parameters that are documented.
    Type,
    /// By the type with so many parameters.
    Exact(usize),
}

/// How a media type is the one that a document says; `None` where it is another.
pub(crate) fn fit(came: &str, documented: &str) -> Option<Fit> {
    let (came, its) = parts(came);
    let (wanted, parameters) = parts(documented);
    if wanted == "*/*" {
        return Some(Fit::Any);
    }
    let (came_main, came_sub) = came.split_once('/')?;
    let (main, sub) = wanted.split_once('/')?;
    if !came_main.eq_ignore_ascii_case(main) {
        return None;
    }
    if sub == "*" {
        return Some(Fit::Range);
    }
    if let Some(suffix) = sub.strip_prefix('*') {
        let at = came_sub.len().checked_sub(suffix.len())?;
        let end = came_sub.get(at..)?;
        return end.eq_ignore_ascii_case(suffix).then_some(Fit::Suffix);
    }
    if !came_sub.eq_ignore_ascii_case(sub) {
        return None;
    }
    let mut wanted = 0;
    for parameter in parameters.split(';').filter_map(parameter) {
        let is_there = its.split(';').filter_map(self::parameter).any(|it| {
            it.0.eq_ignore_ascii_case(parameter.0) && it.1.eq_ignore_ascii_case(parameter.1)
        });
        if !is_there {
            return Some(Fit::Type);
        }
        wanted += 1;
    }
    Some(Fit::Exact(wanted))
}

/// A parameter that says what a body is: its encoding as text does not.
fn parameter(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    (!name.eq_ignore_ascii_case("charset")).then(|| (name, value.trim().trim_matches('"')))
}

/// A media type, and its parameters.
fn parts(media_type: &str) -> (&str, &str) {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    (essence.trim(), parameters)
}

/// The encoding of a text, where its media type names one.
pub(crate) fn charset(media_type: &str) -> Option<&str> {
    let mut parameters = parts(media_type).1.split(';');
    let (_, value) = parameters.find_map(|it| {
        let pair = it.split_once('=')?;
        pair.0
            .trim()
            .eq_ignore_ascii_case("charset")
            .then_some(pair)
    })?;
    Some(value.trim().trim_matches('"'))
}

/// Whether a media type is the one wanted, which may be a range such as `text/*`.
#[cfg(feature = "client")]
pub(crate) fn is(media_type: &str, wanted: &str) -> bool {
    fit(media_type, wanted).is_some()
}

/// Whether a media type is one of JSON: `application/json`, or one with its suffix (RFC 6839, 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = parts(media_type).0.to_ascii_lowercase();
    match essence.split_once('/') {
        Some((_, "json")) => true,
        Some((_, sub)) => sub.ends_with("+json"),
        None => false,
    }
}

/// Whether what is null in a body removes something (RFC 7396).
pub(crate) fn is_merge_patch(media_type: &str) -> bool {
    let essence = parts(media_type).0;
    essence.eq_ignore_ascii_case("application/merge-patch+json")
}

/// Stands before each text of a sequence of JSON texts (RFC 7464).
pub(crate) const SEPARATOR: u8 = b'\x1e';

/// Whether this is a media type of a sequence of JSON texts (RFC 7464), or one with its suffix (RFC 8091).
pub(crate) fn is_text_sequence(media_type: &str) -> bool {
    let sub = subtype(media_type);
    sub == "json-seq" || sub.ends_with("+json-seq")
}

/// The JSON texts of a body of this media type: one a line (there is no standard of it), or each behind a record separator, in
/// as many lines as it takes (RFC 7464).
pub(crate) fn json_texts<'b>(media_type: &str, body: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let end = match is_text_sequence(media_type) {
        true => SEPARATOR,
        false => b'\n',
    };
    let texts = body.split(move |byte| *byte == end);
    texts.filter(|it| !it.trim_ascii().is_empty())
}

/// Whether a text of a sequence does not say its own end, as objects, lists and texts do, nor what follows it: it may go on
/// (RFC 7464, 2.4).
pub(crate) fn may_be_cut_off(text: &[u8]) -> bool {
    let is_ended = text.last().is_some_and(u8::is_ascii_whitespace);
    let first = text.trim_ascii_start().first();
    !is_ended && !matches!(first, Some(b'{' | b'[' | b'"'))
}

/// The subtype, without the prefix of one that was not registered.
pub(crate) fn subtype(media_type: &str) -> String {
    let essence = parts(media_type).0.to_ascii_lowercase();
    let (_, sub) = essence.split_once('/').unwrap_or_default();
    sub.strip_prefix("x-").unwrap_or(sub).to_owned()
}

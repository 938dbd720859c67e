//! Events that an API sends, before and after they are understood.

use crate::data::{Wire, extract};
use bytes::Bytes;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// An event that the SDK does not know, or could not read: whole, for the application to decide.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownEvent {
    kind: Option<String>,
    id: Option<String>,
    problem: Option<String>,
    body: Bytes,
}

impl UnknownEvent {
    /// An event of a kind that is not documented.
    #[must_use]
    pub fn new(body: &[u8], kind: Option<&str>) -> Self {
        Self {
            kind: kind.map(str::to_owned),
            id: None,
            problem: None,
            body: Bytes::copy_from_slice(body),
        }
    }

    /// An event whose form is of a version that is not documented; its version stands at a path.
    #[doc(hidden)]
    #[must_use]
    pub fn of_other_version(body: &[u8], kind: Option<&str>, path: &[&str]) -> Self {
        let problem = format!("`/{}` is of no documented version", path.join("/"));
        Self {
            problem: Some(problem),
            ..Self::new(body, kind)
        }
    }

    /// The same with the id that its payload has at a path.
    #[doc(hidden)]
    #[must_use]
    pub fn identified(mut self, path: &[&str]) -> Self {
        self.id = id(&self.body, path);
        self
    }

    /// The kind that the event names, where it does.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The id by which its deliveries are told apart, where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Why an event of a known kind could not be read, or that it is of another version.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// The payload as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The payload, where it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<crate::data::Value> {
        serde_json::from_slice(without_mark(&self.body)).ok()
    }
}

/// The payload as it came, which has to be JSON.
impl Serialize for UnknownEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(without_mark(&self.body));
        let text = text.map_err(|_| S::Error::custom("the event's payload is not UTF-8"))?;
        let json = serde_json::from_str::<&RawValue>(text);
        json.map_err(|_| S::Error::custom("the event's payload is not JSON"))?
            .serialize(serializer)
    }
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The payload is not shown: what is not understood may be a secret.
        f.debug_struct("UnknownEvent")
            .field("kind", &self.kind)
            .field("id", &self.id)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

/// The text of a payload's property, such as its kind. A number is given as JSON writes it. In a payload that is
/// not UTF-8, what else stands there does not matter; a text with such bytes of its own is none.
#[doc(hidden)]
#[must_use]
pub fn property(body: &[u8], path: &[&str]) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    match String::from_utf8_lossy(without_mark(body)) {
        Cow::Borrowed(body) => text_at(body, path),
        Cow::Owned(body) => {
            // Two texts that differ in such bytes only would be one.
            text_at(&body, path).filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
        }
    }
}

fn text_at(body: &str, path: &[&str]) -> Option<String> {
    let text = extract::at(body.as_bytes(), path).ok()??;
    let plain = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    if let Some(plain) = plain.filter(|it| !it.contains('\\')) {
        return Some(plain.to_owned());
    }
    match serde_json::from_str(text) {
        Ok(serde_json::Value::String(text)) => Some(text),
        Ok(serde_json::Value::Number(_)) => Some(text.to_owned()),
        _ => None,
    }
}

/// The id of a payload by which deliveries are told apart. A blank one tells nothing apart, and is none.
#[doc(hidden)]
#[must_use]
pub fn id(body: &[u8], path: &[&str]) -> Option<String> {
    property(body, path).filter(|id| !id.trim().is_empty())
}

/// Whether a payload has another value at a path than these.
#[doc(hidden)]
#[must_use]
pub fn is_other(body: &[u8], path: &[&str], known: &[&str]) -> bool {
    property(body, path).is_some_and(|value| !known.contains(&value.as_str()))
}

/// A text without the byte order mark that RFC 8259 (8.1) lets readers ignore.
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

/// The first template that a channel is one of. `{name}` stands for any text without `/`.
#[doc(hidden)]
#[must_use]
pub fn channel<'t>(channel: &str, templates: &[&'t str]) -> Option<&'t str> {
    let mut templates = templates.iter().copied();
    templates.find(|template| is_channel(channel, template))
}

fn is_channel(channel: &str, template: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return channel == template;
    };
    let (Some(channel), Some((_, rest))) = (channel.strip_prefix(before), rest.split_once('}'))
    else {
        return false;
    };
    let longest = channel.find('/').unwrap_or(channel.len());
    let ends = channel[..longest].char_indices().skip(1).map(|(at, _)| at);
    let mut ends = ends.chain((longest > 0).then_some(longest));
    ends.any(|end| is_channel(&channel[end..], rest))
}

/// Reads a payload as the type of its kind.
///
/// # Errors
///
/// The event as unknown, when it is not of that type.
#[doc(hidden)]
pub fn read<T: Wire, E>(
    body: &[u8],
    kind: &str,
    variant: impl FnOnce(T) -> E,
) -> Result<E, UnknownEvent> {
    let text = without_mark(body);
    // An event without a body has a payload of anything.
    if let (true, Some(nothing)) = (text.trim_ascii().is_empty(), T::null()) {
        return Ok(variant(nothing));
    }
    match crate::data::json::read(text) {
        Ok(payload) => Ok(variant(payload)),
        Err(error) => Err(UnknownEvent {
            problem: Some(crate::data::locate::describe(text, &error)),
            ..UnknownEvent::new(body, Some(kind))
        }),
    }
}

/// Reads a payload as the type that it looks like; `None` where it is no JSON, or looks like none.
#[doc(hidden)]
#[must_use]
pub fn by_look<E: crate::data::Union>(body: &[u8]) -> Option<E> {
    crate::data::choose(serde_json::from_slice(without_mark(body)).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_text_or_a_number() {
        let body = br#"{"type": "a.b", "v": 1, "o": {}, "t": "a\u002eb"}"#;
        assert_eq!(property(body, &["type"]).as_deref(), Some("a.b"));
        assert_eq!(property(body, &["t"]).as_deref(), Some("a.b"));
        assert_eq!(property(body, &["v"]).as_deref(), Some("1"));
        assert_eq!(property(body, &["o"]), None);
        assert_eq!(property(b"not JSON", &["type"]), None);
    }

    #[test]
    fn a_property_is_found_in_a_payload_that_is_no_utf8() {
        let body = b"{\"kind\": \"paid\", \"deep\": {\"note\": \"\xff\", \"id\": \"e1\"}, \"other\": \"\xfe\"}";
        assert_eq!(property(body, &["kind"]).as_deref(), Some("paid"));
        assert_eq!(property(body, &["deep", "id"]).as_deref(), Some("e1"));
        assert_eq!(property(body, &["other"]), None, "no two are taken for one");
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        let body = "\u{feff}{\"id\": \"e1\"}".as_bytes();
        assert_eq!(property(body, &["id"]).as_deref(), Some("e1"));
        let payload = read(body, "k", |payload: crate::data::Map<String>| payload);
        assert_eq!(
            payload.ok().map(|it| it["id"].clone()),
            Some("e1".to_owned())
        );
        let unknown = UnknownEvent::new(body, None);
        assert_eq!(serde_json::to_string(&unknown).unwrap(), r#"{"id": "e1"}"#);
        assert_eq!(unknown.body(), body);
    }

    #[test]
    fn a_blank_id_is_none() {
        assert_eq!(id(br#"{"id": "e1"}"#, &["id"]).as_deref(), Some("e1"));
        for blank in [r#"{"id": ""}"#, r#"{"id": " \t"}"#, r#"{"id": "\u00a0"}"#] {
            assert_eq!(id(blank.as_bytes(), &["id"]), None, "{blank}");
        }
    }

    #[test]
    fn another_version_is_told() {
        let is_other = |body: &str| is_other(body.as_bytes(), &["v"], &["1", "2b"]);
        for known in [r#"{"v": 1}"#, r#"{"v": "2b"}"#, "{}", "[]", ""] {
            assert!(!is_other(known), "{known}");
        }
        for other in [
            r#"{"v": 2}"#,
            r#"{"v": "1.1"}"#,
            r#"{"v": ""}"#,
            r#"{"v": 1, "v": 2}"#,
        ] {
            assert!(is_other(other), "{other}");
        }
    }

    #[test]
    fn an_unknown_event_is_written_as_it_came() {
        let text = r#"{"id": "e1", "n": 123456789012345678901234567890, "n": 1.10}"#;
        let unknown = UnknownEvent::new(text.as_bytes(), Some("new")).identified(&["id"]);
        assert_eq!(serde_json::to_string(&unknown).unwrap(), text);
        assert_eq!((unknown.kind(), unknown.id()), (Some("new"), Some("e1")));
        for other in [&b"{"[..], b"\"\xff\"", b""] {
            assert!(serde_json::to_string(&UnknownEvent::new(other, None)).is_err());
        }
    }

    #[test]
    fn a_channel_fits_its_template() {
        assert!(is_channel("user/signedup", "user/signedup"));
        assert!(is_channel("light/7/on", "light/{id}/on"));
        assert!(is_channel("light.7.on", "light.{id}.{state}"));
        assert!(!is_channel("light/7/8/on", "light/{id}/on"));
        assert!(!is_channel("light//on", "light/{id}/on"));
        assert!(!is_channel("light/7", "light/{id}/on"));
        assert!(!is_channel("light/{id", "light/{id"));
    }

    #[test]
    fn an_event_without_a_body_is_read_from_none() {
        let read = |body: &[u8]| super::read(body, "ping", |nothing: crate::data::Value| nothing);
        assert_eq!(read(b" ").ok(), Some(crate::data::Value::Null));
        assert_eq!(read(b"5").ok(), Some(5.into()));
        let text = super::read(b"", "text", |text: String| text);
        assert!(text.is_err(), "a text is not nothing");
    }

    #[test]
    fn what_cannot_be_read_is_kept_whole() {
        let unread = read(b"{\"a\": 5}", "k", |payload: crate::data::Map<String>| {
            payload
        });
        let Err(unknown) = unread else {
            unreachable!("5 is no string")
        };
        assert_eq!(unknown.kind(), Some("k"));
        assert_eq!(&unknown.body()[..], b"{\"a\": 5}");
        assert!(unknown.problem().is_some_and(|it| it.ends_with("at `/a`")));
    }
}

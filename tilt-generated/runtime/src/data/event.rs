//! Events that an API sends, before and after they are understood.

use crate::data::{Wire, extract};
use bytes::Bytes;
use std::fmt;

/// An event that the SDK does not know, or could not read: whole, for the application to decide.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownEvent {
    kind: Option<String>,
    problem: Option<String>,
    body: Bytes,
}

impl UnknownEvent {
    /// An event of a kind that is not documented.
    #[must_use]
    pub fn new(body: &[u8], kind: Option<&str>) -> Self {
        Self {
            kind: kind.map(str::to_owned),
            problem: None,
            body: Bytes::copy_from_slice(body),
        }
    }

    /// The kind that the event names, where it does.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// Why an event of a known kind could not be read.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// The payload as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The payload is not shown: what is not understood may be a secret.
        f.debug_struct("UnknownEvent")
            .field("kind", &self.kind)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

/// The text of a payload's property, such as its kind or its id. A number is given as JSON writes it.
#[doc(hidden)]
#[must_use]
pub fn property(body: &[u8], path: &[&str]) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    let text = extract::at(body, path).ok()??;
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
    // An event without a body has a payload of anything.
    if let (true, Some(nothing)) = (body.trim_ascii().is_empty(), T::null()) {
        return Ok(variant(nothing));
    }
    match crate::data::json::read(body) {
        Ok(payload) => Ok(variant(payload)),
        Err(error) => Err(UnknownEvent {
            problem: Some(crate::data::locate::describe(body, &error)),
            ..UnknownEvent::new(body, Some(kind))
        }),
    }
}

/// Reads a payload as the type that it looks like; `None` where it is no JSON, or looks like none.
#[doc(hidden)]
#[must_use]
pub fn by_look<E: crate::data::Union>(body: &[u8]) -> Option<E> {
    crate::data::choose(serde_json::from_slice(body).ok()?).ok()
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

//! Events that an API sends, before and after they are understood.

mod form;
mod kind;
mod property;
mod unknown;

pub use form::is_form_with;
pub use kind::Kind;
pub use property::{id, is_other, property};
pub use unknown::UnknownEvent;

use crate::data::described::Encoding;
use crate::data::{Wire, json, locate, mark};

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
pub fn read<'k, T: Wire, E>(
    body: &[u8],
    kind: impl Into<Kind<'k>>,
    variant: impl FnOnce(T) -> E,
) -> Result<E, UnknownEvent> {
    let kind = kind.into();
    let text = mark::without(body);
    // An event without a body has a payload of anything.
    if let (true, Some(nothing)) = (text.trim_ascii().is_empty(), T::null()) {
        return Ok(variant(nothing));
    }
    json::read(text)
        .map_err(|error| locate::describe(text, &error))
        .and_then(|payload| kind.fitting(payload))
        .map(variant)
        .map_err(|problem| UnknownEvent::unreadable(body, kind.name(), problem))
}

/// Reads a payload that is a form as the type of its kind; `encodings` are those of properties that differ from the
/// default.
///
/// # Errors
///
/// The event as unknown, when it is not of that type.
#[doc(hidden)]
pub fn read_form<'k, T: Wire, E>(
    body: &[u8],
    kind: impl Into<Kind<'k>>,
    encodings: &[(&'static str, Encoding)],
    variant: impl FnOnce(T) -> E,
) -> Result<E, UnknownEvent> {
    let kind = kind.into();
    form::read(body, encodings)
        .and_then(|payload| kind.fitting(payload))
        .map(variant)
        .map_err(|problem| UnknownEvent::unreadable(body, kind.name(), problem))
}

/// Reads a payload as the type that it looks like; `None` where it is no JSON, or looks like none.
#[doc(hidden)]
#[must_use]
pub fn by_look<E: crate::data::Union>(body: &[u8]) -> Option<E> {
    crate::data::choose(serde_json::from_slice(mark::without(body)).ok()?).ok()
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
    fn a_form_is_read_as_its_type() {
        let body = b"type=paid&sums=5&sums=7&note=a+b%21";
        assert_eq!(property(body, &["type"]).as_deref(), Some("paid"));
        assert_eq!(id(b"id=+&type=paid", &["id"]), None);
        let read = |body: &[u8]| {
            read_form(body, "paid", &[], |it: crate::data::Map<Vec<i64>>| it)
                .map(|it| it["sums"].clone())
        };
        assert_eq!(read(b"sums=5&sums=7"), Ok(vec![5, 7]));
        let unknown = read(body).expect_err("`paid` is no number");
        assert!(
            unknown
                .problem()
                .is_some_and(|it| it.ends_with("at `/type/0`"))
        );
        assert_eq!(
            (unknown.kind(), &unknown.body()[..]),
            (Some("paid"), &body[..])
        );
        assert!(read(br#"{"sums": "="}"#).is_err(), "JSON is no form");
    }

    #[test]
    fn a_form_is_known_by_the_names_in_it() {
        assert!(is_form_with(b"a=1&b[c]=2", &["a", "b"]));
        assert!(!is_form_with(b"a=1", &["a", "b"]));
        assert!(!is_form_with(br#"{"a": "="}"#, &[]));
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

    /// Payloads that have one property, or are named by another.
    #[derive(Clone, PartialEq)]
    enum Paid {
        Card(crate::data::Map<i64>),
        Unknown(crate::data::Value),
    }

    crate::union! {
        Paid by "by" {
            Card = crate::data::Branch::of(crate::data::OBJECT).required(&["card"]),
        }
    }

    #[derive(Debug, PartialEq)]
    enum Event {
        Paid(Paid),
    }

    crate::variants! {
        Event {
            Paid = crate::data::Branch::of(crate::data::OBJECT),
        }
    }

    #[test]
    fn an_event_is_none_whose_payload_is_no_alternative_unless_it_says_so() {
        let (card, named) = (&br#"{"card": 1}"#[..], &br#"{"by": "bank"}"#[..]);
        let other = &br#"{"hello": 1}"#[..];
        assert!(matches!(by_look(card), Some(Event::Paid(Paid::Card(_)))));
        assert_eq!(by_look::<Event>(other), None);
        assert_eq!(by_look::<Event>(named), None, "other kinds may be so named");
        let read = |body, kind: Kind<'_>| read(body, kind, |it: Box<Option<Paid>>| it);
        assert!(read(named, Kind::Assumed("paid")).is_ok());
        assert!(read(b"null", Kind::Assumed("paid")).is_ok());
        assert!(read(other, "paid".into()).is_ok());
        let unknown = read(other, Kind::Assumed("paid")).expect_err("it is no alternative");
        assert_eq!(unknown.kind(), Some("paid"));
        assert!(unknown.problem().is_some());
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

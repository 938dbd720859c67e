//! Answers that speak of something else than was asked for.

use super::answer::Answer;
use super::encode::multipart;
use super::error::Error;
use super::executor::Prepared;
use super::media_type;
use crate::data::{extract, mark};
use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;
use std::borrow::Cow;
use url::form_urlencoded;

/// A value of a request.
#[derive(Debug)]
enum Asked<'r> {
    /// As JSON has it.
    Value(Value),
    /// As it stands in a path or a form, which have texts alone.
    Text(Cow<'r, str>),
}

/// Refuses an answer that is none of the API's, and one that repeats a parameter or a property of the body with another value:
/// it is another request's.
pub(crate) fn check(answer: &Answer, request: &Prepared) -> Result<(), Error> {
    let operation = answer.operation;
    let body = answer.whole();
    if is_page(answer, &body) {
        let problem = "it is a page of HTML, as of a gateway or a portal in between".to_owned();
        return Err(answer.origin().mismatched(body, problem));
    }
    let in_path = operation.echoes.iter().filter_map(|(parameter, property)| {
        let mut path = request.path.iter();
        let (_, value) = path.find(|(index, _)| index == parameter)?;
        Some((Asked::Text(value.into()), *property))
    });
    let sent = match (&request.body, operation.body_echoes) {
        (Some(body), [_, ..]) => body.known(),
        _ => Bytes::new(),
    };
    let in_body = operation.body_echoes.iter().filter_map(|property| {
        let asked = asked(&request.headers, &sent, property)?;
        Some((asked, *property))
    });
    let other = in_path.chain(in_body).find(|(asked, property)| {
        let told = property_of(&body, property);
        told.is_some_and(|told| !asked.is_same(&told))
    });
    match other {
        None => Ok(()),
        Some((_, property)) => {
            let problem = format!("`{property}` is not the one that was asked for");
            Err(answer.origin().mismatched(body, problem))
        }
    }
}

/// Whether this is HTML, by its media type and by how it begins, where the API answers with JSON alone.
fn is_page(answer: &Answer, body: &[u8]) -> bool {
    let mut accept = answer.operation.accept.split(',');
    media_type::of(&answer.headers).is_some_and(|came| media_type::is(came, "text/html"))
        && mark::without(body).trim_ascii_start().starts_with(b"<")
        && accept.all(media_type::is_json)
}

/// A property at the top of a body that was sent, if it stands there once.
fn asked<'b>(headers: &HeaderMap, body: &'b [u8], property: &str) -> Option<Asked<'b>> {
    let sent = media_type::of(headers).unwrap_or_default();
    if media_type::is(sent, "application/x-www-form-urlencoded") {
        let mut values = form_urlencoded::parse(body).filter(|(name, _)| name == property);
        let value = values.next().filter(|_| values.next().is_none());
        value.map(|(_, value)| Asked::Text(value))
    } else if media_type::is(sent, "multipart/*") {
        multipart::value_of(body, property).map(|value| Asked::Text(value.into()))
    } else {
        property_of(body, property).map(Asked::Value)
    }
}

/// A property at the top of JSON. One that cannot be read is found where the whole answer is.
fn property_of(body: &[u8], property: &str) -> Option<Value> {
    let text = extract::at(body, &[property]).ok().flatten()?;
    serde_json::from_str(text).ok()
}

impl Asked<'_> {
    fn is_same(&self, told: &Value) -> bool {
        let text = match self {
            Self::Value(asked) => return is_same(asked, told),
            Self::Text(text) => text,
        };
        match (told, serde_json::from_str(text)) {
            (Value::String(told), _) if is_same_text(text, told) => true,
            (told, Ok(asked)) => is_same(&asked, told),
            (told, Err(_)) => !(told.is_string() || told.is_number()),
        }
    }
}

/// Whether two values are written differently at most, as all are that have parts.
fn is_same(asked: &Value, told: &Value) -> bool {
    match (asked, told) {
        (Value::String(asked), Value::String(told)) => is_same_text(asked, told),
        (Value::Number(asked), Value::Number(told)) => {
            asked == told || asked.as_f64() == told.as_f64() && !(asked.is_i64() && told.is_i64())
        }
        (Value::String(text), Value::Number(number))
        | (Value::Number(number), Value::String(text)) => number.to_string() == *text,
        (Value::Bool(asked), Value::Bool(told)) => asked == told,
        _ => true,
    }
}

/// UUIDs are the same in upper and lower case (RFC 9562, section 4).
fn is_same_text(asked: &str, told: &str) -> bool {
    let is_uuid = |text: &str| {
        let is_digit = |(at, byte): (usize, u8)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        text.len() == 36 && text.bytes().enumerate().all(is_digit)
    };
    asked == told || (is_uuid(asked) && is_uuid(told) && asked.eq_ignore_ascii_case(told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_compared_without_case_and_other_ids_with_it() {
        let (upper, lower) = (
            "0B0D3A0E-6C0F-4B9E-9D2B-0B6A6C0C8D11",
            "0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d11",
        );
        assert!(is_same_text(upper, lower));
        assert!(is_same_text("a-1", "a-1") && !is_same_text("a-1", "A-1"));
        assert!(!is_same_text(upper, "0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d12"));
    }

    #[test]
    fn numbers_are_compared_by_value_and_what_has_parts_not_at_all() {
        let same = |asked: &str, told: &str| {
            let value = |text: &str| serde_json::from_str(text).expect("JSON");
            is_same(&value(asked), &value(told))
        };
        assert!(same("5000", "5000") && same("5000", "5e3") && same("5000", "5000.0"));
        assert!(!same("5000", "5001") && !same("5000", "-5000") && !same("0.1", "0.2"));
        // Too near for a floating point number.
        assert!(!same("9007199254740993", "9007199254740992"));
        assert!(same("\"5\"", "5") && !same("\"5\"", "6") && same("[1]", "[2]"));
    }

    #[test]
    fn a_text_of_a_form_is_compared_with_what_the_answer_makes_of_it() {
        let same = |asked: &str, told: &str| {
            Asked::Text(asked.into()).is_same(&serde_json::from_str(told).expect("JSON"))
        };
        assert!(same("5000", "5000") && same("5000.0", "5000") && same("5000", "\"5000\""));
        assert!(!same("5000", "5001") && !same("5000", "\"5001\"") && !same("x", "5000"));
        assert!(same("007", "\"007\"") && !same("007", "\"7\""));
        assert!(same("true", "true") && !same("true", "false"));
        // By the encoding of its property, it may be JSON.
        assert!(same("\"a\"", "\"a\"") && !same("\"a\"", "\"b\""));
        assert!(same("a", "null") && same("a", "[1]"));
    }
}

//! Properties of payloads, before these are read.

use super::form;
use crate::data::{extract, mark};
use std::borrow::Cow;

/// The text of a payload's property, such as its kind. A number is given as JSON writes it. In a payload that is
/// not UTF-8, what else stands there does not matter; a text with such bytes of its own is none. A payload that cannot be
/// JSON is taken as a form.
#[doc(hidden)]
#[must_use]
pub fn property(body: &[u8], path: &[&str]) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    if let ([name], true) = (path, form::may_be_one(body)) {
        return form::property(body, name);
    }
    match String::from_utf8_lossy(mark::without(body)) {
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

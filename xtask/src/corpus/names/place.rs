//! The words that a place in a document has for what stands there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tilt_codegen::model::Operation;

use super::words::{stem, words};

/// Words that fit any place.
const GENERIC: &[&str] = &[
    "choice",
    "success",
    "minus",
    "star",
    "alternative",
    "answer",
    "array",
    "body",
    "call",
    "content",
    "data",
    "entry",
    "enum",
    "error",
    "event",
    "format",
    "info",
    "input",
    "item",
    "json",
    "key",
    "kind",
    "map",
    "message",
    "n",
    "object",
    "option",
    "output",
    "page",
    "parameter",
    "params",
    "payload",
    "property",
    "reason",
    "request",
    "response",
    "result",
    "text",
    "type",
    "value",
    "variant",
    "with",
    "union",
];

/// The words of one place.
#[derive(Debug, Default)]
pub(super) struct PlaceWords {
    stems: BTreeSet<String>,
    /// All of them without what is between.
    text: String,
}

impl PlaceWords {
    pub(super) fn add(&mut self, text: &str) {
        for word in words(text) {
            self.text.push_str(&word);
            self.stems.insert(stem(&word));
        }
        self.text.push(' ');
    }

    /// All words, without what is between those of one text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The words of a name that the place does not have.
    pub(super) fn foreign(&self, name: &str) -> Vec<String> {
        let fits = |word: &String| {
            // Numbers and hashes are counted elsewhere.
            let plain = word.trim_end_matches(|c: char| c.is_ascii_hexdigit());
            let without_digits = word.trim_end_matches(|c: char| c.is_ascii_digit());
            let has = |word: &str| {
                word.is_empty()
                    || GENERIC.contains(&word)
                    || self.stems.contains(&stem(word))
                    || word.len() > 2 && self.text.contains(stem(word).as_str())
            };
            has(word) || has(without_digits) || without_digits.len() < word.len() && has(plain)
        };
        words(name).into_iter().filter(|word| !fits(word)).collect()
    }
}

/// Operations of an SDK by the path and method that their pointers begin with.
pub(super) type Operations<'s> = BTreeMap<String, (&'s str, &'s Operation)>;

/// The words of a pointer: of what it leads through, what that says of itself, and the operation it
/// stands in. `named` are the types at pointers before it.
pub(super) fn of_pointer(
    place: &mut PlaceWords,
    root: &Value,
    pointer: &str,
    operations: &Operations<'_>,
    named: &BTreeMap<&str, &str>,
) {
    let mut value = Some(root);
    let mut end = 0;
    let mut is_list = false;
    for token in pointer.split('/').skip(1) {
        end += token.len() + 1;
        let plain = token.replace("~1", "/").replace("~0", "~");
        place.add(&plain);
        if let Some(reason) = plain.parse().ok().and_then(reason) {
            place.add(reason);
        }
        value = value.and_then(|value| match value {
            Value::Array(items) => items.get(plain.parse::<usize>().ok()?),
            other => other.get(&plain),
        });
        if let Some(value) = value {
            own(place, root, value, is_list);
        }
        is_list = matches!(token, "oneOf" | "anyOf");
        let beginning = &pointer[..end];
        if let Some((resource, operation)) = operations.get(beginning) {
            place.add(resource);
            place.add(&operation.name);
            place.add(&operation.id);
            let outcome = match operation.name.split('_').next() {
                Some("create") => "created",
                Some("update" | "replace") => "updated",
                Some("delete") => "deleted",
                _ => "",
            };
            place.add(outcome);
        }
        if end < pointer.len()
            && let Some(name) = named.get(beginning)
        {
            place.add(name);
        }
    }
}

/// An alternative is told from others by its values, its references, and what these say.
fn alternative(place: &mut PlaceWords, root: &Value, value: &Value) {
    let listed = value.get("enum").and_then(Value::as_array);
    for value in listed.into_iter().flatten().chain(value.get("const")) {
        if let Some(text) = value.as_str() {
            place.add(text);
        }
    }
    let parts = value.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten().chain([value]) {
        let reference = part.get("$ref").and_then(Value::as_str);
        place.add(reference.unwrap_or_default());
        let target = reference.and_then(|it| root.pointer(it.strip_prefix('#')?));
        for schema in target
            .into_iter()
            .chain([part].into_iter().filter(|it| *it != value))
        {
            own(place, root, schema, target.is_none());
            let properties = schema.get("properties").and_then(Value::as_object);
            properties
                .into_iter()
                .flatten()
                .for_each(|(name, _)| place.add(name));
        }
    }
}

/// The reason phrase of a status.
fn reason(status: u16) -> Option<&'static str> {
    let status = reqwest::StatusCode::from_u16(status).ok()?;
    status.canonical_reason()
}

/// The words of an object about itself: its name, and the one value of a property that has one. An alternative is
/// told from others by its properties.
fn own(place: &mut PlaceWords, root: &Value, value: &Value, is_alternative: bool) {
    for key in ["title", "name", "operationId", "messageId", "x-body-name"] {
        if let Some(text) = value.get(key).and_then(Value::as_str) {
            place.add(text);
        }
    }
    if is_alternative {
        alternative(place, root, value);
    }
    let properties = value.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        if is_alternative {
            place.add(name);
        }
        let listed = property.get("enum").and_then(Value::as_array);
        let constant = property.get("const");
        for value in listed.into_iter().flatten().chain(constant) {
            if let Some(text) = value.as_str() {
                place.add(text);
            }
        }
    }
}

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
                    // Letters of other alphabets are others in a name.
                    || !self.text.is_ascii()
            };
            // A name that begins with a digit begins with a letter before it.
            let without_letter = word
                .strip_prefix('n')
                .filter(|rest| begins_with_digit(rest));
            has(word)
                || without_letter.is_some_and(has)
                || has(without_digits)
                || without_digits.len() < word.len() && has(plain)
        };
        words(name).into_iter().filter(|word| !fits(word)).collect()
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Operations of an SDK with their resources.
pub(super) type Operations<'s> = BTreeMap<String, (&'s str, &'s Operation)>;

/// The operations and types of the document that places are in.
pub(super) struct Known<'s> {
    /// Operations by the path and method that their pointers begin with. Those of a file that is one path are known by
    /// their ids alone: `/get` is in every such file.
    pub(super) by_pointer: Operations<'s>,
    pub(super) by_id: Operations<'s>,
    /// Operations by their paths and methods.
    pub(super) by_path: BTreeMap<(&'s str, String), (&'s str, &'s Operation)>,
    /// Paths that are files, by the names of these as the document writes them.
    pub(super) path_of_file: BTreeMap<&'s str, &'s str>,
    /// Types by the names of their files and their pointers.
    pub(super) types: BTreeMap<(&'s str, String), &'s str>,
}

impl<'s> Known<'s> {
    /// The operation that a pointer into a file stands in, where that file is a path.
    fn of_path_file(&self, file: &str, pointer: &str) -> Option<(&'s str, &'s Operation)> {
        let (_, path) = self
            .path_of_file
            .iter()
            .find(|(name, _)| file.ends_with(*name))?;
        let method = pointer.split('/').nth(1)?.to_owned();
        self.by_path.get(&(path, method)).copied()
    }
}

/// The words of a pointer in a file: of what it leads through, what that says of itself, the types around it, and
/// the operation it stands in.
pub(super) fn of_pointer(
    place: &mut PlaceWords,
    (file, root): (&str, &Value),
    pointer: &str,
    known: &Known<'_>,
) {
    // A file of one schema has its name.
    let file_name = file.rsplit('/').next().unwrap_or(file);
    place.add(file_name.split('.').next().unwrap_or_default());
    if let Some((resource, operation)) = known.of_path_file(file, pointer) {
        operation_words(place, resource, operation);
        place.add(&operation.path);
    }
    let mut value = Some(root);
    let mut end = 0;
    let mut is_list = false;
    for token in pointer.split('/').skip(1) {
        end += token.len() + 1;
        let plain = token.replace("~1", "/").replace("~0", "~");
        place.add(&plain);
        if plain.starts_with('@') {
            place.add("at");
        }
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
        let id = value.and_then(|value| value.get("operationId")?.as_str());
        let by_id = || id.and_then(|id| known.by_id.get(id));
        if let Some((resource, operation)) = known.by_pointer.get(beginning).or_else(by_id) {
            operation_words(place, resource, operation);
        }
        if end < pointer.len()
            && let Some(name) = known.types.get(&(file, beginning.to_owned()))
        {
            place.add(name);
        }
    }
    values(place, value.unwrap_or(&Value::Null));
}

/// The values that a schema lists tell it from others that list others.
fn values(place: &mut PlaceWords, schema: &Value) {
    let listed = schema.get("enum").and_then(Value::as_array);
    for value in listed.into_iter().flatten().chain(schema.get("const")) {
        match value.as_str() {
            Some("") => place.add("empty"),
            Some(text) => place.add(text),
            None => {}
        }
    }
}

fn operation_words(place: &mut PlaceWords, resource: &str, operation: &Operation) {
    place.add(resource);
    place.add(&operation.name);
    place.add(&operation.id);
    place.add(match operation.name.split('_').next() {
        Some("create") => "created",
        Some("update" | "replace") => "updated",
        Some("delete") => "deleted",
        _ => "",
    });
}

/// An alternative is told from others by its values, its references, and what these say.
fn alternative(place: &mut PlaceWords, root: &Value, value: &Value) {
    values(place, value);
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
/// told from others by its properties, or by those that it requires.
fn own(place: &mut PlaceWords, root: &Value, value: &Value, is_alternative: bool) {
    for key in ["title", "name", "operationId", "messageId", "x-body-name"] {
        if let Some(text) = value.get(key).and_then(Value::as_str) {
            place.add(text);
        }
    }
    if is_alternative {
        alternative(place, root, value);
        let required = value.get("required").and_then(Value::as_array);
        let names = required.into_iter().flatten().filter_map(Value::as_str);
        names.for_each(|name| place.add(name));
    }
    let properties = value.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        if is_alternative {
            place.add(name);
        }
        values(place, property);
    }
}

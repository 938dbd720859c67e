//! Files of Markdown that stand for a text: `description: {$ref: guide.md}` of documents that are written in parts.

use super::reference;
use crate::place::Pointer;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// Whether a file is one of Markdown, in which no part of a document can be.
pub(super) fn is_prose(file: &str) -> bool {
    let extension = Path::new(file).extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| {
        ["md", "markdown"]
            .iter()
            .any(|md| it.eq_ignore_ascii_case(md))
    })
}

/// Puts texts where a value refers to their files, as long as there is `room` for them, in bytes. Gives the places, and what
/// is left of the room. It calls itself, as deep as [`Limits::depth`](super::Limits::depth) lets a document be.
pub(super) fn fill(
    value: &mut Value,
    texts: &HashMap<String, String>,
    room: usize,
) -> (Vec<Pointer>, usize) {
    let mut filling = Filling {
        texts,
        room,
        filled: Vec::new(),
    };
    filling.value(value, &Pointer::default());
    (filling.filled, filling.room)
}

struct Filling<'t> {
    texts: &'t HashMap<String, String>,
    room: usize,
    filled: Vec<Pointer>,
}

impl Filling<'_> {
    fn value(&mut self, value: &mut Value, at: &Pointer) {
        let reference = value.get("$ref").and_then(Value::as_str);
        let text = reference.and_then(|it| self.texts.get(reference::split(it).0));
        if let Some(text) = text.filter(|text| text.len() <= self.room) {
            self.room -= text.len();
            self.filled.push(at.clone());
            *value = Value::String(text.clone());
            return;
        }
        match value {
            Value::Object(members) => {
                for (key, member) in members.iter_mut().filter(|(_, it)| is_nested(it)) {
                    self.value(member, &at.child(key));
                }
            }
            Value::Array(elements) => {
                let elements = elements.iter_mut().enumerate();
                for (index, element) in elements.filter(|(_, it)| is_nested(it)) {
                    self.value(element, &at.piece(index.to_string()));
                }
            }
            _ => {}
        }
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

//! How long names in documents are: what refers to a place repeats all names that lead there.

use crate::diagnostic::Code;
use serde_json::Value;

use super::fault::Fault;
use super::{Format, Limits, Pointer, position};

/// A name, or the names that lead to a value, that are longer than they may be.
pub(super) fn check(value: &Value, text: &str, format: Format, limits: &Limits) -> Option<Fault> {
    let mut way = Vec::new();
    let (setting, limit, found) = exceeded(value, 0, limits, &mut way)?;
    // A part of the last name could be all of the text; its object tells the place as well.
    way.pop();
    let pointer = way
        .iter()
        .fold(Pointer::default(), |pointer, key| pointer.child(key));
    let position = position::positions(text, format, std::slice::from_ref(&pointer))
        .pop()
        .flatten();
    let (what, setting) = match setting {
        Setting::Name => ("a name", "name"),
        Setting::Pointer => ("names that lead to a value, together,", "pointer"),
    };
    let message = format!("{what} of {found} bytes: expected at most {limit}");
    let start = position.map_or(0, |position| position.offset);
    let length = position.map_or(0, |position| position.length);
    let fault = Fault::at(Code::LONG_NAME, start..start + length, message);
    Some(fault.pointer(pointer).help(Limits::advice(setting)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Name,
    Pointer,
}

/// The first in document order, and the way to it. It calls itself, as deep as [`Limits::depth`] lets a
/// document be.
fn exceeded(
    value: &Value,
    before: usize,
    limits: &Limits,
    way: &mut Vec<String>,
) -> Option<(Setting, usize, usize)> {
    match value {
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            let length = before + 1 + key.len();
            let found = if key.len() > limits.name {
                Some((Setting::Name, limits.name, key.len()))
            } else if length > limits.pointer {
                Some((Setting::Pointer, limits.pointer, length))
            } else {
                let mut inner = Vec::new();
                let found = exceeded(member, length, limits, &mut inner);
                way.append(&mut inner);
                found
            };
            if found.is_some() {
                way.insert(0, key.clone());
            }
            found
        }),
        Value::Array(elements) => elements.iter().enumerate().find_map(|(index, element)| {
            let found = exceeded(element, before + 4, limits, way);
            if found.is_some() {
                way.insert(0, index.to_string());
            }
            found
        }),
        _ => None,
    }
}

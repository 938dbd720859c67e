//! Requests, held against the constraints that the API's document states for them: by clients before they are sent, by
//! servers before they are answered.

mod check;
mod instance;
mod violation;

pub(crate) use violation::BODY;
pub use violation::Violation;

use crate::constraints::{Constraints, Schema};
use crate::data::described::Parameter;
use crate::data::tree::Tree;
use crate::data::{mark, media_type};
use check::Check;

/// The constraints of a part of an operation's requests, if there are any.
fn of_part(constraints: &'static Constraints, part: &str) -> Option<&'static Schema> {
    let mut parts = constraints.schema().properties.iter();
    parts.find(|(name, _)| name == part).map(|(_, it)| it)
}

/// Checks a parameter.
pub(crate) fn parameter(
    constraints: &'static Constraints,
    parameter: &Parameter,
    value: &Tree,
) -> Vec<Violation> {
    let part = format!("{} {}", parameter.location.word(), parameter.name);
    let schema = of_part(constraints, &part);
    schema.map_or_else(Vec::new, |schema| Check::of(parameter.name, schema, value))
}

/// The constraints of a body of this media type, if there are any.
fn of_body(constraints: &'static Constraints, content_type: &str) -> Option<&'static Schema> {
    of_part(constraints, &format!("body {content_type}"))
}

/// Checks a body of this media type.
pub(crate) fn body(
    constraints: &'static Constraints,
    content_type: &str,
    value: &Tree,
) -> Vec<Violation> {
    let schema = of_body(constraints, content_type);
    schema.map_or_else(Vec::new, |schema| Check::of(BODY, schema, value))
}

/// Checks a body of JSON.
pub(crate) fn json(
    constraints: &'static Constraints,
    content_type: &str,
    text: &[u8],
) -> Vec<Violation> {
    let schema = of_body(constraints, content_type);
    schema.map_or_else(Vec::new, |schema| {
        match media_type::is_merge_patch(content_type) {
            true => of_text(Check::of_patch, schema, text),
            false => of_text(Check::of, schema, text),
        }
    })
}

/// Checks a body of text.
pub(crate) fn text(
    constraints: &'static Constraints,
    content_type: &str,
    text: &str,
) -> Vec<Violation> {
    let Some(schema) = of_body(constraints, content_type) else {
        return Vec::new();
    };
    let mut value = Tree::Text(text.to_owned());
    let violations = Check::of(BODY, schema, &value);
    value.wipe();
    violations
}

/// Checks a body of JSON lines, or of a sequence of JSON texts, as the media type says; the first step of a pointer is the
/// index of a value.
pub(crate) fn json_lines(
    constraints: &'static Constraints,
    content_type: &str,
    text: &[u8],
) -> Vec<Violation> {
    let Some(schema) = of_body(constraints, content_type) else {
        return Vec::new();
    };
    let lines = media_type::json_texts(content_type, mark::without(text)).enumerate();
    let violations = lines.flat_map(|(index, line)| {
        let of_line = of_text(Check::of, schema, line).into_iter();
        of_line.map(move |it| it.within(index))
    });
    violations.collect()
}

/// Checks a text of JSON, of which nothing stays in memory.
fn of_text(
    check: fn(&'static str, &Schema, &Tree) -> Vec<Violation>,
    schema: &Schema,
    text: &[u8],
) -> Vec<Violation> {
    let Some(mut value) = instance::read(text) else {
        return Vec::new();
    };
    let violations = check(BODY, schema, &value);
    value.wipe();
    violations
}

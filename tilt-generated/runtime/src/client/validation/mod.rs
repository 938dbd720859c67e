//! Requests, checked against the constraints that the API's document states for them.

mod check;
mod instance;
mod violation;

pub(crate) use violation::BODY;
pub use violation::Violation;

use super::constraints::Schema;
use super::encode::tree::Tree;
use super::operation::Operation;
use super::text_sequence::SEPARATOR;
use check::Check;

/// The constraints of a part of an operation's requests, if there are any.
fn constraints(operation: &Operation, part: &str) -> Option<&'static Schema> {
    let schema = operation.constraints?.schema();
    let mut parts = schema.properties.iter();
    parts.find(|(name, _)| name == part).map(|(_, it)| it)
}

/// Checks parameters, by their index in the operation.
pub(crate) fn parameters(operation: &Operation, values: &[(usize, Tree)]) -> Vec<Violation> {
    let mut violations = Vec::new();
    if operation.constraints.is_none() {
        return violations;
    }
    for (index, value) in values {
        let Some(parameter) = operation.parameters.get(*index) else {
            continue;
        };
        let part = format!("{} {}", parameter.location.word(), parameter.name);
        if let Some(schema) = constraints(operation, &part) {
            violations.extend(Check::of(parameter.name, schema, value));
        }
    }
    violations
}

/// Checks a body of this media type.
pub(crate) fn body(operation: &Operation, content_type: &str, value: &Tree) -> Vec<Violation> {
    let schema = constraints(operation, &format!("body {content_type}"));
    schema.map_or_else(Vec::new, |schema| Check::of(BODY, schema, value))
}

/// Checks a body of JSON.
pub(crate) fn json(operation: &Operation, content_type: &str, text: &[u8]) -> Vec<Violation> {
    let Some(schema) = constraints(operation, &format!("body {content_type}")) else {
        return Vec::new();
    };
    let Some(mut value) = instance::read(text) else {
        return Vec::new();
    };
    let violations = Check::of(BODY, schema, &value);
    value.wipe();
    violations
}

/// Checks a body of JSON lines; the first step of a pointer is the index of a line.
pub(crate) fn json_lines(operation: &Operation, content_type: &str, text: &[u8]) -> Vec<Violation> {
    let Some(schema) = constraints(operation, &format!("body {content_type}")) else {
        return Vec::new();
    };
    let mut violations = Vec::new();
    for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_prefix(&[SEPARATOR]).unwrap_or(line);
        if let Some(mut value) = instance::read(line) {
            let of_line = Check::of(BODY, schema, &value).into_iter();
            violations.extend(of_line.map(|it| it.within(index)));
            value.wipe();
        }
    }
    violations
}

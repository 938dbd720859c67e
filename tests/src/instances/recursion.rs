//! Values that contain values of their own schema, many times over.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::flat::{Flat, Others};
use super::synthesis::{DEEPEST, Synthesizer};
use crate::document::Document;

/// How often a value contains one of its own kind.
const LEVELS: usize = 12;

/// How many schemas lie on the way from a schema to itself, at most.
const LONGEST_WAY: usize = 24;

/// A value of a recursive schema that goes deep; of another, none.
pub(super) fn deep(synthesizer: Synthesizer<'_>, schema: &Value) -> Option<Value> {
    let mut value = None;
    for _ in 0..LEVELS {
        let around = around(synthesizer, schema, schema, value.take(), 0)?;
        value = Some(around);
    }
    value
}

/// A value of `schema` that holds the value of `target` wherever it leads there. Without a value, the
/// simplest one is at the bottom.
fn around(
    synthesizer: Synthesizer<'_>,
    schema: &Value,
    target: &Value,
    inner: Option<Value>,
    steps: usize,
) -> Option<Value> {
    if steps > LONGEST_WAY {
        return None;
    }
    if steps > 0 && std::ptr::eq(end(synthesizer.document, schema), target) {
        return match inner {
            Some(value) => Some(value),
            None => synthesizer.candidates(target, DEEPEST).into_iter().next(),
        };
    }
    for flat in Flat::alternatives(synthesizer.document, schema) {
        let leads = |schema: &Value| leads_to(synthesizer.document, schema, target);
        for (name, schemas) in &flat.properties {
            let Some(schema) = schemas.iter().find(|schema| leads(schema)) else {
                continue;
            };
            let value = around(synthesizer, schema, target, inner.clone(), steps + 1)?;
            let mut object = simplest(synthesizer, &flat)?;
            object[*name] = value;
            return Some(object);
        }
        if let Some(items) = flat.items.filter(|items| leads(items)) {
            let value = around(synthesizer, items, target, inner, steps + 1)?;
            return Some(json!([value]));
        }
        if let Others::Of(others) = flat.others
            && leads(others)
        {
            let value = around(synthesizer, others, target, inner, steps + 1)?;
            let mut object = simplest(synthesizer, &flat)?;
            object["deeper"] = value;
            return Some(object);
        }
    }
    None
}

fn simplest(synthesizer: Synthesizer<'_>, flat: &Flat<'_>) -> Option<Value> {
    let minimal = super::object::candidates(synthesizer, flat, DEEPEST);
    minimal.into_iter().next()
}

/// Where references end.
fn end<'s>(document: &'s Document, mut schema: &'s Value) -> &'s Value {
    for _ in 0..LONGEST_WAY {
        let target = schema.get("$ref").and_then(Value::as_str);
        match target.and_then(|reference| document.referred(reference)) {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

/// Whether values of a schema may contain values of another one.
fn leads_to(document: &Document, schema: &Value, target: &Value) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if std::ptr::eq(schema, target) {
            return true;
        }
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        match schema {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                open.extend(reference.and_then(|reference| document.referred(reference)));
                let parts = members.iter().filter(|(key, _)| {
                    !matches!(
                        key.as_str(),
                        "enum" | "const" | "default" | "example" | "examples" | "not"
                    )
                });
                open.extend(parts.map(|(_, member)| member));
            }
            _ => {}
        }
    }
    false
}

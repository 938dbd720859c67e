//! Values that a document's schemas describe: those that it shows, and made ones.
//!
//! Made ones are minimal, maximal, one for each branch and each listed value, with null and without,
//! with properties that nobody names, and at the limits of what numbers and text can be. What is made
//! is a guess; only what a validator accepts counts. The one exception are enums with a value that
//! they do not list, because the next version of an API may.

mod array;
mod examples;
mod flat;
mod number;
mod object;
mod pattern;
mod recursion;
mod synthesis;
mod text;

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::document::{Document, ValidatorError};
use flat::Flat;
use synthesis::Synthesizer;

/// What the names of properties that no schema names end in. Their order is to be kept.
pub const EXTRA: &str = "extra";

/// A value of a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Where the schema is in its document.
    pub pointer: String,
    /// The value.
    pub value: Value,
    /// Whether the document says so; if not, it has a value that an enum does not list.
    pub is_valid: bool,
}

/// At most so many instances of each of the schemas at these pointers, those first that show most.
/// Pointers that lead to no schema have none.
///
/// # Errors
///
/// The document's schemas cannot be compiled.
pub fn instances<'d>(
    document: &'d Document,
    pointers: &'d [String],
    most: usize,
) -> Result<impl Iterator<Item = Instance> + 'd, ValidatorError> {
    let known: Vec<&String> = pointers
        .iter()
        .filter(|pointer| document.schema(pointer).is_some())
        .collect();
    let validator = document.validator(known.iter().map(|pointer| pointer.as_str()))?;
    let shown = examples::shown(document);
    Ok(known.into_iter().flat_map(move |pointer| {
        let synthesizer = Synthesizer::new(document);
        let is_valid = |value: &Value| validator.is_valid(pointer, value);
        let made = synthesizer.instances(pointer, &is_valid);
        let shown = shown.get(pointer).into_iter().flatten().cloned();
        let valid = shown.chain(made).filter(|value| is_valid(value));
        let valid = distinct(valid).take(most);
        let mut instances: Vec<Instance> =
            valid.map(|value| instance(pointer, value, true)).collect();
        let unlisted = distinct(synthesizer.unlisted(pointer).into_iter());
        let unlisted = unlisted.filter(|value| !is_valid(value)).take(most);
        instances.extend(unlisted.map(|value| instance(pointer, value, false)));
        instances
    }))
}

/// The properties that a schema names in any of its alternatives, and whether all of them require it.
pub(crate) fn properties(document: &Document, pointer: &str) -> BTreeMap<String, bool> {
    let Some(schema) = document.schema(pointer) else {
        return BTreeMap::new();
    };
    let alternatives = Flat::alternatives(document, schema);
    let names = alternatives.iter().flat_map(|flat| {
        let declared = flat.properties.iter().map(|(name, _)| *name);
        declared.chain(flat.required.iter().copied())
    });
    names
        .map(|name| {
            let mut objects = alternatives
                .iter()
                .filter(|flat| !flat.properties.is_empty());
            let is_required = objects.all(|flat| flat.required.contains(name));
            (name.to_owned(), is_required)
        })
        .collect()
}

fn instance(pointer: &str, value: Value, is_valid: bool) -> Instance {
    Instance {
        pointer: pointer.to_owned(),
        value,
        is_valid,
    }
}

/// Each once, where `5` and `5.0` are two.
fn distinct(values: impl Iterator<Item = Value>) -> impl Iterator<Item = Value> {
    let mut seen = HashSet::new();
    values.filter(move |value| seen.insert(value.to_string()))
}

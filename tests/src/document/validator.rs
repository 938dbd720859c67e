//! One validator for many schemas of a document.

use jsonschema::Draft;
use serde_json::{Map, Value, json};

use super::pointer::to_reference;

/// Validates instances of a document's schemas.
///
/// It is a single schema whose properties are named after pointers, so that what the schemas have
/// in common is compiled once.
#[derive(Debug)]
pub struct Validator(jsonschema::Validator);

/// The schemas cannot be compiled.
#[derive(Debug, thiserror::Error)]
#[error("the schemas cannot be compiled: {0}")]
pub struct ValidatorError(String);

impl Validator {
    pub(super) fn new(
        document: &Value,
        targets: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ValidatorError> {
        let mut schema = document.clone();
        let properties: Map<String, Value> = targets
            .map(|(name, pointer)| (name, json!({"$ref": to_reference(&pointer)})))
            .collect();
        if !schema.is_object() {
            return Err(ValidatorError("the document is no object".to_owned()));
        }
        schema["properties"] = properties.into();
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .offline()
            .build(&schema)
            .map(Self)
            .map_err(|error| ValidatorError(format!("{error} at {}", error.schema_path())))
    }

    /// Whether an instance is valid for the schema at a pointer that the validator was made for.
    pub fn is_valid(&self, pointer: &str, instance: &Value) -> bool {
        self.0.is_valid(&wrapped(pointer, instance))
    }

    /// The faults of an instance.
    pub fn faults(&self, pointer: &str, instance: &Value) -> Vec<String> {
        let instance = wrapped(pointer, instance);
        let errors = self.0.iter_errors(&instance);
        errors
            .map(|error| {
                let place = error.instance_path().to_string();
                let place = place.get(pointer_length(pointer)..).unwrap_or_default();
                format!("{error} at `{place}`")
            })
            .collect()
    }
}

fn wrapped(pointer: &str, instance: &Value) -> Value {
    let mut object = Map::new();
    object.insert(pointer.to_owned(), instance.clone());
    object.into()
}

/// How long the step into the property of that name is.
fn pointer_length(name: &str) -> usize {
    super::pointer::child("", name).len()
}

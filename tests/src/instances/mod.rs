//! Values that a document's schemas describe: those that it shows, and made ones.
//!
//! Made ones are minimal, maximal, one for each branch and each listed value, with null and without,
//! with properties that nobody names, and at the limits of what numbers and text can be. Each instance
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

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Value, json};

use crate::document::{Document, Validator, ValidatorError};
use synthesis::{Guesses, Synthesizer};

/// The end of the names of properties that no schema names. Their order is to be kept.
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

/// Makes instances of a document's schemas.
#[derive(Debug)]
pub struct Instances<'d> {
    document: &'d Document,
    validator: Validator,
    shown: BTreeMap<String, Vec<Value>>,
}

impl<'d> Instances<'d> {
    /// For the schemas at these pointers; those that lead to no schema have no instances.
    ///
    /// # Errors
    ///
    /// The document's schemas cannot be compiled.
    pub fn new(document: &'d Document, pointers: BTreeSet<&str>) -> Result<Self, ValidatorError> {
        let known = pointers
            .into_iter()
            .filter(|pointer| document.schema(pointer).is_some());
        Ok(Self {
            document,
            validator: document.validator(known)?,
            shown: examples::shown(document),
        })
    }

    /// Whether a value is an instance of the schema at a pointer.
    pub fn is_valid(&self, pointer: &str, value: &Value) -> bool {
        self.validator.is_valid(pointer, value)
    }

    /// At most so many instances of the schemas at these pointers, all of which hold together, and as
    /// many with unlisted values. Those come first that show most.
    pub fn of(&self, pointers: &[&str], most: usize) -> Vec<Instance> {
        let schemas = pointers.iter().map(|pointer| self.document.schema(pointer));
        let Some(schemas) = schemas.collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        let together;
        let schema = match schemas.as_slice() {
            [] => return Vec::new(),
            [schema] => *schema,
            _ => {
                let references = pointers
                    .iter()
                    .map(|pointer| self.document.reference(pointer));
                let references: Vec<_> = references.map(|to| json!({ "$ref": to })).collect();
                together = json!({ "allOf": references });
                &together
            }
        };
        let guesses = Guesses::default();
        let synthesizer = Synthesizer::new(self.document, &guesses);
        let is_valid = |value: &Value| {
            let mut pointers = pointers.iter();
            pointers.all(|pointer| self.validator.is_valid(pointer, value))
        };
        let place = pointers.join(" and ");
        let instance = |value: Value, is_valid: bool| Instance {
            pointer: place.clone(),
            value,
            is_valid,
        };
        let shown = pointers
            .iter()
            .filter_map(|pointer| self.shown.get(*pointer));
        let shown = shown.flatten().cloned();
        let made = synthesizer.instances(schema, &is_valid);
        let valid = distinct(shown.chain(made).filter(|value| is_valid(value)));
        let mut instances: Vec<Instance> = valid
            .take(most)
            .map(|value| instance(value, true))
            .collect();
        let unlisted = distinct(synthesizer.unlisted(schema).into_iter());
        let unlisted = unlisted.filter(|value| !is_valid(value)).take(most);
        instances.extend(unlisted.map(|value| instance(value, false)));
        instances
    }
}

/// Each once, where `5` and `5.0` are two.
fn distinct(values: impl Iterator<Item = Value>) -> impl Iterator<Item = Value> {
    let mut seen = HashSet::new();
    values.filter(move |value| seen.insert(value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::OneOf;

    #[test]
    fn text_is_no_instance_of_what_has_properties_only() {
        let document = Document::new(
            &json!({"openapi": "3.1.0", "components": {"schemas": {
                "A": {"properties": {"id": {"type": "string"}}, "example": "{\"id\": \"1\"}"},
            }}}),
            OneOf::AtLeast,
        );
        let pointer = "/components/schemas/A";
        let instances = Instances::new(&document, [pointer].into()).expect("schemas");
        let instances = instances.of(&[pointer], 50);
        assert!(!instances.is_empty());
        assert!(instances.iter().all(|instance| instance.value.is_object()));
    }

    #[test]
    fn schemas_that_need_each_other_many_times_over_have_instances() {
        let names = ["And", "Or", "Xor", "Without"];
        let expression: Vec<_> = names
            .iter()
            .map(|name| json!({"$ref": format!("#/components/schemas/{name}")}))
            .chain([json!({"type": "string"})])
            .collect();
        let mut schemas = json!({"Expression": {"oneOf": expression}});
        for name in names {
            let side = json!({"$ref": "#/components/schemas/Expression"});
            schemas[name] = json!({
                "type": "object",
                "required": ["kind", "left", "right"],
                "properties": {"kind": {"const": name}, "left": side, "right": side},
            });
        }
        let document = Document::new(
            &json!({"openapi": "3.1.0", "components": {"schemas": schemas}}),
            OneOf::AtLeast,
        );
        let pointer = "/components/schemas/Expression";
        let instances = Instances::new(&document, [pointer].into()).expect("schemas");
        let instances = instances.of(&[pointer], 200);
        for name in names {
            let is_shown = |it: &Instance| it.value["left"]["kind"] == name;
            assert!(instances.iter().any(is_shown), "{name}");
        }
    }
}

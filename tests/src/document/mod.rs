//! A raw document with its schemas in one dialect, by nothing but this folder's own reading of the
//! specifications: what the generator reads must not be judged by what the generator reads.

mod dialect;
mod pointer;
mod validator;

use serde_json::Value;

pub use dialect::OneOf;
pub(crate) use pointer::{child as pointer_of_child, of_reference as pointer_of};
pub use validator::{Validator, ValidatorError};

/// An OpenAPI or AsyncAPI document.
#[derive(Debug, Clone)]
pub struct Document {
    raw: Value,
    /// The same with every schema in JSON Schema 2020-12.
    rewritten: Value,
    /// Pointers that lead elsewhere there.
    moved: dialect::Moved,
    /// Pointers of the schemas that the document's own objects have.
    places: Vec<String>,
}

impl Document {
    /// Reads a document.
    pub fn new(raw: &Value, one_of: OneOf) -> Self {
        dialect::rewrite(raw, one_of)
    }

    /// The document as it is written.
    pub fn raw(&self) -> &Value {
        &self.raw
    }

    /// The document with every schema in JSON Schema 2020-12, some of them in other places.
    pub fn rewritten(&self) -> &Value {
        &self.rewritten
    }

    /// The pointers of all schemas that stand in other objects than schemas: components, bodies,
    /// parameters, headers, payloads.
    pub fn places(&self) -> &[String] {
        &self.places
    }

    /// An object and its pointer, after all references.
    pub fn resolve<'d>(&'d self, pointer: &str) -> Option<(String, &'d Value)> {
        let mut pointer = pointer.to_owned();
        for _ in 0..MOST_REFERENCES {
            let value = self.raw.pointer(&pointer)?;
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => pointer = pointer::of_reference(reference)?,
                None => return Some((pointer, value)),
            }
        }
        None
    }

    /// A schema in JSON Schema 2020-12, by its pointer in the document as it is written.
    pub fn schema(&self, pointer: &str) -> Option<&Value> {
        self.rewritten.pointer(&self.translated(pointer))
    }

    /// The reference by which a rewritten schema refers to the one at a pointer.
    pub fn reference(&self, pointer: &str) -> String {
        pointer::to_reference(&self.translated(pointer))
    }

    /// A schema that another one refers to, with the pointer in the document as it is written.
    pub(crate) fn referred(&self, reference: &str) -> Option<&Value> {
        // References were translated along with their targets.
        self.rewritten.pointer(&pointer::of_reference(reference)?)
    }

    /// A validator for the schemas at these pointers.
    ///
    /// # Errors
    ///
    /// A schema is none, whatever is made of it.
    pub fn validator<'p>(
        &self,
        pointers: impl IntoIterator<Item = &'p str>,
    ) -> Result<Validator, ValidatorError> {
        let targets = pointers
            .into_iter()
            .map(|pointer| (pointer.to_owned(), self.translated(pointer)));
        Validator::new(&self.rewritten, targets)
    }

    fn translated(&self, pointer: &str) -> String {
        dialect::translated(&self.moved, pointer)
    }
}

const MOST_REFERENCES: usize = 64;

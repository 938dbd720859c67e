//! The headers of documented answers.

use serde_json::{Map, Value, json};

use super::{child, operations};
use crate::document::{Document, ValidatorError};
use crate::instances::Instances;

/// A value of a header that an answer of an operation may have.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeHeader {
    /// In lower case.
    pub method: String,
    /// As the document writes it.
    pub path: String,
    /// `2XX` and `default` are `2XX` and `DEFAULT`.
    pub status: String,
    /// As the document writes it.
    pub name: String,
    /// As its schema describes it.
    pub value: Value,
}

/// A value for each header of each answer; text, where there is no schema.
///
/// # Errors
///
/// The document's schemas cannot be compiled.
pub fn made_headers(document: &Document) -> Result<Vec<MadeHeader>, ValidatorError> {
    let headers = all(document);
    let schemas = headers.iter().filter_map(|(_, schema)| schema.as_deref());
    let instances = Instances::new(document, schemas.collect())?;
    let made = headers.iter().filter_map(|(header, schema)| {
        let value = match schema.as_deref() {
            Some(schema) => {
                let mut valid = instances.of(&[schema], 1).into_iter();
                valid.find(|it| it.is_valid)?.value
            }
            None => json!("text"),
        };
        Some(MadeHeader {
            value,
            ..header.clone()
        })
    });
    Ok(made.collect())
}

/// All of them, without values, and with the pointers of their schemas.
fn all(document: &Document) -> Vec<(MadeHeader, Option<String>)> {
    let mut all = Vec::new();
    for operation in operations(document) {
        let place = child(&operation.pointer, "responses");
        let responses = document.raw().pointer(&place).and_then(Value::as_object);
        for status in responses.into_iter().flat_map(Map::keys) {
            let Some((response, value)) = document.resolve(&child(&place, status)) else {
                continue;
            };
            let names = value["headers"].as_object().into_iter().flat_map(Map::keys);
            let place = child(&response, "headers");
            all.extend(names.filter_map(|name| {
                let (header, value) = document.resolve(&child(&place, name))?;
                let made = MadeHeader {
                    method: operation.method.to_owned(),
                    path: operation.path.to_owned(),
                    status: status.to_ascii_uppercase(),
                    name: name.clone(),
                    value: Value::Null,
                };
                let schema = value.get("schema").map(|_| child(&header, "schema"));
                Some((made, schema))
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::OneOf;

    #[test]
    fn each_header_of_each_answer_has_a_value_of_its_schema() {
        let document = json!({
            "openapi": "3.1.0",
            "paths": {"/a": {"get": {"responses": {
                "200": {"headers": {"X-A": {"schema": {"const": 5}}, "X-B": {}}},
                "default": {"$ref": "#/components/responses/E"},
            }}}},
            "components": {
                "responses": {"E": {"headers": {"X-C": {"$ref": "#/components/headers/C"}}}},
                "headers": {"C": {"schema": {"const": true}}},
            },
        });
        let made = made_headers(&Document::new(&document, OneOf::AtLeast)).expect("schemas");
        let made = made.into_iter().map(|it| (it.status, it.name, it.value));
        let expected = [
            ("200", "X-A", json!(5)),
            ("200", "X-B", json!("text")),
            ("DEFAULT", "X-C", json!(true)),
        ];
        let expected = expected.map(|(status, name, it)| (status.to_owned(), name.to_owned(), it));
        assert_eq!(made.collect::<Vec<_>>(), expected);
    }
}

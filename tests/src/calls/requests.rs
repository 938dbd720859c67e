//! Requests for an operation: with all that it takes, once for each media type, and with nothing but what it needs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Operation, child, contents, operations};
use crate::document::{Document, ValidatorError};
use crate::instances::Instances;

/// So many instances of a schema are looked through for one that suits.
const MOST: usize = 20;

/// A request that a document allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// In lower case.
    pub method: String,
    /// As the document writes it.
    pub path: String,
    /// The parameters.
    pub arguments: Vec<Argument>,
    /// The body.
    pub body: Option<Body>,
}

/// A parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// `path`, `query`, `header` or `cookie`.
    pub location: String,
    /// The parameter.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// As the document writes it.
    pub media_type: String,
    /// The value that is written so.
    pub value: Value,
}

/// A parameter, and whether it has to be there.
struct Parameter {
    location: String,
    name: String,
    is_required: bool,
    schema: Option<String>,
}

/// Requests for all operations. A parameter or body without a value that it may have is left out.
///
/// # Errors
///
/// The document's schemas cannot be compiled.
pub fn requests(document: &Document) -> Result<Vec<Request>, ValidatorError> {
    let operations: Vec<_> = operations(document)
        .into_iter()
        .map(|operation| {
            let parameters = parameters(document, &operation);
            let place = child(&operation.pointer, "requestBody");
            let body = document.resolve(&place);
            let is_required = body.as_ref().is_some_and(|(_, it)| it["required"] == true);
            let bodies = body.map(|(place, _)| contents(document, &place));
            (
                operation,
                parameters,
                bodies.unwrap_or_default(),
                is_required,
            )
        })
        .collect();
    let schemas = operations.iter().flat_map(|(_, parameters, bodies, _)| {
        let parameters = parameters.iter().map(|it| &it.schema);
        parameters
            .chain(bodies.iter().map(|(_, schema)| schema))
            .flatten()
    });
    let instances = Instances::new(document, schemas.map(String::as_str).collect())?;
    let mut requests = Vec::new();
    for (operation, parameters, bodies, is_required) in &operations {
        let of = |only_required: bool, body: Option<&(String, Option<String>)>| {
            let wanted = parameters
                .iter()
                .filter(|it| it.is_required || !only_required);
            Request {
                method: operation.method.to_owned(),
                path: operation.path.to_owned(),
                arguments: wanted
                    .filter_map(|it| argument(document, &instances, it))
                    .collect(),
                body: body.and_then(|(media_type, schema)| {
                    Some(Body {
                        media_type: media_type.clone(),
                        value: body_value(&instances, media_type, schema.as_deref())?,
                    })
                }),
            }
        };
        let needed = bodies.first().filter(|_| *is_required);
        let mut some = vec![of(true, needed)];
        match bodies.is_empty() {
            true => some.push(of(false, None)),
            false => some.extend(bodies.iter().map(|body| of(false, Some(body)))),
        }
        some.dedup();
        requests.extend(some);
    }
    Ok(requests)
}

/// Those of an operation and of its path, which it may say again.
fn parameters(document: &Document, operation: &Operation<'_>) -> Vec<Parameter> {
    let mut parameters: BTreeMap<(String, String), Parameter> = BTreeMap::new();
    for owner in [&operation.item, &operation.pointer] {
        let list = child(owner, "parameters");
        let count = document.raw().pointer(&list).and_then(Value::as_array);
        for at in 0..count.map_or(0, Vec::len) {
            let Some((place, it)) = document.resolve(&child(&list, &at.to_string())) else {
                continue;
            };
            let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            let (location, name) = (text("in"), text("name"));
            let schema = match it.get("schema") {
                Some(_) => Some(child(&place, "schema")),
                None => contents(document, &place).into_iter().find_map(|it| it.1),
            };
            let parameter = Parameter {
                location: location.clone(),
                name: name.clone(),
                is_required: it["required"] == true,
                schema,
            };
            parameters.insert((location, name), parameter);
        }
    }
    // Some documents name them in the path alone.
    let names = operation.path.split('{').skip(1);
    for name in names.filter_map(|it| it.split('}').next()) {
        let parameter = || Parameter {
            location: "path".to_owned(),
            name: name.to_owned(),
            is_required: true,
            schema: None,
        };
        let key = ("path".to_owned(), name.to_owned());
        parameters.entry(key).or_insert_with(parameter);
    }
    parameters.into_values().collect()
}

fn argument(document: &Document, instances: &Instances<'_>, of: &Parameter) -> Option<Argument> {
    let value = match of.schema.as_deref() {
        Some(schema) => {
            let shown = shown(document, schema);
            let values = shown.into_iter().chain(made(instances, schema));
            let mut values = values.filter(|value| !is_nothing(value));
            values.find(|value| instances.is_valid(schema, value))?
        }
        None => json!("text"),
    };
    Some(Argument {
        location: of.location.clone(),
        name: of.name.clone(),
        value,
    })
}

/// The examples beside a parameter's schema.
fn shown(document: &Document, schema: &str) -> Vec<Value> {
    let owner = schema.rsplit_once('/').map_or("", |(owner, _)| owner);
    let Some(owner) = document.raw().pointer(owner) else {
        return Vec::new();
    };
    let named = owner["examples"].as_object().into_iter().flatten();
    let named = named.filter_map(|(_, it)| it.get("value").cloned());
    owner
        .get("example")
        .cloned()
        .into_iter()
        .chain(named)
        .collect()
}

fn made(instances: &Instances<'_>, schema: &str) -> impl Iterator<Item = Value> + use<> {
    let all = instances.of(&[schema], MOST).into_iter();
    all.filter(|it| it.is_valid).map(|it| it.value)
}

/// A value that leaves nothing of a parameter, or has no form in a URL or a header.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty() || !text.chars().all(|it| it.is_ascii_graphic()),
        Value::Array(items) => items.is_empty() || items.iter().any(is_nothing),
        Value::Object(members) => members.is_empty() || members.values().any(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn body_value(instances: &Instances<'_>, media_type: &str, schema: Option<&str>) -> Option<Value> {
    match schema {
        Some(schema) => made(instances, schema).next(),
        None if media_type.contains("json") => Some(json!({})),
        None => Some(json!("text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::OneOf;

    #[test]
    fn an_operation_is_asked_with_all_that_it_takes_and_with_what_it_needs() {
        let document = json!({
            "openapi": "3.1.0",
            "paths": {"/a/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 7, "maximum": 7}}],
                "put": {
                    "parameters": [{"name": "q", "in": "query", "example": "b", "schema": {"type": "string"}}],
                    "requestBody": {"content": {
                        "application/json": {"schema": {"const": {"c": 1}}},
                        "text/plain": {},
                    }},
                },
            }},
        });
        let requests = requests(&Document::new(&document, OneOf::AtLeast)).expect("schemas");
        let told = requests.iter().map(|it| {
            let arguments = it.arguments.iter();
            let arguments: Vec<_> = arguments
                .map(|it| json!([it.location, it.name, it.value]))
                .collect();
            let body = it.body.as_ref().map(|it| json!([it.media_type, it.value]));
            json!([it.method, it.path, arguments, body])
        });
        let id = json!(["path", "id", 7]);
        let q = json!(["query", "q", "b"]);
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                json!(["put", "/a/{id}", [id], null]),
                json!(["put", "/a/{id}", [id, q], ["application/json", {"c": 1}]]),
                json!(["put", "/a/{id}", [id, q], ["text/plain", "text"]]),
            ]
        );
    }
}

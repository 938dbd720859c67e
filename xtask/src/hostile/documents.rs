//! The hostile documents: what is in `tests/fixtures/hostile`, made into one document for each crate.
//!
//! `documents/` has whole ones, each with the settings for it in a `.toml` beside it. Each text of `texts.json`
//! stands in every place of `texts.template.json`; each list of `names.json` names everything in a document.

use super::system;
use crate::failure::Failure;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Stands in the template wherever a text goes.
const TEXT: &str = "TEXT";

/// A document that tries one thing.
pub(super) struct Document {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) settings: Option<String>,
}

impl Document {
    fn made(name: String, value: &Value) -> Document {
        Document {
            name,
            text: value.to_string(),
            settings: None,
        }
    }
}

/// All of them, by name.
pub(super) fn all(folder: &Path) -> Result<Vec<Document>, Failure> {
    let mut documents = whole(&folder.join("documents"))?;
    let template: Value = read(&folder.join("texts.template.json"))?;
    let texts: BTreeMap<String, String> = read(&folder.join("texts.json"))?;
    for (name, text) in texts {
        documents.push(Document::made(name, &filled(&template, &text)));
    }
    let lists: BTreeMap<String, Vec<String>> = read(&folder.join("names.json"))?;
    for (name, names) in lists {
        documents.push(Document::made(name, &named(&names)));
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

fn whole(folder: &Path) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).map_err(system("list the hostile documents"))? {
        let path = entry.map_err(system("list the hostile documents"))?.path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let settings = path.with_extension("toml");
        let settings = settings.exists().then(|| fs::read_to_string(&settings));
        documents.push(Document {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            text: fs::read_to_string(&path).map_err(system("read a hostile document"))?,
            settings: settings.transpose().map_err(system("read settings"))?,
        });
    }
    Ok(documents)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let action = format!("read {}", path.display());
    let text = fs::read_to_string(path).map_err(system(&action))?;
    serde_json::from_str(&text).map_err(|error| system(&action)(io::Error::other(error)))
}

/// The template with a text in all places for one.
fn filled(template: &Value, text: &str) -> Value {
    match template {
        Value::String(place) if place == TEXT => text.into(),
        Value::Array(elements) => elements.iter().map(|inner| filled(inner, text)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, inner)| (key.clone(), filled(inner, text)))
            .collect(),
        other => other.clone(),
    }
}

/// A document whose tags, operations, parameters, schemas, properties and enum values have these names.
fn named(names: &[String]) -> Value {
    let text = json!({"type": "string"});
    let properties: Map<_, _> = names
        .iter()
        .map(|name| (name.clone(), text.clone()))
        .collect();
    let mut schemas = Map::new();
    schemas.insert(
        "Thing".to_owned(),
        json!({"type": "object", "properties": properties, "required": &names[..names.len() / 2]}),
    );
    schemas.insert(
        "Values".to_owned(),
        json!({"type": "string", "enum": names}),
    );
    let mut paths = Map::new();
    for (index, name) in names.iter().enumerate() {
        let token = name
            .replace('%', "%25")
            .replace('~', "~0")
            .replace('/', "~1");
        let reference = json!({"$ref": format!("#/components/schemas/{token}")});
        let operation = json!({
            "operationId": name,
            "tags": [name],
            "description": "An operation",
            "parameters": [
                {"name": name, "in": "query", "schema": text},
                {"name": format!("{name}2"), "in": "query", "required": true, "schema": text},
            ],
            "responses": {
                "200": {
                    "description": "An operation",
                    "content": {"application/json": {"schema": reference}},
                },
                "400": {"description": "An operation"},
            },
        });
        paths.insert(format!("/p{index}"), json!({"get": operation}));
        schemas.insert(
            name.clone(),
            json!({"type": "object", "properties": {"a": text}}),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_in_every_place_of_the_template() {
        let template =
            json!({"info": {"title": "TEXT"}, "tags": [{"name": "t", "description": "TEXT"}]});
        assert_eq!(
            filled(&template, "<b>"),
            json!({"info": {"title": "<b>"}, "tags": [{"name": "t", "description": "<b>"}]})
        );
    }

    #[test]
    fn a_name_is_that_of_a_schema_an_operation_and_a_property() {
        let document = named(&["a/b".to_owned(), "c".to_owned()]);
        assert!(document.pointer("/components/schemas/a~1b").is_some());
        assert!(
            document
                .pointer("/components/schemas/Thing/properties/c")
                .is_some()
        );
        let operation = &document["paths"]["/p0"]["get"];
        assert_eq!(operation["operationId"], "a/b");
        let schema = "/responses/200/content/application~1json/schema/$ref";
        assert_eq!(
            operation.pointer(schema).unwrap(),
            "#/components/schemas/a~1b"
        );
    }
}

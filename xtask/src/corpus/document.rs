//! The documents of a corpus, and what a plain count of them says.

use super::{pattern, system};
use crate::document::DocumentKind;
use crate::failure::Failure;
use crate::specs::sha256;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tilt_codegen::source::{Documents, Input, Limits};

/// One document.
#[derive(Debug)]
pub(super) struct Document {
    /// The file's name without ending.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// Of the file.
    pub(super) sha256: String,
    pub(super) kind: DocumentKind,
    pub(super) counts: Counts,
}

/// The contents of a document: counted in the raw JSON, so that it can judge the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(super) struct Counts {
    pub(super) operations: usize,
    pub(super) schemas: usize,
    /// Webhooks of OpenAPI, messages of AsyncAPI.
    pub(super) events: usize,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The documents that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    /// Those of one file, which alone can be counted.
    One,
    /// Those of several files as well.
    Several,
}

/// Every document of a folder whose name fits one of the patterns (or all), sorted by name.
pub(super) fn find(
    dir: &Path,
    patterns: &[String],
    files: Files,
) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    let mut roots = of_one_file(dir)?;
    if files == Files::Several {
        roots.extend(of_several_files(dir)?);
    }
    for (name, path) in roots {
        let wanted = patterns.is_empty()
            || patterns
                .iter()
                .any(|pattern| pattern::matches(pattern, &name));
        if wanted {
            documents.push(read(name, path)?);
        }
    }
    let unmatched = patterns.iter().find(|pattern| {
        !documents
            .iter()
            .any(|document| pattern::matches(pattern, &document.name))
    });
    if let Some(pattern) = unmatched {
        let error = std::io::Error::other(format!("no document is called `{pattern}`"));
        return Err(system("find documents in", dir)(error));
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

/// The files of a folder by their names.
fn of_one_file(dir: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut roots = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(system("read", dir))? {
        let path = entry.map_err(system("read", dir))?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let ending = path.extension().and_then(|ending| ending.to_str());
        if let (Some(name), Some("json" | "yaml" | "yml")) = (name, ending) {
            roots.push((name.to_owned(), path));
        }
    }
    Ok(roots)
}

/// The roots of documents of several files, which `manifest.tsv` tells by its columns `slug` and `file`.
fn of_several_files(dir: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut roots = Vec::new();
    let manifest = dir.join("manifest.tsv");
    if !manifest.exists() {
        return Ok(roots);
    }
    let text = std::fs::read_to_string(&manifest).map_err(system("read", &manifest))?;
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| columns.iter().position(|it| *it == name);
    let (Some(slug), Some(file)) = (column("slug"), column("file")) else {
        return Ok(roots);
    };
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        if let (Some(slug), Some(file)) = (cells.get(slug), cells.get(file))
            && file.contains('/')
        {
            roots.push(((*slug).to_owned(), dir.join(file)));
        }
    }
    Ok(roots)
}

fn read(name: String, path: PathBuf) -> Result<Document, Failure> {
    let bytes = std::fs::read(&path).map_err(system("read", &path))?;
    let sha256 = sha256(&bytes);
    // A document that cannot be read is the generator's to complain about.
    let value = serde_json::from_slice(&bytes)
        .ok()
        .or_else(|| {
            let input = Input::Path(path.clone());
            let documents = Documents::load(input, &Limits::default()).ok()?;
            Some(documents.root().value.clone())
        })
        .unwrap_or(Value::Null);
    let kind = match value.get("asyncapi") {
        Some(_) => DocumentKind::AsyncApi,
        None => DocumentKind::OpenApi,
    };
    let counts = match kind {
        DocumentKind::OpenApi => openapi_counts(&value),
        DocumentKind::AsyncApi => asyncapi_counts(&value),
    };
    Ok(Document {
        name,
        path,
        sha256,
        kind,
        counts,
    })
}

fn openapi_counts(root: &Value) -> Counts {
    Counts {
        operations: path_operations(root, "paths"),
        schemas: entries(root, "/components/schemas").count(),
        events: path_operations(root, "webhooks"),
    }
}

fn path_operations(root: &Value, key: &str) -> usize {
    entries(root, &format!("/{key}"))
        .filter_map(|(_, item)| resolved(root, item).as_object())
        .map(|item| {
            METHODS
                .iter()
                .filter(|method| is_object(item, method))
                .count()
        })
        .sum()
}

fn is_object(item: &Map<String, Value>, key: &str) -> bool {
    item.get(key).is_some_and(Value::is_object)
}

/// Messages are counted once however many channels they arrive on: those under `subscribe`, or where there are none,
/// those under `publish`.
fn asyncapi_counts(root: &Value) -> Counts {
    let mut messages: [BTreeSet<String>; 2] = Default::default();
    for (channel, item) in entries(root, "/channels") {
        let item = resolved(root, item);
        for (direction, messages) in ["subscribe", "publish"].iter().zip(&mut messages) {
            let Some(message) = item
                .get(direction)
                .and_then(|operation| operation.get("message"))
            else {
                continue;
            };
            let alternatives = message.get("oneOf").and_then(Value::as_array);
            let alternatives = alternatives.map_or(std::slice::from_ref(message), Vec::as_slice);
            for (number, message) in alternatives.iter().enumerate() {
                let reference = message.get("$ref").and_then(Value::as_str);
                messages.insert(match reference {
                    Some(reference) => reference.to_owned(),
                    None => format!("{channel} {direction} {number}"),
                });
            }
        }
    }
    Counts {
        operations: 0,
        schemas: entries(root, "/components/schemas").count(),
        events: match messages {
            [sent, received] if sent.is_empty() => received.len(),
            [sent, _] => sent.len(),
        },
    }
}

fn entries<'a>(root: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    root.pointer(pointer)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// The target of a local reference; a chain of them is followed only so far.
fn resolved<'a>(root: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..16 {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| root.pointer(pointer));
        match target {
            Some(target) => value = target,
            None => return value,
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_are_counted_through_references() {
        let root = json!({
            "paths": {
                "/a": {"get": {}, "post": {}, "parameters": [], "summary": "x"},
                "/b": {"$ref": "#/components/pathItems/B"}
            },
            "webhooks": {"w": {"post": {}}},
            "components": {"pathItems": {"B": {"delete": {}}}, "schemas": {"S": {}, "T": true}}
        });
        assert_eq!(
            openapi_counts(&root),
            Counts {
                operations: 3,
                schemas: 2,
                events: 1
            }
        );
    }

    #[test]
    fn a_message_on_two_channels_is_one() {
        let root = json!({
            "channels": {
                "a": {"subscribe": {"message": {"$ref": "#/components/messages/M"}}},
                "b": {"publish": {"message": {"payload": {"not": {}}}}, "subscribe": {"message": {"oneOf": [
                    {"$ref": "#/components/messages/M"}, {"payload": {}}
                ]}}}
            }
        });
        assert_eq!(asyncapi_counts(&root).events, 2);
    }
}

//! The documents that are called, and how they are written for all who read them.

use super::super::options::Documents;
use super::{client, shown, system};
use crate::corpus::pattern::matches;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::warn;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tilt_codegen::source::{Documents as Sources, Input, Limits};

#[derive(Deserialize)]
struct Table {
    corpus: Vec<String>,
    tested: Vec<String>,
    own: Vec<PathBuf>,
}

/// The files of those that are asked for; by default, those that are called.
pub(crate) fn chosen(project: &Project, options: &Documents) -> Result<Vec<PathBuf>, Failure> {
    choose(project, options, |table| &table.corpus)
}

/// The same; by default, those of which Schemathesis tests servers.
pub(crate) fn tested(project: &Project, options: &Documents) -> Result<Vec<PathBuf>, Failure> {
    choose(project, options, |table| &table.tested)
}

fn choose(
    project: &Project,
    options: &Documents,
    meant: impl Fn(&Table) -> &Vec<String>,
) -> Result<Vec<PathBuf>, Failure> {
    let path = project.root().join("tests/oracles/calls/documents.toml");
    let text = fs::read_to_string(&path).map_err(system(shown("read", &path)))?;
    let table: Table = toml::from_str(&text)
        .map_err(|error| system(shown("read", &path))(io::Error::other(error)))?;
    let Some(dir) = &options.dir else {
        warn("NOT the corpus: no folder of it is named. These are the project's own documents.\n");
        return Ok(table.own.iter().map(|it| project.root().join(it)).collect());
    };
    let names = match options.filter.is_empty() {
        true => meant(&table),
        false => &options.filter,
    };
    let mut chosen: Vec<PathBuf> = Vec::new();
    let files = files(dir).map_err(system(shown("list", dir)))?;
    for name in names {
        let found = files.iter().filter(|(stem, _)| matches(name, stem));
        let before = chosen.len();
        chosen.extend(found.map(|(_, path)| path.clone()));
        if chosen.len() == before {
            let error = io::Error::other(format!("no document is called `{name}`"));
            return Err(system(shown("find documents in", dir))(error));
        }
    }
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

/// The documents of a folder by their names.
fn files(dir: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let ending = path.extension().and_then(|it| it.to_str());
        let stem = path.file_stem().and_then(|it| it.to_str());
        if let (Some(stem), Some("json" | "yaml" | "yml")) = (stem, ending) {
            files.push((stem.to_owned(), path));
        }
    }
    Ok(files)
}

/// Writes a document as JSON, without what leads elsewhere: servers of single operations, and texts and examples in files
/// of their own. Of a parameter's reference nothing is left but itself: OpenAPI ignores the rest, which not all readers do.
pub(super) fn write(from: &Path, to: &Path) -> Result<(), Failure> {
    let documents = Sources::load(Input::Path(from.to_owned()), &Limits::default());
    let documents = documents
        .map_err(|problem| Failure::Documents(format!("{}: {problem:?}", from.display())))?;
    let mut root = documents.root().value.clone();
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut) {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        narrow(item);
        for operation in item.values_mut().filter_map(Value::as_object_mut) {
            narrow(operation);
        }
    }
    without_files(&mut root);
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).map_err(system(shown("create", folder)))?;
    client::write_file(to, &root.to_string())
}

/// Leaves of a path or an operation what all readers take alike.
fn narrow(item: &mut Map<String, Value>) {
    item.remove("servers");
    let parameters = item.get_mut("parameters").and_then(Value::as_array_mut);
    let parameters = parameters.into_iter().flatten();
    for parameter in parameters.filter_map(Value::as_object_mut) {
        if parameter.contains_key("$ref") {
            parameter.retain(|key, _| key == "$ref");
        }
    }
}

/// Removes members that are nothing but a reference to another file.
fn without_files(value: &mut Value) {
    let is_elsewhere = |it: &Value| {
        let reference = it.get("$ref").and_then(Value::as_str);
        reference.is_some_and(|it| !it.starts_with('#'))
    };
    match value {
        Value::Object(members) => {
            members.retain(|_, it| !is_elsewhere(it));
            members.values_mut().for_each(without_files);
        }
        Value::Array(items) => items.iter_mut().for_each(without_files),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

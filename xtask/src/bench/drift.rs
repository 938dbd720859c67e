//! The cost of comparing a document with a version of it that has three edits.

use super::table::{Table, cost};
use super::{Bench, Document, measure, system};
use crate::failure::Failure;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;

const NOTE: &str = "`tilt-codegen diff`: the document, and the same without a parameter, with a \
                    property more and with a limit on a text.";

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut table = Table::new("Drift", NOTE, &["document", "MB", "cost"]);
    let folder = bench.folder.join("drift");
    std::fs::create_dir_all(&folder).map_err(system("create", &folder))?;
    for document in &bench.documents {
        let (size, edited) = edited(document)?;
        let new = folder.join(format!("{}.json", document.name));
        std::fs::write(&new, edited).map_err(system("write", &new))?;
        let measured = match bench.ours() {
            Some(ours) => measure::least(bench.options.runs, || {
                let options = ["diff", "--fail-on", "none"].map(OsStr::new);
                let paths = [document.path.as_os_str(), new.as_os_str()];
                ours.run(&folder, &[&options[..], &paths].concat())
            }),
            None => Err("not built".to_owned()),
        };
        table.row([document.name.clone(), size, cost(&measured)]);
    }
    Ok(table.finish())
}

/// The size of a document in MB, and the text of its next version.
fn edited(document: &Document) -> Result<(String, String), Failure> {
    let read = |path: &Path| -> std::io::Result<(usize, Value)> {
        let bytes = std::fs::read(path)?;
        Ok((bytes.len(), serde_json::from_slice(&bytes)?))
    };
    let (size, mut value) = read(&document.path).map_err(system("read", &document.path))?;
    edit(&mut value);
    Ok((format!("{:.1}", size as f64 / 1e6), format!("{value:#}")))
}

/// Three edits, where the document has a place for them.
fn edit(document: &mut Value) {
    let operations = members(document.get_mut("paths")).flat_map(|item| members(Some(item)));
    let lists = operations.filter_map(|it| it.get_mut("parameters")?.as_array_mut());
    let list = { lists }.find(|list| !list.is_empty());
    list.and_then(Vec::pop);
    let schemas = members(document.pointer_mut("/components/schemas"));
    let mut properties = schemas.filter_map(|it| it.get_mut("properties")?.as_object_mut());
    let properties = properties.find(|all| all.values().any(|it| it["type"] == "string"));
    let Some(properties) = properties else {
        return;
    };
    let text = properties.values_mut().find(|it| it["type"] == "string");
    if let Some(text) = text {
        text["maxLength"] = json!(77);
    }
    properties.insert("one_more".to_owned(), json!({"type": "string"}));
}

fn members(value: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let members = value.and_then(Value::as_object_mut);
    members.into_iter().flat_map(|members| members.values_mut())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_gets_three_edits() {
        let mut document = json!({
            "paths": {"/a": {"get": {"parameters": [{"name": "q"}]}}},
            "components": {"schemas": {"A": {"properties": {"a": {"type": "string"}}}}},
        });
        edit(&mut document);
        let expected = json!({
            "paths": {"/a": {"get": {"parameters": []}}},
            "components": {"schemas": {"A": {"properties": {
                "a": {"type": "string", "maxLength": 77},
                "one_more": {"type": "string"},
            }}}},
        });
        assert_eq!(document, expected);
    }
}

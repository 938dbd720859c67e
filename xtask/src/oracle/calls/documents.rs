//! The documents that are called.

use super::super::options::Documents;
use super::{shown, system};
use crate::corpus::pattern::matches;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::warn;
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Table {
    corpus: Vec<String>,
    own: Vec<PathBuf>,
}

/// The files of those that are asked for.
pub(crate) fn chosen(project: &Project, options: &Documents) -> Result<Vec<PathBuf>, Failure> {
    let path = project.root().join("tests/oracles/calls/documents.toml");
    let text = fs::read_to_string(&path).map_err(system(shown("read", &path)))?;
    let table: Table = toml::from_str(&text)
        .map_err(|error| system(shown("read", &path))(io::Error::other(error)))?;
    let Some(dir) = &options.dir else {
        warn("NOT the corpus: no folder of it is named. These are the project's own documents.\n");
        return Ok(table.own.iter().map(|it| project.root().join(it)).collect());
    };
    let names = match options.filter.is_empty() {
        true => &table.corpus,
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

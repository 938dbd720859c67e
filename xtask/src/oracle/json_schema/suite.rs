//! The files of the suite.

use super::system;
use crate::failure::Failure;
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A schema, and instances that are valid.
pub(super) struct Group {
    /// The file and what the suite says of it, by which exceptions know it.
    pub(super) name: String,
    pub(super) schema: Value,
    pub(super) valid: Vec<Instance>,
}

pub(super) struct Instance {
    /// The group's name and what the suite says of the instance.
    pub(super) name: String,
    pub(super) value: Value,
}

#[derive(Deserialize)]
struct Stated {
    description: String,
    schema: Value,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

/// All groups of the suite, in the order of their files.
pub(super) fn groups(folder: &Path, filter: &[String]) -> Result<Vec<Group>, Failure> {
    let tests = folder.join("tests");
    let mut files = Vec::new();
    collect(&tests, &mut files).map_err(system("read the suite"))?;
    files.sort();
    let mut groups = Vec::new();
    for file in files {
        let name = file
            .strip_prefix(&tests)
            .unwrap_or(&file)
            .with_extension("");
        let name = name.to_string_lossy().into_owned();
        if filter.is_empty() || filter.contains(&name) {
            let text = fs::read_to_string(&file).map_err(system("read the suite"))?;
            let stated: Vec<Stated> = serde_json::from_str(&text)
                .map_err(std::io::Error::from)
                .map_err(system("read the suite"))?;
            groups.extend(stated.into_iter().map(|it| group(&name, it)));
        }
    }
    Ok(groups)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    Ok(())
}

fn group(file: &str, stated: Stated) -> Group {
    let name = format!("{file}: {}", stated.description);
    let valid = stated.tests.into_iter().filter(|test| test.valid);
    let valid = valid.map(|test| Instance {
        name: format!("{name}: {}", test.description),
        value: test.data,
    });
    Group {
        valid: valid.collect(),
        schema: stated.schema,
        name,
    }
}

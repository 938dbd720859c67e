//! The suite: installed by npm, its specs compiled to OpenAPI.

use super::super::npm;
use super::{shown, system};
use crate::corpus::pattern::matches;
use crate::failure::Failure;
use crate::project::Project;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler of all specs.
const COMPILER: &str = "compile.mjs";

/// An installed suite.
pub(super) struct Suite {
    /// Where everything is that does not belong to the project.
    pub(super) folder: PathBuf,
    /// The programs, and what is known of scenarios.
    pub(super) source: PathBuf,
    /// The Node.js that the suite wants, which need not be the machine's.
    pub(super) node: PathBuf,
}

/// A spec for which there is a program.
pub(super) struct Spec {
    /// Its folder, with dashes.
    pub(super) name: String,
    pub(super) program: PathBuf,
    /// Settings of the generator.
    pub(super) settings: Option<PathBuf>,
    /// Its documents, one for each version, by the name of the crate.
    pub(super) documents: Vec<(String, PathBuf)>,
}

impl Suite {
    /// Installs and compiles what is not there yet.
    pub(super) fn install(project: &Project) -> Result<Self, Failure> {
        let source = project.root().join("tests/oracles/typespec");
        let folder = project.target().join("oracles/typespec");
        let is_new = npm::install(&source, &folder)?;
        let suite = Self {
            node: node(&folder)?,
            folder,
            source,
        };
        if is_new || !npm::is_same(&suite.source, &suite.folder, COMPILER) {
            suite.compile()?;
        }
        Ok(suite)
    }

    pub(super) fn modules(&self) -> PathBuf {
        self.folder.join("node_modules")
    }

    /// The specs with their scenarios.
    pub(super) fn scenarios(&self) -> PathBuf {
        self.modules().join("@typespec/http-specs/specs")
    }

    fn compile(&self) -> Result<(), Failure> {
        let documents = self.folder.join("specs");
        if documents.exists() {
            fs::remove_dir_all(&documents).map_err(system("remove the old documents"))?;
        }
        // Beside the modules that it asks for; in place when all is done.
        let compiler = self.folder.join("compiling.mjs");
        fs::copy(self.source.join(COMPILER), &compiler).map_err(system("copy the compiler"))?;
        let mut command = Command::new(&self.node);
        command.arg(&compiler).arg(self.scenarios()).arg(&documents);
        npm::run(command, "compile the specs")?;
        fs::rename(compiler, self.folder.join(COMPILER)).map_err(system("keep the compiler"))
    }

    /// Refuses programs that have no spec, and names that mean none.
    pub(super) fn nothing_is_idle(&self, all: &[Spec], filter: &[String]) -> Result<(), Failure> {
        let programs = entries(&self.source.join("programs"))?.into_iter();
        let programs = programs.filter(|it| it.extension().is_some_and(|it| it == "rs"));
        let name = |path: PathBuf| Some(path.file_stem()?.to_string_lossy().into_owned());
        let programs = programs.filter_map(name);
        for pattern in programs.chain(filter.iter().cloned()) {
            if !all.iter().any(|it| matches(&pattern, &it.name)) {
                let error = io::Error::other("the suite has none of this name");
                return Err(system(format!("find the spec {pattern}"))(error));
            }
        }
        Ok(())
    }

    /// The specs for which there is a program, by name.
    pub(super) fn specs(&self, filter: &[String]) -> Result<Vec<Spec>, Failure> {
        let mut specs = Vec::new();
        let root = self.folder.join("specs");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let mut documents = Vec::new();
            for path in entries(&folder)? {
                match path.is_dir() {
                    true => folders.push(path),
                    false => documents.push(path),
                }
            }
            let steps = folder.strip_prefix(&root).unwrap_or(&folder).iter();
            let steps: Vec<String> = steps.map(kebab).collect();
            let name = steps.join("-");
            let program = self.source.join("programs").join(format!("{name}.rs"));
            let is_asked_for = filter.is_empty() || filter.iter().any(|it| matches(it, &name));
            if documents.is_empty() || !program.exists() || !is_asked_for {
                continue;
            }
            let documents = documents
                .into_iter()
                .map(|path| (package(&name, &path), path));
            specs.push(Spec {
                documents: documents.collect(),
                settings: Some(program.with_extension("toml")).filter(|it| it.exists()),
                program,
                name,
            });
        }
        specs.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(specs)
    }
}

/// The name of a folder as crates have it: `madeOptional` is `made-optional`.
fn kebab(name: &OsStr) -> String {
    let mut out = String::new();
    for character in name.to_string_lossy().chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

/// The crate of a document: `openapi.json`, or `openapi.VERSION.json`.
fn package(spec: &str, document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let version = stem.strip_prefix("openapi.");
    let version = version.map(|it| format!("-{}", it.replace('.', "-")));
    format!("spec-{spec}{}", version.unwrap_or_default())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let list = || -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(folder)?;
        let mut paths = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    };
    list().map_err(system(shown("list", folder)))
}

/// The one that is installed for this machine, or else the machine's own.
fn node(folder: &Path) -> Result<PathBuf, Failure> {
    let modules = folder.join("node_modules");
    let own = entries(&modules)?.into_iter().filter(|it| {
        let name = it.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("node-")
    });
    let mut own = own.map(|it| it.join("bin/node")).filter(|it| it.exists());
    Ok(own.next().unwrap_or_else(|| "node".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_of_a_spec_is_a_crate() {
        for (document, expected) in [
            ("openapi.json", "spec-a-b"),
            ("openapi.v1.0.json", "spec-a-b-v1-0"),
        ] {
            assert_eq!(package("a-b", Path::new(document)), expected);
        }
    }
}

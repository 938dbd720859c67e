//! The programs: one executable that calls the scenarios of all specs that are asked for.

use super::super::{build as build_programs, client};
use super::suite::{Spec, Suite};
use super::{shown, system};
use crate::failure::Failure;
use crate::project::Project;
use crate::workspace;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;

const PACKAGE: &str = "scenarios";

/// The executable.
pub(super) struct Program {
    path: PathBuf,
    /// The files that scenarios send.
    assets: PathBuf,
}

/// The outcome of scenarios as the programs see it: of each, what went wrong.
#[derive(Debug, Deserialize)]
pub(super) struct Called(pub(super) BTreeMap<String, Option<String>>);

/// Generates the crates and compiles the programs.
pub(super) fn build(project: &Project, suite: &Suite, specs: &[Spec]) -> Result<Program, Failure> {
    let folder = suite.folder.join("workspace");
    let mut packages = Vec::new();
    for spec in specs {
        for (package, document) in &spec.documents {
            generate(project, spec, package, document, &folder)?;
            packages.push(package.clone());
        }
    }
    let scenarios = folder.join(PACKAGE);
    fs::create_dir_all(scenarios.join("src")).map_err(system(shown("create", &scenarios)))?;
    client::write_file(
        &scenarios.join("Cargo.toml"),
        &manifest(project, &folder, &packages),
    )?;
    client::write_file(&scenarios.join("src/main.rs"), &main(suite, specs))?;
    packages.push(PACKAGE.to_owned());
    workspace::write_manifest(project, &folder, &packages)
        .map_err(system("write the workspace"))?;
    build_programs(project, &folder, &["--package", PACKAGE])?;
    Ok(Program {
        path: project.sdks().join("debug").join(PACKAGE),
        assets: suite.modules().join("@typespec/http-specs/assets"),
    })
}

fn generate(
    project: &Project,
    spec: &Spec,
    package: &str,
    document: &Path,
    folder: &Path,
) -> Result<(), Failure> {
    let settings = spec.settings.as_ref().map(fs::read_to_string).transpose();
    let settings = settings.map_err(system(shown("read the settings of", document)))?;
    let config = Config::from_toml(&settings.unwrap_or_default());
    let config = config.map_err(|error| Failure::Documents(format!("{}: {error}", spec.name)))?;
    let document = Input::Path(document.to_owned());
    client::write(project, folder, package, document, config).map(drop)
}

fn manifest(project: &Project, workspace: &Path, packages: &[String]) -> String {
    let runtime = project.runtime().display().to_string();
    let mut text = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\
         tilt-runtime = {{ path = {runtime:?}, default-features = false }}\n"
    );
    for package in packages {
        text.push_str(&client::dependency(workspace, package, package));
    }
    text
}

/// A main program with all that are asked for as modules.
fn main(suite: &Suite, specs: &[Spec]) -> String {
    // Some programs need not all that there is for them.
    let mut text = String::from("#![deny(warnings)]\n#![allow(dead_code, unused_macros)]\n\n");
    let mut module = |name: &str, path: &Path| {
        let _ = writeln!(
            text,
            "#[path = {:?}]\n#[macro_use]\nmod {name};",
            path.display().to_string()
        );
    };
    module("scenarios", &suite.source.join("scenarios.rs"));
    for spec in specs {
        module(&spec.name.replace('-', "_"), &spec.program);
    }
    text.push_str("\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n");
    text.push_str("    let mut scenarios = scenarios::Scenarios::default();\n");
    for spec in specs {
        let name = spec.name.replace('-', "_");
        let _ = writeln!(text, "    Box::pin({name}::call(&mut scenarios)).await;");
    }
    text.push_str("    scenarios.tell();\n}\n");
    text
}

impl Program {
    /// Calls the scenarios of a server.
    pub(super) fn run(&self, url: &str) -> Result<Called, Failure> {
        let output = Command::new(&self.path)
            .arg(url)
            .arg(&self.assets)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(system("start the programs"))?;
        if !output.status.success() {
            let error = io::Error::other(output.status.to_string());
            return Err(system("call the scenarios")(error));
        }
        serde_json::from_slice(&output.stdout)
            .map_err(|error| system("read what the programs say")(io::Error::other(error)))
    }
}

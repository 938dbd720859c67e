//! `cargo xtask hostile`: SDKs from documents that try to get code, HTML or broken Rust into them,
//! compiled, documented and their doctests run, with warnings as errors.
//!
//! Each document tries one thing. All crates are members of one workspace below `target/`, so that what they depend on is built once.

mod documents;

use crate::cargo;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::features;
use crate::project::Project;
use crate::terminal::{say, warn};
use crate::workspace;
use documents::Document;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Look;
use tilt_codegen::recognize::Specification;
use tilt_codegen::render::{self, File, RenderOptions, RuntimeSource};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The commands for all crates together.
const RUNS: [(&str, &[&str]); 3] = [
    (
        "compiles",
        &["check", "--workspace", "--lib", "--keep-going"],
    ),
    (
        "is documented",
        &[
            "doc",
            "--workspace",
            "--no-deps",
            "--document-private-items",
            "--keep-going",
        ],
    ),
    (
        "has doctests that pass",
        &["test", "--workspace", "--doc", "--no-fail-fast"],
    ),
];

/// Generates, compiles and documents; the exit code tells whether anything went wrong.
pub fn run(project: &Project) -> Result<Exit, Failure> {
    let folder = project.target().join("hostile/workspace");
    let documents = documents::all(&project.root().join("tests/fixtures/hostile"))?;
    let mut all_well = true;
    let mut packages = Vec::new();
    for document in &documents {
        match generate(project, document) {
            Ok(files) => {
                let name = package(&document.name);
                write(&folder.join(&name), &files)?;
                packages.push(name);
            }
            Err(refusal) => {
                warn(format_args!("{}: refused\n{refusal}\n", document.name));
                all_well = false;
            }
        }
    }
    remove_others(&folder, &packages)?;
    workspace::write_manifest(project, &folder, &packages)
        .map_err(system("write the workspace"))?;
    let features = features::without_tls(&folder, &packages);
    let features: Vec<&str> = features.iter().map(String::as_str).collect();
    for (what, arguments) in RUNS {
        all_well &= is_well(project, &folder, what, &[arguments, &features[..]].concat())?;
    }
    say(format_args!(
        "{} hostile documents, {} crates: {}\n",
        documents.len(),
        packages.len(),
        if all_well { "all well" } else { "FAILED" }
    ))?;
    Ok(if all_well {
        Exit::Success
    } else {
        Exit::Different
    })
}

/// Runs cargo over all crates, and tells whether there is nothing to complain about.
fn is_well(
    project: &Project,
    workspace: &Path,
    what: &str,
    arguments: &[&str],
) -> Result<bool, Failure> {
    let output = cargo::command(workspace)
        .args(arguments)
        .args(["--quiet", "--offline", "--features", "schemars"])
        .env("CARGO_TARGET_DIR", project.sdks())
        .env_remove("RUSTFLAGS")
        // For documentation alone: what the crates depend on would be compiled anew for other flags of rustc.
        .env("RUSTDOCFLAGS", "-D warnings")
        .stdin(Stdio::null())
        .output()
        .map_err(system("start cargo"))?;
    let told = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    let smuggled: Vec<&str> = told.lines().filter(|line| is_smuggled(line)).collect();
    if output.status.success() && smuggled.is_empty() && !complaints.lines().any(is_warning) {
        say(format_args!("every crate {what}\n"))?;
        return Ok(true);
    }
    warn(format_args!(
        "not every crate {what}:\n{}\n{told}\n{complaints}\n",
        smuggled.join("\n"),
    ));
    Ok(false)
}

/// A message of rustc or cargo.
fn is_warning(line: &str) -> bool {
    line.starts_with("warning")
}

/// A doctest that comes from a document: the generator's own is in the README alone.
fn is_smuggled(line: &str) -> bool {
    line.starts_with("test ") && line.contains("src/generated/")
}

fn package(name: &str) -> String {
    format!("hostile-{name}")
}

/// The files of a crate, or what the generator says against it.
fn generate(project: &Project, document: &Document) -> Result<Vec<File>, String> {
    let config = match &document.settings {
        Some(text) => Config::from_toml(text).map_err(|error| error.to_string())?,
        None => Config::default(),
    };
    let input = Input::Bytes {
        name: format!("{}.json", document.name),
        bytes: document.text.clone().into_bytes(),
    };
    let specification = match document.text.contains("\"asyncapi\":") {
        true => Specification::AsyncApi,
        false => Specification::OpenApi,
    };
    let inputs = Inputs::one(specification, input);
    let generated = Generator::new(config).generate(&inputs);
    let generated = generated.map_err(|refusal| refusal.report(Look::Narrated))?;
    let mut options = RenderOptions::new(package(&document.name));
    options.runtime = RuntimeSource::Path(project.runtime().display().to_string());
    Ok(render::package(&generated.sdk, &options))
}

/// Writes what is new, so that cargo builds nothing that is as it was.
fn write(folder: &Path, files: &[File]) -> Result<(), Failure> {
    let mut kept = BTreeSet::new();
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(system("create a folder"))?;
        }
        if fs::read(&path).ok().as_deref() != Some(file.contents.as_bytes()) {
            fs::write(&path, &file.contents).map_err(system("write a hostile crate"))?;
        }
        kept.insert(path);
    }
    remove_but(folder, &kept)
}

fn remove_but(folder: &Path, kept: &BTreeSet<PathBuf>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(system("list a hostile crate"))? {
        let path = entry.map_err(system("list a hostile crate"))?.path();
        if path.is_dir() {
            remove_but(&path, kept)?;
        } else if !kept.contains(&path) {
            fs::remove_file(&path).map_err(system("remove an old file"))?;
        }
    }
    Ok(())
}

/// Removes crates whose documents are gone.
fn remove_others(workspace: &Path, packages: &[String]) -> Result<(), Failure> {
    for entry in fs::read_dir(workspace).map_err(system("list the hostile crates"))? {
        let path = entry.map_err(system("list the hostile crates"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("hostile-") && !packages.contains(&name.clone().into_owned()) {
            fs::remove_dir_all(&path).map_err(system("remove an old crate"))?;
        }
    }
    Ok(())
}

fn system(action: &str) -> impl FnOnce(io::Error) -> Failure + '_ {
    move |error| Failure::System {
        action: action.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_readme_may_have_a_doctest() {
        assert!(is_smuggled(
            "test src/generated/types/a.rs - A (line 7) ... ok"
        ));
        assert!(!is_smuggled(
            "test src/../README.md - (line 9) - compile ... ok"
        ));
    }

    #[test]
    fn warnings_of_rustc_and_of_cargo_count() {
        assert!(is_warning("warning: unused variable: `a`"));
        assert!(!is_warning("    | warning"));
    }
}

//! Compiling the generated crates, all in one workspace.

use super::document::Document;
use super::each::bar;
use super::measure::{self, Cost};
use super::{Folders, package, system};
use crate::failure::Failure;
use crate::features;
use crate::project::Project;
use crate::workspace;
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The messages of rustc about one crate.
#[derive(Debug, Clone, Serialize, Default)]
pub(super) struct Compiled {
    pub(super) ok: bool,
    pub(super) errors: usize,
    pub(super) first_error: Option<String>,
    pub(super) warnings: usize,
    pub(super) first_warning: Option<String>,
    pub(super) cost: Option<Cost>,
    #[serde(skip)]
    pub(super) executable: Option<PathBuf>,
}

impl Compiled {
    pub(super) fn fault(&self) -> Option<String> {
        if !self.ok {
            let first = self
                .first_error
                .as_deref()
                .unwrap_or("not compiled, without a message");
            return Some(format!("{} error(s) of rustc: {first}", self.errors));
        }
        let first = self.first_warning.as_ref()?;
        Some(format!("{} warning(s) of rustc: {first}", self.warnings))
    }
}

/// Checks the crates of documents. The results are in the documents' order.
pub(super) fn check(
    project: &Project,
    folders: &Folders,
    documents: &[&Document],
    jobs: usize,
) -> Result<Vec<Compiled>, Failure> {
    let build = Build {
        workspace: &folders.workspace,
        what: "checking",
        prefix: measure::PACKAGE_PREFIX,
        arguments: &["check", "--workspace", "--lib"],
        flags: &[],
        is_measured: true,
    };
    sdks(project, folders, documents, &build, jobs)
}

/// The same with all lints that clippy has by default.
pub(super) fn clippy(
    project: &Project,
    folders: &Folders,
    documents: &[&Document],
    jobs: usize,
) -> Result<Vec<Compiled>, Failure> {
    let build = Build {
        workspace: &folders.workspace,
        what: "linting",
        prefix: measure::PACKAGE_PREFIX,
        arguments: &["clippy", "--workspace", "--lib"],
        flags: &["--", "-D", "warnings"],
        is_measured: false,
    };
    sdks(project, folders, documents, &build, jobs)
}

fn sdks(
    project: &Project,
    folders: &Folders,
    documents: &[&Document],
    build: &Build<'_>,
    jobs: usize,
) -> Result<Vec<Compiled>, Failure> {
    let packages: Vec<String> = documents.iter().copied().map(package).collect();
    let features = features::without_tls(build.workspace, &packages);
    workspace::write_manifest(project, build.workspace, &packages)
        .map_err(system("write", build.workspace))?;
    let features: Vec<&str> = features.iter().map(String::as_str).collect();
    let build = &Build {
        arguments: &[build.arguments, &features].concat(),
        ..*build
    };
    let mut crates = build.run(folders, documents.len(), jobs)?;
    let compiled = documents.iter().map(|document| {
        let package = package(document);
        let mut compiled = crates.remove(&package).unwrap_or_default();
        if build.is_measured {
            compiled.cost = measure::cost(&folders.state, &package.replace('-', "_"));
        }
        compiled
    });
    Ok(compiled.collect())
}

/// A run of cargo over all packages of a workspace.
pub(super) struct Build<'a> {
    pub(super) workspace: &'a Path,
    pub(super) what: &'a str,
    /// The beginning of the names of packages that are looked at.
    pub(super) prefix: &'a str,
    pub(super) arguments: &'a [&'a str],
    /// The arguments after all others.
    pub(super) flags: &'a [&'a str],
    pub(super) is_measured: bool,
}

impl Build<'_> {
    /// The messages about each package, by its name.
    pub(super) fn run(
        &self,
        folders: &Folders,
        count: usize,
        jobs: usize,
    ) -> Result<BTreeMap<String, Compiled>, Failure> {
        let mut cargo = crate::cargo::command(self.workspace);
        cargo
            .args(self.arguments)
            .args(["--keep-going", "--quiet", "--message-format", "json"])
            .args(["--jobs", &jobs.to_string()])
            .args(self.flags)
            .env("CARGO_TARGET_DIR", &folders.build)
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if self.is_measured {
            measure::measure_rustc(&mut cargo, &folders.state);
        }
        let run = Path::new("cargo");
        let mut child = cargo.spawn().map_err(system("run", run))?;
        let stderr = child.stderr.take();
        let complaints = std::thread::spawn(move || {
            stderr.map(|stderr| {
                BufReader::new(stderr)
                    .lines()
                    .map_while(Result::ok)
                    .collect::<Vec<_>>()
            })
        });
        let bar = bar(self.what, count);
        let mut crates: BTreeMap<String, Compiled> = BTreeMap::new();
        for line in child
            .stdout
            .take()
            .into_iter()
            .flat_map(|out| BufReader::new(out).lines())
        {
            let line = line.map_err(system("read the output of", run))?;
            let Ok(message) = serde_json::from_str::<Message>(&line) else {
                continue;
            };
            note(&mut crates, message, self.prefix, &bar);
        }
        bar.finish_and_clear();
        child.wait().map_err(system("run", run))?;
        if crates.is_empty() && count > 0 {
            // Not a single crate: then it is cargo itself that complains.
            let lines = complaints.join().ok().flatten().unwrap_or_default();
            return Err(system("run", run)(std::io::Error::other(lines.join("\n"))));
        }
        Ok(crates)
    }
}

/// A line of cargo's JSON.
#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Target,
    message: Option<Diagnostic>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

fn note(
    crates: &mut BTreeMap<String, Compiled>,
    message: Message,
    prefix: &str,
    bar: &ProgressBar,
) {
    // As packages are called; libraries have their names in another form.
    let name = message.target.name.replace('_', "-");
    if !name.starts_with(prefix) {
        return;
    }
    let entry = crates.entry(name.clone()).or_default();
    match (message.reason.as_str(), message.message) {
        ("compiler-artifact", _) => {
            entry.ok = true;
            entry.executable = message.executable;
            bar.set_message(name);
            bar.inc(1);
        }
        // Without a place they are rustc's closing words ("aborting due to …").
        ("compiler-message", Some(said)) if !said.spans.is_empty() => match said.level.as_str() {
            "warning" => {
                entry.warnings += 1;
                entry.first_warning.get_or_insert_with(|| said.to_string());
            }
            "error" => {
                entry.errors += 1;
                entry.first_error.get_or_insert_with(|| said.to_string());
            }
            _ => {}
        },
        _ => {}
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(code) = &self.code {
            write!(f, "[{}] ", code.code)?;
        }
        f.write_str(&self.message)?;
        match self.spans.iter().find(|span| span.is_primary) {
            Some(span) => write!(f, " ({}:{})", span.file_name, span.line_start),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(lines: &[&str]) -> BTreeMap<String, Compiled> {
        let mut crates = BTreeMap::new();
        for line in lines {
            let message = serde_json::from_str(line).unwrap();
            note(&mut crates, message, "corpus-", &ProgressBar::hidden());
        }
        crates
    }

    #[test]
    fn errors_and_warnings_are_counted_and_the_first_is_kept() {
        let crates = noted(&[
            r#"{"reason":"compiler-message","target":{"name":"corpus_a"},"message":{"level":"warning",
                "message":"unused","code":{"code":"unused_mut"},
                "spans":[{"file_name":"a/src/lib.rs","line_start":7,"is_primary":true}]}}"#,
            r#"{"reason":"compiler-message","target":{"name":"corpus_a"},"message":{"level":"warning",
                "message":"1 warning emitted","code":null,"spans":[]}}"#,
            r#"{"reason":"compiler-artifact","target":{"name":"corpus_a"}}"#,
            r#"{"reason":"compiler-artifact","target":{"name":"tilt_runtime"}}"#,
        ]);
        assert_eq!(crates.len(), 1);
        assert_eq!(
            crates["corpus-a"].fault().unwrap(),
            "1 warning(s) of rustc: [unused_mut] unused (a/src/lib.rs:7)"
        );
    }

    #[test]
    fn a_crate_without_artifact_has_failed() {
        let crates = noted(&[
            r#"{"reason":"compiler-message","target":{"name":"corpus_a"},"message":{"level":"error",
                "message":"no","code":null,
                "spans":[{"file_name":"l.rs","line_start":1,"is_primary":true}]}}"#,
        ]);
        assert_eq!(
            crates["corpus-a"].fault().unwrap(),
            "1 error(s) of rustc: no (l.rs:1)"
        );
    }
}

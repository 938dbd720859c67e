//! The programs that a run is made of, each document's in a process of its own.

use super::measure::{self, Cost};
use super::{Folders, system};
use crate::failure::Failure;
use crate::project::Project;
use crate::specs::sha256;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process;

/// Processor seconds after which a document counts as one that never ends.
const SECONDS: u64 = 300;

/// A program of this project.
pub(super) struct Tool {
    executable: PathBuf,
    /// Of the program: what it said stays true as long as it is the same.
    pub(super) sha256: String,
}

/// The outcome of running a program.
pub(super) enum Ran<T> {
    /// Its answer, its exit code, and what it cost.
    Answered(T, i32, Option<Cost>),
    /// It did not end as it should, and how.
    Crashed(String),
}

/// The generator and the judge.
pub(super) struct Tools {
    pub(super) generator: Tool,
    pub(super) judge: Tool,
}

impl Tools {
    /// Has cargo build them.
    pub(super) fn build(project: &Project, profile: &str) -> Result<Self, Failure> {
        const GENERATOR: &str = "tilt-codegen";
        const JUDGE: &str = "judge";
        let output = crate::cargo::command(project.root())
            .args([
                "build",
                "--package",
                "tilt-codegen",
                "--package",
                "tilt-tests",
            ])
            .args(["--bin", GENERATOR, "--bin", JUDGE, "--profile", profile])
            .args(["--message-format", "json-render-diagnostics"])
            .stderr(process::Stdio::inherit())
            .output()
            .map_err(system("run", Path::new("cargo")))?;
        let tool = |name: &str| -> Result<Tool, Failure> {
            let built = output
                .stdout
                .split(|byte| *byte == b'\n')
                .filter_map(|line| serde_json::from_slice::<Artifact>(line).ok())
                .filter(|artifact| artifact.target.name == name)
                .find_map(|artifact| artifact.executable)
                .filter(|_| output.status.success());
            let executable = built.ok_or_else(|| {
                system("build", Path::new(name))(std::io::Error::other("cargo failed"))
            })?;
            let bytes = std::fs::read(&executable).map_err(system("read", &executable))?;
            Ok(Tool {
                sha256: sha256(&bytes),
                executable,
            })
        };
        Ok(Self {
            generator: tool(GENERATOR)?,
            judge: tool(JUDGE)?,
        })
    }
}

impl Tool {
    /// Runs it; `label` is what its cost is remembered under.
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        folders: &Folders,
        label: &str,
        arguments: &[&OsStr],
    ) -> Result<Ran<T>, Failure> {
        let output = measure::measured(&self.executable, &folders.state, label, SECONDS)
            .args(arguments)
            .stdin(process::Stdio::null())
            .output()
            .map_err(system("run", &self.executable))?;
        let code = output.status.code().unwrap_or(measure::CRASHED.into());
        if let Ok(answer) = serde_json::from_slice(&output.stdout) {
            return Ok(Ran::Answered(
                answer,
                code,
                measure::cost(&folders.state, label),
            ));
        }
        let how = if code == i32::from(measure::CRASHED) {
            "ended by a signal".to_owned()
        } else {
            format!("exit code {code}")
        };
        let words = [&output.stderr, &output.stdout].map(|said| String::from_utf8_lossy(said));
        let mut lines = words.iter().flat_map(|words| words.lines());
        let line = lines.find(|line| !line.trim().is_empty());
        Ok(Ran::Crashed(format!("{how}; {}", line.unwrap_or_default())))
    }
}

/// A message of cargo about something that it built.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

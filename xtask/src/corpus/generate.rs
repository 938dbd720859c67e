//! Running the generator over documents.

use super::document::Document;
use super::measure::{self, Cost};
use super::{Folders, package, system};
use crate::document::Kind;
use crate::failure::Failure;
use crate::project::Project;
use crate::specs::sha256;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Mutex;

/// Processor seconds after which a document counts as one that never ends.
const SECONDS: u64 = 300;

/// What the generator made of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub(super) enum Generation {
    Generated(Box<Generated>),
    /// It says why not.
    Refused {
        errors: usize,
        first: String,
    },
    /// It did not end as it should.
    Crashed {
        how: String,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Generated {
    pub(super) size: Size,
    /// Findings, by code.
    pub(super) findings: BTreeMap<String, usize>,
    pub(super) cost: Option<Cost>,
}

/// As the generator's JSON form says it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Size {
    pub(super) operations: usize,
    pub(super) types: usize,
    pub(super) events: usize,
    pub(super) files: usize,
    pub(super) lines: usize,
}

impl Generation {
    pub(super) fn generated(&self) -> Option<&Generated> {
        match self {
            Generation::Generated(generated) => Some(generated),
            _ => None,
        }
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Generation::Generated(_) => f.write_str("generated"),
            Generation::Refused { errors, first } => write!(f, "{errors} error(s): {first}"),
            Generation::Crashed { how } => write!(f, "crashed: {how}"),
        }
    }
}

/// The generator's command.
pub(super) struct Command {
    executable: PathBuf,
    sha256: String,
    runtime: PathBuf,
}

/// What is remembered of a document: valid for these bytes and this generator.
#[derive(Serialize, Deserialize)]
struct Remembered {
    document: String,
    generator: String,
    generation: Generation,
}

impl Command {
    /// Has cargo build it.
    pub(super) fn build(project: &Project, profile: &str) -> Result<Self, Failure> {
        let output = crate::cargo::command(project.root())
            .args([
                "build",
                "--package",
                "tilt-codegen",
                "--bin",
                "tilt-codegen",
            ])
            .args([
                "--profile",
                profile,
                "--message-format",
                "json-render-diagnostics",
            ])
            .stderr(process::Stdio::inherit())
            .output()
            .map_err(system("run", Path::new("cargo")))?;
        let executable = output
            .stdout
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
            .filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
            .next_back()
            .filter(|_| output.status.success())
            .ok_or_else(|| {
                system("build", Path::new("tilt-codegen"))(std::io::Error::other("cargo failed"))
            })?;
        let bytes = std::fs::read(&executable).map_err(system("read", &executable))?;
        Ok(Self {
            sha256: sha256(&bytes),
            executable,
            runtime: project.runtime(),
        })
    }

    /// Generates the SDK of every document that is not done already.
    pub(super) fn run_all(
        &self,
        documents: &[Document],
        folders: &Folders,
        jobs: usize,
    ) -> Result<Vec<Generation>, Failure> {
        let style = ProgressStyle::with_template("generating {pos}/{len} {wide_bar} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(documents.len() as u64).with_style(style);
        let queue = Mutex::new(documents.iter().enumerate());
        let done = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..jobs.min(documents.len()) {
                scope.spawn(|| {
                    while let Some((number, document)) = next(&queue) {
                        bar.set_message(document.name.clone());
                        let result = self.remembered_or_run(document, folders);
                        if let Ok(mut done) = done.lock() {
                            done.push((number, result));
                        }
                        bar.inc(1);
                    }
                });
            }
        });
        bar.finish_and_clear();
        let mut done = done.into_inner().unwrap_or_default();
        done.sort_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, result)| result).collect()
    }

    fn remembered_or_run(
        &self,
        document: &Document,
        folders: &Folders,
    ) -> Result<Generation, Failure> {
        let memory = folders.state.join(format!("{}.json", document.name));
        let crate_folder = folders.workspace.join(package(document));
        let remembered = std::fs::read(&memory)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Remembered>(&bytes).ok())
            .filter(|remembered| {
                remembered.document == document.sha256
                    && remembered.generator == self.sha256
                    && (remembered.generation.generated().is_none() || crate_folder.exists())
            });
        if let Some(remembered) = remembered {
            return Ok(remembered.generation);
        }
        let generation = self.run(document, folders, &crate_folder)?;
        if matches!(generation, Generation::Crashed { .. }) {
            // Whoever looks into it wants to see it again.
            return Ok(generation);
        }
        let remembered = Remembered {
            document: document.sha256.clone(),
            generator: self.sha256.clone(),
            generation,
        };
        let text = serde_json::to_vec_pretty(&remembered).unwrap_or_default();
        std::fs::write(&memory, text).map_err(system("write", &memory))?;
        Ok(remembered.generation)
    }

    fn run(
        &self,
        document: &Document,
        folders: &Folders,
        crate_folder: &Path,
    ) -> Result<Generation, Failure> {
        let flag = match document.kind {
            Kind::OpenApi => "--openapi",
            Kind::AsyncApi => "--asyncapi",
        };
        let label = format!("{}.generation", document.name);
        let output = measure::measured(&self.executable, &folders.state, &label, SECONDS)
            .args([
                "generate",
                "--message-format",
                "json",
                "--name",
                &package(document),
            ])
            .arg("--runtime-path")
            .arg(&self.runtime)
            .arg("--out")
            .arg(crate_folder)
            .arg(flag)
            .arg(&document.path)
            .stdin(process::Stdio::null())
            .output()
            .map_err(system("run", &self.executable))?;
        let crashed = |how: String| Generation::Crashed { how };
        if !matches!(output.status.code(), Some(0 | 1)) {
            let code = output.status.code().map(|code| code as u8);
            let how = if code == Some(measure::CRASHED) {
                "ended by a signal".to_owned()
            } else {
                format!("exit code {}", code.unwrap_or_default())
            };
            let words = String::from_utf8_lossy(&output.stderr);
            let words = format!("{words}{}", String::from_utf8_lossy(&output.stdout));
            let line = words
                .lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default();
            return Ok(crashed(format!("{how}; {line}")));
        }
        let Ok(answer) = serde_json::from_slice::<Answer>(&output.stdout) else {
            return Ok(crashed(
                "its answer is not the JSON that it should be".into(),
            ));
        };
        Ok(match answer.size {
            Some(size) => Generation::Generated(Box::new(Generated {
                size,
                findings: answer.by_code(),
                cost: measure::cost(&folders.state, &label),
            })),
            None => Generation::Refused {
                errors: answer.diagnostics.len() + answer.omitted,
                first: answer
                    .diagnostics
                    .first()
                    .map(Diagnostic::to_string)
                    .unwrap_or_default(),
            },
        })
    }
}

fn next<'a, I: Iterator<Item = (usize, &'a Document)>>(queue: &Mutex<I>) -> Option<I::Item> {
    queue.lock().ok()?.next()
}

/// What the generator says on standard output.
#[derive(Deserialize)]
struct Answer {
    size: Option<Size>,
    diagnostics: Vec<Diagnostic>,
    #[serde(default)]
    omitted: usize,
}

#[derive(Deserialize)]
struct Diagnostic {
    code: String,
    message: String,
    pointer: String,
}

impl Answer {
    fn by_code(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            *counts.entry(diagnostic.code.clone()).or_default() += 1;
        }
        counts
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {} (at {})", self.code, self.message, self.pointer)
    }
}

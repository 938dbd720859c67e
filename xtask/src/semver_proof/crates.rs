//! The crates of the proof: all old SDKs as modules of one, all new ones of another, and the probes against either.

use super::pairs::{Pair, sources};
use super::probe::probe;
use crate::cargo;
use crate::project::Project;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

/// The folders of crates, and where they are built.
pub(super) struct Crates<'p> {
    pub(super) folder: PathBuf,
    pub(super) target: PathBuf,
    pub(super) runtime: PathBuf,
    lock: PathBuf,
    pub(super) pairs: &'p [Pair],
    features: BTreeSet<String>,
}

/// The side that a program is compiled against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// Why the proof cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A file could not be written.
    #[error("cannot {action}: {error}")]
    File {
        /// The attempt.
        action: String,
        /// The system's words.
        error: io::Error,
    },
    /// Something else than a probe does not compile.
    #[error("the crate {name} does not compile:\n{told}")]
    Compiles {
        /// The crate.
        name: String,
        /// The compiler's words.
        told: String,
    },
    /// The pairs cannot be read, or the generator refuses one.
    #[error("a pair of the proof is refused:\n{0}")]
    Pair(String),
}

fn file(action: &str) -> impl FnOnce(io::Error) -> Broken + '_ {
    move |error| Broken::File {
        action: action.to_owned(),
        error,
    }
}

impl<'p> Crates<'p> {
    /// Writes the crates of both sides.
    pub(super) fn write(
        project: &Project,
        folder: PathBuf,
        target: PathBuf,
        pairs: &'p [Pair],
    ) -> Result<Self, Broken> {
        let features = pairs
            .iter()
            .flat_map(|it| it.old.features.iter().chain(&it.new.features));
        let crates = Self {
            folder,
            target,
            runtime: project.runtime(),
            lock: project.root().join("Cargo.lock"),
            pairs,
            features: features.cloned().collect(),
        };
        for side in [Side::Old, Side::New] {
            crates.write_sdks(side)?;
        }
        Ok(crates)
    }

    fn write_sdks(&self, side: Side) -> Result<(), Broken> {
        let folder = self.folder.join(side.folder());
        let mut root = String::from("#![allow(warnings)]\n");
        for pair in self.pairs {
            root += &format!("pub mod {};\n", pair.module);
            let sdk = match side {
                Side::Old => &pair.old,
                Side::New => &pair.new,
            };
            let sources = sources(sdk);
            for source in sources {
                let path = folder.join("src").join(&pair.module).join(source.path);
                write(&path, &source.contents)?;
            }
        }
        write(&folder.join("src/lib.rs"), &root)?;
        let declared: Vec<String> = self
            .features
            .iter()
            .map(|it| format!("{it:?} = []\n"))
            .collect();
        let all: Vec<String> = self.features.iter().map(|it| format!("{it:?}")).collect();
        let manifest = format!(
            "[package]\nname = \"proof\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [features]\ndefault = [\"all\"]\nall = [{}]\nclient = []\nsamples = []\nschemars = []\nwebhooks = []\nserver = []\n{}\n\
             [dependencies]\ntilt-runtime = {{ path = {:?}, default-features = false, features = [\"client\", \"samples\"] }}\n\n\
             [workspace]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
            all.join(", "),
            declared.concat(),
            self.runtime.display().to_string(),
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        fs::copy(&self.lock, folder.join("Cargo.lock")).map_err(file("copy Cargo.lock"))?;
        Ok(())
    }

    /// The features of which each alone is tried.
    pub(super) fn features(&self) -> impl Iterator<Item = &str> {
        self.features.iter().map(String::as_str)
    }

    /// Compiles the programs of all old SDKs against a side, and gives the modules of those that do not compile, each
    /// with the compiler's first words.
    pub(super) fn probe(
        &self,
        side: Side,
        feature: Option<&str>,
    ) -> Result<Vec<(String, String)>, Broken> {
        let folder = self.folder.join("probe");
        let mut failed: Vec<(String, String)> = Vec::new();
        loop {
            self.write_probe(&folder, side, feature, &failed)?;
            let output = self.check(&folder)?;
            if output.status.success() {
                failed.sort();
                return Ok(failed);
            }
            let before = failed.len();
            for (module, told) in refused(&output) {
                if !failed.iter().any(|(known, _)| *known == module) {
                    failed.push((module, told));
                }
            }
            // A program is told of names before types: what compiles so far may not, without those that failed.
            if failed.len() == before {
                return Err(Broken::Compiles {
                    name: format!("probe of {}", side.folder()),
                    told: words(&output),
                });
            }
        }
    }

    fn write_probe(
        &self,
        folder: &Path,
        side: Side,
        feature: Option<&str>,
        without: &[(String, String)],
    ) -> Result<(), Broken> {
        let mut root = String::from("#![allow(warnings)]\n");
        for pair in self.pairs {
            if without.iter().any(|(module, _)| *module == pair.module) {
                continue;
            }
            root += &format!("mod {};\n", pair.module);
            let text = probe(&pair.old, &format!("proof::{}", pair.module), feature);
            write(&folder.join(format!("src/{}.rs", pair.module)), &text)?;
        }
        write(&folder.join("src/lib.rs"), &root)?;
        let feature = feature.unwrap_or("all");
        let manifest = format!(
            "[package]\nname = \"probe\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             proof = {{ path = \"../{}\", default-features = false, features = [{feature:?}, \"client\", \"samples\"] }}\n\
             rt = {{ package = \"tilt-runtime\", path = {:?}, default-features = false, features = [\"client\", \"samples\"] }}\n\n\
             [workspace]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
            side.folder(),
            self.runtime.display().to_string(),
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        fs::copy(&self.lock, folder.join("Cargo.lock")).map_err(file("copy Cargo.lock"))?;
        Ok(())
    }

    fn check(&self, folder: &Path) -> Result<Output, Broken> {
        cargo::command(folder)
            .args([
                "check",
                "--quiet",
                "--offline",
                "--lib",
                "--message-format=json",
            ])
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .output()
            .map_err(file("start cargo"))
    }
}

/// The compiler's messages of errors.
fn errors(output: &Output) -> impl Iterator<Item = Value> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<Value> = text
        .lines()
        .filter_map(|it| serde_json::from_str(it).ok())
        .collect();
    let messages = lines
        .into_iter()
        .filter_map(|it| it.get("message").cloned());
    messages.filter(|it| it.get("level").and_then(Value::as_str) == Some("error"))
}

/// The modules of programs that do not compile.
fn refused(output: &Output) -> Vec<(String, String)> {
    let mut refused = Vec::new();
    for error in errors(output) {
        let spans = error.get("spans").and_then(Value::as_array);
        let files = spans
            .into_iter()
            .flatten()
            .filter(|it| it["is_primary"] == true);
        let files = files.filter_map(|it| it.get("file_name")?.as_str().map(str::to_owned));
        for file in files {
            let module = file
                .strip_prefix("src/")
                .and_then(|it| it.strip_suffix(".rs"));
            if let Some(module) = module.filter(|it| *it != "lib") {
                let told = error["message"].as_str().unwrap_or_default();
                refused.push((module.to_owned(), told.to_owned()));
            }
        }
    }
    refused
}

fn words(output: &Output) -> String {
    let rendered = errors(output).filter_map(|it| it["rendered"].as_str().map(str::to_owned));
    let rendered: Vec<String> = rendered.take(5).collect();
    format!(
        "{}{}",
        rendered.concat(),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Writes what is new, so that cargo builds nothing that is as it was.
fn write(path: &Path, text: &str) -> Result<(), Broken> {
    if fs::read(path).ok().as_deref() == Some(text.as_bytes()) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(file("create a folder"))?;
    }
    fs::write(path, text).map_err(file("write a crate of the proof"))
}

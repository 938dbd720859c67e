//! Programs that make crates of documents.

use super::measure::{self, Measured};
use super::system;
use crate::failure::Failure;
use crate::project::Project;
use serde_json::Value;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

pub(super) struct Generator {
    pub(super) name: &'static str,
    executable: PathBuf,
    program: Program,
}

enum Program {
    Ours { runtime: PathBuf },
    Oas3Gen,
    OpenapiToRust,
}

impl Generator {
    /// Ours, built for release.
    pub(super) fn ours(project: &Project) -> Result<Self, Failure> {
        let output = crate::cargo::command(project.root())
            .args(["build", "--release", "--package", "tilt-codegen"])
            .args(["--bin", "tilt-codegen"])
            .args(["--message-format", "json-render-diagnostics"])
            .stderr(Stdio::inherit())
            .output()
            .map_err(system("run", Path::new("cargo")))?;
        let executable = executable(&output.stdout).filter(|_| output.status.success());
        let failed = || io::Error::other("cargo failed");
        Ok(Self {
            name: "tilt-codegen",
            executable: executable
                .ok_or_else(|| system("build", Path::new("tilt-codegen"))(failed()))?,
            program: Program::Ours {
                runtime: project.runtime(),
            },
        })
    }

    /// The peers that are installed in a folder, or on the PATH.
    pub(super) fn peers(folder: Option<&Path>) -> Vec<Self> {
        let rivals = [
            ("oas3-gen", Program::Oas3Gen),
            ("openapi-to-rust", Program::OpenapiToRust),
        ];
        let mut peers = Vec::new();
        for (name, program) in rivals {
            match find(name, folder) {
                Some(executable) => peers.push(Self {
                    name,
                    executable,
                    program,
                }),
                None => eprintln!("{name} is not installed: cargo install {name}"),
            }
        }
        peers
    }

    /// Runs it once; measured.
    pub(super) fn run(&self, scratch: &Path, arguments: &[&OsStr]) -> Measured {
        measure::program(scratch, &self.executable, arguments)
    }

    /// Makes the crate of a document in a folder, which names it; measured.
    pub(super) fn generate(&self, document: &Path, out: &Path, scratch: &Path) -> Measured {
        self.generate_with(document, out, scratch, &[])
    }

    /// The same with options of our own.
    pub(super) fn generate_with(
        &self,
        document: &Path,
        out: &Path,
        scratch: &Path,
        more: &[&str],
    ) -> Measured {
        let _ = std::fs::remove_dir_all(out);
        let (document, folder) = (document.as_os_str(), out.as_os_str());
        let source = out.join("src");
        let name = out.file_name().unwrap_or_default();
        let mut arguments: Vec<&OsStr> = vec![OsStr::new("generate")];
        match &self.program {
            Program::Ours { runtime } => {
                arguments.extend(["--openapi".as_ref(), document, "--out".as_ref(), folder]);
                arguments.extend(["--name".as_ref(), name, "--runtime-path".as_ref()]);
                arguments.push(runtime.as_os_str());
            }
            Program::Oas3Gen => {
                arguments.extend(["-q", "-w", "client-mod", "-i"].map(OsStr::new));
                arguments.extend([document, "-o".as_ref(), folder]);
            }
            Program::OpenapiToRust => {
                arguments.extend([document, "--module-name".as_ref(), "api".as_ref()]);
                arguments.extend(["--output-dir".as_ref(), source.as_os_str()]);
            }
        }
        arguments.extend(more.iter().map(OsStr::new));
        let measured = measure::program(scratch, &self.executable, &arguments)?;
        self.complete(out).map_err(|error| error.to_string())?;
        Ok(measured)
    }

    /// Makes a crate of what a peer wrote.
    fn complete(&self, out: &Path) -> io::Result<()> {
        let manifest = out.join("Cargo.toml");
        let text = match self.program {
            Program::Ours { .. } => return Ok(()),
            Program::Oas3Gen => std::fs::read_to_string(&manifest)?,
            Program::OpenapiToRust => {
                let source = out.join("src");
                std::fs::rename(source.join("mod.rs"), source.join("lib.rs"))?;
                let name = out.file_name().unwrap_or_default().display();
                let dependencies = std::fs::read_to_string(source.join("REQUIRED_DEPS.toml"))?;
                format!(
                    "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}"
                )
            }
        };
        // TLS does not change what is measured, and its C sources take a minute to build.
        let tls = ["\"native-tls\"", "\"rustls\""];
        let text = tls.iter().fold(text, |text, tls| {
            text.replace(tls, "\"rustls-no-provider\"")
        });
        std::fs::write(manifest, text)
    }
}

/// The executable that cargo's messages name last.
pub(super) fn executable(messages: &[u8]) -> Option<PathBuf> {
    messages
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .next_back()
}

fn find(name: &str, folder: Option<&Path>) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_owned).into_iter();
    folders
        .chain(std::env::split_paths(&path))
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

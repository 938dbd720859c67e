//! Programs that make crates of documents.

use super::measure::{self, Measured};
use super::system;
use crate::failure::Failure;
use crate::project::Project;
use serde::Deserialize;
use serde_json::Value;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

/// The side of an API that a crate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Client,
    Server,
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

    pub(super) fn is_ours(&self) -> bool {
        matches!(self.program, Program::Ours { .. })
    }

    /// Runs it once; measured.
    pub(super) fn run(&self, scratch: &Path, arguments: &[&OsStr]) -> Measured {
        measure::program(scratch, &self.executable, arguments)
    }

    /// Makes the crate of a document in a folder, which names it; measured.
    pub(super) fn generate(&self, document: &Path, out: &Path, scratch: &Path) -> Measured {
        self.generate_with(document, out, scratch, &[])
    }

    /// The same for one side of the API. Ours has the other one too, behind a feature.
    pub(super) fn generate_side(
        &self,
        side: Side,
        document: &Path,
        out: &Path,
        scratch: &Path,
    ) -> Measured {
        match (side, &self.program) {
            (Side::Client, _) => self.generate(document, out, scratch),
            (Side::Server, Program::Ours { .. }) => {
                self.generate_with(document, out, scratch, &["--server"])
            }
            (Side::Server, Program::Oas3Gen) => {
                self.write(oas3_gen("server-mod", document, out), out, scratch)
            }
            (Side::Server, Program::OpenapiToRust) => {
                let settings = self.server_settings(document, out, scratch)?;
                let arguments = ["generate".into(), "--config".into(), settings.into()];
                self.write(arguments.into(), out, scratch)
            }
        }
    }

    /// A client, with options of our own.
    pub(super) fn generate_with(
        &self,
        document: &Path,
        out: &Path,
        scratch: &Path,
        more: &[&str],
    ) -> Measured {
        let mut arguments: Vec<OsString> = match &self.program {
            Program::Ours { runtime } => vec![
                "generate".into(),
                "--openapi".into(),
                document.into(),
                "--out".into(),
                out.into(),
                "--name".into(),
                out.file_name().unwrap_or_default().into(),
                "--runtime-path".into(),
                runtime.into(),
            ],
            Program::Oas3Gen => oas3_gen("client-mod", document, out),
            Program::OpenapiToRust => vec![
                "generate".into(),
                document.into(),
                "--module-name".into(),
                "api".into(),
                "--output-dir".into(),
                out.join("src").into(),
            ],
        };
        arguments.extend(more.iter().map(OsString::from));
        self.write(arguments, out, scratch)
    }

    /// Runs it for a new crate, and completes that; measured.
    fn write(&self, arguments: Vec<OsString>, out: &Path, scratch: &Path) -> Measured {
        let _ = std::fs::remove_dir_all(out);
        let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
        let measured = measure::program(scratch, &self.executable, &arguments)?;
        self.complete(out).map_err(|error| error.to_string())?;
        Ok(measured)
    }

    /// Settings of `openapi-to-rust` for a server: it asks for the operations by name, and lists them.
    fn server_settings(
        &self,
        document: &Path,
        out: &Path,
        scratch: &Path,
    ) -> Result<PathBuf, String> {
        let listed = Command::new(&self.executable)
            .args(["server", "list", "--json", "--spec"])
            .arg(document)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        if !listed.status.success() {
            return Err("fails".to_owned());
        }
        let listed: Vec<Listed> =
            serde_json::from_slice(&listed.stdout).map_err(|error| error.to_string())?;
        let path = scratch.join("server.toml");
        let text = settings(document, &out.join("src"), &listed);
        std::fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok(path)
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

/// The command line of `oas3-gen` for a crate.
fn oas3_gen(mode: &str, document: &Path, out: &Path) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = ["generate", "-q", "-w", mode, "-i"]
        .map(OsString::from)
        .into();
    arguments.extend([document.into(), "-o".into(), out.into()]);
    arguments
}

/// An operation, as `openapi-to-rust` lists it.
#[derive(Deserialize)]
struct Listed {
    method: String,
    path: String,
}

/// Settings of `openapi-to-rust` for a server of these operations, without a client.
fn settings(document: &Path, out: &Path, operations: &[Listed]) -> String {
    let text = |path: &Path| toml::Value::from(path.display().to_string());
    let operations = operations
        .iter()
        .map(|it| format!("{} {}", it.method, it.path));
    let operations: toml::Value = operations.map(toml::Value::from).collect::<Vec<_>>().into();
    format!(
        "[generator]\nspec_path = {}\noutput_dir = {}\nmodule_name = \"api\"\n\n[features]\n\
         enable_async_client = false\n\n[server]\nframework = \"axum\"\noperations = {operations}\n",
        text(document),
        text(out),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_asked_for_with_all_operations_and_no_client() -> Result<(), toml::de::Error> {
        let listed = [("GET", "/a/{b}"), ("POST", "/\"c\"")].map(|(method, path)| Listed {
            method: method.to_owned(),
            path: path.to_owned(),
        });
        let settings: toml::Table =
            settings(Path::new("a.json"), Path::new("src"), &listed).parse()?;
        let operations = vec!["GET /a/{b}", "POST /\"c\""];
        assert_eq!(
            settings["server"]["operations"],
            toml::Value::from(operations)
        );
        assert_eq!(settings["features"]["enable_async_client"], false.into());
        assert_eq!(settings["generator"]["spec_path"], "a.json".into());
        Ok(())
    }
}

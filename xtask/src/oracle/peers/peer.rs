//! The peer: found or installed, run, and asked what it made.

use super::view::{View, name};
use crate::cargo;
use crate::failure::Failure;
use crate::oracle::npm::run;
use crate::oracle::{shown, system};
use crate::project::Project;
use serde::Deserialize;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The version that the table of differences is about.
const VERSION: &str = "0.23.0";

/// Arguments that are no parameters: a body and its media type.
const OF_BODIES: [&str; 3] = ["request", "body", "content_type"];

pub(super) struct Peer {
    executable: PathBuf,
    /// Written to, a folder for each document.
    folder: PathBuf,
}

/// The items that it wrote, as it tells other tools.
#[derive(Deserialize)]
struct Bindings {
    symbols: Vec<Symbol>,
}

#[derive(Deserialize)]
struct Symbol {
    path: String,
    kind: String,
    fields: Vec<Field>,
    signature: Option<Signature>,
    operation: Option<Operation>,
}

#[derive(Deserialize)]
struct Field {
    wire_name: Option<String>,
    name: Option<String>,
    attributes: Vec<String>,
}

#[derive(Deserialize)]
struct Signature {
    arguments: Vec<Argument>,
}

#[derive(Deserialize)]
struct Argument {
    name: String,
}

#[derive(Deserialize)]
struct Operation {
    source_method: String,
    source_path: String,
    webhook: bool,
}

impl Peer {
    /// The one on the PATH, where it is of this version; else it is installed.
    pub(super) fn find(project: &Project) -> Result<Self, Failure> {
        let folder = project.target().join("oracles/peer");
        let file = format!("openapi-to-rust{}", env::consts::EXE_SUFFIX);
        let path = env::var_os("PATH").unwrap_or_default();
        let places = env::split_paths(&path).map(|it| it.join(&file));
        let installed = folder.join("bin").join(&file);
        let mut found = places.chain([installed.clone()]).filter(|it| is_it(it));
        let executable = match found.next() {
            Some(executable) => executable,
            None => {
                let mut install = cargo::command(project.root());
                install.args([
                    "install",
                    "openapi-to-rust",
                    "--locked",
                    "--version",
                    VERSION,
                ]);
                install.arg("--root").arg(&folder);
                run(install, "install openapi-to-rust")?;
                installed
            }
        };
        Ok(Self {
            executable,
            folder: folder.join("made"),
        })
    }

    /// A document as it sees it, or why it refuses it.
    pub(super) fn view(
        &self,
        document: &str,
        path: &Path,
    ) -> Result<Result<View, String>, Failure> {
        let out = self.folder.join(document);
        let output = Command::new(&self.executable)
            .arg("generate")
            .arg(path)
            .args(["--quiet", "--module-name", "api"])
            .args(["--bindings-metadata", "bindings.json", "--output-dir"])
            .arg(&out)
            .stdin(Stdio::null())
            .output()
            .map_err(system("start openapi-to-rust"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let mut lines = said.lines().filter(|it| !it.trim().is_empty());
            return Ok(Err(lines.next().unwrap_or("it says nothing").to_owned()));
        }
        let bindings = out.join("bindings.json");
        let text = fs::read(&bindings).map_err(system(shown("read", &bindings)))?;
        fs::remove_dir_all(&out).map_err(system(shown("remove", &out)))?;
        let bindings: Bindings = serde_json::from_slice(&text)
            .map_err(|error| system("read what the peer says")(io::Error::other(error)))?;
        Ok(Ok(view(&bindings)))
    }
}

fn is_it(path: &Path) -> bool {
    let output = Command::new(path).arg("--version").output();
    output.is_ok_and(|it| {
        String::from_utf8_lossy(&it.stdout)
            .trim()
            .ends_with(VERSION)
    })
}

fn view(bindings: &Bindings) -> View {
    let mut view = View::default();
    for symbol in &bindings.symbols {
        if let (Some(operation), Some(signature)) = (&symbol.operation, &symbol.signature) {
            if operation.webhook {
                continue;
            }
            let key = format!("{} {}", operation.source_method, operation.source_path);
            let parameters = view.operations.entry(key).or_default();
            let arguments = signature.arguments.iter().map(|it| it.name.as_str());
            let arguments = arguments.filter(|it| !OF_BODIES.contains(it));
            parameters.extend(arguments.map(name));
            continue;
        }
        let is_type = matches!(symbol.kind.as_str(), "struct" | "enum" | "alias");
        let Some(ty) = symbol.path.strip_prefix("types::").filter(|_| is_type) else {
            continue;
        };
        let is_object = symbol.kind == "struct" && symbol.fields.iter().all(|it| it.name.is_some());
        let properties = symbol.fields.iter().filter_map(property);
        let properties = is_object.then(|| properties.collect());
        let name = name(ty);
        let number = name.strip_prefix("type");
        let is_number = |it: &&str| it.starts_with(|first: char| first.is_ascii_digit());
        let component = number.filter(is_number).unwrap_or(&name).to_owned();
        view.components.insert(component, properties);
    }
    view
}

/// The name of a property, of a field that is one.
fn property(field: &Field) -> Option<String> {
    let mut attributes = field.attributes.iter();
    let is_flat = attributes.any(|it| it.contains("flatten"));
    let name = field.wire_name.as_ref().or(field.name.as_ref());
    name.filter(|_| !is_flat).cloned()
}

//! The crates of the suite: a module for each schema, a hundred in a crate, and a program for each crate that reads and
//! writes instances.

use super::super::build;
use super::super::value::equal;
use super::suite::{Group, Instance};
use super::{Fault, system};
use crate::failure::Failure;
use crate::project::Project;
use crate::workspace;
use serde_json::{Value, json};
use std::fs;
use std::io::{Error, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Reading, Success, TypeRef};
use tilt_codegen::recognize::Specification;
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// So many schemas share a crate.
const OF_A_CRATE: usize = 100;

/// The types of a schema: as itself, as a property, as an element.
const TYPES: [&str; 3] = ["Whole", "Holder", "Elements"];

const PREFIX: &str = "suite-";

/// The crates, and the groups that each has.
pub(super) struct Crates<'g> {
    folder: PathBuf,
    /// The modules of each crate.
    crates: Vec<Vec<Module<'g>>>,
}

/// The SDK of a schema.
#[derive(Clone)]
struct Module<'g> {
    name: String,
    group: &'g Group,
    /// Whether the answer may be null, which a named type never is.
    is_nullable: bool,
}

impl<'g> Crates<'g> {
    /// Generates all; with the groups that the generator refuses.
    pub(super) fn write(
        project: &Project,
        folder: &Path,
        groups: &'g [Group],
    ) -> Result<(Self, Vec<Fault>), Failure> {
        let mut refused = Vec::new();
        let mut accepted = Vec::new();
        let crates = folder.join("crates");
        if crates.exists() {
            fs::remove_dir_all(&crates).map_err(system("remove the crates of before"))?;
        }
        for (index, group) in groups.iter().enumerate() {
            let module = format!("g{index}");
            let at = accepted.len() / OF_A_CRATE;
            let sources = package(&crates, at).join("src").join(&module);
            match generate(&folder.join("documents").join(&module), group, &sources)? {
                Ok(is_nullable) => accepted.push(Module {
                    name: module,
                    group,
                    is_nullable,
                }),
                Err(what) => refused.push(Fault {
                    name: group.name.clone(),
                    what,
                }),
            }
        }
        let all = Self {
            folder: crates,
            crates: accepted.chunks(OF_A_CRATE).map(<[_]>::to_vec).collect(),
        };
        all.write_crates(project)
            .map_err(system("write a crate of the suite"))?;
        Ok((all, refused))
    }

    fn write_crates(&self, project: &Project) -> Result<(), Error> {
        let runtime = toml::Value::from(project.runtime().display().to_string());
        for (at, modules) in self.crates.iter().enumerate() {
            let folder = package(&self.folder, at);
            let name = name(at);
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [features]\ndefault = [\"client\"]\nclient = []\nsamples = []\nschemars = []\nwebhooks = []\nserver = []\n\n\
                 [dependencies]\nserde_json = \"1\"\n\
                 tilt-runtime = {{ path = {runtime}, default-features = false, features = [\"client\"] }}\n"
            );
            fs::write(folder.join("Cargo.toml"), manifest)?;
            fs::write(folder.join("src/main.rs"), program(modules))?;
        }
        let names: Vec<String> = (0..self.crates.len()).map(name).collect();
        workspace::write_manifest(project, &self.folder, &names)
    }

    /// Compiles all, and gives the instances that do not come back.
    pub(super) fn different(&self, project: &Project) -> Result<Vec<Fault>, Failure> {
        build(project, &self.folder, &["--workspace"])?;
        let mut faults = Vec::new();
        for (at, modules) in self.crates.iter().enumerate() {
            let program = project.sdks().join("debug").join(name(at));
            faults
                .extend(compare(&program, modules).map_err(system("run a program of the suite"))?);
        }
        Ok(faults)
    }
}

fn name(at: usize) -> String {
    format!("{PREFIX}{at}")
}

fn package(crates: &Path, at: usize) -> PathBuf {
    crates.join(name(at))
}

/// Writes the document of a schema and the sources of its SDK, and tells whether the answer may be null; why it is
/// refused, if it is.
fn generate(folder: &Path, group: &Group, sources: &Path) -> Result<Result<bool, String>, Failure> {
    let written = write_document(folder, &group.schema).map_err(system("write a document"))?;
    let inputs = Inputs::one(Specification::OpenApi, Input::Path(written));
    let sdk = match Generator::new(Config::default()).generate(&inputs) {
        Ok(generated) => generated.sdk,
        Err(refusal) => {
            let words = refusal.to_string();
            return Ok(Err(words.lines().next().unwrap_or_default().to_owned()));
        }
    };
    for file in render::package(&sdk, &RenderOptions::new("suite")) {
        if let Some(path) = file.path.strip_prefix("src/generated/") {
            let path = sources.join(path);
            let parent = path.parent().unwrap_or(sources);
            fs::create_dir_all(parent).map_err(system("create a folder"))?;
            fs::write(path, file.contents).map_err(system("write a source"))?;
        }
    }
    let mut operations = sdk.resources.iter().flat_map(|it| &it.operations);
    Ok(Ok(operations.any(|operation| {
        let answer = match &operation.success {
            Success::Single(payload) => payload.reading(),
            Success::Empty | Success::Choice { .. } => return false,
        };
        matches!(answer, Reading::Json(TypeRef::Nullable(_)))
    })))
}

/// The schema is a file of its own: its references begin at its root.
fn write_document(folder: &Path, schema: &Value) -> Result<PathBuf, Error> {
    let part = match schema {
        Value::Bool(_) => schema.clone(),
        _ => json!({"$ref": "schema.json"}),
    };
    let answer = json!({"description": "a", "content": {"application/json": {"schema": part}}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Suite", "version": "1"},
        "paths": {"/whole": {"get": {"responses": {"200": answer}}}},
        "components": {"schemas": {
            TYPES[0]: part,
            TYPES[1]: {"type": "object", "properties": {"part": part}},
            TYPES[2]: {"type": "array", "items": part},
        }},
    });
    fs::create_dir_all(folder)?;
    fs::write(folder.join("schema.json"), schema.to_string())?;
    let path = folder.join("openapi.json");
    fs::write(&path, document.to_string())?;
    Ok(path)
}

/// A program that answers lines of a type, a tab and JSON as the types write it.
fn program(modules: &[Module<'_>]) -> String {
    let mut text = String::from(PROGRAM);
    for Module { name, .. } in modules {
        text += &format!("mod {name};\n");
    }
    text += "\nconst TYPES: &[(&str, Through)] = &[\n";
    for module in modules {
        let Module { name, .. } = module;
        for ty in TYPES {
            let path = format!("{name}::types::{ty}");
            let path = match module.is_nullable && ty == TYPES[0] {
                true => format!("Option<{path}>"),
                false => path,
            };
            text += &format!("    (\"{name} {ty}\", through::<{path}>),\n");
        }
    }
    text + "];\n"
}

const PROGRAM: &str = r#"#![allow(warnings)]
use std::io::BufRead;
use tilt_runtime::Wire;

type Through = fn(&str) -> Result<String, String>;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("text");
        let (name, text) = line.split_once('\t').expect("a tab");
        let (_, through) = TYPES.iter().find(|(it, _)| *it == name).expect("a type");
        match through(text) {
            Ok(text) => println!("=\t{text}"),
            Err(error) => println!("!\t{}", error.replace('\n', " ")),
        }
    }
}

fn through<T: Wire>(text: &str) -> Result<String, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::read(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

"#;

/// Sends the valid instances of a crate's groups through its program.
fn compare(program: &Path, modules: &[Module<'_>]) -> Result<Vec<Fault>, Error> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut sent = Vec::new();
    let mut lines = String::new();
    for Module { name, group, .. } in modules {
        for instance in &group.valid {
            for (ty, value) in TYPES.into_iter().zip(forms(&instance.value)) {
                lines += &format!("{name} {ty}\t{value}\n");
                sent.push((instance, ty, value));
            }
        }
    }
    let mut stdin = child.stdin.take();
    let writer = std::thread::spawn(move || match &mut stdin {
        Some(stdin) => stdin.write_all(lines.as_bytes()),
        None => Ok(()),
    });
    let output = child.wait_with_output()?;
    let written = writer.join();
    if !output.status.success() || !matches!(written, Ok(Ok(()))) {
        return Err(Error::other("it did not end as it should"));
    }
    let answers = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut faults: Vec<Fault> = Vec::new();
    for ((instance, ty, value), answer) in sent.into_iter().zip(answers.lines()) {
        if let Some(what) = fault(instance, ty, &value, answer)
            && faults.last().is_none_or(|it| it.name != what.name)
        {
            faults.push(what);
        }
    }
    Ok(faults)
}

/// An instance by itself, as a property and as an element.
fn forms(value: &Value) -> [Value; 3] {
    [value.clone(), json!({"part": value}), json!([value, value])]
}

fn fault(instance: &Instance, ty: &str, value: &Value, answer: &str) -> Option<Fault> {
    let what = match answer.split_once('\t') {
        Some(("=", text)) => match serde_json::from_str::<Value>(text) {
            Ok(back) if equal(value, &back) => return None,
            _ => format!("{ty}: {value} came back as {text}"),
        },
        _ => format!("{ty}: {value}: {answer}"),
    };
    Some(Fault {
        name: instance.name.clone(),
        what,
    })
}

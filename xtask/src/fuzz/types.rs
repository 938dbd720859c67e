//! The fuzz target `types`: a crate with the types of several documents, and instances of them to start from.
//!
//! Nothing of it is in the project: the SDKs are generated, and so is the list of their types.

use super::system;
use crate::cargo;
use crate::failure::Failure;
use crate::project::Project;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Documents of the corpus that are small and have what types are hard to make of: unions, recursion, enums of
/// several types, events.
const CORPUS: [&str; 3] = [
    "train-travel",
    "omicron-oximeter",
    "async-2.6-streetlights-mqtt",
];

/// So many instances of each type, at most.
const MOST: &str = "4";

/// Writes the crate, and the seeds. Without a corpus, it has Tilt's own types alone.
pub(super) fn write(
    project: &Project,
    corpus: Option<&Path>,
    folder: &Path,
    seeds: &Path,
) -> Result<(), Failure> {
    let specs = project.specs();
    let mut documents: Vec<PathBuf> = ["openapi.json", "asyncapi.json"]
        .iter()
        .map(|name| specs.join(name))
        .collect();
    if let Some(corpus) = corpus {
        documents.extend(CORPUS.map(|name| corpus.join(format!("{name}.json"))));
    }
    let sources = folder.join("src");
    for folder in [&sources, seeds] {
        fs::create_dir_all(folder).map_err(system("create a folder for fuzzing"))?;
    }
    let mut dependencies = String::new();
    let mut modules = String::new();
    let mut tables = String::new();
    for (number, document) in documents.iter().enumerate() {
        let name = format!("sdk{number}");
        generate(project, document, &name, &folder.join(&name))?;
        write_types(project, document, &name, &sources)?;
        // Where some types can be left out, `all` is a feature.
        let manifest = folder.join(&name).join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).map_err(system("read an SDK's manifest"))?;
        let features = match manifest.contains("\nall =") {
            true => ", features = [\"all\"]",
            false => "",
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            dependencies,
            "{name} = {{ path = \"{name}\", default-features = false{features} }}"
        );
        let _ = writeln!(
            modules,
            "#[allow(dead_code, reason = \"it can be a program, too\")]\nmod {name};"
        );
        let _ = write!(tables, "{name}::TYPES, ");
        plant(project, document, number, seeds)?;
    }
    let runtime = toml::Value::from(project.runtime().to_string_lossy().into_owned());
    let manifest = format!(
        "{MANIFEST}{dependencies}tilt-runtime = {{ path = {runtime}, default-features = false }}\n"
    );
    let main = TARGET
        .replace("/* MODULES */", &modules)
        .replace("/* TABLES */", &tables);
    fs::write(folder.join("Cargo.toml"), manifest)
        .map_err(system("write the manifest of `types`"))?;
    fs::write(sources.join("main.rs"), main).map_err(system("write the target `types`"))
}

/// Writes the list of an SDK's types, as a module.
fn write_types(
    project: &Project,
    document: &Path,
    name: &str,
    sources: &Path,
) -> Result<(), Failure> {
    let harness = sources.join(format!("{name}.rs"));
    ask(
        project,
        &["census".as_ref(), document, &harness, name.as_ref()],
    )?;
    let text = fs::read_to_string(&harness).map_err(system("read the list of types"))?;
    let text = text.replace("const TYPES", "pub const TYPES");
    fs::write(&harness, text).map_err(system("write the list of types"))
}

fn generate(project: &Project, document: &Path, name: &str, out: &Path) -> Result<(), Failure> {
    let text =
        fs::read_to_string(document).map_err(system(&format!("read {}", document.display())))?;
    let flag = match text.contains("\"asyncapi\"") {
        true => "--asyncapi",
        false => "--openapi",
    };
    let status = cargo::command(project.root())
        .args([
            "run",
            "--quiet",
            "-p",
            "tilt-codegen",
            "--",
            "generate",
            flag,
        ])
        .arg(document)
        .args(["--name", name, "--out"])
        .arg(out)
        .arg("--runtime-path")
        .arg(project.runtime())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(system("start the generator"))?;
    done(status.success(), "generate the types to fuzz")
}

/// The words of the judge of SDKs.
fn ask(project: &Project, arguments: &[&Path]) -> Result<Value, Failure> {
    let output = cargo::command(project.root())
        .args(["run", "--quiet", "-p", "tilt-tests", "--bin", "judge", "--"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(system("start the judge of SDKs"))?;
    done(output.status.success(), "list the types to fuzz")?;
    serde_json::from_slice(&output.stdout).map_err(|error| Failure::System {
        action: "read what the judge of SDKs says".to_owned(),
        error: error.into(),
    })
}

fn done(success: bool, action: &str) -> Result<(), Failure> {
    success.then_some(()).ok_or_else(|| Failure::System {
        action: action.to_owned(),
        error: std::io::Error::other("it failed"),
    })
}

/// Seeds are the name of a type, a line feed, and JSON.
fn plant(project: &Project, document: &Path, number: usize, seeds: &Path) -> Result<(), Failure> {
    let cases = ask(project, &["instances".as_ref(), document, MOST.as_ref()])?;
    for (index, case) in cases.as_array().into_iter().flatten().enumerate() {
        if let (Some(Value::String(name)), Some(value)) = (case.get(0), case.get(1)) {
            let path = seeds.join(format!("{number}-{index}"));
            fs::write(path, format!("{name}\n{value}")).map_err(system("write a seed"))?;
        }
    }
    Ok(())
}

const MANIFEST: &str = r#"[package]
name = "fuzz-types"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[[bin]]
name = "types"
path = "src/main.rs"

[dependencies]
libfuzzer-sys = "0.4"
# What is compared is compared exactly.
serde_json = { version = "1", features = ["float_roundtrip"] }
"#;

const TARGET: &str = r##"//! The name of a type, a line feed, and JSON: what the type reads, it writes as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/* MODULES */
type Through = fn(&str) -> Result<String, String>;

const TABLES: &[&[(&str, Through)]] = &[/* TABLES */];

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (name, json) = text.split_once('\n').unwrap_or(("", text));
    let Ok(before) = serde_json::from_str::<Value>(json) else { return };
    let all = || TABLES.iter().copied().flatten();
    let hash = name.bytes().fold(0, |hash: usize, byte| hash.wrapping_mul(31) + usize::from(byte));
    let other = all().nth(hash % all().count()).into_iter();
    for (name, through) in all().filter(|(it, _)| *it == name).chain(other) {
        let Ok(written) = through(json) else { continue };
        let after: Value = serde_json::from_str(&written).expect("JSON is written");
        if let Some(pointer) = lost(&before, &after) {
            panic!("{name}: `{pointer}` of {json} is lost in {written}");
        }
        assert_eq!(through(&written).as_deref(), Ok(written.as_str()), "{name}: {json}");
    }
});

/// The first place of a value that another has not. A number may be written in another way, and what is left out
/// may be null.
fn lost(before: &Value, after: &Value) -> Option<String> {
    match (before, after) {
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.find_map(|(at, (before, after))| Some(format!("/{at}{}", lost(before, after)?)))
        }
        (Value::Object(before), Value::Object(after)) => {
            let mut names = before.keys().chain(after.keys());
            names.find_map(|name| {
                let of = |object: &serde_json::Map<String, Value>| object.get(name).cloned().unwrap_or_default();
                Some(format!("/{name}{}", lost(&of(before), &of(after))?))
            })
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => None,
        _ => (before != after).then(String::new),
    }
}
"##;

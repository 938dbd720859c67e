//! Additions break nobody: a program that uses an SDK compiles as it is against the SDK of the document to which
//! something was added, of every kind that one can think of. `docs/additions.md` says the same in words.

#![allow(clippy::panic, reason = "a test that fails says so by panicking")]

mod arguments;
mod bodies;
mod cases;
mod more;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use arguments::ARGUMENTS;
use bodies::BODIES;
use cases::CASES;
use more::MORE;
use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::output::{self, Target};
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};
use tilt_tests::api::root;

/// An addition: what there is before, what is added to that, and a program that uses it.
struct Case {
    what: &'static str,
    before: &'static str,
    added: &'static str,
    program: &'static str,
}

fn all() -> impl Iterator<Item = &'static Case> {
    CASES.iter().chain(MORE).chain(BODIES).chain(ARGUMENTS)
}

#[test]
fn a_program_compiles_before_and_after_every_addition() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("additions");
    let mut document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}});
    for case in all() {
        merge(&mut document, &parsed(case.before, case.what));
    }
    let before = generate(&document, None, &folder, "before");
    for case in all() {
        merge(&mut document, &parsed(case.added, case.what));
    }
    generate(&document, Some(before), &folder, "after");
    for (side, sdk) in [("on-before", "sdk_before"), ("on-after", "sdk_after")] {
        write(&folder.join(side).join("src/lib.rs"), &program(sdk));
        write(&folder.join(side).join("Cargo.toml"), &manifest(side, sdk));
    }
    let members = ["before", "after", "on-before", "on-after"];
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    write(&folder.join("Cargo.toml"), &workspace);
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("the lock file");
    write(&folder.join("Cargo.lock"), &lock);
    check(&folder);
}

#[test]
fn every_addition_changes_the_sdk() {
    for case in all() {
        let mut document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}});
        merge(&mut document, &parsed(case.before, case.what));
        let before = model(&document, None, case.what);
        let unchanged = document.clone();
        merge(&mut document, &parsed(case.added, case.what));
        assert_ne!(document, unchanged, "{}", case.what);
        let names = Some(before.names.to_string());
        let after = model(&document, names, case.what);
        assert!(before.sdk != after.sdk, "{}", case.what);
    }
}

fn parsed(text: &str, what: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// Objects are merged, lists put together, and all else replaced.
fn merge(into: &mut Value, added: &Value) {
    match (into, added) {
        (Value::Object(into), Value::Object(added)) => {
            for (key, value) in added {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(added)) => into.extend(added.iter().cloned()),
        (into, added) => *into = added.clone(),
    }
}

fn model(document: &Value, names: Option<String>, what: &str) -> Modelled {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    modelled.unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// Writes a crate, and gives its names.
fn generate(document: &Value, names: Option<String>, folder: &Path, name: &str) -> String {
    let modelled = model(document, names, name);
    let mut options = RenderOptions::new(format!("sdk-{name}"));
    let runtime = root().join("tilt-generated/runtime");
    options.runtime = RuntimeSource::Path(runtime.to_str().expect("a path in UTF-8").to_owned());
    let dir = folder.join(name);
    let target = Target {
        dir: &dir,
        owned: "src",
        shared: "examples",
    };
    output::write(target, &render::package(&modelled.sdk, &options)).expect("written sources");
    modelled.names.to_string()
}

/// The programs of all cases, each in a module.
fn program(sdk: &str) -> String {
    let mut program = "#![allow(unused, reason = \"only compiled\")]\n".to_owned();
    for (index, case) in all().enumerate() {
        // Writing to a string does not fail.
        let _ = write!(
            program,
            "\n/// {}\nmod case{index} {{\n    use {sdk} as sdk;\n    use sdk::types::*;\n{}\n}}\n",
            case.what, case.program
        );
    }
    program
}

fn manifest(name: &str, sdk: &str) -> String {
    let package = sdk.replace('_', "-");
    let path = sdk.trim_start_matches("sdk_");
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {package} = {{ path = \"../{path}\", default-features = false, features = [\"client\", \"a\", \"b\", \"loners\"] }}\n"
    )
}

fn check(folder: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // It shares the target folder of this very build: what is compiled there is not compiled anew.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let output = Command::new(cargo)
        .current_dir(folder)
        .args(["check", "--offline", "--quiet", "--keep-going"])
        .args(["--package", "on-before", "--package", "on-after"])
        .env("CARGO_TARGET_DIR", target.expect("the target folder"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo can be run");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
}

fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|there| there == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

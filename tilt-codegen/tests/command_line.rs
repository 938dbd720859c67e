//! The `tilt-codegen` command from outside: files, output and exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = r#"{
  "openapi": "3.1.0",
  "info": {"title": "Greeting Service", "version": "1"},
  "paths": {"/greetings/{id}": {"get": {
    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
    "responses": {"200": {"description": "One greeting."}}
  }}}
}"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(document: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.0.path().join("api.json"), document).unwrap();
        folder
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tilt-codegen"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    fn generate(&self, more: &[&str]) -> Output {
        let mut arguments = vec!["generate", "--openapi", "api.json", "--out", "sdk"];
        arguments.extend(more);
        self.run(&arguments)
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn a_whole_crate_is_written() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let manifest = fs::read_to_string(folder.path("sdk/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"greeting-service\""),
        "{manifest}"
    );
    assert!(folder.path("sdk/src/lib.rs").exists());
    assert!(
        stdout(&output).starts_with("greeting-service: 1 operations"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn the_second_run_writes_nothing() {
    let folder = Folder::with(DOCUMENT);
    folder.generate(&[]);
    let before = tree(folder.0.path());
    let output = folder.generate(&[]);
    assert!(
        stdout(&output).contains("0 files written, 0 removed"),
        "{}",
        stdout(&output)
    );
    assert_eq!(tree(folder.0.path()), before);
}

#[test]
fn the_runtime_may_come_from_a_folder() {
    let folder = Folder::with(DOCUMENT);
    fs::create_dir(folder.path("runtime")).unwrap();
    fs::write(
        folder.path("runtime/Cargo.toml"),
        "[package]\nname = \"tilt-runtime\"\n",
    )
    .unwrap();
    let output = folder.generate(&["--runtime-path", "runtime"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let manifest = fs::read_to_string(folder.path("sdk/Cargo.toml")).unwrap();
    assert!(manifest.contains("path = \"../runtime\""), "{manifest}");
}

#[test]
fn a_refused_document_is_shown_and_nothing_is_written() {
    let folder = Folder::with("{\"openapi\": \"3.1.0\",\n  \"paths\": ]}");
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("api.json"), "{}", stderr(&output));
    assert!(!folder.path("sdk").exists());
}

#[test]
fn a_refusal_as_json_has_the_place() {
    let folder = Folder::with("{\"openapi\": \"3.1.0\",\n  \"paths\": ]}");
    let output = folder.generate(&["--message-format", "json"]);
    assert_eq!(code(&output), 1);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["status"], "refused");
    assert_eq!(answer["diagnostics"][0]["severity"], "error");
    assert_eq!(answer["diagnostics"][0]["line"], 2);
}

#[test]
fn success_as_json_tells_sizes_and_files() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.generate(&["--message-format", "json", "--name", "hello"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["status"], "generated");
    assert_eq!(answer["crate"], "hello");
    assert_eq!(answer["size"]["operations"], 1);
    let written = answer["written"].as_array().unwrap();
    assert!(written.contains(&Value::from("src/lib.rs")), "{written:?}");
}

#[test]
fn check_tells_what_differs_and_writes_nothing() {
    let folder = Folder::with(DOCUMENT);
    assert_eq!(code(&folder.generate(&["--check"])), 4);
    assert!(!folder.path("sdk").exists());
    folder.generate(&[]);
    assert_eq!(code(&folder.generate(&["--check"])), 0);
    fs::write(
        folder.path("api.json"),
        DOCUMENT.replace("greetings", "salutes"),
    )
    .unwrap();
    let before = tree(folder.0.path());
    let output = folder.generate(&["--check"]);
    assert_eq!(code(&output), 4);
    assert!(stdout(&output).contains("salutes"), "{}", stdout(&output));
    assert_eq!(tree(folder.0.path()), before);
}

#[test]
fn a_hand_written_source_file_is_not_overwritten() {
    let folder = Folder::with(DOCUMENT);
    fs::create_dir_all(folder.path("sdk/src")).unwrap();
    fs::write(folder.path("sdk/src/lib.rs"), "// mine").unwrap();
    let before = tree(folder.0.path());
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 3);
    assert!(
        stderr(&output).contains("not overwritten"),
        "{}",
        stderr(&output)
    );
    assert_eq!(tree(folder.0.path()), before);
}

#[test]
fn a_hand_written_manifest_is_kept() {
    let folder = Folder::with(DOCUMENT);
    fs::create_dir_all(folder.path("sdk")).unwrap();
    fs::write(folder.path("sdk/Cargo.toml"), "# mine").unwrap();
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("Cargo.toml is left alone"),
        "{}",
        stdout(&output)
    );
    assert_eq!(
        fs::read_to_string(folder.path("sdk/Cargo.toml")).unwrap(),
        "# mine"
    );
}

#[test]
fn inspect_prints_a_line_for_each_operation() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.run(&["inspect", "--openapi", "api.json"]);
    assert_eq!(code(&output), 0);
    let text = stdout(&output);
    assert!(
        text.lines()
            .any(|line| line.starts_with("operation greetings.get(")),
        "{text}"
    );
}

#[test]
fn a_mistake_in_the_configuration_is_a_usage_error() {
    let folder = Folder::with(DOCUMENT);
    fs::write(folder.path("codegen.toml"), "[type]\n").unwrap();
    let output = folder.generate(&["--config", "codegen.toml"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("codegen.toml"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.path("sdk").exists());
}

//! The `tilt-codegen` command from outside: files, output and exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod diff;
mod installed;
mod manifest;
mod names;
mod selection;
mod standard_input;

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
        stdout(&output).starts_with("greeting-service: 1 operation, 0 types"),
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

const SHOP: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Shop", "version": "1"},
  "paths": {
    "/orders": {"get": {"operationId": "listOrders", "tags": ["Orders"],
      "responses": {"200": {"description": "OK", "content": {"application/json":
        {"schema": {"$ref": "#/components/schemas/Order"}}}}}}},
    "/users": {"get": {"operationId": "listUsers", "tags": ["Users"],
      "responses": {"200": {"description": "OK", "content": {"application/json":
        {"schema": {"$ref": "#/components/schemas/User"}}}}}}}
  },
  "webhooks": {"ordered": {"post": {"requestBody": {"content": {"application/json":
    {"schema": {"$ref": "#/components/schemas/Order"}}}}, "responses": {}}}},
  "components": {"schemas": {
    "Order": {"type": "object", "properties": {"id": {"type": "string"}}},
    "User": {"type": "object", "properties": {"name": {"type": "string"}}}
  }}
}"##;

/// The output of `inspect` with these arguments and this configuration.
fn inspected(config: &str, arguments: &[&str]) -> (i32, String) {
    let folder = Folder::with(SHOP);
    fs::write(folder.path("codegen.toml"), config).unwrap();
    let mut all = vec![
        "inspect",
        "--openapi",
        "api.json",
        "--config",
        "codegen.toml",
    ];
    all.extend(arguments);
    let output = folder.run(&all);
    (code(&output), stdout(&output) + &stderr(&output))
}

#[test]
fn selection_is_the_same_from_the_command_line_and_from_the_file() {
    for selector in [
        "tag:Orders",
        "path:/orders",
        "operation:listOrders",
        "operation:GET /orders",
    ] {
        let (exit, text) = inspected("", &["--include", selector]);
        let from_file = format!("[select]\ninclude = [\"{selector}\"]\n");
        assert_eq!(
            (exit, text.clone()),
            inspected(&from_file, &[]),
            "{selector}"
        );
        assert!(text.contains("operation orders.list"), "{text}");
        assert!(!text.contains("users") && !text.contains("User"), "{text}");
    }
    let (_, text) = inspected("", &["--exclude", "tag:Users"]);
    assert!(!text.contains("users") && !text.contains("User"), "{text}");
}

#[test]
fn a_selector_of_no_known_form_is_a_usage_error() {
    for selector in ["Orders", "tags:Orders", "path:orders", "tag:"] {
        assert_eq!(inspected("", &["--include", selector]).0, 2, "{selector}");
        let (exit, text) = inspected(&format!("[select]\nexclude = [\"{selector}\"]\n"), &[]);
        assert_eq!(exit, 2, "{selector}");
        assert!(
            text.contains("codegen.toml") && text.contains("expected `tag:NAME`"),
            "{text}"
        );
    }
}

#[test]
fn parts_are_left_out_from_the_command_line_and_from_the_file() {
    for (flag, setting, client, events) in [
        ("--no-client", "client = false", false, true),
        ("--no-events", "events = false", true, false),
        (
            "--types-only",
            "client = false\nevents = false",
            false,
            false,
        ),
    ] {
        let (_, text) = inspected("", &[flag]);
        assert_eq!(
            text,
            inspected(&format!("[parts]\n{setting}\n"), &[]).1,
            "{flag}"
        );
        assert_eq!(text.contains("operation "), client, "{flag}: {text}");
        assert_eq!(text.contains("event "), events, "{flag}: {text}");
        assert!(text.contains("Order.id"), "{flag}: {text}");
    }
}

#[test]
fn settings_that_find_nothing_are_findings() {
    let folder = Folder::with(SHOP);
    let config = "[types.rename]\nNobody = \"Someone\"\n[operations.rename]\n\
                  nothing = \"some.thing\"\n[select]\nexclude = [\"tag:None\"]\n";
    fs::write(folder.path("codegen.toml"), config).unwrap();
    let output = folder.generate(&["--config", "codegen.toml", "--findings"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    for part in ["`Nobody`", "`nothing`", "`tag:None`"] {
        assert!(
            stderr(&output).contains(part),
            "{part}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn renames_that_give_one_name_twice_or_none_are_refused_with_a_place() {
    for (config, expected) in [
        ("[types.rename]\nUser = \"Order\"", "called `Order`"),
        (
            "[types.rename]\nUser = \"Thing\"\nOrder = \"Thing\"",
            "called `Thing`",
        ),
        ("[types.rename]\nUser = \"a b\"", "`a b` cannot be"),
        (
            "[operations.rename]\nlistUsers = \"orders.list\"",
            "called `orders.list`",
        ),
        (
            "[operations.rename]\nlistUsers = \"users\"",
            "`users` cannot be",
        ),
    ] {
        let (exit, text) = inspected(config, &[]);
        assert_eq!(exit, 1, "{config}: {text}");
        assert!(
            text.contains(expected) && text.contains("codegen.toml:"),
            "{config}: {text}"
        );
    }
}

#[test]
fn a_reader_that_leaves_early_stops_nothing() {
    let folder = Folder::with(DOCUMENT);
    // Each with nobody at the other end of standard output and of standard error.
    for arguments in [
        &["inspect", "--openapi", "api.json"][..],
        &["generate", "--openapi", "api.json", "--out", "sdk"],
        &["generate", "--openapi", "missing.json", "--out", "sdk"],
    ] {
        let written_to_nobody = || {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            writer
        };
        let status = Command::new(env!("CARGO_BIN_EXE_tilt-codegen"))
            .args(arguments)
            .current_dir(folder.0.path())
            .stdout(written_to_nobody())
            .stderr(written_to_nobody())
            .status()
            .unwrap();
        let expected = i32::from(arguments.contains(&"missing.json"));
        assert_eq!(status.code(), Some(expected), "{arguments:?}");
    }
    assert!(folder.path("sdk/src/lib.rs").exists());
}

/// With a limit on the size of files in place of a full disk.
#[cfg(unix)]
#[test]
fn where_files_cannot_be_written_nothing_is_left() {
    let folder = Folder::with(DOCUMENT);
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_tilt-codegen"))
        .args(["generate", "--openapi", "api.json", "--out", "deep/sdk"])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("could not write"));
    assert!(!folder.path("deep").exists());
}

//! All SDKs and one program of them, in a workspace that a single run of cargo builds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tilt_tests::api::{Api, root};
use tilt_tests::crates::{self, path_text, runtime};
use tilt_tests::round_trip;

/// The program, compiled.
pub(super) struct Program {
    pub(super) executable: PathBuf,
}

impl Program {
    /// Writes and compiles it; what did not change is not compiled again.
    pub(super) fn build(apis: &[Api]) -> Self {
        // It shares the target folder of this very build: what is compiled there is not compiled anew.
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let target = scratch.parent().expect("the target folder");
        let folder = scratch.join("variants");
        for api in apis {
            write_sdk(api, &folder);
        }
        write_program(apis, &folder);
        Self {
            executable: compile(&folder, target, &apis[0].name),
        }
    }
}

fn write_sdk(api: &Api, folder: &Path) {
    let modelled = api.generator().model(&api.inputs());
    let sdk = modelled
        .unwrap_or_else(|error| panic!("{}: {error}", api.name))
        .sdk;
    let name = format!("sdk-{}", api.name);
    crates::write_sdk(&sdk, &name, &folder.join(&api.name)).expect("written sources");
    let harness = round_trip::write_harness(&sdk, &format!("sdk_{}", api.name), "types");
    let path = folder.join(format!("program/src/round_trip_{}.rs", api.name));
    write(&path, &harness);
}

fn write_program(apis: &[Api], folder: &Path) {
    write(&folder.join("program/src/styles.rs"), &dispatch(apis));
    let fixtures = root().join("tests/fixtures/program");
    for file in ["main.rs", "five_minutes.rs"] {
        let text = std::fs::read_to_string(fixtures.join(file)).expect("the program");
        write(&folder.join("program/src").join(file), &text);
    }
    write_manifests(apis, folder);
    crates::write_lock(folder).expect("the lock file");
}

/// A module for each SDK, and functions that choose among them.
fn dispatch(apis: &[Api]) -> String {
    let mut styles = String::new();
    let (mut pay, mut receive, mut harness) = (String::new(), String::new(), String::new());
    for Api { name, .. } in apis {
        // Writing to a string does not fail.
        let _ = write!(
            styles,
            "#[path = \"round_trip_{name}.rs\"]\nmod round_trip_{name};\n\
             mod {name} {{ use sdk_{name} as sdk; include!(\"five_minutes.rs\"); }}\n"
        );
        let _ = writeln!(
            pay,
            "        {name:?} => {name}::pay(api, token, id, secret).await.map_err(|e| e.to_string()),"
        );
        let _ = writeln!(
            receive,
            "        {name:?} => {name}::receive(secret, signature, body),"
        );
        let _ = writeln!(harness, "        {name:?} => round_trip_{name}::main(),");
    }
    format!(
        "{styles}\n\
         pub(crate) async fn pay(style: &str, api: &str, token: &str, id: &str, secret: &str) -> Result<(), String> {{\n    \
         match style {{\n{pay}        _ => Err(\"no such style\".to_owned()),\n    }}\n}}\n\n\
         pub(crate) fn receive(style: &str, secret: &str, signature: &str, body: &str) {{\n    \
         match style {{\n{receive}        _ => println!(\"no such style\"),\n    }}\n}}\n\n\
         pub(crate) fn round_trip(style: &str) {{\n    \
         match style {{\n{harness}        _ => println!(\"no such style\"),\n    }}\n}}\n"
    )
}

fn write_manifests(apis: &[Api], folder: &Path) {
    let (mut members, mut dependencies) = (String::new(), String::new());
    for Api { name, .. } in apis {
        // Writing to a string does not fail.
        let _ = write!(members, "\"{name}\", ");
        let _ = writeln!(
            dependencies,
            "sdk-{name} = {{ path = \"../{name}\", features = [\"schemars\"] }}"
        );
    }
    let runtime = path_text(&runtime());
    write(
        &folder.join("program/Cargo.toml"),
        &format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}\
             serde_json = \"1\"\n\
             tilt-runtime = {{ path = {runtime:?}, default-features = false }}\n\
             tokio = {{ version = \"1\", default-features = false, features = [\"rt\", \"net\", \"time\"] }}\n"
        ),
    );
    write(
        &folder.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}\"program\"]\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n"
        ),
    );
}

/// The program, and the examples of one SDK.
fn compile(folder: &Path, target: &Path, shown: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(folder)
        .args([
            "build",
            "--package",
            "program",
            "--package",
            &format!("sdk-{shown}"),
            "--bins",
            "--examples",
            "--message-format",
            "json-render-diagnostics",
        ])
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert!(!messages.contains("warning:"), "{messages}");
    let artifacts = output.stdout.split(|byte| *byte == b'\n');
    artifacts
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "program")
        .filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .next_back()
        .expect("an executable")
}

fn write(path: &Path, text: &str) {
    crates::write(path, text).expect("a file");
}

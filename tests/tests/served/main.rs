//! Generated servers: client and server of one document speak to each other over loopback, and what arrives is what
//! was sent, for each style, place and kind of body; what does not fit the document is refused. The document and both
//! sides are in `tests/fixtures/served`.

#![allow(clippy::panic, reason = "a test that fails says so by panicking")]

use std::path::Path;
use std::process::Command;

use tilt_codegen::config::{Config, Signature};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};
use tilt_tests::api::root;
use tilt_tests::crates;

const SOURCES: [&str; 5] = [
    "api.rs",
    "main.rs",
    "received.rs",
    "refusals.rs",
    "round_trips.rs",
];

const MANIFEST: &str = r#"[package]
name = "speaking"
version = "0.0.0"
edition = "2024"

[dependencies]
axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }
served = { path = "sdk", features = ["server", "webhooks"] }
serde_json = "1"
tokio = { version = "1", features = ["io-util", "macros", "net", "rt-multi-thread"] }

[workspace]
members = ["sdk"]
"#;

#[test]
fn what_a_client_sends_arrives_and_what_does_not_fit_is_refused() {
    let fixtures = root().join("tests/fixtures/served");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("served");
    let mut config = Config::default();
    config.parts.server = true;
    config.events.signature = Some(Signature::new("X-Signature").expect("a header"));
    let inputs = Inputs {
        openapi: Some(Input::Path(fixtures.join("openapi.yaml"))),
        ..Inputs::default()
    };
    let modelled = Generator::new(config).model(&inputs).expect("a model");
    crates::write_sdk(&modelled.sdk, "served", &folder.join("sdk")).expect("an SDK");
    for file in SOURCES {
        let source = std::fs::read_to_string(fixtures.join("src").join(file));
        let source = source.expect("a source file");
        crates::write(&folder.join("src").join(file), &source).expect("a source file");
    }
    crates::write(&folder.join("Cargo.toml"), MANIFEST).expect("the manifest");
    crates::write_lock(&folder).expect("the lock file");
    let output = cargo(&folder, "run");
    assert!(output.0, "{}", output.1);
    let (is_clean, told) = cargo(&folder, "clippy");
    assert!(is_clean && !told.contains("warning:"), "{told}");
}

/// Whether a command of cargo goes well, and what it tells.
fn cargo(folder: &Path, command: &str) -> (bool, String) {
    // The target folder of this very build, where dependencies may be compiled already.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let packages: &[&str] = match command {
        "clippy" => &["-p", "served", "--features", "served/server"],
        _ => &[],
    };
    let output = Command::new(cargo)
        .current_dir(folder)
        .arg(command)
        .args(packages)
        .env("CARGO_TARGET_DIR", target.expect("the target folder"))
        .output()
        .expect("cargo");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), told)
}

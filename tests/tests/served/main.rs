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

/// That of the book's page on servers.
const BOOK: &str = r#"[package]
name = "book"
version = "0.0.0"
edition = "2024"

[dependencies]
axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }
shop = { path = "sdk", features = ["server", "webhooks"] }
tokio = { version = "1", features = ["fs", "io-util", "net", "rt-multi-thread"] }

[workspace]
members = ["sdk"]
"#;

#[test]
fn what_a_client_sends_arrives_and_what_does_not_fit_is_refused() {
    let fixtures = root().join("tests/fixtures/served");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("served");
    write_sdk(
        &fixtures.join("openapi.yaml"),
        "served",
        &folder.join("sdk"),
    );
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

#[test]
fn the_programs_of_the_page_on_servers_compile() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("shop");
    let document = root().join("tests/fixtures/served/shop.yaml");
    write_sdk(&document, "shop", &folder.join("sdk"));
    let page = root().join("docs/servers.md");
    let source = format!("#![doc = include_str!({page:?})]\n");
    crates::write(&folder.join("src/lib.rs"), &source).expect("a source file");
    crates::write(&folder.join("Cargo.toml"), BOOK).expect("the manifest");
    crates::write_lock(&folder).expect("the lock file");
    let (is_well, told) = cargo(&folder, "test");
    assert!(is_well, "{told}");
    let text = std::fs::read_to_string(page).expect("the page");
    assert!(!text.contains("```rust,ignore"), "all of them are compiled");
}

/// Writes the SDK of a document, with a server and webhooks.
fn write_sdk(document: &Path, name: &str, folder: &Path) {
    let mut config = Config::default();
    config.parts.server = true;
    config.events.signature = Some(Signature::new("X-Signature").expect("a header"));
    let inputs = Inputs {
        openapi: Some(Input::Path(document.to_owned())),
        ..Inputs::default()
    };
    let modelled = Generator::new(config).model(&inputs).expect("a model");
    crates::write_sdk(&modelled.sdk, name, folder).expect("an SDK");
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

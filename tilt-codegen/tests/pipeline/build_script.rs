//! The build script of the book, in a crate of its own: cargo shows its user what is wrong with a
//! document.

use std::fs;
use std::path::Path;
use std::process::Command;

const BROKEN: &str = r##"openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /orders:
    get:
      parameters:
        - $ref: "#/components/parameters/Page"
      responses: {}
"##;

/// A code block of the page about other APIs, by its first line.
fn block(first: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/other-apis.md")).unwrap();
    let mut blocks = page.split("\n```").skip(1).step_by(2);
    let block = blocks.find_map(|block| block.split_once('\n')?.1.strip_prefix(first));
    format!(
        "{}\n",
        block.unwrap_or_else(|| panic!("no block begins with {first}"))
    )
}

#[test]
fn cargo_shows_the_errors_of_a_build_script() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("build-script");
    fs::create_dir_all(folder.join("src")).unwrap();
    // Only the build script runs: the sources that it writes are compiled elsewhere.
    let manifest = format!(
        "[package]\nname = \"built\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [build-dependencies]\ntilt-codegen = {{ path = {:?}, default-features = false }}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n\
         [profile.dev.build-override]\ndebug = \"line-tables-only\"\n",
        env!("CARGO_MANIFEST_DIR")
    );
    for (path, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("build.rs", &block("// build.rs\n")),
        ("src/lib.rs", &block("// src/lib.rs\n")),
        ("api.yaml", BROKEN),
    ] {
        fs::write(folder.join(path), text).unwrap();
    }
    // The versions, and the target folder, of everything else here: little is compiled anew.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--color", "never"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", scratch.parent().unwrap())
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let shown = String::from_utf8_lossy(&output.stderr);
    let shown: Vec<&str> = shown.lines().map(str::trim).collect();
    let start = shown.iter().position(|line| *line == "Error: 1 error");
    let start = start.unwrap_or_else(|| panic!("{}", shown.join("\n")));
    let expected = [
        "",
        "api.yaml:7:11: error[dangling-reference]: ",
        "at /paths/~1orders/get/parameters/0",
        "help: ",
    ];
    for (line, beginning) in shown[start + 1..].iter().zip(expected) {
        assert!(line.starts_with(beginning), "{}", shown.join("\n"));
    }
}

//! Where the runtime comes from, and what is installed beside the command.

use super::{DOCUMENT, Folder, code, stderr, stdout};
use std::fs;

const REPOSITORY: &str = "https://git.example/tilt-rust";

fn subcommands() -> [&'static str; 4] {
    ["generate", "inspect", "diff", "schema"]
}

#[test]
fn the_runtime_may_come_from_a_repository() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.generate(&["--runtime-git", REPOSITORY]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let runtime = runtime(&folder);
    assert_eq!(runtime["git"].as_str(), Some(REPOSITORY));
    assert!(runtime.get("rev").is_none(), "{runtime}");
    assert!(!stdout(&output).contains("note:"), "{}", stdout(&output));
}

#[test]
fn the_runtime_may_be_that_of_a_commit() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.generate(&[
        "--runtime-git",
        REPOSITORY,
        "--runtime-revision",
        "0123abcd",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(runtime(&folder)["rev"].as_str(), Some("0123abcd"));
}

#[test]
fn the_runtime_comes_from_one_place() {
    let folder = Folder::with(DOCUMENT);
    for both in [
        ["--runtime-git", REPOSITORY, "--runtime-path", "runtime"].as_slice(),
        &["--runtime-revision", "0123abcd"],
    ] {
        assert_eq!(code(&folder.generate(both)), 2, "{both:?}");
    }
}

fn runtime(folder: &Folder) -> toml::Value {
    let manifest = fs::read_to_string(folder.path("sdk/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    manifest["dependencies"]["tilt-runtime"].clone()
}

#[test]
fn each_shell_completes_each_subcommand() {
    let folder = Folder::with(DOCUMENT);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = folder.run(&["completions", shell]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let script = stdout(&output);
        for subcommand in subcommands() {
            assert!(script.contains(subcommand), "{shell}: {subcommand}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_each_subcommand() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.run(&["manual", "--out", "man"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(folder.path("man/tilt-codegen.1").exists());
    for subcommand in subcommands() {
        let page = folder.path(&format!("man/tilt-codegen-{subcommand}.1"));
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains(".SH OPTIONS"), "{text}");
    }
}

#[test]
fn a_manual_that_cannot_be_written_is_an_error_with_its_folder() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.run(&["manual", "--out", "api.json/man"]);
    assert_eq!(code(&output), 3);
    assert!(
        stderr(&output).contains("api.json/man"),
        "{}",
        stderr(&output)
    );
}

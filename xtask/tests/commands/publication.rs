//! The steps of the workflow that publishes a release, with a `gh` and a `cargo` that note what they are told.

use crate::forge::Forge;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const MANIFEST: &str =
    "[workspace.package]\nversion = \"0.2.0\"\n\n[workspace.dependencies]\nversion = \"9\"\n";
const CHANGELOG: &str = "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-11-27)\n\n- `$(touch taken)`\n\n## 0.1.0\n\n- Old.\n";

fn program(path: &Path, text: &str) {
    fs::write(path, format!("#!/usr/bin/env bash\nset -eu\n{text}")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

async fn forge() -> Forge {
    let forge = Forge::new().await;
    forge.repository.put("Cargo.toml", MANIFEST);
    forge.repository.put("CHANGELOG.md", CHANGELOG);
    let cargo = forge.fake.path().join("bin/cargo");
    program(&cargo, "echo \"cargo $*\" >>\"$FAKE/log\"\n");
    forge
}

#[tokio::test]
async fn a_release_is_a_draft_with_the_words_of_its_version() {
    let forge = forge().await;
    let told = forge.run("draft", &["v0.2.0"], &[]);
    assert!(
        told.contains("release create v0.2.0 --draft --verify-tag"),
        "{told}"
    );
    assert_eq!(forge.read("body").trim(), "- `$(touch taken)`");
    assert!(!forge.repository.dir.path().join("taken").exists());
    let again = forge.run("draft", &["v0.2.0"], &[]);
    assert!(again.contains("release edit v0.2.0 --draft"), "{again}");
}

#[tokio::test]
async fn a_tag_that_is_not_the_version_is_no_release() {
    let forge = forge().await;
    let output = forge.script("draft", &["v0.3.0"], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("Cargo.toml says 0.2.0"), "{said}");
    assert_eq!(forge.read("log"), "");
}

#[tokio::test]
async fn a_version_that_the_changelog_does_not_know_is_no_release() {
    let forge = forge().await;
    forge.repository.put(
        "CHANGELOG.md",
        "# Changelog\n\n## 0.2.0\n\n## 0.1.0\n\n- Old.\n",
    );
    let output = forge.script("draft", &["v0.2.0"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(forge.read("log"), "");
}

#[tokio::test]
async fn the_command_is_packed_with_its_completions_manual_and_licences() {
    let forge = forge().await;
    for file in ["tilt-codegen/README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        forge.repository.put(file, "text");
    }
    let command: PathBuf = forge.fake.path().join("tilt-codegen");
    program(
        &command,
        "case $1 in\n    completions) echo \"$2\" ;;\n    manual) mkdir -p \"$3\"; echo page >\"$3/tilt-codegen.1\" ;;\n    *) exit 1 ;;\nesac\n",
    );
    let target = "x86_64-unknown-linux-gnu";
    forge.run(
        "package",
        &[target],
        &[("TILT_CODEGEN", command.to_str().unwrap())],
    );
    let packages = forge.repository.dir.path().join("target/packages");
    let archive = format!("tilt-codegen-{target}.tar.gz");
    let listed = Command::new("tar")
        .args(["-tzf", &archive])
        .current_dir(&packages)
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    for file in [
        "tilt-codegen",
        "README.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "completions/tilt-codegen.fish",
        "man/tilt-codegen.1",
    ] {
        let path = format!("tilt-codegen-{target}/{file}");
        assert!(listed.lines().any(|line| line == path), "{path}: {listed}");
    }
    let sum = Command::new("sha256sum")
        .args(["--check", &format!("{archive}.sha256")])
        .current_dir(&packages)
        .output()
        .unwrap();
    assert!(sum.status.success(), "{sum:?}");
    let told = forge.run("upload", &["v0.2.0"], &[]);
    assert!(
        told.contains(&archive) && told.contains(".sha256"),
        "{told}"
    );
}

#[tokio::test]
async fn crates_are_held_against_the_release_before_if_there_is_one() {
    let forge = forge().await;
    forge.git(&["tag", "v0.2.0"]);
    let output = forge.script("semver", &["v0.2.0"], &[]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("v0.2.0 is the first release"), "{said}");
    assert_eq!(forge.read("log"), "");

    forge.git(&["commit", "--quiet", "--all", "--message", "Second"]);
    forge.git(&["tag", "v0.3.0"]);
    let told = forge.run("semver", &["v0.3.0"], &[]);
    for package in [
        "tilt-runtime",
        "tilt-generated",
        "tilt-codegen",
        "tilt-sandbox",
    ] {
        let line = format!("cargo semver-checks --package {package} --baseline-rev v0.2.0");
        assert!(told.lines().any(|it| it == line), "{line}: {told}");
    }
}

/// A cargo that knows two crates for the registry, one of which has been published.
const TWO_CRATES: &str = r#"
case $1 in
    metadata) echo '{"packages": [{"name": "a", "publish": null}, {"name": "b", "publish": null}, {"name": "c", "publish": []}]}' ;;
    info) [[ "$*" == *" ${PUBLISHED:-none}@0.2.0" ]] ;;
    publish) echo "cargo $*" >>"$FAKE/log" ;;
esac
"#;

#[tokio::test]
async fn a_release_is_shown_when_its_crates_are_published() {
    let forge = forge().await;
    let cargo = forge.fake.path().join("bin/cargo");
    program(&cargo, TWO_CRATES);
    let shown = "release edit v0.2.0 --draft=false";
    let told = forge.run("publish", &["v0.2.0"], &[]);
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines, ["cargo publish --workspace --locked", shown]);
    program(&cargo, "exit 101\n");
    assert!(!forge.script("publish", &["v0.2.0"], &[]).status.success());
    program(&cargo, "exit 0\n");
    assert!(!forge.script("publish", &["v0.2.0"], &[]).status.success());
    assert_eq!(forge.read("log"), "");
}

#[tokio::test]
async fn a_release_goes_on_after_the_crates_that_are_published() {
    let forge = forge().await;
    program(&forge.fake.path().join("bin/cargo"), TWO_CRATES);
    let told = forge.run("publish", &["v0.2.0"], &[("PUBLISHED", "a")]);
    let first = told.lines().next();
    assert_eq!(
        first,
        Some("cargo publish --workspace --locked --exclude a")
    );
}

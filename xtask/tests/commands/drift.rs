//! Comparing with other documents, and the lists of what is no drift.

use crate::{EVENTS, REST, Repository, tree};
use std::fs;
use std::process::{Command, Output};
use tilt_codegen::drift::{Bump, Severity};
use xtask::check::check;
use xtask::drift::{Compared, Other, drift};
use xtask::exit::Exit;
use xtask::failure::Failure;
use xtask::fetch::Settings;

impl Repository {
    async fn drift_to(&self, openapi: &str) -> Result<Compared, Failure> {
        let other = folder_with(openapi);
        let before = tree(self.dir.path());
        let other = Other::Dir(other.path().to_owned());
        let result = drift(&self.project, &other, &Settings::default()).await;
        assert_eq!(tree(self.dir.path()), before, "drift changed a file");
        result
    }

    /// The command itself, against a folder.
    fn run(&self, openapi: &str, arguments: &[&str]) -> Output {
        let other = folder_with(openapi);
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("drift")
            .arg("--dir")
            .arg(other.path())
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", self.dir.path())
            .output()
            .unwrap()
    }
}

fn folder_with(openapi: &str) -> tempfile::TempDir {
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("openapi.json"), openapi).unwrap();
    fs::write(other.path().join("asyncapi.json"), EVENTS).unwrap();
    other
}

fn grown() -> String {
    REST.replace(
        "\"text\": {",
        "\"loud\": {\"type\": \"boolean\"}, \"text\": {",
    )
}

fn shrunk() -> String {
    REST.replace("/greetings/{id}", "/greeting/{id}")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn the_same_api_in_another_order_is_no_drift() {
    let reordered: serde_json::Value = serde_json::from_str(REST).unwrap();
    let mut reordered = reordered.as_object().unwrap().clone();
    reordered.sort_keys();
    let reordered = serde_json::to_string(&reordered).unwrap();
    assert_ne!(reordered, REST);
    let compared = Repository::new().drift_to(&reordered).await.unwrap();
    assert_eq!(compared.drift.findings, []);
}

#[tokio::test]
async fn a_new_property_is_one_finding() {
    let compared = Repository::new().drift_to(&grown()).await.unwrap();
    let drift = compared.drift;
    assert_eq!(
        (drift.in_use, drift.upgrade),
        (Some(Severity::Additive), Bump::Minor)
    );
    let [finding] = drift.findings.as_slice() else {
        panic!("{drift:#?}");
    };
    assert!(finding.items[0].item.contains("loud"), "{finding:#?}");
}

/// A schema that is spelled like the name that another has.
fn rivals() -> (String, String) {
    let before = REST
        .replace("schemas/Greeting", "schemas/greeting")
        .replace("\"Greeting\": {", "\"greeting\": {");
    let after = before.replace(
        "\"greeting\": {",
        "\"Greeting\": {\"type\": \"string\"}, \"greeting\": {",
    );
    assert_ne!(before, after);
    (before, after)
}

#[tokio::test]
async fn what_has_a_name_keeps_it() {
    let (before, after) = rivals();
    let repository = Repository::new();
    repository.accept(&before, EVENTS);
    repository.regenerate().await;
    let names = repository.project.names();
    assert!(names.exists());

    let compared = repository.drift_to(&after).await.unwrap();
    assert!(compared.drift.upgrade < Bump::Major, "{compared:#?}");

    repository.accept(&after, EVENTS);
    repository.regenerate().await;
    let named = fs::read_to_string(&names).unwrap();
    let line = "type Greeting openapi#/components/schemas/greeting\n";
    assert!(named.contains(line), "{named}");
    assert_eq!(check(&repository.project).unwrap(), None);

    // Without the file, the one that is spelled like the name has it.
    fs::remove_file(&names).unwrap();
    let disagreement = check(&repository.project).unwrap().unwrap();
    assert!(disagreement.stale.iter().any(|path| path == "names.lock"));
}

#[tokio::test]
async fn drift_needs_no_names_file() {
    let (before, after) = rivals();
    let repository = Repository::new();
    repository.accept(&before, EVENTS);
    let compared = repository.drift_to(&after).await.unwrap();
    assert!(compared.drift.upgrade < Bump::Major, "{compared:#?}");
}

#[tokio::test]
async fn what_cannot_be_read_cannot_be_compared() {
    let failure = Repository::new().drift_to("<html>").await.unwrap_err();
    assert_eq!(failure.exit(), Exit::NotComparable);
}

#[tokio::test]
async fn lists_that_are_not_understood_are_no_comparison() {
    for file in ["specs/drift.toml", "specs/drift-accepted.toml"] {
        let repository = Repository::new();
        repository.put(file, "[[everything]]\n");
        let failure = repository.drift_to(REST).await.unwrap_err();
        assert_eq!(failure.exit(), Exit::NotComparable);
        assert!(failure.to_string().contains(file), "{failure}");
    }
}

#[test]
fn the_exit_code_says_whether_something_differs() {
    let repository = Repository::new();
    for (openapi, arguments, expected) in [
        (REST, &[][..], 0),
        (&grown(), &[], 1),
        (&grown(), &["--fail-on", "breaking"], 0),
        (&shrunk(), &["--fail-on", "breaking"], 1),
        (&shrunk(), &["--fail-on", "none"], 0),
        (REST, &["--fail-on", "all"], 2),
        (REST, &["--env", "dev"], 2),
        (REST, &["--accept", "*", "--reason", "why"], 2),
        (REST, &["--accept", "0123456789abcdef"], 2),
        (REST, &["--accept", "0123456789abcdef", "--reason", " "], 2),
        (
            REST,
            &["--accept", "0123456789abcdef", "--reason", "why"],
            2,
        ),
        (REST, &["--reason", "why"], 2),
        ("<html>", &[], 3),
        ("<html>", &["--fail-on", "none"], 3),
        (
            "<html>",
            &["--accept", "0123456789abcdef", "--reason", "why"],
            3,
        ),
    ] {
        let output = repository.run(openapi, arguments);
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{arguments:?}: {output:?}"
        );
    }
    assert!(
        !repository
            .dir
            .path()
            .join("specs/drift-accepted.toml")
            .exists()
    );
}

#[test]
fn an_accepted_finding_is_counted_and_does_not_fail() {
    let repository = Repository::new();
    let json = stdout(&repository.run(&shrunk(), &["--format", "json"]));
    let drift: serde_json::Value = serde_json::from_str(&json).unwrap();
    let findings = drift["findings"].as_array().unwrap();
    let fingerprints: Vec<_> = findings
        .iter()
        .map(|it| it["fingerprint"].as_str().unwrap())
        .collect();
    for fingerprint in &fingerprints {
        let accept = [
            "--accept",
            fingerprint,
            "--reason",
            "Agreed: nobody calls it.",
        ];
        let output = repository.run(&shrunk(), &accept);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    let output = repository.run(&shrunk(), &[]);
    assert_eq!(output.status.code(), Some(0));
    let count = fingerprints.len();
    assert_eq!(
        stdout(&output),
        format!("no drift, but for {count} accepted\n")
    );

    // It is of these values alone, and said to be stale where it is not there.
    let output = repository.run(&grown(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("matches no finding any more"),
        "{output:?}"
    );

    let over = [
        "--accept",
        fingerprints[0],
        "--reason",
        "why",
        "--until",
        "2026-01-31",
    ];
    let output = repository.run(&shrunk(), &over);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("2026-01-31 is over"));
}

#[test]
fn a_report_is_written_to_a_file() {
    let repository = Repository::new();
    let page = repository.dir.path().join("drift.html");
    let output = repository.run(
        &grown(),
        &["--format", "html", "--output", page.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).starts_with("drift: additive in use, minor on upgrading"),
        "{output:?}"
    );
    assert!(
        fs::read_to_string(page)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}

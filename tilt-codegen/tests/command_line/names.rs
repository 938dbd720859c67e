//! `names.lock` beside the crate that is generated.

use sha2::{Digest, Sha256};
use std::fs;

use super::*;

#[test]
fn what_was_generated_keeps_its_names() {
    let document = |more: &str| {
        format!(
            r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}},
            "components": {{"schemas": {{{more} "thing": {{"type": "object"}}}}}}}}"#
        )
    };
    let folder = Folder::with(&document(""));
    assert_eq!(code(&folder.generate(&[])), 0);
    let names = fs::read_to_string(folder.path("sdk/names.lock")).unwrap();
    let line = "\ntype Thing openapi#/components/schemas/thing\n";
    assert!(names.contains(line), "{names}");

    fs::write(
        folder.path("api.json"),
        document(r#""Thing": {"type": "string"},"#),
    )
    .unwrap();
    let stale = folder.generate(&["--check"]);
    assert_eq!(code(&stale), 4);
    assert_eq!(code(&folder.generate(&[])), 0);
    let grown = fs::read_to_string(folder.path("sdk/names.lock")).unwrap();
    assert!(grown.contains(line), "{grown}");
    assert_eq!(code(&folder.generate(&["--check"])), 0);

    let inspect = [
        "inspect",
        "--openapi",
        "api.json",
        "--names",
        "sdk/names.lock",
    ];
    let inspected = stdout(&folder.run(&inspect));
    assert!(
        inspected.contains("type ThingPascal = String"),
        "{inspected}"
    );
}

#[test]
fn names_that_cannot_be_read_are_refused_and_nothing_is_written() {
    let folder = Folder::with(DOCUMENT);
    assert_eq!(code(&folder.generate(&[])), 0);
    let path = folder.path("sdk/names.lock");
    let names = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{names}<<<<<<< HEAD\n")).unwrap();
    let before = tree(&folder.path("sdk"));
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 1);
    let lines = names.lines().count();
    let place = format!("names.lock:{}:1", lines + 1);
    assert!(stderr(&output).contains(&place), "{}", stderr(&output));
    assert_eq!(tree(&folder.path("sdk")), before);
}

/// As left by a process that is stopped when it has replaced one file, and that file is the names.
#[test]
fn what_an_interrupted_run_replaced_is_put_back_before_names_are_read() {
    let folder = Folder::with(DOCUMENT);
    assert_eq!(code(&folder.generate(&[])), 0);
    let before = tree(&folder.path("sdk"));
    let names = folder.path("sdk/names.lock");
    let hex = |bytes: &[u8]| {
        let digest = Sha256::digest(bytes);
        digest
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    };
    for arguments in [&[][..], &["--check"]] {
        let staging = folder.path("sdk/.tilt-codegen");
        fs::create_dir_all(staging.join("old")).unwrap();
        let old = fs::read(&names).unwrap();
        let journal = format!(
            r#"{{"folders": [], "entries": [{{"path": "names.lock", "old": "{}", "new": "{}"}}]}}"#,
            hex(&old),
            hex(b"not even names")
        );
        fs::write(staging.join("journal.json"), journal).unwrap();
        fs::write(staging.join("old/0"), &old).unwrap();
        fs::write(&names, "not even names").unwrap();
        let output = folder.generate(arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(tree(&folder.path("sdk")), before);
    }
}

//! `diff`: exit codes, forms, and what is no comparison.

use crate::{DOCUMENT, Folder, code, stderr, stdout};
use serde_json::Value;
use std::fs;

const EVENTS: &str = r#"{
  "asyncapi": "2.6.0",
  "info": {"title": "Greeting events", "version": "1"},
  "channels": {"said": {"subscribe": {"message": {
    "name": "greeting.said",
    "payload": {"type": "object", "properties": {"id": {"type": "string"}}}
  }}}}
}"#;

/// The same document, and one without its operation's only answer but with another operation.
fn folder() -> Folder {
    let folder = Folder::with(DOCUMENT);
    let grown = DOCUMENT.replace(
        "\"paths\": {",
        "\"paths\": {\"/news\": {\"get\": {\"responses\": {\"200\": {\"description\": \"All.\"}}}},",
    );
    fs::write(folder.path("grown.json"), grown).unwrap();
    fs::write(folder.path("events.json"), EVENTS).unwrap();
    fs::write(folder.path("broken.json"), "{\"openapi\": ]").unwrap();
    folder
}

#[test]
fn the_exit_code_says_whether_something_differs() {
    let folder = folder();
    for (arguments, expected) in [
        (&["api.json", "api.json"][..], 0),
        (&["api.json", "grown.json"], 1),
        (&["api.json", "grown.json", "--fail-on", "breaking"], 0),
        (&["api.json", "grown.json", "--fail-on", "none"], 0),
        (&["grown.json", "api.json", "--fail-on", "breaking"], 1),
        (&["api.json", "api.json", "--fail-on", "all"], 2),
        (&["api.json", "api.json", "--format", "yaml"], 2),
        (&["api.json"], 2),
        (&["-", "-"], 2),
        (&["api.json", "broken.json"], 3),
        (&["broken.json", "broken.json"], 3),
        (&["api.json", "none.json"], 3),
        (&["api.json", "events.json"], 3),
        (&["events.json", "events.json"], 0),
        (
            &[
                "api.json",
                "api.json",
                "--asyncapi-old",
                "events.json",
                "--asyncapi-new",
                "events.json",
            ],
            0,
        ),
        (
            &["api.json", "api.json", "--asyncapi-old", "events.json"],
            2,
        ),
        (
            &[
                "events.json",
                "events.json",
                "--asyncapi-old",
                "events.json",
                "--asyncapi-new",
                "events.json",
            ],
            2,
        ),
        (&["api.json", "api.json", "--config", "none.toml"], 3),
        (&["api.json", "api.json", "--output", "none/report.html"], 3),
    ] {
        let arguments = [&["diff"], arguments].concat();
        let output = folder.run(&arguments);
        assert_eq!(
            code(&output),
            expected,
            "{arguments:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
        assert_eq!(expected < 2, stderr(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn yaml_is_recognized_too() {
    let folder = folder();
    let yaml = "asyncapi: 2.6.0\ninfo: {title: t, version: '1'}\nchannels: {}\n";
    fs::write(folder.path("events.yaml"), yaml).unwrap();
    let output = folder.run(&["diff", "events.json", "events.yaml", "--fail-on", "none"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).starts_with("drift: "),
        "{}",
        stdout(&output)
    );
}

#[test]
fn every_form_begins_with_the_verdict_and_a_file_gets_what_the_terminal_would() {
    let folder = folder();
    let verdict = stdout(&folder.run(&["diff", "api.json", "grown.json"]));
    let verdict = verdict.lines().next().unwrap();
    let answers = verdict.split(": ").take(2).collect::<Vec<_>>().join(": ");
    assert!(answers.contains(" in use, "), "{answers}");
    for (format, start) in [
        ("text", verdict.to_owned()),
        ("json", "{".to_owned()),
        ("markdown", format!("**{answers}**")),
        ("html", "<!DOCTYPE html>".to_owned()),
        ("github", verdict.to_owned()),
    ] {
        let arguments = ["diff", "api.json", "grown.json", "--format", format];
        let shown = stdout(&folder.run(&arguments));
        assert!(shown.starts_with(&start), "{format}: {shown}");
        let output = folder.run(&[&arguments[..], &["--output", "report"]].concat());
        assert_eq!(stdout(&output).trim_end(), verdict);
        assert_eq!(fs::read_to_string(folder.path("report")).unwrap(), shown);
    }
}

#[test]
fn a_refusal_shows_its_place_and_says_which_side() {
    let folder = folder();
    for (arguments, side) in [
        (["diff", "api.json", "broken.json"], "new"),
        (["diff", "broken.json", "api.json"], "old"),
    ] {
        let output = folder.run(&arguments);
        let told = stderr(&output);
        assert!(
            told.contains("cannot be compared") && told.contains(side),
            "{told}"
        );
        assert!(told.contains("broken.json:1:"), "{told}");
        let output = folder.run(&[&arguments[..], &["--message-format", "json"]].concat());
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["status"], "refused");
        assert_eq!(code(&output), 3);
    }
    let output = folder.run(&["diff", "api.json", "events.json"]);
    let told = stderr(&output);
    assert!(
        told.contains("one is an OpenAPI document, the other an AsyncAPI document"),
        "{told}"
    );
}

/// It is neither, and no list of the members of one.
#[test]
fn a_list_is_no_document_of_another_kind() {
    let folder = folder();
    fs::write(folder.path("list.json"), "[1]").unwrap();
    let output = folder.run(&["diff", "api.json", "list.json"]);
    assert_eq!(code(&output), 3);
    let told = stderr(&output);
    assert!(told.contains("the new ones are refused"), "{told}");
}

#[test]
fn one_object_is_all_that_programs_get() {
    let folder = folder();
    let both = ["diff", "api.json", "grown.json", "--message-format", "json"];
    let answer: Value = serde_json::from_slice(&folder.run(&both).stdout).unwrap();
    assert_eq!(answer["status"], "compared");
    assert_eq!(answer["format"], 1);
    let two = [&both[..], &["--format", "html"]].concat();
    assert_eq!(code(&folder.run(&two)), 2);
    let output = folder.run(&[&two[..], &["--output", "page.html"]].concat());
    assert_eq!(code(&output), 1);
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok());
    assert!(folder.path("page.html").exists());
}

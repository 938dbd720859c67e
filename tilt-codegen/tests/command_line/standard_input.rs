//! `-` in place of a document's file.

use super::*;
use std::io::Write;
use std::process::Stdio;

/// The command's end with this text on standard input.
fn run_with_input(folder: &Folder, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tilt-codegen"))
        .args(arguments)
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments may close its end before.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let folder = Folder::with(DOCUMENT);
    let from_file = folder.run(&["inspect", "--openapi", "api.json"]);
    assert_eq!(code(&from_file), 0);
    let yaml = "openapi: 3.1.0\ninfo: {title: Greeting Service, version: '1'}\npaths:\n  \
                /greetings/{id}:\n    get:\n      parameters: [{name: id, in: path, required: true, \
                schema: {type: string}}]\n      responses: {'200': {description: One greeting.}}\n";
    for text in [DOCUMENT, yaml] {
        let output = run_with_input(&folder, &["inspect", "--openapi", "-"], text);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(stdout(&output), stdout(&from_file));
    }
    let generate = ["generate", "--openapi", "-", "--out", "sdk"];
    let output = run_with_input(&folder, &generate, DOCUMENT);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(code(&folder.generate(&["--check"])), 0);
}

#[test]
fn asyncapi_may_be_standard_input_beside_a_file() {
    let folder = Folder::with(DOCUMENT);
    let events = r#"{"asyncapi": "2.6.0", "info": {"title": "T", "version": "1"}, "channels": {"made":
        {"subscribe": {"message": {"name": "made", "payload": {"type": "object"}}}}}}"#;
    let arguments = ["inspect", "--openapi", "api.json", "--asyncapi", "-"];
    let output = run_with_input(&folder, &arguments, events);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("operation greetings.get"), "{text}");
    assert!(text.contains("event "), "{text}");
}

#[test]
fn faults_of_standard_input_have_their_place_in_it() {
    let folder = Folder::with(DOCUMENT);
    for (text, place) in [
        ("{\"openapi\": \"3.1.0\",\n  \"paths\": ]}", "<stdin>:2:"),
        ("", "<stdin>"),
    ] {
        let output = run_with_input(&folder, &["inspect", "--openapi", "-"], text);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains(place), "{}", stderr(&output));
    }
}

#[test]
fn standard_input_has_the_limit_of_files() {
    let folder = Folder::with(DOCUMENT);
    fs::write(folder.path("codegen.toml"), "limits.bytes = 100").unwrap();
    let arguments = ["inspect", "--openapi", "-", "--config", "codegen.toml"];
    let output = run_with_input(&folder, &arguments, DOCUMENT);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("larger than 100 bytes"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn standard_input_is_one_document() {
    let folder = Folder::with(DOCUMENT);
    let arguments = ["inspect", "--openapi", "-", "--asyncapi", "-"];
    let output = run_with_input(&folder, &arguments, DOCUMENT);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("cannot both be standard input"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn several_documents_become_one_crate_and_standard_input_is_one_at_most() {
    let folder = Folder::with(DOCUMENT);
    let other = DOCUMENT.replace("greetings", "farewells");
    fs::write(folder.path("other.json"), other).unwrap();
    let more = ["--openapi", "other.json"];
    let output = folder.generate(&more);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.starts_with("greeting-service: 2 operations"), "{text}");
    let again = folder.generate(&more);
    let text = stdout(&again);
    assert!(text.contains("0 files written, 0 removed"), "{text}");
    let twice = ["inspect", "--openapi", "-", "--openapi", "-"];
    let output = folder.run(&twice);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
}

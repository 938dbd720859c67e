//! Small documents as source text: one feature of schemas or operations each.

use std::path::Path;

use tilt_codegen::config::Config;
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// Fixtures whose sources are worth reading, one for each feature.
const FIXTURES: &[&str] = &[
    "all_of",
    "arrays",
    "enums",
    "events_one_of",
    "formats",
    "objects",
    "pagination",
    "parameters",
    "presence",
    "recursion",
    "request_bodies",
    "responses",
    "security",
    "unions",
];

#[test]
fn fixtures_have_the_sources_of_their_snapshots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for name in FIXTURES {
        let file = format!("{name}.yaml");
        let bytes = std::fs::read(folder.join(&file)).expect("a fixture that can be read");
        let specification = match bytes.starts_with(b"asyncapi") {
            true => Specification::AsyncApi,
            false => Specification::OpenApi,
        };
        let inputs = Inputs::one(specification, Input::Bytes { name: file, bytes });
        let generated = Generator::new(Config::default())
            .generate(&inputs)
            .expect("a document that is accepted");
        let listings = generated
            .files
            .iter()
            .filter(|file| !file.path.ends_with("mod.rs"));
        let text: Vec<String> = listings
            .map(|file| format!("==== {}\n{}", file.path, file.contents))
            .collect();
        insta::assert_snapshot!(*name, text.join("\n"));
    }
}

#[test]
fn variables_of_an_operations_own_server_are_told_to_the_runtime() {
    let document = r#"{
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {
            "servers": [{"url": "https://{r}.example.org", "variables": {"r": {"default": "eu"}}}],
            "responses": {"200": {"description": ""}}
        }}}
    }"#;
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: document.into(),
        }),
        ..Inputs::default()
    };
    let sdk = Generator::new(Config::default())
        .model(&inputs)
        .expect("a document that is accepted")
        .sdk;
    assert!(sdk.operation_variables.contains("r"));
    let server = sdk.resources[0].operations[0].server.as_ref();
    let server = server.expect("the operation's own server");
    assert_eq!(server.variables[0].default.as_deref(), Some("eu"));
}

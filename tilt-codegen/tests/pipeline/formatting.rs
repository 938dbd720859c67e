//! Generated sources stay as they are when users format their crate.

use serde_json::json;
use std::path::Path;
use std::process::Command;
use tilt_codegen::config::Config;
use tilt_codegen::render::{self, File, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

const LONG: &str = "AnExceedinglyLongNameOfTheKindThatNestedSchemasGetFromTheirPlaceInADocument";

/// Lines that are too long, names whose digits rustfmt orders by value, and types that nest.
fn inputs() -> Inputs {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut schemas = serde_json::Map::new();
    let mut properties = serde_json::Map::new();
    for name in ["V1", "V2", "V10", "URL", "A_b", "Ab", LONG] {
        schemas.insert(name.to_owned(), json!({"type": "object"}));
        let lists = json!({"type": "array", "items": {"type": "array", "items": reference(name)}});
        let map = json!({"type": "object", "additionalProperties": lists});
        properties.insert(format!("property_that_holds_{name}"), map);
        properties.insert(format!("the_{name}"), reference(name));
    }
    let all: Vec<_> = properties.keys().cloned().collect();
    schemas.insert(
        "All".to_owned(),
        json!({"type": "object", "properties": properties, "required": all}),
    );
    schemas.insert(
        "Any".to_owned(),
        json!({"oneOf": [reference("All"), reference(LONG), {"type": "array", "items": reference(LONG)}]}),
    );
    schemas.insert(
        format!("{LONG}s"),
        json!({"type": "array", "items": {"type": "object", "additionalProperties": reference(LONG)}}),
    );
    let answer =
        json!({"description": "", "content": {"application/json": {"schema": reference("Any")}}});
    let operation = |tag: &str| json!({"tags": [tag], "responses": {"200": answer}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/v10": {"get": operation("a-tag-with-a-long-name-that-fills-its-line")},
            "/v2": {"get": operation("another-tag-with-a-long-name-that-fills-its-line")},
            "/v1": {"get": operation("b")},
        },
        "webhooks": {"v1.done": {"post": {
            "requestBody": {"content": {"application/json": {"schema": reference("V1")}}},
            "responses": {},
        }}},
        "components": {"schemas": schemas},
    });
    Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    }
}

fn write(dir: &Path, files: &[File]) {
    for file in files {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.contents).expect("a file");
    }
}

/// Whether `cargo fmt` would leave a crate as it is.
fn assert_formatted(dir: &Path) {
    // A workspace of its own: the folder is within that of this project.
    let manifest = dir.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).expect("a manifest") + "\n[workspace]\n";
    std::fs::write(manifest, text).expect("a manifest");
    let output = Command::new("cargo")
        .args(["fmt", "--check"])
        .current_dir(dir)
        .output()
        .expect("cargo can be run");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

#[test]
fn a_generated_crate_is_left_alone_by_cargo_fmt() {
    let modelled = Generator::new(Config::default()).model(&inputs());
    let options = RenderOptions::new("formatted");
    let files = render::package(&modelled.expect("a document without errors").sdk, &options);
    let is_long = |file: &File| file.contents.lines().any(|line| line.len() > 100);
    assert!(files.iter().any(is_long), "no line is too long");
    let dir = folder();
    write(dir.path(), &files);
    assert_formatted(dir.path());
}

#[test]
fn sources_in_a_crate_with_a_root_of_its_own_are_left_alone_by_cargo_fmt() {
    let generated = Generator::new(Config::default()).generate(&inputs());
    let dir = folder();
    let manifest = "[package]\nname = \"own\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let own = File {
        path: "Cargo.toml".to_owned(),
        contents: manifest.to_owned(),
    };
    let root = File {
        path: "src/lib.rs".to_owned(),
        contents: "mod api;\n\npub use api::*;\n".to_owned(),
    };
    write(dir.path(), &[own, root]);
    let files = generated.expect("a document without errors").files;
    write(&dir.path().join("src/api"), &files);
    assert_formatted(dir.path());
}

//! Types that contain each other deeper than rustc follows without being told.

use serde_json::json;
use tilt_codegen::config::Config;
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The root of a crate for a chain of types, whose last one contains the first if that is asked for.
fn root(length: usize, is_ring: bool) -> String {
    let schema = |index: usize| {
        let next = match index + 1 {
            next if next < length => json!({"$ref": format!("#/components/schemas/T{next}")}),
            _ if is_ring => json!({"$ref": "#/components/schemas/T0"}),
            _ => json!({"type": "string"}),
        };
        let schema = json!({"type": "object", "properties": {"next": next}});
        (format!("T{index}"), schema)
    };
    root_of((0..length).map(schema).collect())
}

/// The root of a crate for these schemas.
fn root_of(schemas: serde_json::Map<String, serde_json::Value>) -> String {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Deep", "version": "1"}, "components": {"schemas": schemas}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    let options = RenderOptions::new("deep");
    let files = render::package(&modelled.expect("a document without errors").sdk, &options);
    let root = files.into_iter().find(|file| file.path == "src/lib.rs");
    root.expect("a root").contents
}

#[test]
fn rustc_is_told_of_a_long_chain() {
    assert!(root(1000, false).contains("#![recursion_limit = \"4000\"]"));
    assert!(root(1000, true).contains("#![recursion_limit = \"4000\"]"));
}

#[test]
fn rustc_is_told_of_a_wide_type() {
    let wide = |width: usize| {
        let properties: serde_json::Map<_, _> = (0..width)
            .map(|index| (format!("p{index}"), json!({"type": "string"})))
            .collect();
        let schema = json!({"type": "object", "properties": properties});
        root_of([("Wide".to_owned(), schema)].into_iter().collect())
    };
    assert!(wide(1200).contains("#![recursion_limit = \"400\"]"));
    assert!(!wide(500).contains("recursion_limit"));
}

#[test]
fn nothing_is_said_of_usual_types() {
    assert!(!root(40, false).contains("recursion_limit"));
    assert!(!root(1, true).contains("recursion_limit"));
}

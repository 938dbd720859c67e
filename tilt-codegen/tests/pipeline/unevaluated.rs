//! Properties that nothing else of a schema takes.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

/// The lines of the surface of a type that the only answer of an API has.
pub(crate) fn lines(schema: &Value) -> Vec<String> {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": {"responses": {"200": {
            "description": "A response",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
        }}}}},
        "components": {"schemas": {"Thing": schema}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    let surface = surface(&modelled.sdk);
    let lines = surface.lines().filter(|it| it.starts_with("type "));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_is_left_over_has_the_type_of_unevaluated_properties() {
    let of = |keyword: &str| {
        json!({
            "type": "object",
            "properties": {"a": {"type": "string"}},
            keyword: {"type": "integer"}
        })
    };
    let unevaluated = lines(&of("unevaluatedProperties"));
    assert_eq!(unevaluated, lines(&of("additionalProperties")));
    assert!(
        unevaluated.iter().any(|it| it.contains("i64")),
        "{unevaluated:?}"
    );
}

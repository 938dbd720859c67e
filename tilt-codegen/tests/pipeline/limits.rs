//! Limits of a property in its documentation, wherever they stand.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::Shape;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The documentation of a property, of a schema with a part that is named.
fn said(property: Value) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": {"schemas": {
            "Short": {"type": "string", "maxLength": 40},
            "Thing": {"type": "object", "properties": {"a": property}},
        }},
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    let mut types = modelled.sdk.types.iter();
    let Some(Shape::Struct(thing)) = types.find(|it| it.name == "Thing").map(|it| &it.shape) else {
        panic!("no struct");
    };
    thing.fields[0].docs.0.clone()
}

#[test]
fn limits_of_parts_are_those_of_the_property() {
    let part = json!({"type": "string", "minLength": 2});
    let short = json!({"$ref": "#/components/schemas/Short"});
    let limits = "At least 2 characters, at most 40 characters.";
    assert_eq!(said(json!({"allOf": [part, short]})), limits);
    assert_eq!(
        said(json!({"description": "An a.", "maxLength": 40, "allOf": [part]})),
        "An a.\n\nAt most 40 characters, at least 2 characters."
    );
    let nested = json!({"allOf": [{"allOf": [part, part]}, short]});
    assert_eq!(
        said(nested),
        "At most 40 characters, at least 2 characters."
    );
}

#[test]
fn a_reference_alone_says_its_limits_where_it_leads() {
    let short = json!({"$ref": "#/components/schemas/Short"});
    assert_eq!(said(json!({"allOf": [short]})), "");
}

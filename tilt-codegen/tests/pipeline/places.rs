//! A type knows every schema that it stands for.

use tilt_codegen::config::Config;
use tilt_codegen::model::{Sdk, Type};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

fn model(schemas: &str) -> Sdk {
    let text = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "t", "version": "1"}}, "paths": {{}},
            "components": {{"schemas": {schemas}}}}}"#
    );
    let input = Input::Bytes {
        name: "api.json".to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    modelled.expect("a document").sdk
}

/// Pointers below the schemas, those of one place together.
fn places(ty: &Type) -> Vec<String> {
    let places = ty.places.iter().map(|place| {
        let pointers = place.iter().map(|schema| {
            assert_eq!(schema.document, "api.json");
            let pointer = schema.pointer.to_string();
            pointer
                .trim_start_matches("/components/schemas/")
                .to_owned()
        });
        pointers.collect::<Vec<_>>().join(" ")
    });
    places.collect()
}

fn of<'s>(sdk: &'s Sdk, name: &str) -> &'s Type {
    let mut types = sdk.types.iter();
    types.find(|ty| ty.name.ends_with(name)).expect("a type")
}

#[test]
fn equal_inline_schemas_are_places_of_one_type() {
    let item = r#"{"type": "object", "properties": {"item": {"type": "object", "properties": {"id": {"type": "string"}}}}}"#;
    let sdk = model(&format!(r#"{{"A": {item}, "B": {item}}}"#));
    assert_eq!(
        places(of(&sdk, "Item")),
        ["A/properties/item", "B/properties/item"]
    );
}

#[test]
fn a_variant_stands_where_it_and_its_base_hold() {
    let sdk = model(
        r#"{"A": {"type": "object", "properties": {"base": {"type": "string"}}, "oneOf": [
            {"title": "One", "properties": {"one": {"type": "string"}}},
            {"title": "Two", "properties": {"two": {"type": "string"}}}
        ]}}"#,
    );
    assert_eq!(places(of(&sdk, "A")), ["A"]);
    assert_eq!(places(of(&sdk, "AOne")), ["A A/oneOf/0"]);
}

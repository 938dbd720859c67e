//! Everything that is written into a names file is read again.

use tilt_codegen::config::Config;
use tilt_codegen::model::Shape;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

/// A schema whose alternatives are references, each of which extends it: its variants are known by these.
const RING: &str = r##"{
    "openapi": "3.1.0", "info": {"title": "Ring", "version": "1"},
    "components": {"schemas": {
        "Message": {"type": "object", "properties": {"role": {"type": "string"}},
            "oneOf": [{"$ref": "#/components/schemas/System"}, {"$ref": "#/components/schemas/User"}]},
        "System": {"allOf": [{"$ref": "#/components/schemas/Message"}, {"type": "object", "properties": {"a": {"type": "string"}}}]},
        "User": {"allOf": [{"$ref": "#/components/schemas/Message"}, {"type": "object", "properties": {"b": {"type": "string"}}}]}
    }}
}"##;

/// An enum that two schemas have; a body is made of one of them.
const EXTENDED: &str = r##"{
    "openapi": "3.1.0", "info": {"title": "Bases", "version": "1"},
    "paths": {"/bases": {"post": {"requestBody": {"required": true, "content": {"application/json": {"schema": {"allOf": [
        {"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"backup": {"type": "string"}}}]}}}},
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Copy"}}}}}}}},
    "components": {"schemas": {
        "Base": {"type": "object", "properties": {"status": {"enum": ["up", "down"]}}},
        "Copy": {"type": "object", "properties": {"status": {"enum": ["up", "down"]}}}
    }}
}"##;

/// Alternatives that are equal, of lists too, and a reference into one of them.
const INNER: &str = r##"{
    "openapi": "3.1.0", "info": {"title": "Chains", "version": "1"},
    "paths": {
        "/blocks": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"oneOf": [
            {"title": "Far", "type": "array", "items": {"type": "object", "required": ["far"], "properties": {"far": {"type": "integer"}}}},
            {"title": "One", "type": "array", "items": {"type": "object", "required": ["gas"], "properties": {"gas": {"type": "integer"}}}},
            {"title": "Two", "type": "array", "items": {"type": "object", "required": ["gas"], "properties": {"gas": {"type": "integer"}}}}
        ]}}}}}}},
        "/block": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema":
            {"$ref": "#/paths/~1blocks/get/responses/200/content/application~1json/schema/oneOf/1/items"}}}}}}}
    }
}"##;

/// A body that goes out in two ways, and an answer whose first form has two media types.
const FORMS: &str = r##"{
    "openapi": "3.1.0", "info": {"title": "Forms", "version": "1"},
    "paths": {"/notes": {"patch": {
        "requestBody": {"required": true, "content": {
            "application/vnd.note+json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
            "application/merge-patch+json": {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}},
            "text/markdown": {"schema": {"type": "string"}}}},
        "responses": {"200": {"description": "", "content": {
            "application/vnd.v1+json": {"schema": {"type": "object", "properties": {"c": {"type": "string"}}}},
            "application/vnd.v2+json": {"schema": {"type": "object", "properties": {"c": {"type": "string"}}}},
            "text/plain": {"schema": {"type": "string"}}}}}}}}
}"##;

pub(crate) fn modelled(document: &str, earlier: Option<String>) -> Modelled {
    let bytes = |name: &str, text: &str| Input::Bytes {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let inputs = Inputs {
        openapi: Some(bytes("api.json", document)),
        names: earlier.map(|text| bytes("names.lock", &text)),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    modelled.expect("names that can be read")
}

fn names(document: &str, earlier: Option<String>) -> String {
    modelled(document, earlier).names.file().contents
}

fn is_the_same_again(document: &str) -> Modelled {
    let first = modelled(document, None);
    let file = first.names.file().contents;
    let again = modelled(document, Some(file.clone()));
    assert_eq!(again.names.file().contents, file);
    assert!(again.sdk == first.sdk, "another SDK under the same names");
    first
}

#[test]
fn variants_that_are_known_by_a_reference_are_read_again() {
    let first = names(RING, None);
    assert!(
        first.contains("oneOf/to.~2~1components"),
        "no such variant in:\n{first}"
    );
    is_the_same_again(RING);
}

#[test]
fn a_type_of_several_places_is_written_where_it_was() {
    is_the_same_again(EXTENDED);
}

#[test]
fn what_is_referred_to_inside_of_another_schema_is_the_type_that_it_is_there() {
    let modelled = is_the_same_again(INNER);
    let shapes = || modelled.sdk.types.iter().map(|ty| &ty.shape);
    let structs = shapes().filter(|shape| matches!(shape, Shape::Struct(_)));
    assert_eq!(structs.count(), 2);
    let variants = shapes().find_map(|shape| match shape {
        Shape::Union(union) => Some(union.variants.len()),
        _ => None,
    });
    assert_eq!(variants, Some(2), "those of one type are one variant");
}

#[test]
fn defaults_and_media_types_of_one_form_are_read_again() {
    let first = names(FORMS, None);
    let lines = |start: &str| first.lines().filter(|line| line.starts_with(start)).count();
    assert!(lines(" default ") > 1, "{first}");
    assert!(lines(" answer ") > 2, "{first}");
    is_the_same_again(FORMS);
}

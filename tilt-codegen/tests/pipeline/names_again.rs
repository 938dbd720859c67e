//! Everything that is written into a names file is read again.

use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

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

fn names(earlier: Option<String>) -> String {
    let bytes = |name: &str, text: &str| Input::Bytes {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let inputs = Inputs {
        openapi: Some(bytes("api.json", RING)),
        names: earlier.map(|text| bytes("names.lock", &text)),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    let modelled = modelled.expect("names that can be read");
    modelled.names.file().contents
}

#[test]
fn variants_that_are_known_by_a_reference_are_read_again() {
    let first = names(None);
    assert!(
        first.contains("oneOf/to.~2~1components"),
        "no such variant in:\n{first}"
    );
    assert_eq!(names(Some(first.clone())), first);
}

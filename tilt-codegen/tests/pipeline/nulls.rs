//! Nulls that are read though no document allows them, and are not sent.

use serde_json::json;
use tilt_codegen::surface;

use crate::media_types::{content, modelled, text};

#[test]
fn a_null_that_is_not_allowed_is_kept_and_cannot_be_set() {
    let schema = json!({
        "type": "object",
        "properties": {"name": text(), "nick": {"type": ["string", "null"]}},
        "additionalProperties": {"type": "string"}
    });
    let content = content(&[("application/json", schema)]);
    let surface = surface(&modelled(&content, &content, None).sdk);
    // A null has no place among texts, and is not lost.
    assert!(surface.contains(".name: String? or null"), "{surface}");
    assert!(surface.contains(" null_nick()"), "{surface}");
    assert!(!surface.contains(" null_name()"), "{surface}");
}

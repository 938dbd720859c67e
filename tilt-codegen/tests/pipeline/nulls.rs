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

#[test]
fn a_merge_patch_has_nulls_for_all_that_may_be_removed() {
    let address = json!({"type": "object", "properties": {"line": text()}});
    let schema = json!({
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": text(),
            "name": text(),
            "address": address,
            "parts": {"type": "array", "items": {"type": "object", "properties": {"size": text()}}}
        }
    });
    let of = |media_type: &str| {
        let content = content(&[(media_type, schema.clone())]);
        surface(&modelled(&content, &content, None).sdk)
    };
    let patched = of("application/merge-patch+json; charset=utf-8");
    for removed in ["name", "address", "line", "parts"] {
        assert!(patched.contains(&format!(" null_{removed}()")), "{patched}");
    }
    // Required properties cannot be removed, and an array is put in place of another.
    for kept in ["id", "size"] {
        assert!(!patched.contains(&format!(" null_{kept}()")), "{patched}");
    }
    let put = of("application/json");
    assert!(!put.contains(" null_"), "{put}");
}

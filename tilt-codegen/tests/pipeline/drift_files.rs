//! Parts of multipart bodies: bytes are bytes, in whichever words of a version.

use serde_json::{Value, json};
use tilt_codegen::drift::{Finding, Severity};

use crate::drift_maps::findings;

fn upload(version: &str, file: &Value, encoding: &Value) -> Value {
    let schema = json!({"type": "object", "properties": {"file": file}});
    let content = json!({"multipart/form-data": {"schema": schema, "encoding": encoding}});
    json!({
        "openapi": version,
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/files": {"post": {
            "requestBody": {"content": content},
            "responses": {"204": {"description": "Done."}},
        }}},
    })
}

fn told(old: (&str, &Value), new: (&str, &Value), encoding: &Value) -> Vec<Finding> {
    let mut found = findings(
        &upload(old.0, old.1, encoding),
        &upload(new.0, new.1, encoding),
    );
    found.retain(|it| it.rule != "openapi-version-changed");
    found
}

#[test]
fn bytes_of_a_part_are_bytes_in_all_words() {
    let bytes = [
        ("3.0.3", json!({"type": "string", "format": "binary"})),
        ("3.1.0", json!({"type": "string", "format": "binary"})),
        ("3.1.0", json!({})),
        (
            "3.1.0",
            json!({"contentMediaType": "application/octet-stream"}),
        ),
        (
            "3.1.0",
            json!({"type": "string", "contentMediaType": "application/octet-stream"}),
        ),
    ];
    for (old, before) in &bytes {
        for (new, after) in &bytes {
            let found = told((old, before), (new, after), &json!({}));
            let is_quiet = found.iter().all(|it| it.severity == Severity::Editorial);
            assert!(is_quiet, "{old} {before} → {new} {after}: {found:#?}");
            assert!(found.len() < 2, "{found:#?}");
        }
    }
}

#[test]
fn another_kind_of_part_is_another_content_type() {
    let rule = "encoding-content-type-changed";
    let png = json!({"contentMediaType": "image/png"});
    let (any, text) = (json!({}), json!({"type": "string"}));
    let binary = json!({"type": "string", "format": "binary"});
    for (old, new) in [
        (&any, &png),
        (&any, &text),
        (&text, &any),
        (&text, &png),
        (&png, &text),
        (&binary, &png),
        (&binary, &text),
        (&text, &binary),
    ] {
        let found = told(("3.1.0", old), ("3.1.0", new), &json!({}));
        let found: Vec<_> = found.iter().map(|it| (&*it.rule, it.severity)).collect();
        assert_eq!(found, [(rule, Severity::Breaking)], "{old} → {new}");
    }
    // The encoding says it for both.
    let stated = json!({"file": {"contentType": "image/png"}});
    let found = told(("3.1.0", &any), ("3.1.0", &png), &stated);
    assert_eq!(found[0].severity, Severity::Editorial, "{found:#?}");
}

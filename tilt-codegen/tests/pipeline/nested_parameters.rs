//! Parameters with parts inside parts are found, and only these.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The findings about a parameter of this schema.
fn findings(location: &str, style: Option<&str>, schema: Value) -> Vec<(String, String)> {
    let mut parameter = json!({"name": "p", "in": location, "schema": schema});
    if let Some(style) = style {
        parameter["style"] = json!(style);
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": {
            "parameters": [parameter],
            "responses": {"204": {"description": "Done"}}
        }}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    let findings = modelled.findings.items.into_iter();
    findings
        .map(|found| (found.code.as_str().to_owned(), found.message))
        .collect()
}

fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

fn object(property: Value) -> Value {
    json!({"type": "object", "properties": {"a": property}})
}

fn text() -> Value {
    json!({"type": "string"})
}

#[test]
fn a_parameter_with_parts_inside_parts_is_a_finding_that_says_how_it_is_written() {
    for (location, style, schema, written) in [
        ("query", None, list(object(text())), "as JSON"),
        ("query", None, list(list(text())), "as JSON"),
        ("query", None, object(object(text())), "as JSON"),
        ("query", None, object(list(object(text()))), "as JSON"),
        (
            "query",
            Some("pipeDelimited"),
            object(list(text())),
            "as JSON",
        ),
        (
            "query",
            Some("deepObject"),
            object(object(text())),
            "`name[outer][inner]=value`",
        ),
        (
            "query",
            None,
            json!({"oneOf": [text(), list(object(text()))]}),
            "as JSON",
        ),
        (
            "query",
            None,
            json!({"type": "object", "additionalProperties": object(text())}),
            "as JSON",
        ),
        ("cookie", None, list(object(text())), "as JSON"),
        ("header", None, list(object(text())), "is not sent"),
    ] {
        let found = findings(location, style, schema.clone());
        let [(code, message)] = found.as_slice() else {
            unreachable!("{schema}: {found:?}")
        };
        assert_eq!(code, "nested-parameter");
        assert!(message.contains(written), "{message}");
    }
}

#[test]
fn a_parameter_that_its_style_can_write_is_none() {
    for (style, schema) in [
        (None, text()),
        (None, list(text())),
        (None, object(text())),
        (None, object(list(text()))),
        (None, json!({"oneOf": [text(), list(text())]})),
        (None, json!({})),
        (None, json!({"type": "object"})),
        (Some("deepObject"), object(text())),
        (Some("pipeDelimited"), list(text())),
    ] {
        assert_eq!(findings("query", style, schema.clone()), [], "{schema}");
    }
}

#[test]
fn a_style_that_is_not_defined_for_a_value_is_told() {
    let plain = json!({"type": "string"});
    let flat = object(plain.clone());
    for (style, schema, is_told) in [
        ("deepObject", &plain, true),
        ("deepObject", &list(plain.clone()), true),
        ("deepObject", &flat, false),
        ("deepObject", &json!({}), false),
        ("pipeDelimited", &plain, true),
        ("pipeDelimited", &list(plain.clone()), false),
        ("spaceDelimited", &json!({"enum": ["a", "b"]}), true),
        ("form", &plain, false),
    ] {
        let codes = findings("query", Some(style), schema.clone());
        let codes: Vec<String> = codes.into_iter().map(|(code, _)| code).collect();
        let expected = is_told.then(|| "undefined-style".to_owned());
        assert_eq!(codes, Vec::from_iter(expected), "{style} {schema}");
    }
}

//! The headers of answers as constants.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs, surface};

/// An SDK of `GET /things` whose 200 has the one headers, and whose 429 the others.
fn generated(ok: Value, limited: Value, settings: &str) -> Generated {
    again(ok, limited, settings, None)
}

/// The same, with the names of a generation before.
fn again(ok: Value, limited: Value, settings: &str, names: Option<&str>) -> Generated {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": {"responses": {
            "200": {"description": "OK", "headers": ok},
            "429": {"description": "Too many", "headers": limited}
        }}}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        names: names.map(|names| Input::Bytes {
            name: "names.lock".to_owned(),
            bytes: names.as_bytes().to_vec(),
        }),
        ..Inputs::default()
    };
    let config = Config::from_toml(settings).unwrap();
    Generator::new(config).generate(&inputs).unwrap()
}

fn file(generated: &Generated, path: &str) -> Option<String> {
    let mut files = generated.files.iter();
    files
        .find(|file| file.path == path)
        .map(|file| file.contents.clone())
}

fn of(schema: Value) -> Value {
    json!({"schema": schema})
}

/// The lines of the surface that are about headers.
fn headers(ok: Value, limited: Value) -> Vec<String> {
    lines(&generated(ok, limited, ""))
}

fn lines(generated: &Generated) -> Vec<String> {
    let surface = surface(&generated.sdk);
    let lines = surface.lines().filter(|line| line.starts_with("header "));
    lines.map(str::to_owned).collect()
}

#[test]
fn each_header_is_a_constant_of_its_type() {
    let ok = json!({
        "X-Left": {"description": "Requests that are left.", "schema": {"type": "integer"}},
        "Content-Type": of(json!({"type": "string"}))
    });
    let limited =
        json!({"Retry-After": of(json!({"type": ["integer", "null"], "format": "int32"}))});
    insta::assert_snapshot!(file(&generated(ok, limited, ""), "headers.rs").unwrap());
}

#[test]
fn a_header_is_as_its_schema_says_or_else_text() {
    for (schema, ty) in [
        (json!({"type": "integer"}), "i64"),
        (json!({"type": "number"}), "Number"),
        (json!({"type": "boolean"}), "bool"),
        (json!({"type": "string", "format": "uuid"}), "Uuid"),
        (json!({"type": "string", "enum": ["a", "b"]}), "String"),
        (
            json!({"type": "array", "items": {"type": "string"}}),
            "[String]",
        ),
        (
            json!({"type": "array", "items": {"type": "integer"}}),
            "[i64]",
        ),
        (
            json!({"type": "array", "items": {"type": "array", "items": {}}}),
            "String",
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}]}),
            "String",
        ),
        (
            json!({"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}),
            "{i64}",
        ),
        (
            json!({"properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}}),
            "{String}",
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "boolean"}}),
            "{bool}",
        ),
        (json!({"properties": {"a": {"type": "object"}}}), "String"),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
            "String",
        ),
        (json!({"type": ["integer", "string"]}), "String"),
        (json!({}), "String"),
    ] {
        let found = headers(json!({"x-a": of(schema.clone())}), json!({}));
        assert_eq!(found, [format!("header X_A \"x-a\": {ty}")], "{schema}");
    }
    assert_eq!(
        headers(
            json!({"x-a": {"content": {"application/json": {}}}}),
            json!({})
        ),
        ["header X_A \"x-a\": String"]
    );
}

#[test]
fn one_name_is_one_constant_and_text_where_answers_differ() {
    let (integer, text) = (json!({"type": "integer"}), json!({"type": "string"}));
    assert_eq!(
        headers(
            json!({"X-A": of(integer.clone())}),
            json!({"x-a": of(integer.clone())})
        ),
        ["header X_A \"X-A\": i64"]
    );
    assert_eq!(
        headers(
            json!({"x-a": of(integer.clone())}),
            json!({"x-a": of(text)})
        ),
        ["header X_A \"x-a\": String"]
    );
    let found = headers(
        json!({"x-a": of(integer.clone()), "x_a": of(integer)}),
        json!({}),
    );
    assert_eq!(found.len(), 2);
    assert_ne!(found[0].split(' ').nth(1), found[1].split(' ').nth(1));
}

#[test]
fn names_that_are_no_headers_are_left_out() {
    let odd = json!({"a b": {}, "ü": {}, "-": {}, "x\"y": {}, "3d": {}, "self": {}});
    let found = headers(odd, json!({}));
    assert_eq!(
        found,
        ["header N3D \"3d\": String", "header SELF \"self\": String"]
    );
}

#[test]
fn there_is_no_module_where_there_are_no_headers_or_no_client() {
    let none = generated(json!({}), json!({}), "");
    assert_eq!(file(&none, "headers.rs"), None);
    let ok = json!({"x-a": of(json!({"type": "string"}))});
    let types = generated(ok.clone(), json!({}), "[parts]\nclient = false\n");
    assert_eq!(file(&types, "headers.rs"), None);
    let all = generated(ok, json!({}), "");
    assert!(file(&all, "mod.rs").unwrap().contains("pub mod headers;"));
}

#[test]
fn a_header_keeps_its_constant_and_its_type_when_others_come() {
    let text = of(json!({"type": "string"}));
    let left = json!({"X-Rate-Left": of(json!({"type": "integer"}))});
    let before = generated(left.clone(), json!({}), "");
    let others = json!({"X_Rate_Left": text, "X-Rate-Left": text});
    let after = again(left, others, "", Some(&before.names.to_string()));
    let (before, after) = (lines(&before), lines(&after));
    assert!(after.contains(&before[0]), "{before:?} {after:?}");
    assert_eq!(after.len(), 2);
}

#[test]
fn an_object_says_whether_its_members_have_names_before_a_sign() {
    let header = |explode: bool| {
        let schema = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        let ok = json!({"X-A": {"explode": explode, "schema": schema}});
        file(&generated(ok, json!({}), ""), "headers.rs").unwrap()
    };
    let plain = "pub const X_A: rt::Header<rt::Map<i64>> = rt::Header::new(\"X-A\");";
    assert!(header(false).contains(plain), "{}", header(false));
    assert!(header(true).contains("rt::Header::exploded(\"X-A\")"));
}

#[test]
fn a_header_that_was_text_stays_text_when_it_has_parts() {
    let list = json!({"X-A": of(json!({"type": "array", "items": {"type": "integer"}}))});
    let text = json!({"X-A": of(json!({"type": "string"}))});
    let before = generated(text, json!({}), "");
    let after = again(list.clone(), json!({}), "", Some(&before.names.to_string()));
    assert_eq!(lines(&after), lines(&before));
    let names = generated(list.clone(), json!({}), "").names.to_string();
    let kept = again(list, json!({}), "", Some(&names));
    assert_eq!(lines(&kept), ["header X_A \"X-A\": [i64]"]);
    let cookies = json!({"Set-Cookie": of(json!({"type": "array", "items": {"type": "string"}}))});
    assert!(headers(cookies, json!({}))[0].ends_with(": String"));
}

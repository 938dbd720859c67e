//! Settings that find nothing in the documents: each is told where it stands.

use serde_json::{Value, json};
use tilt_codegen::config::{Config, Selector};
use tilt_codegen::diagnostic::Diagnostic;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

fn input(name: &str, document: &Value) -> Option<Input> {
    Some(Input::Bytes {
        name: name.to_owned(),
        bytes: document.to_string().into_bytes(),
    })
}

fn inputs() -> Inputs {
    let error = json!({"type": "object", "properties": {"code": {"type": "string"}, "reason": {"type": "string"}}});
    let openapi = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://{region}.example.com/"}],
        "paths": {"/orders": {"get": {
            "security": [{"oauth": ["orders:read"]}],
            "responses": {
                "200": {"description": "", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Order"}}}},
                "400": {"description": "", "content": {"application/json": {"schema": error}}}}}}},
        "components": {
            "securitySchemes": {"oauth": {"type": "oauth2", "flows": {"clientCredentials": {
                "tokenUrl": "https://eu.example.com/token", "scopes": {"orders:read": "Read."}}}}},
            "schemas": {"Order": {"type": "object", "properties": {"note": {"type": "string"}}}}},
    });
    let payload = json!({"type": "object", "properties": {"kind": {"const": "paid"}, "event_id": {"type": "string"}}});
    let headers = json!({"type": "object", "properties": {"X-Signature": {"type": "string"}}});
    let asyncapi = json!({
        "asyncapi": "2.6.0",
        "info": {"title": "T", "version": "1"},
        "channels": {"paid": {"subscribe": {"message": {
            "name": "paid", "headers": headers, "payload": payload}}}},
    });
    Inputs {
        openapi: input("api.json", &openapi),
        asyncapi: input("events.json", &asyncapi),
        ..Inputs::default()
    }
}

fn unmatched(config: Config) -> Vec<Diagnostic> {
    let findings = Generator::new(config).model(&inputs()).unwrap().findings;
    let items = findings.items.into_iter();
    items
        .filter(|it| it.code.as_str().starts_with("unmatched-"))
        .collect()
}

#[test]
fn what_matches_is_no_finding() {
    let settings = r#"
[[environments]]
name = "Eu"
api = "https://eu.example.com"
[auth.scopes]
"orders:read" = "Read orders."
[errors]
code = "code"
message = "reason"
[events]
kind = "kind"
id = "event_id"
signature = { header = "x-signature" }
"#;
    let found = unmatched(Config::from_toml(settings).unwrap());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_matches_nothing_is_told_where_it_stands() {
    for (settings, code, place) in [
        ("[types.rename]\nA = \"B\"", "rename", (2, 1)),
        ("[types.format]\nx = \"crate::X\"", "mapping", (2, 1)),
        ("[types.schema]\nX = \"crate::X\"", "mapping", (2, 1)),
        ("types.property = { x = \"crate::X\" }", "mapping", (1, 20)),
        ("[types.derive]\nX = [\n  \"Eq\"]", "derive", (3, 3)),
        ("[types.attributes]\nX = [\"#[x]\"]", "derive", (2, 1)),
        ("[ids]\nx = \"XId\"", "id", (2, 1)),
        (
            "[operations.rename]\n\"GET /x\" = \"x.y\"",
            "rename",
            (2, 1),
        ),
        ("[secrets]\npersonal = [\"note\", \"x\"]", "secret", (2, 21)),
        (
            "[select]\ninclude = [\"path:/orders\", \"tag:x\"]",
            "include",
            (2, 28),
        ),
        (
            "[[environments]]\nname = \"X\"\napi = \"https://example.org\"",
            "environment",
            (3, 1),
        ),
        (
            "[auth.scopes]\n\"orders:write\" = \"Write.\"",
            "scope",
            (2, 1),
        ),
        ("[errors]\nmessage = \"message\"", "error-property", (2, 1)),
        ("[errors]\nrequest_id = \"id\"", "error-property", (2, 1)),
        ("[events]\nkind = \"event\"", "event-property", (2, 1)),
        ("[events]\nid = \"id\"", "event-property", (2, 1)),
        (
            "[events.signature]\nheader = \"X-Other\"",
            "signature-header",
            (2, 1),
        ),
    ] {
        let found = unmatched(Config::from_toml(settings).unwrap());
        let [finding] = found.as_slice() else {
            panic!("{settings}: {found:?}");
        };
        assert_eq!(
            finding.code.as_str(),
            format!("unmatched-{code}"),
            "{settings}"
        );
        assert_eq!(finding.document, "codegen.toml", "{settings}");
        let at = (finding.line.unwrap(), finding.column.unwrap());
        assert_eq!(at, place, "{settings}");
    }
}

#[test]
fn a_setting_that_stands_in_no_file_has_no_line_of_a_document() {
    let mut config = Config::default();
    config.select.include = vec![
        Selector::Tag("x".to_owned()),
        Selector::Path("/".to_owned()),
    ];
    let found = unmatched(config);
    let [finding] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        (finding.document.as_str(), finding.line),
        ("settings", None)
    );
}

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
    let (openapi, asyncapi) = documents();
    of(&openapi, &asyncapi)
}

fn of(openapi: &Value, asyncapi: &Value) -> Inputs {
    Inputs {
        openapi: input("api.json", openapi),
        asyncapi: input("events.json", asyncapi),
        ..Inputs::default()
    }
}

fn documents() -> (Value, Value) {
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
    (openapi, asyncapi)
}

fn unmatched(config: Config) -> Vec<Diagnostic> {
    let findings = Generator::new(config).model(&inputs()).unwrap().findings;
    let items = findings.items.into_iter();
    items
        .filter(|it| it.code.as_str().starts_with("unmatched-"))
        .collect()
}

/// Settings that all find something.
const FOUND: &str = r#"
[[environments]]
name = "Eu"
api = "https://eu.example.com"
token = "https://eu.example.com/token/"
[[environments]]
name = "Us"
api = "https://us.example.com"
token = "https://us.example.com/token"
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

#[test]
fn what_matches_is_no_finding() {
    let found = unmatched(Config::from_toml(FOUND).unwrap());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_matches_nothing_any_more_is_a_finding_of_drift() {
    let (openapi, asyncapi) = documents();
    let config = Config::from_toml(FOUND).unwrap();
    for (text, other, rule, line) in [
        (
            "/eu.example.com/token",
            "/eu.example.com/tokens",
            "environment",
            5,
        ),
        ("orders:read", "orders:list", "scope", 11),
        ("\"code\"", "\"error_code\"", "error-property", 13),
        ("\"reason\"", "\"detail\"", "error-property", 14),
        ("\"kind\"", "\"type_of\"", "event-property", 16),
        ("\"event_id\"", "\"id\"", "event-property", 17),
        ("X-Signature", "X-Signed", "signature-header", 18),
    ] {
        let renamed = |document: &Value| -> Value {
            serde_json::from_str(&document.to_string().replace(text, other)).unwrap()
        };
        let new = of(&renamed(&openapi), &renamed(&asyncapi));
        let drift = tilt_codegen::diff(&inputs(), &new, &config).unwrap();
        let ours = drift.findings.iter();
        let ours: Vec<_> = ours.filter(|it| it.rule.starts_with("setting-")).collect();
        let [finding] = ours[..] else {
            panic!("{text}: {drift:#?}");
        };
        assert_eq!(finding.rule, format!("setting-unmatched-{rule}"), "{text}");
        let place = finding.new.as_ref().unwrap();
        let place = (place.document.as_str(), place.line);
        assert_eq!(place, ("codegen.toml", Some(line)), "{text}");
    }
}

#[test]
fn each_environment_that_is_no_server_any_more_is_a_finding_of_drift() {
    let (openapi, asyncapi) = documents();
    let text = openapi.to_string();
    let moved = text.replace("{region}.example.com", "{region}.example.org");
    let new = of(&serde_json::from_str(&moved).unwrap(), &asyncapi);
    let config = Config::from_toml(FOUND).unwrap();
    let drift = tilt_codegen::diff(&inputs(), &new, &config).unwrap();
    let ours = drift.findings.iter();
    let ours = ours.filter(|it| it.rule == "setting-unmatched-environment");
    let lines: Vec<_> = ours
        .map(|it| it.new.as_ref().and_then(|it| it.line))
        .collect();
    assert_eq!(lines, [Some(4), Some(8)]);
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
            "[[environments]]\nname = \"X\"\napi = \"https://x.example.com\"\ntoken = \"https://example.org/token\"",
            "environment",
            (4, 1),
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
fn every_header_of_a_signature_is_looked_for() {
    for (key, header) in [("id", "X-Id"), ("timestamp", "X-Time")] {
        let settings = format!(
            "[events.signature]\nheader = \"X-Signature\"\n{key} = \"{header}\"\nsigned = \"{{{key}}}.{{body}}\""
        );
        let found = unmatched(Config::from_toml(&settings).unwrap());
        let [finding] = found.as_slice() else {
            panic!("{settings}: {found:?}");
        };
        assert_eq!(finding.code.as_str(), "unmatched-signature-header");
        assert_eq!(finding.line, Some(3), "{settings}");
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

#[test]
fn what_is_left_out_by_a_selection_is_no_finding() {
    let (mut openapi, asyncapi) = documents();
    openapi["paths"]["/things"]["get"] = json!({
        "parameters": [{"name": "page", "in": "query", "schema": {"type": "string"}}],
        "responses": {"400": {"description": "", "content": {"application/json": {
            "schema": {"type": "object", "properties": {"title": {"type": "string"}}}}}}},
    });
    let settings = "[select]\ninclude = [\"path:/things\"]\n[secrets]\npersonal = [\"note\"]\n[errors]\nmessage = \"reason\"";
    let config = |text: &str| Config::from_toml(text).unwrap();
    let codes = |settings: &str| -> Vec<String> {
        let modelled = Generator::new(config(settings)).model(&of(&openapi, &asyncapi));
        let items = modelled.unwrap().findings.items.into_iter();
        let codes = items.map(|it| it.code.as_str().to_owned());
        let mut codes: Vec<String> = codes.filter(|it| it.starts_with("unmatched-")).collect();
        codes.sort();
        codes
    };
    assert_eq!(codes(settings), [""; 0]);
    let nowhere = settings
        .replace("note", "nowhere")
        .replace("reason", "nowhere");
    assert_eq!(
        codes(&nowhere),
        ["unmatched-error-property", "unmatched-secret"]
    );
}

//! Requests that may be sent again: each document makes one point.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::model::{Operation, Retry, Sdk};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

fn model(paths: Value, settings: &str) -> (Sdk, Diagnostics) {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": paths
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let config = Config::from_toml(settings).unwrap();
    let modelled = Generator::new(config).model(&inputs).unwrap();
    (modelled.sdk, modelled.findings)
}

/// An operation with these header parameters.
fn operation(headers: &[(&str, Value)]) -> Value {
    let parameters = headers
        .iter()
        .map(|(name, schema)| json!({"name": name, "in": "header", "schema": schema}));
    json!({
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": {"204": {"description": "Done"}}
    })
}

fn operations(sdk: &Sdk) -> impl Iterator<Item = &Operation> {
    sdk.resources.iter().flat_map(|it| &it.operations)
}

/// By method and path.
fn retry(sdk: &Sdk, method: &str, path: &str) -> Retry {
    let mut operations = operations(sdk);
    let operation = operations.find(|it| it.method.as_str() == method && it.path == path);
    operation.unwrap().retry.clone()
}

fn keyed(header: &str, seconds: Option<u64>) -> Retry {
    Retry::Keyed {
        header: header.to_owned(),
        lifetime: seconds,
    }
}

fn text() -> Value {
    json!({"type": "string"})
}

fn codes(findings: &Diagnostics) -> Vec<(&'static str, Option<usize>)> {
    let findings = findings.items.iter();
    findings.map(|it| (it.code.as_str(), it.line)).collect()
}

#[test]
fn http_says_what_may_be_repeated() {
    let all: serde_json::Map<String, Value> = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ]
    .map(|method| (method.to_owned(), operation(&[])))
    .into_iter()
    .collect();
    let (sdk, _) = model(json!({"/things": all}), "");
    for operation in operations(&sdk) {
        let expected = match operation.method.as_str() {
            "POST" | "PATCH" => Retry::Once,
            _ => Retry::Repeatable,
        };
        assert_eq!(operation.retry, expected, "{}", operation.method.as_str());
    }
    assert_eq!(operations(&sdk).count(), 8);
}

#[test]
fn a_declared_key_makes_a_request_repeatable() {
    let post = |header: &str, schema: Value| json!({"post": operation(&[(header, schema)])});
    let paths = json!({
        "/a": post("idempotency-KEY", text()),
        "/b": post("Idempotency-Key", json!({"type": "string", "format": "uuid"})),
        // No UUID is an integer, or one of two words.
        "/c": post("Idempotency-Key", json!({"type": "integer"})),
        "/d": post("Idempotency-Key", json!({"type": "string", "enum": ["a", "b"]})),
        "/e": post("X-Token", text()),
        "/f": post("X-Other", text()),
        "/g": {"put": operation(&[("Idempotency-Key", text())])}
    });
    let settings = "[retry.lifetime]\nIdempotency-Key = \"24h\"\nx-token = \"90s\"\n";
    let (sdk, findings) = model(paths.clone(), settings);
    let of = |path| retry(&sdk, "POST", path);
    assert_eq!(of("/a"), keyed("idempotency-KEY", Some(86_400)));
    assert_eq!(of("/b"), keyed("Idempotency-Key", Some(86_400)));
    assert_eq!(of("/c"), Retry::Once);
    assert_eq!(of("/d"), Retry::Once);
    assert_eq!(of("/e"), keyed("X-Token", Some(90)));
    assert_eq!(of("/f"), Retry::Once);
    assert_eq!(retry(&sdk, "PUT", "/g"), Retry::Repeatable);
    assert!(codes(&findings).is_empty(), "{findings}");
    // Its life is not assumed to be what is not stated.
    let (sdk, _) = model(paths, "");
    assert_eq!(retry(&sdk, "POST", "/a"), keyed("idempotency-KEY", None));
    assert_eq!(retry(&sdk, "POST", "/e"), Retry::Once);
}

#[test]
fn settings_say_more_than_the_document() {
    let paths = json!({
        "/search": {"post": operation(&[])},
        "/next": {"get": operation(&[])},
        "/pay": {"post": operation(&[("Idempotency-Key", text())])},
        "/v1/charges": {"post": operation(&[]), "get": operation(&[])}
    });
    let settings = r#"
        [retry]
        repeatable = ["path:/search", "path:/pay"]
        once = ["operation:GET /next", "path:/pay"]
        [retry.keyed]
        "path:/v1/" = "X-Key"
        [retry.lifetime]
        X-Key = "1d"
    "#;
    let (sdk, findings) = model(paths, settings);
    assert_eq!(retry(&sdk, "POST", "/search"), Retry::Repeatable);
    assert_eq!(retry(&sdk, "GET", "/next"), Retry::Once);
    assert_eq!(retry(&sdk, "POST", "/pay"), Retry::Once);
    assert_eq!(
        retry(&sdk, "POST", "/v1/charges"),
        keyed("X-Key", Some(86_400))
    );
    assert_eq!(retry(&sdk, "GET", "/v1/charges"), Retry::Repeatable);
    assert!(codes(&findings).is_empty(), "{findings}");
}

#[test]
fn settings_that_say_something_of_nothing_are_found_where_they_stand() {
    let paths = json!({"/things": {"post": operation(&[])}});
    let settings = "[retry]\nonce = [\"tag:A\"]\nrepeatable = [\n\"path:/things\",\n\"path:/x\"]\n\
                    [retry.keyed]\n\"tag:B\" = \"X-Key\"\n[retry.lifetime]\nX-Key = \"1h\"\n";
    let (_, findings) = model(paths, settings);
    let mut found = codes(&findings);
    found.sort_unstable();
    let selector = "unmatched-selector";
    let expected = [
        ("unmatched-key-header", Some(9)),
        (selector, Some(2)),
        (selector, Some(5)),
        (selector, Some(7)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn statuses_that_refuse_are_told_sorted_and_once() {
    let paths = json!({"/things": {"post": operation(&[])}});
    let (sdk, _) = model(paths, "[retry]\nrefused = [503, 429, 503]\n");
    assert_eq!(sdk.refused, [429, 503]);
    for settings in [
        "refused = [200]",
        "lifetime.A = \"24\"",
        "keyed.\"tag:A\" = \"a b\"",
    ] {
        assert!(
            Config::from_toml(&format!("[retry]\n{settings}\n")).is_err(),
            "{settings}"
        );
    }
}

#[test]
fn properties_that_the_settings_name_are_compared_where_body_and_answer_have_them_alike() {
    let integer = || json!({"type": "integer", "format": "int64"});
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    let post = |sent: Value, read: Value| {
        let content = |schema: Value| json!({"application/json": {"schema": object(schema)}});
        json!({"post": {
            "requestBody": {"content": content(sent)},
            "responses": {"201": {"description": "OK", "content": content(read)}}
        }})
    };
    let paths = json!({
        "/a": post(json!({"amount": integer(), "note": text()}), json!({"amount": integer(), "note": text()})),
        "/b": post(json!({"amount": integer()}), json!({"amount": text()})),
        "/c": post(json!({"amount": integer()}), json!({"total": integer()})),
        "/d": post(json!({"amount": {"type": "array", "items": integer()}}), json!({"amount": {"type": "array", "items": integer()}}))
    });
    let settings = "[retry]\nechoes = [\n\"amount\",\n\"total\"]\n";
    let (sdk, findings) = model(paths.clone(), settings);
    for operation in operations(&sdk) {
        let expected: &[String] = match operation.path.as_str() {
            "/a" => &["amount".to_owned()],
            _ => &[],
        };
        assert_eq!(
            operation.execution.body_echoes, expected,
            "{}",
            operation.path
        );
    }
    assert_eq!(codes(&findings), [("unmatched-echo", Some(4))]);
    // In forms, and where a body may be one of several, likewise.
    let mut forms = paths.clone();
    let (form, parts) = ("application/x-www-form-urlencoded", "multipart/form-data");
    for (path, media_type, or_json) in [
        ("/a", form, None),
        ("/b", parts, None),
        ("/e", parts, Some(integer())),
        ("/f", parts, Some(text())),
    ] {
        forms[path] = paths["/a"].clone();
        let content = &mut forms[path]["post"]["requestBody"]["content"];
        let json = content["application/json"].take();
        *content = json!({media_type: json});
        if let Some(amount) = or_json {
            content["application/json"] = json!({"schema": object(json!({"amount": amount}))});
        }
    }
    let (sdk, findings) = model(forms, "[retry]\nechoes = [\"amount\"]\n");
    for operation in operations(&sdk) {
        let is_compared = matches!(operation.path.as_str(), "/a" | "/b" | "/e");
        let echoes = &operation.execution.body_echoes;
        assert_eq!(echoes.len(), usize::from(is_compared), "{}", operation.path);
    }
    assert!(findings.items.is_empty(), "{findings:?}");
    // Nothing is compared that the settings do not name.
    let (sdk, _) = model(paths, "");
    assert!(operations(&sdk).all(|it| it.execution.body_echoes.is_empty()));
}

#[test]
fn uuids_of_the_path_that_an_answer_repeats_are_compared() {
    let answer = |properties: Value| {
        let schema = json!({"type": "object", "properties": properties});
        json!({"201": {"description": "OK", "content": {"application/json": {"schema": schema}}}})
    };
    let uuid = || json!({"type": "string", "format": "uuid"});
    let post = |id: Value, properties: Value| {
        let parameter = json!({"name": "id", "in": "path", "required": true, "schema": id});
        json!({"post": {"parameters": [parameter], "responses": answer(properties)}})
    };
    let paths = json!({
        "/a/{id}": post(uuid(), json!({"id": uuid(), "name": text()})),
        // Such a text may be `me`.
        "/b/{id}": post(text(), json!({"id": text()})),
        "/c/{id}": post(uuid(), json!({"other": uuid()})),
        "/d/{id}": post(json!({"type": "integer"}), json!({"id": {"type": "integer"}}))
    });
    let (sdk, _) = model(paths, "");
    for operation in operations(&sdk) {
        let expected: &[(usize, String)] = match operation.path.as_str() {
            "/a/{id}" => &[(0, "id".to_owned())],
            _ => &[],
        };
        assert_eq!(operation.execution.echoes, expected, "{}", operation.path);
    }
}

//! The server of an API: a module beside the client, or in its place.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Answer, Sdk};
use tilt_codegen::render::{RenderOptions, package};
use tilt_codegen::{Generated, Generator};

use crate::upgrades::pair::inputs;

fn generate(document: &Value, config: Config) -> Generated {
    let inputs = inputs(document, None);
    Generator::new(config).generate(&inputs).unwrap()
}

fn with_server() -> Config {
    let mut config = Config::default();
    config.parts.server = true;
    config
}

/// An API with one operation, of these answers.
fn api(server: &str, responses: &Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "servers": [{"url": server, "variables": {"v": {"default": "1"}}}],
        "paths": {"/things/{id}": {"get": {
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "at", "in": "query", "schema": {"$ref": "#/components/schemas/Point"}},
            ],
            "responses": responses,
        }}},
        "components": {"schemas": {
            "Point": {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}},
        }},
    })
}

fn answers(sdk: &Sdk) -> Vec<&Answer> {
    let operations = sdk.resources.iter().flat_map(|it| &it.operations);
    operations.flat_map(|it| &it.answers).collect()
}

#[test]
fn a_resource_is_a_trait_with_requests_and_answers() {
    let point = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Point"}}});
    let responses = json!({
        "200": {"description": "ok", "content": point},
        "404": {"description": "none"},
        "5XX": {"description": "broken", "content": {"text/plain": {}}},
    });
    let generated = generate(&api("/v1/", &responses), with_server());
    let files = generated.files.iter();
    let files = files.filter(|file| file.path.starts_with("server/"));
    let files: Vec<String> = files
        .map(|it| format!("==== {}\n{}", it.path, it.contents))
        .collect();
    insta::assert_snapshot!(files.join("\n"));
}

#[test]
fn a_trait_may_be_called_as_a_parameter_of_types() {
    let mut document = api("/", &json!({"204": {"description": "d"}}));
    let operation = document["paths"]["/things/{id}"].take();
    document["paths"] = json!({"/a/{id}": operation});
    let generated = generate(&document, with_server());
    let mut files = generated.files.iter();
    let file = files.find(|it| it.path == "server/a.rs");
    let contents = &file.expect("the trait").contents;
    assert!(
        contents.contains("pub fn service<B: A>(api: impl Into<::std::sync::Arc<B>>)"),
        "{contents}"
    );
}

#[test]
fn an_answer_is_called_after_its_status_and_a_media_type_that_is_not_plain_json() {
    let schema = |ty: &str| json!({"schema": {"type": ty}});
    let responses = json!({
        "200": {"description": "", "content": {
            "application/json": schema("integer"), "application/hal+json": schema("string"), "text/csv": {},
        }},
        "204": {"description": ""},
        "422": {"description": "", "content": {"application/problem+json": schema("object")}},
        "418": {"description": ""},
        "4XX": {"description": ""},
        "default": {"description": ""},
    });
    let sdk = generate(&api("/", &responses), with_server()).sdk;
    let names: Vec<&str> = answers(&sdk).iter().map(|it| it.name.as_str()).collect();
    let expected = [
        "Success",
        "SuccessHalPlusJson",
        "SuccessCsv",
        "NoContent",
        "Status418",
        "UnprocessableContent",
        "Status4xx",
        "Default",
    ];
    assert_eq!(names, expected);
    let without = generate(&api("/", &responses), Config::default()).sdk;
    assert!(answers(&without).is_empty());
}

#[test]
fn all_paths_are_under_that_of_the_first_server() {
    for (server, base) in [
        ("https://example.com", ""),
        ("https://example.com/", ""),
        ("https://example.com/a/b/?c#d", "/a/b"),
        ("/a/", "/a"),
        ("a", ""),
        ("https://example.com/{v}", ""),
        ("https://{v}.example.com/a", "/a"),
    ] {
        let sdk = generate(
            &api(server, &json!({"200": {"description": ""}})),
            with_server(),
        )
        .sdk;
        assert_eq!(sdk.served.unwrap().base, base, "{server}");
    }
}

#[test]
fn a_server_needs_no_client() {
    let mut config = with_server();
    config.parts.client = false;
    let generated = generate(&api("/", &json!({"200": {"description": ""}})), config);
    let paths: Vec<&str> = generated
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    assert!(paths.contains(&"server/mod.rs"), "{paths:?}");
    assert!(
        !paths
            .iter()
            .any(|it| it.starts_with("resources/") || *it == "client.rs"),
        "{paths:?}"
    );
    let files = package(&generated.sdk, &RenderOptions::new("t"));
    let manifest = files.iter().find(|file| file.path == "Cargo.toml").unwrap();
    let manifest: toml::Table = manifest.contents.parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    assert!(features.contains_key("server") && !features.contains_key("client"));
    assert!(features.contains_key("charset") && !features.contains_key("stream"));
    assert_eq!(features["default"], toml::Value::Array(Vec::new()));
}

#[test]
fn a_server_makes_what_it_answers_with() {
    let point = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Point"}}});
    let mut document = api("/", &json!({"200": {"description": "", "content": point}}));
    document["paths"]["/things/{id}"]["get"]["parameters"] = json!([]);
    let is_made = |config: Config| {
        let generated = generate(&document, config);
        generated
            .files
            .iter()
            .any(|file| file.contents.contains("pub fn new(x: i64)"))
    };
    assert!(is_made(with_server()) && !is_made(Config::default()));
}

#[test]
fn a_server_lets_a_parameter_be_left_out_that_callers_are_still_asked_for() {
    let mut document = api("/", &json!({"200": {"description": ""}}));
    let required = |document: &mut Value, it: bool| {
        document["paths"]["/things/{id}"]["get"]["parameters"][1]["required"] = json!(it);
    };
    let field = |generated: &Generated| {
        let mut files = generated
            .files
            .iter()
            .filter(|it| it.path.starts_with("server/"));
        files.any(|it| it.contents.contains("pub at: Option<types::Point>"))
    };
    required(&mut document, true);
    let before = generate(&document, with_server());
    assert!(!field(&before));
    required(&mut document, false);
    let inputs = inputs(&document, Some(before.names.to_string()));
    let after = Generator::new(with_server()).generate(&inputs).unwrap();
    assert!(field(&after));
}

#[test]
fn types_are_imported_where_only_an_error_has_one() {
    let point = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Point"}}});
    let mut document = api("/", &json!({"404": {"description": "", "content": point}}));
    document["paths"]["/things/{id}"]["get"]["responses"]["200"] = json!({"description": ""});
    let imports = |document: &Value| {
        let generated = generate(document, with_server());
        let files = generated.files.iter();
        let mut files = files.filter(|it| it.path == "server/things.rs");
        files.any(|it| it.contents.contains("use super::super::types;"))
    };
    document["paths"]["/things/{id}"]["get"]["parameters"] =
        json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
    assert!(imports(&document));
    document["paths"]["/things/{id}"]["get"]["responses"] = json!({"200": {"description": ""}});
    assert!(!imports(&document));
}

#[test]
fn a_server_answers_all_operations_whatever_features_there_are() {
    let operation =
        |tag: &str| json!({"get": {"tags": [tag], "responses": {"200": {"description": ""}}}});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/a": operation("one"), "/b": operation("two")},
    });
    let sdk = generate(&document, with_server()).sdk;
    let files = package(&sdk, &RenderOptions::new("t"));
    let manifest = files.iter().find(|file| file.path == "Cargo.toml").unwrap();
    assert!(
        manifest
            .contents
            .contains("server = [\"tilt-runtime/server\", \"all\"]")
    );
}

/// The constraints that a server holds requests to, by their names.
fn held(document: &Value) -> Vec<(String, Value)> {
    let sdk = generate(document, with_server()).sdk;
    let served = sdk.served.expect("a server");
    let constraints = served.constraints.into_iter();
    constraints.map(|it| (it.name, it.schema)).collect()
}

#[test]
fn a_server_holds_requests_to_all_that_the_document_lists() {
    let mut document = api("/", &json!({"204": {"description": ""}}));
    document["components"]["schemas"]["Point"] = json!({
        "type": "object", "required": ["x", "id"], "additionalProperties": false,
        "properties": {
            "id": {"type": "string", "readOnly": true},
            "x": {"type": "integer", "format": "int32", "maximum": 9},
            "kind": {"type": ["string", "null"], "enum": ["a", "b", null]},
            "at": {"type": "string", "format": "date-time"},
            "of": {"oneOf": [{"const": 1}, {"type": "string", "maxLength": 2}]},
        },
    });
    let point = json!({
        "type": ["object"], "required": ["x"], "closed": true,
        "properties": {
            "id": {"type": ["string"]},
            "x": {"type": ["integer"], "minimum": i32::MIN, "maximum": 9},
            "kind": {"type": ["null", "string"], "enum": ["a", "b", null]},
            "at": {"type": ["string"], "format": "date-time"},
            "of": {"anyOf": [{"enum": [1]}, {"type": ["string"], "maxLength": 2}]},
        },
    });
    let call = json!({"properties": {"path id": {"type": ["string"]}, "query at": {"$ref": 0}}});
    let held = held(&document);
    assert_eq!(held[1], ("POINT".to_owned(), point));
    assert_eq!(held[0].1, call);
}

#[test]
fn a_body_of_bytes_is_given_out_as_it_arrives() {
    let mut document = api("/", &json!({"204": {"description": ""}}));
    document["paths"]["/things/{id}"]["get"]["requestBody"] = json!({"required": true, "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Point"}}, "image/png": {},
    }});
    let generated = generate(&document, with_server());
    let mut files = generated.files.iter();
    let file = files.find(|it| it.path == "server/things.rs").unwrap();
    for part in [
        "uploads: &[1],",
        "Png(rt::server::Upload)",
        "1 => incoming.upload().map(Self::Png)",
    ] {
        assert!(file.contents.contains(part), "{part}: {}", file.contents);
    }
}

#[test]
fn a_server_reads_a_body_in_each_encoding_that_is_documented() {
    let mut document = api("/", &json!({"204": {"description": ""}}));
    let point = json!({"schema": {"$ref": "#/components/schemas/Point"}});
    document["paths"]["/things/{id}"]["get"]["requestBody"] = json!({"content": {
        "application/json": point, "application/x-www-form-urlencoded": point, "application/xml": point,
    }});
    let generated = generate(&document, with_server());
    let files = generated.files.iter();
    let files = files.filter(|it| it.path.starts_with("server/"));
    let text: String = files.map(|it| it.contents.as_str()).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    for part in [
        "bodies: &[\"application/json\", \"application/x-www-form-urlencoded\"],",
        "0 => incoming.json(), 1 => incoming.form(&[]),",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn an_answer_has_the_headers_of_its_status_and_does_without_none_that_is_required() {
    let number = json!({"type": "integer"});
    let left = json!({"description": "Requests that are left.\n\nMore.", "required": true, "schema": number});
    let responses = json!({
        "200": {"description": "", "headers": {
            "X-Left": left, "X-Note": {"schema": {"type": "string"}}, "Content-Type": {"required": true}, "Date": {"required": true}, "a b": {"required": true},
        }},
        "404": {"description": ""},
        "default": {"description": "", "headers": {"x-left": left}},
    });
    let generated = generate(&api("/", &responses), with_server());
    let mut files = generated.files.iter();
    let file = files.find(|it| it.path == "server/things.rs").unwrap();
    let answer = file.contents.split("/// The answers to").nth(1).unwrap();
    insta::assert_snapshot!(answer);
}

#[test]
fn headers_are_constants_of_a_server_without_a_client_and_of_what_it_receives() {
    let headers = |name: &str| json!({name: {"schema": {"type": "integer"}}});
    let answers = json!({"200": {"description": "", "headers": headers("X-Left")}});
    let mut document = api("/", &answers);
    document["webhooks"] = json!({"seen": {"post": {"responses": {
        "204": {"description": "", "headers": headers("X-Times")},
    }}}});
    let mut alone = with_server();
    alone.parts.client = false;
    for (config, condition, has_times) in [
        (Config::default(), "feature = \"client\"", false),
        (
            with_server(),
            "any(feature = \"client\", feature = \"server\")",
            true,
        ),
        (alone, "feature = \"server\"", true),
    ] {
        let generated = generate(&document, config);
        let file = |path: &str| {
            let mut files = generated.files.iter();
            files.find(|it| it.path == path).unwrap().contents.as_str()
        };
        let module = format!("#[cfg({condition})]\n#[rustfmt::skip]\npub mod headers;");
        assert!(
            file("mod.rs").contains(&module),
            "{module}: {}",
            file("mod.rs")
        );
        let constants = file("headers.rs");
        assert!(constants.contains("X_LEFT: rt::Header<i64>"), "{constants}");
        assert_eq!(constants.contains("X_TIMES: rt::Header<i64>"), has_times);
    }
}

#[test]
fn a_body_of_text_is_held_to_what_is_said_of_texts_and_xml_to_nothing() {
    let mut document = api("/", &json!({"204": {"description": ""}}));
    document["components"]["schemas"]["Word"] = json!({"type": "string", "maxLength": 3});
    document["paths"]["/things/{id}"]["get"]["requestBody"] = json!({"content": {
        "text/plain": {"schema": {"$ref": "#/components/schemas/Word"}},
        "text/csv": {"schema": {"allOf": [{"type": "string"}, {"enum": ["a"]}]}},
        "application/xml": {"schema": {"$ref": "#/components/schemas/Point"}},
    }});
    let held = held(&document);
    let parts = held[0].1["properties"].as_object().unwrap();
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    for (name, is_there) in [
        ("body text/plain", true),
        ("body text/csv", true),
        ("body application/xml", false),
    ] {
        assert_eq!(names.contains(&name), is_there, "{name}: {names:?}");
    }
}

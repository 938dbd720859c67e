//! An API that is described by several OpenAPI documents.

use std::path::Path;

use serde_json::{Value, json};
use tilt_codegen::model::{Operation, Shape};
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};

use super::*;
use crate::cargo;

fn path(schema: &str) -> Value {
    let schema = json!({"$ref": format!("#/components/schemas/{schema}")});
    let content = json!({"application/json": {"schema": schema}});
    json!({"get": {"tags": ["money"], "responses": {"200": {"description": "ok", "content": content}}}})
}

fn document(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

fn money() -> Value {
    object(
        json!({"cents": {"type": "integer"}, "currency": {"$ref": "#/components/schemas/Currency"}}),
    )
}

fn currency() -> Value {
    json!({"type": "string", "enum": ["EUR", "USD"]})
}

/// Documents called `pay.json` and `lend.json`.
fn inputs(folder: &TempDir, pay: &Value, lend: &Value) -> Inputs {
    let file = |name: &str, document: &Value| {
        let path = folder.path().join(name);
        fs::write(&path, document.to_string()).unwrap();
        Input::Path(path)
    };
    Inputs {
        openapi: Some(file("pay.json", pay)),
        further: vec![file("lend.json", lend)],
        ..Inputs::default()
    }
}

fn modelled(pay: &Value, lend: &Value) -> Modelled {
    let folder = tempfile::tempdir().unwrap();
    generate(&inputs(&folder, pay, lend)).unwrap_or_else(|refused| panic!("{refused}"))
}

fn types(modelled: &Modelled) -> Vec<&str> {
    let types = modelled.sdk.types.iter();
    types.map(|ty| ty.name.as_str()).collect()
}

fn operations(modelled: &Modelled) -> Vec<&Operation> {
    let resources = modelled.sdk.resources.iter();
    resources.flat_map(|it| &it.operations).collect()
}

#[test]
fn what_documents_share_is_one_type() {
    let shared = json!({"Money": money(), "Currency": currency()});
    let pay = document(json!({"/payments": path("Money")}), shared.clone());
    let lend = document(json!({"/loans": path("Money")}), shared);
    let modelled = modelled(&pay, &lend);
    assert_eq!(types(&modelled), ["Currency", "Money"]);
    assert_eq!(operations(&modelled).len(), 2);
    assert_eq!(modelled.findings.items.len(), 0);
}

#[test]
fn words_and_examples_make_no_other_type() {
    let base = |words: &str, cents: u32| {
        let cents = json!({"type": "integer", "description": words, "examples": [cents]});
        let mut currency = currency();
        currency["x-enum-descriptions"] = json!([words, words]);
        let mut money = money();
        money["properties"]["cents"] = cents;
        money["required"] = json!(["cents"]);
        json!({"Money": money, "Currency": currency})
    };
    let pay = document(json!({"/payments": path("Money")}), base("Paid.", 1));
    let lend = document(json!({"/loans": path("Money")}), base("Lent.", 2));
    assert_eq!(types(&modelled(&pay, &lend)), ["Currency", "Money"]);
}

#[test]
fn what_is_written_alike_and_refers_to_what_is_not_stays_two_types() {
    let base = |schema: Value| json!({"Money": money(), "Currency": schema});
    let pay = document(json!({"/payments": path("Money")}), base(currency()));
    let other = json!({"type": "string", "enum": ["EUR", "USD", "GBP"]});
    let lend = document(json!({"/loans": path("Money")}), base(other));
    let modelled = modelled(&pay, &lend);
    let expected = ["Currency", "LendCurrency", "LendMoney", "Money"];
    assert_eq!(types(&modelled), expected);
    let again = {
        let folder = tempfile::tempdir().unwrap();
        let names = modelled.names.to_string().into_bytes();
        let name = "names.lock".to_owned();
        let names = Some(Input::Bytes { name, bytes: names });
        let inputs = Inputs {
            names,
            ..inputs(&folder, &pay, &lend)
        };
        generate(&inputs).unwrap()
    };
    assert_eq!(types(&again), expected);
    assert_eq!(again.names.to_string(), modelled.names.to_string());
}

#[test]
fn what_inherits_from_what_differs_stays_two_types() {
    let inherits = |properties: Value| {
        let heir = json!({"allOf": [{"$ref": "#/components/schemas/Base"}, object(json!({"own": {"type": "string"}}))]});
        json!({"Base": object(properties), "Heir": heir})
    };
    let [one, other] = ["a", "b"].map(|name| inherits(json!({name: {"type": "string"}})));
    let pay = document(json!({"/payments": path("Heir")}), one);
    let lend = document(json!({"/loans": path("Heir")}), other);
    let modelled = modelled(&pay, &lend);
    let structs = modelled.sdk.types.iter();
    let structs = structs.filter(|ty| matches!(ty.shape, Shape::Struct(_)));
    let heirs = structs.filter(|ty| ty.name.ends_with("Heir"));
    assert_eq!(heirs.count(), 2);
}

#[test]
fn each_document_has_its_version_its_server_and_its_security() {
    let mut pay = document(
        json!({"/payments": path("A")}),
        json!({"A": object(json!({}))}),
    );
    pay["servers"] = json!([{"url": "https://pay.test"}]);
    pay["components"]["securitySchemes"] = json!({"key": {"type": "http", "scheme": "bearer"}});
    pay["security"] = json!([{"key": []}]);
    let refers = json!({"$ref": "#/components/schemas/B", "properties": {"c": {"type": "string"}}});
    let schemas = json!({"A": object(json!({"b": refers})), "B": object(json!({}))});
    let mut lend = document(json!({"/loans": path("A")}), schemas);
    lend["openapi"] = json!("3.0.3");
    lend["servers"] = json!([{"url": "https://lend.test"}]);
    let modelled = modelled(&pay, &lend);
    let operations = operations(&modelled);
    let [loans, payments] = operations[..] else {
        panic!("two operations")
    };
    let server = loans.server.as_ref().map(|it| it.url.as_str());
    assert_eq!(
        (server, loans.security.len()),
        (Some("https://lend.test"), 0)
    );
    assert_eq!(
        (payments.server.is_none(), payments.security.len()),
        (true, 1)
    );
    let environments = modelled.sdk.environments.iter();
    let urls: Vec<_> = environments.map(|it| it.url.as_str()).collect();
    assert_eq!(urls, ["https://pay.test"]);
    // The siblings of a reference say nothing in 3.0, so that `b` is a `B`.
    assert_eq!(types(&modelled), ["A", "B", "LendA"]);
}

#[test]
fn what_cannot_be_in_one_crate_is_said_with_both_documents() {
    let scheme = |scheme: &str| json!({"key": {"type": "http", "scheme": scheme}});
    let mut pay = document(
        json!({"/health": path("A")}),
        json!({"A": object(json!({}))}),
    );
    pay["webhooks"] = json!({"paid": {"post": {}}});
    let mut lend = pay.clone();
    let modelled = modelled(&pay, &lend);
    let said = findings(&modelled, "stated-in-both");
    let [operation, webhook] = &said[..] else {
        panic!("{said:?}")
    };
    assert!(
        operation.starts_with("the operation `GET /health` is in `"),
        "{operation}"
    );
    assert!(
        operation.ends_with("pay.json`, too, and is taken from there"),
        "{operation}"
    );
    assert!(
        webhook.starts_with("the webhook `POST paid` is in `"),
        "{webhook}"
    );
    pay["components"]["securitySchemes"] = scheme("bearer");
    lend["components"]["securitySchemes"] = scheme("basic");
    let folder = tempfile::tempdir().unwrap();
    let refused = generate(&inputs(&folder, &pay, &lend)).unwrap_err();
    let errors = refused
        .items
        .iter()
        .map(|it| (it.code.as_str(), it.pointer.to_string()));
    let place = "/components/securitySchemes/key".to_owned();
    let mut errors = errors.filter(|(code, _)| *code != "stated-in-both");
    assert_eq!(errors.next(), Some(("other-security-scheme", place)));
}

#[test]
fn several_documents_are_not_compared() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(json!({}), json!({}));
    let several = inputs(&folder, &document, &document);
    let compared = tilt_codegen::diff(&several, &several, &Config::default());
    let message = compared.unwrap_err().to_string();
    assert!(
        message.starts_with("a state has several OpenAPI documents"),
        "{message}"
    );
}

#[test]
fn a_crate_of_several_documents_compiles() {
    let own = |name: &str| json!({"Money": money(), "Currency": currency(), "Own": object(json!({name: {"type": "string"}}))});
    let both = |at: &str, name: &str| {
        let paths = json!({at: path("Money"), format!("{at}/own"): path("Own")});
        document(paths, own(name))
    };
    let modelled = modelled(&both("/payments", "payer"), &both("/loans", "lender"));
    assert_eq!(types(&modelled), ["Currency", "LendOwn", "Money", "Own"]);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let runtime = runtime.canonicalize().unwrap();
    let mut options = RenderOptions::new("several");
    options.runtime = RuntimeSource::Path(runtime.to_string_lossy().into_owned());
    let files = render::package(&modelled.sdk, &options);
    let files = files.iter().map(|file| {
        let workspace = match file.path.as_str() {
            "Cargo.toml" => "\n[workspace]\n",
            _ => "",
        };
        (file.path.as_str(), format!("{}{workspace}", file.contents))
    });
    let files: Vec<(&str, String)> = files.collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let folder = folder(&files);
    cargo::lock(folder.path());
    let arguments = [
        "check",
        "--offline",
        "--quiet",
        "--no-default-features",
        "--features",
        "client",
    ];
    let run = cargo::run(folder.path(), &arguments);
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(
        run.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

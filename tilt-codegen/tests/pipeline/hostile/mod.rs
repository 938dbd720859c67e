//! Documents that cost more than they look: each is refused with a place, or costs no more than its
//! length. A test of exponential or quadratic time would not end here at all.

mod output;
mod places;

use serde_json::{Map, Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::source::{Input, Limits};
use tilt_codegen::{Generator, Inputs, Modelled};

fn model_text(text: String) -> Result<Modelled, Diagnostics> {
    // The refusals of the defaults, sooner.
    let limits = Limits {
        types: 50_000,
        members: 50_000,
        compositions: 1_000_000,
        ..Limits::default()
    };
    model_within(text, limits)
}

fn model_within(text: String, limits: Limits) -> Result<Modelled, Diagnostics> {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: text.into_bytes(),
        }),
        ..Inputs::default()
    };
    Generator::new(Config::default())
        .limits(limits)
        .model(&inputs)
}

fn document(schemas: impl IntoIterator<Item = (String, Value)>) -> String {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    })
    .to_string()
}

fn model(schemas: impl IntoIterator<Item = (String, Value)>) -> Result<Modelled, Diagnostics> {
    model_text(document(schemas))
}

fn to(name: &str, number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}{number}") })
}

/// `A0` to the last one, each made from its successor's reference.
fn chain(length: usize, link: impl Fn(usize, Value) -> Value) -> Vec<(String, Value)> {
    let mut chain: Vec<(String, Value)> = (0..length)
        .map(|index| (format!("A{index}"), link(index, to("A", index + 1))))
        .collect();
    chain.push((format!("A{length}"), json!({"type": "string"})));
    chain
}

#[track_caller]
fn refused(result: Result<Modelled, Diagnostics>, code: &str) {
    let diagnostics = match result {
        Err(diagnostics) => diagnostics,
        Ok(_) => panic!("expected `{code}`, but the document was taken"),
    };
    let item = &diagnostics.items[0];
    assert_eq!(item.code, code, "{diagnostics}");
    assert!(item.line.is_some(), "no place: {diagnostics}");
    assert!(item.help.is_some(), "no advice: {diagnostics}");
}

#[track_caller]
fn taken(result: Result<Modelled, Diagnostics>) -> Modelled {
    match result {
        Ok(modelled) => modelled,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

#[test]
fn texts_that_are_composed_of_each_other_are_looked_at_once() {
    let refers = |level: usize| json!({"$ref": format!("#/components/schemas/A{level}")});
    let levels = (0..20).map(|level| {
        let parts = vec![refers(level + 1); 5];
        (format!("A{level}"), json!({"allOf": parts}))
    });
    let end = ("A20".to_owned(), json!({"maxLength": 5}));
    let mut text: Value = serde_json::from_str(&document(levels.chain([end]))).unwrap();
    let content = json!({"application/xml": {"schema": refers(0)}});
    text["paths"] = json!({"/a": {"post": {"requestBody": {"content": content}, "responses": {}}}});
    assert!(model_text(text.to_string()).is_ok());
}

#[test]
fn endless_nesting_is_refused() {
    refused(model_text("[".repeat(100_000)), "too-deep");
    refused(model_text("{\"a\":".repeat(100_000)), "too-deep");
}

#[test]
fn long_chains_cost_no_stack() {
    const LENGTH: usize = 1_000;
    let links: [fn(usize, Value) -> Value; 4] = [
        |_, next| next,
        |_, next| json!({"type": "object", "properties": {"next": next}}),
        |_, next| json!({"type": "array", "items": next}),
        |index, next| json!({"oneOf": [next, {"type": "object", "properties": {format!("p{index}"): {}}}]}),
    ];
    for link in links {
        assert!(taken(model(chain(LENGTH, link))).sdk.types.len() > LENGTH);
    }
}

#[test]
fn compositions_that_add_up_are_refused() {
    let link = |index, next| {
        let properties = json!({ format!("p{index}"): {"type": "string"} });
        json!({"allOf": [next, {"type": "object", "properties": properties}]})
    };
    refused(model(chain(1_000, link)), "too-many-types");
}

#[test]
fn a_long_schema_costs_more_to_compose_than_a_short_one() {
    let extended = |properties: usize| {
        let properties: Map<String, Value> = (0..properties)
            .map(|index| {
                (
                    format!("p{index}"),
                    json!({"$ref": "#/components/schemas/P"}),
                )
            })
            .collect();
        let base = ("Base".to_owned(), json!({"properties": properties}));
        let all = (0..50).map(|index| {
            let base = json!({"$ref": "#/components/schemas/Base"});
            let own = json!({"properties": {format!("own{index}"): {}}});
            (format!("S{index}"), json!({"allOf": [base, own]}))
        });
        let text = document(all.chain([base, ("P".to_owned(), json!({"type": "string"}))]));
        let limits = Limits {
            compositions: 1_000,
            ..Limits::default()
        };
        model_within(text, limits)
    };
    assert!(extended(10).is_ok());
    refused(extended(400), "too-many-types");
}

#[test]
fn a_tree_of_twins_is_one_chain() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        taken(model(chain(60, |_, next| json!({ keyword: [next, next] }))));
    }
}

#[test]
fn alternatives_that_multiply_are_refused() {
    let of = |name: &str, keyword: &str| -> Vec<(String, Value)> {
        let link = |index: usize| {
            let properties = json!({ format!("{name}{index}"): {"type": "string"} });
            json!({keyword: [to("A", index + 1), to("B", index + 1)], "properties": properties})
        };
        let mut links: Vec<(String, Value)> = (0..60)
            .map(|index| (format!("{name}{index}"), link(index)))
            .collect();
        links.push((
            format!("{name}60"),
            json!({"type": "object", "properties": {name: {}}}),
        ));
        links
    };
    for keyword in ["oneOf", "anyOf"] {
        let schemas = of("A", keyword).into_iter().chain(of("B", keyword));
        refused(model(schemas), "too-many-types");
    }
}

#[test]
fn equal_titles_are_numbered_without_searching() {
    let branch = |index| {
        let properties = json!({ format!("p{index}"): {"type": "string"} });
        json!({"title": "Same", "type": "object", "properties": properties})
    };
    let branches: Vec<Value> = (0..5_000).map(branch).collect();
    let modelled = taken(model([("U".to_owned(), json!({ "oneOf": branches }))]));
    assert_eq!(modelled.sdk.types.len(), 5_001);
}

#[test]
fn findings_on_one_line_are_found_in_one_pass() {
    let schemas = (0..5_000).map(|index| (format!("S{index}"), to("Missing", index)));
    let findings = taken(model(schemas)).findings.items.into_iter();
    let unresolved = findings.filter(|it| it.code == "unresolved-reference");
    assert_eq!(unresolved.count(), 5_000);
}

#[test]
fn limits_are_settings() {
    let config = Config::from_toml("[limits]\nmembers = 2\n");
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    let schema = json!({"type": "object", "properties": {"a": {}, "b": {}, "c": {}}});
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: document([("S".to_owned(), schema)]).into_bytes(),
        }),
        ..Inputs::default()
    };
    let generator = Generator::new(config);
    refused(generator.model(&inputs), "too-many-types");
    taken(generator.limits(Limits::default()).model(&inputs));
}

#[test]
fn a_depth_that_no_stack_holds_is_no_setting() {
    assert!(Config::from_toml("[limits]\ndepth = 1_000_000\n").is_err());
}

#[test]
fn references_to_elsewhere_are_refused() {
    for (reference, code) in [
        ("https://example.com/a.json", "remote-reference"),
        ("//example.com/a.json", "remote-reference"),
        ("../../secret.json", "file-reference"),
        ("/etc/secret", "file-reference"),
        ("%2e%2e/secret.json", "file-reference"),
    ] {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let path = folder.path().join("api.json");
        let schema = ("S".to_owned(), json!({ "$ref": reference }));
        std::fs::write(&path, document([schema])).unwrap_or_else(|error| panic!("{error}"));
        let inputs = Inputs {
            openapi: Some(Input::Path(path)),
            ..Inputs::default()
        };
        let result = Generator::new(Config::default()).model(&inputs);
        refused(result, code);
    }
}

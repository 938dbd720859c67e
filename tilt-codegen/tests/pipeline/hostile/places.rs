//! Names that many places repeat, and findings that repeat.

use super::*;

/// A document of one operation.
fn operation_document(operation: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": "1"},
        "paths": {"/a": {"get": operation}},
    })
}

#[test]
fn a_name_that_every_place_would_repeat_is_refused() {
    let mut schema = Map::new();
    for number in 0..20_000 {
        schema.insert(format!("k{number}"), json!(1));
    }
    refused(model([("a".repeat(100_000), schema.into())]), "long-name");
    let path: String = (0..20_000)
        .map(|number| format!("/{{p{number}}}"))
        .collect();
    let mut document = operation_document(json!({"responses": {}}));
    document["paths"] = json!({ path: {"get": {"responses": {}}} });
    refused(model_text(document.to_string()), "long-name");
}

#[test]
fn names_that_are_long_together_are_refused() {
    let mut schema = json!({});
    for _ in 0..10 {
        schema = json!({"properties": {"a".repeat(9_000): schema}});
    }
    refused(model([("S".to_owned(), schema)]), "long-name");
}

#[test]
fn names_that_are_long_where_an_overlay_puts_them_are_refused() {
    let overlay = json!({
        "overlay": "1.0.0",
        "info": {"title": "Long", "version": "1"},
        "actions": [{"target": "$.components.schemas.S", "update": {"x-a": {"a".repeat(70): 1}}}],
    });
    let input = |name: &str, text: String| Input::Bytes {
        name: name.into(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document([("S".to_owned(), json!({}))]))),
        overlays: vec![input("overlay.json", overlay.to_string())],
        ..Inputs::default()
    };
    let within = |pointer| {
        let limits = Limits {
            pointer,
            ..Limits::default()
        };
        Generator::new(Config::default())
            .limits(limits)
            .model(&inputs)
    };
    // In the overlay they are 94 bytes, in the document 96.
    refused(within(95), "long-name");
    taken(within(96));
}

#[test]
fn findings_of_one_kind_at_one_place_are_counted() {
    let limits = Limits {
        name: 1 << 20,
        pointer: 1 << 20,
        ..Limits::default()
    };
    let path: String = (0..5_000).map(|number| format!("/{{p{number}}}")).collect();
    let mut document = operation_document(json!({"responses": {}}));
    document["paths"] = json!({ path: {"get": {"responses": {}}} });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = taken(
        Generator::new(Config::default())
            .limits(limits)
            .model(&inputs),
    );
    let findings = &modelled.findings;
    assert_eq!((findings.items.len(), findings.omitted), (100, 4_900));
    let last = findings
        .items
        .iter()
        .filter(|item| item.message.ends_with("(and 4900 more of this kind here)"));
    assert_eq!(last.count(), 1);
}

#[test]
fn what_findings_leave_no_room_for_is_still_an_error() {
    let mut schemas: Vec<(String, Value)> = (0..20)
        .map(|index| (format!("S{index}"), to("Missing", index)))
        .collect();
    schemas.push((
        "Z".to_owned(),
        json!({"$ref": "https://example.com/a.json"}),
    ));
    let limits = Limits {
        findings: 2,
        ..Limits::default()
    };
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: document(schemas).into_bytes(),
        }),
        ..Inputs::default()
    };
    let generator = Generator::new(Config::default()).limits(limits);
    refused(generator.model(&inputs), "remote-reference");
}

#[test]
fn every_refusal_by_a_limit_names_the_setting() {
    let object =
        json!({"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {}}}}});
    let schemas = [
        ("S".to_owned(), object),
        (
            "T".to_owned(),
            json!({"allOf": [{"$ref": "#/components/schemas/S"}, {"properties": {"c": {}}}]}),
        ),
    ];
    for setting in [
        "bytes",
        "depth",
        "nodes",
        "types",
        "members",
        "compositions",
        "name",
        "pointer",
        "nesting",
    ] {
        let config = Config::from_toml(&format!("[limits]\n{setting} = 1\n"));
        let config = config.unwrap_or_else(|error| panic!("{error}"));
        let inputs = Inputs {
            openapi: Some(Input::Bytes {
                name: "api.json".into(),
                bytes: document(schemas.clone()).into_bytes(),
            }),
            ..Inputs::default()
        };
        let Err(refusal) = Generator::new(config).model(&inputs) else {
            panic!("{setting}: taken");
        };
        let help = refusal.items[0].help.as_deref().unwrap_or_default();
        assert!(
            help.contains(&format!("`{setting}` of [limits]")),
            "{setting}: {refusal}"
        );
    }
}

#[test]
fn an_operation_may_ask_for_many_scopes() {
    let scopes: Vec<String> = (0..5_000).map(|number| format!("s{number}")).collect();
    let mut document = operation_document(json!({"security": [{"s": scopes}], "responses": {}}));
    document["components"]["securitySchemes"]["s"] = json!({
        "type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {}}},
    });
    let modelled = taken(model_text(document.to_string()));
    assert_eq!(modelled.sdk.scopes.len(), 5_000);
}

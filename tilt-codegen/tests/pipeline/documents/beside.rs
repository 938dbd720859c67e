//! Members beside a `$ref`, which mean one thing to types, requests, definitions and drift.

use super::*;
use tilt_codegen::config::Config;
use tilt_codegen::{diff, surface};

/// A document with a property that has something beside its reference.
fn document(version: &str, beside: &str) -> String {
    let about = match version.starts_with('2') {
        true => format!("asyncapi: {version}\nchannels: {{}}"),
        false => format!(
            "openapi: {version}\npaths: {{/a: {{post: {{requestBody: {{$ref: '#/components/requestBodies/A'}}, \
             responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}}}"
        ),
    };
    format!(
        "{about}\ninfo: {{title: T, version: '1'}}\ncomponents:\n  requestBodies: {{A: {{content: {{application/json: {{schema: \
         {{$ref: '#/components/schemas/A'}}}}}}}}}}\n  schemas:\n    A: {{type: object, properties: {{b: {{$ref: '#/components/schemas/B'{beside}}}}}}}\n    \
         B: {{type: string, maxLength: 9}}\n"
    )
}

fn inputs(text: &str) -> Inputs {
    let input = Some(Input::Bytes {
        name: "api.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    match text.starts_with("asyncapi") {
        true => Inputs {
            asyncapi: input,
            ..Inputs::default()
        },
        false => Inputs {
            openapi: input,
            ..Inputs::default()
        },
    }
}

/// Types, constraints and definitions.
fn all(text: &str) -> String {
    let modelled = generate(&inputs(text)).unwrap_or_else(|refused| panic!("{refused}"));
    let sdk = &modelled.sdk;
    format!(
        "{}{:#?}{:#?}",
        surface(sdk),
        sdk.constraints,
        sdk.definitions
    )
}

#[test]
fn what_is_ignored_beside_a_reference_is_found_by_others() {
    let text = document(
        "3.0.3",
        ", properties: {c: {type: object, properties: {n: {type: integer}}}}",
    );
    let schemas = "  schemas:\n    C: {$ref: '#/components/schemas/A/properties/b/properties/c'}\n";
    let modelled = generate(&inputs(&text.replace("  schemas:\n", schemas)));
    let modelled = modelled.unwrap_or_else(|refused| panic!("{refused}"));
    let surface = surface(&modelled.sdk);
    assert!(surface.contains(".n: i64?"), "{surface}");
    assert!(surface.contains("type A.b: B?"), "{surface}");
}

#[test]
fn nothing_narrows_a_schema_from_beside_its_reference() {
    let narrower = ", maxLength: 3, enum: [a], type: string";
    for version in ["3.0.3", "2.6.0"] {
        assert_eq!(
            all(&document(version, narrower)),
            all(&document(version, ""))
        );
    }
    assert_ne!(
        all(&document("3.1.0", narrower)),
        all(&document("3.1.0", ""))
    );
    let modelled = generate(&inputs(&document("3.0.3", narrower))).unwrap();
    assert_eq!(
        findings(&modelled, "beside-reference"),
        ["maxLength", "enum", "type"]
            .map(|it| format!("`{it}` beside a `$ref` is ignored, as OpenAPI 3.0 says")),
    );
}

#[test]
fn null_beside_a_reference_is_heard_everywhere() {
    let nullable = ", nullable: true";
    let stated = document("3.0.3", "").replace(
        "{$ref: '#/components/schemas/B'}",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}",
    );
    let beside = document("3.0.3", nullable);
    let lines = |text: &str| {
        all(text)
            .lines()
            .filter(|it| it.starts_with("type "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&beside), lines(&stated));
    assert!(all(&beside).contains("null"));
    let modelled = generate(&inputs(&beside)).unwrap();
    let message = "`nullable` beside a `$ref` is heard, which OpenAPI 3.0 says to ignore";
    assert_eq!(findings(&modelled, "beside-reference"), [message]);
    let definition = modelled.sdk.definitions.iter().find(|it| it.name == "A");
    let property = &definition.unwrap().schema["properties"]["b"];
    assert_eq!(property["anyOf"][1]["type"], "null", "{property}");
}

#[test]
fn what_says_nothing_is_no_drift() {
    let told = |version: &str, beside: &str| {
        let (old, new) = (document(version, ""), document(version, beside));
        let drift = diff(&inputs(&old), &inputs(&new), &Config::default()).unwrap();
        drift
            .findings
            .into_iter()
            .map(|it| it.rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(told("3.0.3", ", maxLength: 3"), [""; 0]);
    assert_ne!(told("3.1.0", ", maxLength: 3"), [""; 0]);
    assert_ne!(told("3.0.3", ", nullable: true"), [""; 0]);
}

#[test]
fn an_object_that_is_a_reference_has_nothing_beside_it() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n      \
                - {$ref: '#/components/parameters/P', required: true, description: d, x-a: 1}\n      \
                responses: {'200': {$ref: '#/components/responses/R', content: {}}}\n\
                components:\n  parameters: {P: {name: p, in: query, schema: {type: string}}}\n  responses: {R: {description: d}}\n";
    let modelled = model(&[("api.yaml", text)]);
    assert_eq!(
        findings(&modelled, "beside-reference"),
        ["required", "content"]
            .map(|it| format!("`{it}` beside a `$ref` is ignored, as OpenAPI says")),
    );
}

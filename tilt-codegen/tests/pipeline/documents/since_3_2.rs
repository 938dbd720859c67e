//! Members that OpenAPI has since 3.2, and that are read.

use super::*;
use tilt_codegen::model::{Location, ParameterEncoding, ParameterStyle};

fn openapi(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n{rest}")
}

#[test]
fn a_document_is_known_by_the_uri_that_it_gives_itself() {
    let rest = "$self: https://a.example/v1/api.yaml
components:
  schemas:
    A: {type: object, properties: {b: {$ref: 'https://a.example/v1/api.yaml#/components/schemas/B'}, c: {$ref: 'api.yaml#/components/schemas/C'}}}
    B: {type: object, properties: {b: {type: string}}}
    C: {type: object, properties: {c: {$ref: 'beside.yaml#/D'}}}
";
    let beside = "D: {type: object, properties: {d: {$ref: 'https://a.example/v1/api.yaml#/components/schemas/B'}}}";
    let modelled = model(&[
        ("api.yaml", &openapi("3.2.0", rest)),
        ("beside.yaml", beside),
    ]);
    let codes: Vec<_> = modelled
        .findings
        .items
        .iter()
        .map(|it| it.code.as_str())
        .collect();
    assert!(codes.is_empty(), "{codes:?}");
    let names: Vec<&str> = modelled
        .sdk
        .types
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["A", "B", "C", "D"]);
}

#[test]
fn a_query_string_that_is_a_form_is_an_object_by_its_properties() {
    let schema =
        "{type: object, properties: {a: {type: string}, b: {type: array, items: {type: integer}}}}";
    let rest = format!(
        "paths: {{/a: {{get: {{responses: {{}}, parameters: [{{in: querystring, name: q, required: true, \
         content: {{application/x-www-form-urlencoded: {{schema: {schema}}}}}}}]}}}}}}"
    );
    let modelled = model(&[("api.yaml", &openapi("3.2.0", &rest))]);
    let parameter = &modelled.sdk.resources[0].operations[0].parameters[0];
    let styled = ParameterEncoding::Styled {
        style: ParameterStyle::Form,
        explode: true,
        reserved: false,
    };
    assert_eq!(
        (parameter.location, parameter.encoding),
        (Location::Query, styled)
    );
    let json = "paths: {/a: {get: {parameters: [{in: querystring, name: q, content: {application/json: {schema: {type: object}}}}]}}}";
    let modelled = model(&[("api.yaml", &openapi("3.2.0", json))]);
    assert_eq!(findings(&modelled, "unsupported-parameter").len(), 1);
}

#[test]
fn a_security_scheme_may_be_named_by_its_place() {
    let rest = "paths: {/a: {get: {security: [{'#/components/securitySchemes/K': []}]}}}
components: {securitySchemes: {K: {type: apiKey, in: header, name: X-Key}}}
";
    let modelled = model(&[("api.yaml", &openapi("3.2.0", rest))]);
    assert_eq!(findings(&modelled, "undefined-security-scheme"), [""; 0]);
    assert_eq!(modelled.sdk.resources[0].operations[0].security.len(), 1);
}

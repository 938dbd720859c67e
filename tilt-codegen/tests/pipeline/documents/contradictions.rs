//! Schemas that nothing, or nothing as it is meant, can be.

use super::*;
use tilt_codegen::surface;

#[track_caller]
fn of_schemas(schemas: &str, code: &str, expected: &[&str]) -> Modelled {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    );
    let modelled = model(&[("api.yaml", &text)]);
    assert_eq!(findings(&modelled, code), expected);
    modelled
}

#[test]
fn nullable_is_heard_where_it_is_no_keyword() {
    let modelled = of_schemas(
        "A: {type: object, properties: {n: {type: string, nullable: true}}}",
        "nullable-keyword",
        &["`nullable` is no keyword here: null is valid as in OpenAPI 3.0"],
    );
    assert!(surface(&modelled.sdk).contains("type A.n: String? or null"));
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: string, nullable: true}}}\n";
    let of_3_0 = model(&[("api.yaml", text)]);
    assert_eq!(findings(&of_3_0, "nullable-keyword"), [""; 0]);
}

#[test]
fn a_discriminator_is_an_object_whose_property_an_alternative_has() {
    let schemas = |discriminator: &str| {
        format!(
            "U: {{discriminator: {discriminator}, oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]}}, \
             A: {{properties: {{kind: {{type: string}}}}}}, B: {{properties: {{b: {{type: string}}}}}}"
        )
    };
    let text = "a text, where OpenAPI has an object: it is read as its `propertyName`";
    of_schemas(&schemas("kind"), "text-discriminator", &[text]);
    let (none, unstated) = (&[], "unstated-discriminator");
    of_schemas(&schemas("{propertyName: kind}"), "text-discriminator", none);
    of_schemas(&schemas("{propertyName: kind}"), unstated, none);
    let message = "no alternative states the property `other`: it is written beside what one has, and read from there";
    of_schemas(&schemas("{propertyName: other}"), unstated, &[message]);
}

#[test]
fn a_circle_of_references_is_any_value_and_said() {
    let message = "it is what it refers to, and that is this again: any JSON is taken";
    for schemas in [
        "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}",
        "A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {$ref: '#/components/schemas/A'}",
    ] {
        let modelled = of_schemas(schemas, "circular-schema", &[message, message]);
        assert!(surface(&modelled.sdk).contains("type A = Value"));
    }
    of_schemas(
        "A: {$ref: '#/components/schemas/A'}",
        "circular-schema",
        &[message],
    );
    let list = "A: {$ref: '#/components/schemas/B'}, B: {type: array, items: {$ref: '#/components/schemas/A'}}";
    let modelled = of_schemas(list, "circular-schema", &[]);
    assert!(surface(&modelled.sdk).contains("type A = B"));
}

#[test]
fn an_object_that_requires_itself_is_a_finding() {
    let message = |name: &str| format!("a `{name}` requires another one inside: no value is one");
    let itself = "A: {required: [a], properties: {a: {$ref: '#/components/schemas/B'}}}, \
                  B: {allOf: [{required: [b], properties: {b: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}}}]}";
    of_schemas(itself, "endless-object", &[&message("A"), &message("B")]);
    for finite in [
        "A: {required: [a], properties: {a: {type: array, items: {$ref: '#/components/schemas/A'}}}}",
        "A: {properties: {a: {$ref: '#/components/schemas/A'}}}",
        "A: {required: [a], properties: {a: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}}}",
        "A: {required: [a], properties: {a: {oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}}}",
    ] {
        of_schemas(finite, "endless-object", &[]);
    }
}

#[test]
fn values_that_exclude_each_other_are_findings() {
    of_schemas(
        "A: {enum: [a, b], const: c}, B: {enum: [1.0], const: 1}",
        "impossible-value",
        &["`const` is `\"c\"`, which is none of the values of `enum`: it is taken"],
    );
    of_schemas(
        "A: {type: integer, enum: [1, 2.0, 2.5, x]}, B: {type: string, const: null}, C: {type: integer, enum: ['1', '2']}, \
         D: {type: string, enum: [1, true]}, E: {type: number, enum: [1]}",
        "impossible-value",
        &[
            "`2.5` in `enum` is none that `type` allows: it is taken",
            "`\"x\"` in `enum` is none that `type` allows: it is taken",
            "`null` in `const` is none that `type` allows: it is taken",
        ],
    );
}

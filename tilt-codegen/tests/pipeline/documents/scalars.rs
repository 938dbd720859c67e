//! Scalars of YAML that are numbers by its rules, and texts by those of a schema.

use super::*;
use tilt_codegen::model::{EnumRepr, Presence, Scalar, Shape, TypeRef};

#[test]
fn a_number_that_is_meant_as_text_is_the_text_that_is_written() {
    let modelled = model(&[(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: T, version: 1.10}\npaths: {}\ncomponents:\n  schemas:\n    \
         Version: {type: string, enum: [1.10, 0x1F, True, 2, '3']}\n    \
         Number: {type: number, enum: [1.10, 2.50]}\n    \
         One: {type: string, enum: [1.0e2]}\n",
    )]);
    assert_eq!(modelled.sdk.info.version, "1.10");
    let values = |name: &str| -> Vec<String> {
        let ty = modelled.sdk.types.iter().find(|ty| ty.name == name);
        let Some(Shape::Enum(values)) = ty.map(|ty| &ty.shape) else {
            panic!("no enum: {name}")
        };
        assert_eq!(values.repr == EnumRepr::String, name != "Number", "{name}");
        let values = values.variants.iter().filter_map(|it| it.value.as_str());
        values.map(str::to_owned).collect()
    };
    assert_eq!(values("Version"), ["1.10", "0x1F", "True", "2", "3"]);
    assert_eq!(values("One"), ["1.0e2"]);
}

#[test]
fn a_null_that_is_meant_as_text_is_the_text_that_is_written() {
    let enums = |schema: &str| {
        let modelled = model(&[(
            "api.yaml",
            &format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {schema}\n"
            ),
        )]);
        let types = modelled.sdk.types.iter();
        let values = types.filter_map(|ty| match &ty.shape {
            Shape::Enum(values) => Some(values.variants.iter()),
            _ => None,
        });
        let values: Vec<_> = values.flatten().map(|it| it.value.clone()).collect();
        let findings = modelled.findings.items.iter();
        let findings = findings.map(|it| it.code.as_str());
        let findings: Vec<_> = findings.filter(|it| *it != "no-operations").collect();
        (values, findings)
    };
    let told = vec!["enum-of-another-type"];
    for (schema, values, findings) in [
        (
            "T: {type: string, enum: [Null, a, NULL, ~]}",
            vec!["Null", "a", "NULL", "~"],
            told.clone(),
        ),
        ("T: {type: [string], const: NULL}", vec!["NULL"], told),
        (
            "T: {type: string, enum: ['Null', a]}",
            vec!["Null", "a"],
            vec![],
        ),
        (
            "T: {type: string, enum: [null, a]}",
            vec!["a"],
            vec!["impossible-value"],
        ),
        (
            "T: {type: [string, 'null'], enum: [~, a]}",
            vec!["a"],
            vec![],
        ),
    ] {
        let values: Vec<_> = values.into_iter().map(serde_json::Value::from).collect();
        assert_eq!(enums(schema), (values, findings), "{schema}");
    }
}

#[test]
fn texts_of_the_specification_are_texts_whatever_yaml_takes_them_for() {
    let modelled = model(&[(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: 2024, version: 1}\n\
         servers: [{url: 'https://a.example/{v}', variables: {v: {default: 1.10, enum: [1.10, 2]}}}]\n\
         paths:\n  /a:\n    get:\n      operationId: 1.10\n      summary: 404\n      tags: [2024]\n      \
         parameters: [{name: 1, in: query, required: true, schema: {$ref: '#/components/schemas/T'}}]\n      \
         responses: {204: {description: 204}}\n\
         components:\n  schemas:\n    \
         T: {type: object, required: [1, name], properties: {1: {type: number, default: 1.10}, name: true}}\n",
    )]);
    assert!(modelled.findings.items.is_empty(), "{}", modelled.findings);
    let sdk = &modelled.sdk;
    assert_eq!(sdk.info.title, "2024");
    let variable = &sdk.environments[0].variables[0];
    assert_eq!(variable.default.as_deref(), Some("1.10"));
    let operation = &sdk.resources[0].operations[0];
    assert_eq!(operation.id, "1.10");
    assert!(operation.docs.0.starts_with("404"), "{:?}", operation.docs);
    assert_eq!(operation.tags.iter().collect::<Vec<_>>(), ["n2024"]);
    assert_eq!(operation.parameters[0].wire, "1");
    let ty = sdk
        .types
        .iter()
        .find(|ty| ty.name == "T")
        .expect("the type");
    let Shape::Struct(shape) = &ty.shape else {
        panic!("no struct")
    };
    let presence: Vec<_> = shape.fields.iter().map(|it| it.presence).collect();
    assert_eq!(presence, [Presence::Required; 2]);
}

#[test]
fn a_response_that_is_called_default_is_no_default_value() {
    let modelled = model(&[(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: T, version: 1}\n\
         paths:\n  /a:\n    get:\n      responses: {default: {description: 1.0}}\n    \
         put:\n      parameters: [{$ref: '#/components/parameters/default'}]\n      \
         responses: {204: {$ref: '#/components/responses/value'}}\n\
         components:\n  responses: {value: {description: 2.0}}\n  \
         parameters: {default: {name: 3, in: query, schema: {default: 4}}}\n",
    )]);
    assert!(modelled.findings.items.is_empty(), "{}", modelled.findings);
    let put = &modelled.sdk.resources[0].operations[1];
    assert_eq!(put.parameters[0].wire, "3");
    assert_eq!(put.parameters[0].default, Some(4.into()));
}

#[test]
fn an_integer_may_be_written_with_a_fraction_of_zeros() {
    let types = |schema: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{T: {schema}}}}}\n"
        );
        let surface = tilt_codegen::surface(&model(&[("api.yaml", &text)]).sdk);
        let lines = surface.lines().filter(|it| it.starts_with("type T"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(types("{type: integer, const: 1.0}"), ["type T = i64"]);
    let listed = types("{type: integer, enum: [1.0, 2, 1e2]}");
    let expected = [
        "type T enum of i64",
        "type T::N1 = 1",
        "type T::N100 = 100",
        "type T::N2 = 2",
    ];
    assert_eq!(listed, expected);
    let number = types("{type: number, enum: [1.0, 2.5]}");
    assert_eq!(number[0], "type T enum of Value");
}

#[test]
fn an_integer_is_as_large_as_its_schema_allows() {
    let scalar = |schema: &str| {
        let modelled = model(&[(
            "api.yaml",
            &format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: \
                 {{T: {{properties: {{n: {{type: integer, {schema}}}}}}}}}}}\n"
            ),
        )]);
        let Shape::Struct(shape) = &modelled.sdk.types[0].shape else {
            panic!("no struct")
        };
        shape.fields[0].ty.clone()
    };
    for (schema, expected) in [
        ("maximum: 9223372036854775807", Scalar::I64),
        (
            "minimum: 0, exclusiveMaximum: 9223372036854775808",
            Scalar::I64,
        ),
        ("minimum: -9223372036854775808", Scalar::I64),
        ("minimum: -1e23", Scalar::Number),
        ("minimum: 0, maximum: 18446744073709551615", Scalar::U64),
        (
            "minimum: 0, exclusiveMaximum: 18446744073709551616",
            Scalar::U64,
        ),
        ("minimum: 0, maximum: 1e23", Scalar::Number),
        ("maximum: 9223372036854775808", Scalar::Number),
        ("format: int128", Scalar::Number),
    ] {
        assert_eq!(scalar(schema), TypeRef::Scalar(expected), "{schema}");
    }
}

//! Examples and defaults that are not what their schemas describe.

use super::*;

/// The examples of a document that do not fit, each with its place.
fn unfit(name: &str, text: &str) -> Vec<String> {
    let folder = folder(&[(name, text)]);
    let document = Some(Input::Path(folder.path().join(name)));
    let inputs = match name.starts_with("events") {
        true => Inputs {
            asyncapi: document,
            ..Inputs::default()
        },
        false => Inputs {
            openapi: document,
            ..Inputs::default()
        },
    };
    let modelled = generate(&inputs).unwrap_or_else(|refused| panic!("{refused}"));
    let found = modelled.findings.items.iter();
    let found = found.filter(|it| it.code.as_str() == "unfit-example");
    found
        .map(|it| {
            let (_, fault) = it.message.split_once("schema: ").expect("a fault");
            format!("{} {fault}", it.pointer)
        })
        .collect()
}

/// The fault that is found of a schema and its example.
fn of_schema(schema: &str, example: &str) -> Option<String> {
    let document = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"components\": {{\"schemas\": {{\
         \"S\": {{\"example\": {example}, {schema}}}, \"N\": {{\"type\": [\"integer\", \"null\"]}}}}}}}}"
    );
    let mut found = unfit("api.json", &document);
    assert!(found.len() < 2, "{found:?}");
    found
        .pop()
        .map(|it| it.replace("/components/schemas/S/example", ""))
}

#[test]
fn an_example_anywhere_is_held_against_its_schema() {
    let document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a/{p}:\n    \
        parameters: [{name: p, in: path, required: true, schema: {type: integer}, example: p}]\n    post:\n      \
        parameters: [{$ref: '#/components/parameters/Q'}]\n      requestBody: {content: {\n        \
        application/json: {schema: {type: integer}, example: j, examples: {e: {$ref: '#/components/examples/E'}, o: {externalValue: u}}},\n        \
        application/xml: {schema: {type: object}, example: <a/>},\n        \
        application/x-www-form-urlencoded: {schema: {type: object, properties: {n: {type: integer}}}, examples: {t: {value: n=1}, v: {value: {n: f}}}}}}\n      \
        responses: {'200': {description: d, headers: {H: {schema: {type: boolean}, example: 1}}, content: {text/json: {schema: {type: object}, example: '{}'}}}}\n      \
        callbacks: {c: {u: {post: {requestBody: {content: {application/json: {schema: {type: boolean}, example: b}}}}}}}\n\
        components:\n  examples: {E: {value: e}}\n  \
        parameters: {Q: {name: q, in: query, schema: {type: array, items: {type: integer, example: i}}, examples: {l: {value: [1, l]}}}}\n  \
        schemas: {S: {type: object, properties: {d: {type: integer, default: d}, example: {type: integer}}, examples: [{d: 1}, {d: x}]}}\n";
    let mut found = unfit("api.yaml", document);
    found.sort();
    let integer = "expected integer, found string";
    assert_eq!(
        found,
        [
            format!("/components/examples/E/value {integer}"),
            format!("/components/parameters/Q/examples/l/value/1 {integer}"),
            format!("/components/parameters/Q/schema/items/example {integer}"),
            format!("/components/schemas/S/examples/1/d {integer}"),
            format!("/components/schemas/S/properties/d/default {integer}"),
            format!("/paths/~1a~1{{p}}/parameters/0/example {integer}"),
            "/paths/~1a~1{p}/post/callbacks/c/u/post/requestBody/content/application~1json/example expected boolean, found string".to_owned(),
            format!("/paths/~1a~1{{p}}/post/requestBody/content/application~1json/example {integer}"),
            format!("/paths/~1a~1{{p}}/post/requestBody/content/application~1x-www-form-urlencoded/examples/v/value/n {integer}"),
            "/paths/~1a~1{p}/post/responses/200/headers/H/example expected boolean, found integer".to_owned(),
        ]
    );
}

#[test]
fn an_example_of_a_parameter_may_be_the_text_that_is_sent() {
    let parameter = |schema: &str, example: &str| {
        let document = format!(
            "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"components\": {{\"parameters\": \
             {{\"P\": {{\"name\": \"p\", \"in\": \"query\", \"schema\": {schema}, \"example\": {example}}}}}}}}}"
        );
        unfit("api.json", &document)
    };
    let list = r#"{"type": "array", "items": {"type": "integer"}}"#;
    let sent = [(list, r#""1,2""#), (r#"{"type": "integer"}"#, r#""5""#)];
    for (schema, example) in sent {
        assert!(parameter(schema, example).is_empty(), "{schema}");
    }
    let others = [
        (list, "1"),
        (list, r#"["a"]"#),
        (r#"{"type": "integer"}"#, r#""p""#),
    ];
    for (schema, example) in others {
        assert_eq!(parameter(schema, example).len(), 1, "{schema} {example}");
    }
}

#[test]
fn an_example_of_a_message_is_held_against_payload_and_headers() {
    let document = "asyncapi: 2.6.0\ninfo: {title: T, version: '1'}\nchannels:\n  c:\n    subscribe:\n      message:\n        \
        name: m\n        payload: {type: object, properties: {a: {type: integer}}}\n        \
        headers: {type: object, properties: {h: {type: integer}}}\n        \
        examples: [{payload: {a: 1}, headers: {h: x}}, {payload: {a: x}}]\n";
    let place = "/channels/c/subscribe/message/examples";
    assert_eq!(
        unfit("events.yaml", document),
        [
            format!("{place}/0/headers/h expected integer, found string"),
            format!("{place}/1/payload/a expected integer, found string"),
        ]
    );
}

/// Schemas, each with a value that fits and one that does not, and the fault of that.
const KEYWORDS: &[(&str, &str, &str, &str)] = &[
    (
        r#""type": "integer""#,
        "5.0",
        "5.5",
        " expected integer, found number",
    ),
    (
        r#""enum": [1, "a"]"#,
        "1.0",
        "2",
        " expected one of `1`, `\"a\"`",
    ),
    (r#""const": "a""#, r#""a""#, r#""b""#, " expected `\"a\"`"),
    (
        r#""required": ["a"]"#,
        r#"{"a": 1}"#,
        "{}",
        " `a` is required",
    ),
    (
        r#""properties": {"a": {}}, "additionalProperties": false"#,
        r#"{"a": 1}"#,
        r#"{"b": 1}"#,
        "/b there is no property `b`",
    ),
    (
        r#""additionalProperties": {"type": "integer"}"#,
        r#"{"a": 1}"#,
        r#"{"a/b": "x"}"#,
        "/a~1b expected integer, found string",
    ),
    (
        r#""items": {"type": "integer"}"#,
        "[1]",
        r#"[1, "a"]"#,
        "/1 expected integer, found string",
    ),
    (
        r#""prefixItems": [{}, false]"#,
        "[1]",
        "[1, 2]",
        "/1 no value is allowed here",
    ),
    (
        r#""uniqueItems": true"#,
        "[1, 2]",
        "[1, 1.0]",
        " `uniqueItems` is `true`",
    ),
    (
        r#""minLength": 2"#,
        r#""éé""#,
        r#""é""#,
        " `minLength` is `2`",
    ),
    (r#""maxItems": 1"#, "[1]", "[1, 2]", " `maxItems` is `1`"),
    (
        r#""exclusiveMinimum": 1"#,
        "1.5",
        "1",
        " `exclusiveMinimum` is `1`",
    ),
    (
        r#""maximum": 1, "exclusiveMaximum": true"#,
        "0",
        "1",
        " `maximum` is `1`",
    ),
    (
        r#""pattern": "^\\d$""#,
        r#""5""#,
        r#""55""#,
        " `pattern` is `\"^\\\\d$\"`",
    ),
    (
        r##""$ref": "#/components/schemas/N""##,
        "null",
        r#""a""#,
        " expected null or integer, found string",
    ),
    (
        r#""allOf": [{"type": "integer"}]"#,
        "1",
        "true",
        " expected integer, found boolean",
    ),
    (
        r#""oneOf": [{"type": "integer"}, {"required": ["a"], "type": "object"}]"#,
        "1",
        "{}",
        " `a` is required",
    ),
    (
        r#""anyOf": [{"type": "integer"}, {"minimum": 3}]"#,
        "1",
        "2.5",
        " `minimum` is `3`",
    ),
    (r#""multipleOf": 5"#, "10", "12", " `multipleOf` is `5`"),
    (
        r#""multipleOf": 0.01"#,
        "4.35",
        "4.355",
        " `multipleOf` is `0.01`",
    ),
    (
        r#""type": "integer", "format": "int32""#,
        "2147483647",
        "2147483648",
        " `format` is `\"int32\"`",
    ),
    (
        r#""patternProperties": {"^n_": {"type": "integer"}}, "additionalProperties": false"#,
        r#"{"n_a": 1}"#,
        r#"{"n_a": "x"}"#,
        "/n_a expected integer, found string",
    ),
    (
        r#""patternProperties": {"^n_": {}}, "additionalProperties": false"#,
        r#"{"n_a": 1}"#,
        r#"{"a": 1}"#,
        "/a there is no property `a`",
    ),
    (
        r#""propertyNames": {"maxLength": 1}"#,
        r#"{"a": 1}"#,
        r#"{"ab": 1}"#,
        " `propertyNames` has no `ab`",
    ),
    (
        r#""dependentRequired": {"a": ["b"]}"#,
        r#"{"a": 1, "b": 2}"#,
        r#"{"a": 1}"#,
        " `b` is required",
    ),
    (
        r#""dependentSchemas": {"a": {"minProperties": 2}}"#,
        r#"{"b": 1}"#,
        r#"{"a": 1}"#,
        " `minProperties` is `2`",
    ),
    (
        r#""contains": {"type": "integer"}"#,
        r#"["a", 1]"#,
        r#"["a"]"#,
        " `contains` is `{\"type\":\"integer\"}`",
    ),
    (
        r#""contains": {"type": "integer"}, "minContains": 2"#,
        "[1, 2]",
        "[1]",
        " `minContains` is `2`",
    ),
    (
        r#""properties": {"a": {}}, "unevaluatedProperties": {"type": "integer"}"#,
        r#"{"a": "x", "b": 1}"#,
        r#"{"b": "x"}"#,
        "/b expected integer, found string",
    ),
];

#[test]
fn each_keyword_is_looked_at() {
    for (schema, fits, unfit, fault) in KEYWORDS {
        assert_eq!(of_schema(schema, fits), None, "{schema}");
        assert_eq!(
            of_schema(schema, unfit).as_deref(),
            Some(*fault),
            "{schema}"
        );
    }
}

#[test]
fn properties_that_another_schema_speaks_of_are_not_left_over() {
    let schema = r#""allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false"#;
    assert_eq!(of_schema(schema, r#"{"a": 1}"#), None);
}

#[test]
fn an_example_of_plain_text_is_held_against_limits_and_not_against_the_type() {
    let document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      \
        requestBody: {content: {text/plain: {schema: {type: string, maxLength: 2}, examples: {l: {value: abc}, s: {value: ab}}}}}\n      \
        responses: {'200': {description: d, content: {text/plain: {schema: {type: integer}, example: '5'}}}}\n";
    assert_eq!(
        unfit("api.yaml", document),
        ["/paths/~1a/post/requestBody/content/text~1plain/examples/l/value `maxLength` is `2`"]
    );
}

#[test]
fn an_example_may_be_of_a_request_or_of_an_answer() {
    let schema = r#""required": ["r", "w"], "properties": {"r": {"readOnly": true}, "w": {"writeOnly": true}}"#;
    assert_eq!(of_schema(schema, "{}"), None);
}

#[test]
fn a_scalar_of_yaml_is_a_text_where_one_is_meant() {
    let document = |of_schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: {of_schema}}}}}\n"
        )
    };
    let fits = document("{type: string, enum: [1.10, yes], example: 1.10}");
    assert_eq!(unfit("api.yaml", &fits), [""; 0]);
    let null = document("{type: string, nullable: true, enum: [a], example: null}");
    assert_eq!(unfit("api.yaml", &null), [""; 0]);
    // The siblings of a reference say nothing in 3.0.
    let sibling = document("{$ref: '#/components/schemas/S', example: 1}");
    assert_eq!(unfit("api.yaml", &sibling), [""; 0]);
}

#[test]
fn a_schema_that_leads_to_itself_is_judged_to_an_end() {
    let schema = r##""anyOf": [{"$ref": "#/components/schemas/S"}, {"$ref": "#/components/schemas/S"}], "type": "integer""##;
    assert_eq!(of_schema(schema, "1"), None);
}

//! Parts of multipart bodies: which are files, and how each is written.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Body, Operation, ParameterStyle, PartEncoding, Payload};
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs, surface};

/// An API that takes a body and answers with one.
fn generate(version: &str, sent: &Value, answered: &Value) -> Generated {
    let document = json!({
        "openapi": version,
        "info": {"title": "Parts", "version": "1"},
        "paths": {"/forms": {"post": {
            "requestBody": {"required": true, "content": sent},
            "responses": {"200": {"description": "ok", "content": answered}},
        }}},
        "components": {"schemas": {
            "Form": {"type": "object", "properties": {
                "file": {"type": "string", "format": "binary"},
                "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
            }},
            "Address": {"type": "object", "properties": {"city": {"type": "string"}}},
        }},
    });
    let input = Input::Bytes {
        name: "api.json".to_owned(),
        bytes: document.to_string().into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input),
        ..Inputs::default()
    };
    Generator::new(Config::default()).generate(&inputs).unwrap()
}

/// The type of a property of a form and its encoding, with the codes of findings.
fn part(
    version: &str,
    schema: &Value,
    encoding: &Value,
) -> (String, Option<PartEncoding>, Vec<&'static str>) {
    let schema = json!({"type": "object", "properties": {"p": schema}});
    let sent = json!({"multipart/form-data": {"schema": schema, "encoding": {"p": encoding}}});
    let generated = generate(version, &sent, &json!({}));
    let surface = surface(&generated.sdk);
    let field = surface.lines().find_map(|line| line.split_once(".p: "));
    let (_, ty) = field.expect("a property");
    let Payload::Multipart { parts, .. } = payload(&generated) else {
        unreachable!("a form")
    };
    let encoding = parts.first().map(|(_, encoding)| encoding.clone());
    let findings = generated.findings.items.iter();
    let codes = findings.map(|finding| finding.code.as_str()).collect();
    (ty.to_owned(), encoding, codes)
}

fn payload(generated: &Generated) -> &Payload {
    let operation: &Operation = &generated.sdk.resources[0].operations[0];
    match operation.body.as_ref().map(|body| &body.body) {
        Some(Body::Single(media)) => &media.payload,
        other => unreachable!("one form, not {other:?}"),
    }
}

fn types(types: &str) -> Option<PartEncoding> {
    Some(PartEncoding::Types(types.to_owned()))
}

fn text(media_type: &str) -> Option<PartEncoding> {
    Some(PartEncoding::Text(media_type.to_owned()))
}

/// A property, its encoding, and of 3.1 and of 3.0 its type and how it is written.
type Row = (Value, Value, [(&'static str, Option<PartEncoding>); 2]);

/// OpenAPI 3.1.1, sections 4.14.4 and 4.15.1, and 3.0.4, section 4.7.15.
fn untyped() -> Vec<Row> {
    let stated = |types: &str| json!({"contentType": types});
    let value = |types: Option<PartEncoding>| ("Value?", types);
    let file = |types: Option<PartEncoding>| ("File?", types);
    vec![
        (json!({}), json!({}), [file(None), value(None)]),
        (json!(true), json!({}), [file(None), value(None)]),
        (
            json!({}),
            stated("*/*"),
            [file(types("*/*")), value(types("*/*"))],
        ),
        (
            json!({}),
            stated("application/json"),
            [
                value(types("application/json")),
                value(types("application/json")),
            ],
        ),
        (
            json!({"type": "array", "items": {}}),
            stated("image/png"),
            [
                ("[File]?", types("image/png")),
                ("[File]?", types("image/png")),
            ],
        ),
    ]
}

fn typed() -> Vec<Row> {
    let row = |schema: Value, ty: &'static str, newer, older| {
        (schema, json!({}), [(ty, newer), (ty, older)])
    };
    let binary = json!({"type": "string", "format": "binary"});
    let text_of = |media_type: &str| json!({"type": "string", "contentMediaType": media_type});
    let encoded = json!({"type": "string", "contentEncoding": "base64"});
    let mut encoded_image = text_of("image/png");
    encoded_image["contentEncoding"] = json!("base64");
    let png = || types("image/png");
    vec![
        row(
            json!({"contentMediaType": "image/png"}),
            "File?",
            png(),
            png(),
        ),
        row(
            json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "binary"}),
            "File?",
            png(),
            png(),
        ),
        row(
            json!({"type": "string", "contentEncoding": "binary"}),
            "File?",
            None,
            None,
        ),
        row(
            json!({"anyOf": [{"type": "array", "items": binary}, {"type": "null"}]}),
            "[File]? or null",
            None,
            None,
        ),
        row(encoded, "Base64?", text("application/octet-stream"), None),
        row(
            encoded_image,
            "Base64?",
            text("image/png"),
            text("image/png"),
        ),
        row(
            text_of("application/json"),
            "String?",
            text("application/json"),
            text("application/json"),
        ),
    ]
}

fn styled() -> Vec<Row> {
    let style = ParameterStyle::Form;
    let styled = PartEncoding::Styled {
        style,
        explode: false,
    };
    vec![(
        json!({"type": "array", "items": {"type": "string"}}),
        json!({"explode": false, "contentType": "text/x"}),
        [("[String]?", Some(styled)), ("[String]?", types("text/x"))],
    )]
}

#[test]
fn the_version_of_a_document_says_what_a_part_is() {
    for (schema, encoding, expected) in [untyped(), typed(), styled()].concat() {
        for (version, expected) in ["3.1.0", "3.0.3"].into_iter().zip(expected) {
            let (ty, written, _) = part(version, &schema, &encoding);
            assert_eq!((ty.as_str(), written), expected, "{version} {schema}");
        }
    }
}

#[test]
fn a_part_that_no_type_can_write_is_bytes_and_its_type_is_left_alone() {
    let address = json!({"$ref": "#/components/schemas/Address"});
    let xml = part(
        "3.1.0",
        &address,
        &json!({"contentType": "application/xml"}),
    );
    assert_eq!(
        xml,
        (
            "File?".to_owned(),
            types("application/xml"),
            vec!["untyped-body"]
        )
    );
    let json = part(
        "3.1.0",
        &address,
        &json!({"contentType": "application/json"}),
    );
    assert_eq!(
        json,
        ("Address?".to_owned(), types("application/json"), vec![])
    );
}

#[test]
fn a_part_says_its_encoding_where_it_is_of_no_form() {
    let of = |media_type: &str, version: &str, schema: Value| {
        let properties = json!({"type": "object", "properties": {"a": schema}});
        let content = json!({media_type: {"schema": properties}});
        let generated = generate(version, &content, &json!({}));
        let sources: Vec<_> = generated
            .files
            .iter()
            .map(|it| it.contents.as_str())
            .collect();
        sources.concat().contains("rt::PartEncoding::Encoded")
    };
    let encoded = |encoding: &str| json!({"type": "string", "contentEncoding": encoding});
    for (media_type, version, encoding, expected) in [
        ("multipart/mixed", "3.1.0", "base64", true),
        ("multipart/related", "3.2.0", "quoted-printable", true),
        ("multipart/form-data", "3.1.0", "base64", false),
        ("multipart/mixed", "3.0.3", "base64", false),
        ("multipart/mixed", "3.1.0", "base16", false),
    ] {
        let said = of(media_type, version, encoded(encoding));
        assert_eq!(said, expected, "{media_type} {version} {encoding}");
        let of_list = json!({"type": "array", "items": encoded(encoding)});
        assert_eq!(of(media_type, version, of_list), expected, "{media_type}");
    }
}

#[test]
fn a_file_may_stand_in_a_condition_of_a_form() {
    let file = json!({"type": "string", "format": "binary"});
    let of = |name: &str| json!({"properties": {name: file}});
    let form = json!({
        "type": "object",
        "properties": {"kind": {"type": "string"}},
        "if": {},
        "then": of("one"),
        "else": {"if": {}, "then": {"properties": {"some": {"type": "array", "items": file}}}},
        "dependentSchemas": {"kind": of("other")}
    });
    let generated = generate(
        "3.1.0",
        &json!({"multipart/form-data": {"schema": form}}),
        &json!({}),
    );
    let surface = surface(&generated.sdk);
    for field in [".one: File?", ".some: [File]?", ".other: File?"] {
        assert!(surface.contains(field), "{field}: {surface}");
    }
}

#[test]
fn headers_of_a_part_are_reported_where_callers_cannot_give_them() {
    let headers = json!({"headers": {"X-Rate": {"schema": {"type": "integer"}}}});
    let (_, _, codes) = part("3.1.0", &json!({}), &headers);
    assert!(codes.is_empty(), "{codes:?}");
    let (_, _, codes) = part("3.1.0", &json!({"type": "string"}), &headers);
    assert_eq!(codes, ["part-header"]);
    let styled = json!({"style": "form", "headers": headers["headers"]});
    let (_, _, codes) = part("3.1.0", &json!({"type": "string"}), &styled);
    assert_eq!(codes, ["part-header"]);
    let open =
        json!({"multipart/form-data": {"schema": {"type": "object"}, "encoding": {"x": headers}}});
    let generated = generate("3.1.0", &open, &json!({}));
    let codes: Vec<_> = generated.findings.items.iter().map(|it| it.code).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
    let own = json!({"headers": {"content-type": {"schema": {"type": "string"}}}});
    let (_, _, codes) = part("3.1.0", &json!({"type": "string"}), &own);
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn headers_of_a_part_that_have_one_value_are_sent() {
    let headers = json!({"headers": {
        "X-Const": {"schema": {"type": "string", "const": "a b"}},
        "X-Default": {"schema": {"type": "integer", "default": 5}},
        "X-Needed": {"required": true, "schema": {"enum": [true]}},
        "Content-Disposition": {"schema": {"const": "inline"}},
        "X-Broken": {"schema": {"const": "a\nb"}},
    }});
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let with = |headers: Vec<(String, String)>| {
        let encoding = Box::new(PartEncoding::Types(String::new()));
        Some(PartEncoding::WithHeaders { encoding, headers })
    };
    let (_, encoding, codes) = part("3.1.0", &json!({"type": "string"}), &headers);
    let all = [("X-Const", "a b"), ("X-Default", "5"), ("X-Needed", "true")];
    assert_eq!(
        encoding,
        with(all.map(|(name, value)| pair(name, value)).into())
    );
    assert_eq!(codes, ["part-header", "part-header"]);
    // Callers give those of a file.
    let (_, encoding, codes) = part("3.1.0", &json!({}), &headers);
    assert_eq!(encoding, with(vec![pair("X-Needed", "true")]));
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn an_encoding_of_no_property_is_a_finding() {
    let codes = |media_type: &str, schema: Value| {
        let encoding = json!({"fiel": {"contentType": "text/csv"}});
        let sent = json!({media_type: {"schema": schema, "encoding": encoding}});
        let generated = generate("3.1.0", &sent, &json!({}));
        let findings = generated.findings.items.iter();
        findings.map(|it| it.code.as_str()).collect::<Vec<_>>()
    };
    let form = || json!({"$ref": "#/components/schemas/Form"});
    assert_eq!(codes("multipart/form-data", form()), ["stray-encoding"]);
    let address = json!({"$ref": "#/components/schemas/Address"});
    let form_type = "application/x-www-form-urlencoded";
    assert_eq!(codes(form_type, address), ["stray-encoding"]);
    let unnamed = json!({"type": "object"});
    let alternatives =
        json!({"properties": {"a": {}}, "oneOf": [{"properties": {"fiel": {}}}, {}]});
    for open in [unnamed, alternatives] {
        let codes = codes("multipart/form-data", open);
        assert!(!codes.contains(&"stray-encoding"), "{codes:?}");
    }
}

#[test]
fn a_form_with_a_file_is_sent_before_json_and_answers_have_text() {
    let schema = json!({"schema": {"$ref": "#/components/schemas/Form"}});
    let both = json!({"application/json": schema, "multipart/form-data": schema});
    let generated = generate("3.1.0", &both, &json!({"application/json": schema}));
    assert!(matches!(payload(&generated), Payload::Multipart { .. }));
    let surface = surface(&generated.sdk);
    for line in [
        "type Form.file: String?",
        "type Form.files: [String]?",
        "type FormInput.file: File?",
        "type FormInput.files: [File]?",
    ] {
        assert!(surface.lines().any(|it| it == line), "{line}\n{surface}");
    }
}

/// The lines of the surface of a form in OpenAPI 3.1 that name a file.
fn files(schema: &Value) -> Vec<String> {
    let sent = json!({"multipart/form-data": {"schema": schema}});
    let generated = generate("3.1.0", &sent, &json!({}));
    let surface = surface(&generated.sdk);
    let lines = surface.lines().filter(|line| line.contains("File"));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_file_may_stand_in_an_alternative_of_a_form() {
    let file = json!({"type": "string", "format": "binary"});
    let by_file = json!({"type": "object", "required": ["f"], "properties": {"f": file}});
    let by_url =
        json!({"type": "object", "required": ["u"], "properties": {"u": {"type": "string"}}});
    let found = files(&json!({"oneOf": [by_file, by_url]}));
    assert!(
        found.iter().any(|line| line.contains(".f: File")),
        "{found:?}"
    );
    // In OpenAPI 3.1, a part without a type is bytes, there as well.
    let open = json!({"type": "object", "required": ["f"], "properties": {"f": {}}});
    let found = files(&json!({"anyOf": [open, by_url]}));
    assert!(
        found.iter().any(|line| line.contains(".f: File")),
        "{found:?}"
    );
}

#[test]
fn a_part_may_be_a_file_or_a_text() {
    let file = json!({"type": "string", "format": "binary"});
    let url = json!({"type": "string", "format": "uri"});
    let found = files(&json!({"type": "object", "properties": {"src": {"oneOf": [file, url]}}}));
    assert!(
        found.iter().any(|line| line.contains("(File)")),
        "{found:?}"
    );
}

#[test]
fn parts_without_names_may_be_files() {
    let file = json!({"type": "string", "format": "binary"});
    let found = files(&json!({"type": "object", "additionalProperties": file}));
    assert!(
        found.iter().any(|line| line.contains("{File}")),
        "{found:?}"
    );
    // A schema that says nothing of them is of values.
    let open = json!({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {}});
    assert_eq!(files(&open), [""; 0]);
}

//! `content` of bodies: its keys, its references, and the schemas of items.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Payload, Scalar, Shape, StatusRange, Success, TypeRef};
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

use super::media_types::{codes, content, modelled, object, of, operation, sent, sent_of, text};

/// An API whose only operation answers so.
fn answering(version: &str, content: &Value) -> Modelled {
    let document = json!({
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "d", "content": content}}}}},
    });
    let bytes = document.to_string().into_bytes();
    let name = "api.json".to_owned();
    let inputs = Inputs::one(Specification::OpenApi, Input::Bytes { name, bytes });
    Generator::new(Config::default()).model(&inputs).unwrap()
}

#[test]
fn the_schema_of_a_sequence_is_that_of_the_list_of_its_items() {
    let list = json!({"type": "array", "items": {"type": "integer"}});
    let answered = |version: &str, media_type: &str, schema: &Value| {
        let modelled = answering(version, &json!({media_type: {"schema": schema}}));
        match &operation(&modelled).success {
            Success::Single(Payload::JsonLines(ty) | Payload::EventStream(ty)) => ty.clone(),
            other => panic!("{other:?}"),
        }
    };
    for media_type in [
        "application/jsonl",
        "application/json-seq",
        "text/event-stream",
    ] {
        let item = TypeRef::Scalar(Scalar::I64);
        assert_eq!(answered("3.2.0", media_type, &list), item);
        // As frameworks state what they send one by one.
        assert_eq!(answered("3.1.1", media_type, &list), item);
        let modelled = answering("3.0.3", &json!({media_type: {"schema": list}}));
        let codes = modelled.findings.items.iter().map(|it| it.code.as_str());
        assert_eq!(codes.collect::<Vec<_>>(), ["sequence-schema"]);
        let object = answered("3.1.1", media_type, &json!({"type": "object"}));
        assert_eq!(object, TypeRef::Map(Box::new(TypeRef::Scalar(Scalar::Any))));
        let unsaid = match media_type {
            "text/event-stream" => Scalar::String,
            _ => Scalar::Any,
        };
        let unlisted = answered("3.2.0", media_type, &json!({"type": "object"}));
        assert_eq!(unlisted, TypeRef::Scalar(unsaid));
        let texts = json!({"type": "array", "items": text()});
        let text = TypeRef::Scalar(Scalar::String);
        assert_eq!(answered("3.2.0", media_type, &texts), text);
    }
}

#[test]
fn lines_that_are_one_text_are_no_stream_beside_those_that_are_values() {
    let whole = |lines: Value| {
        let answers = json!({
            "application/jsonl": {"schema": text()},
            "application/x-ndjson": {"schema": lines}
        });
        let modelled = modelled(&json!({}), &answers, None);
        operation(&modelled).execution.whole.clone()
    };
    let text_of_200 = (StatusRange::Code(200), "application/jsonl".to_owned());
    assert_eq!(whole(json!({"type": "object"})), [text_of_200]);
    assert_eq!(whole(text()), []);
}

#[test]
fn items_of_events_are_their_data() {
    let stream = |item: Value| {
        modelled(
            &json!({}),
            &json!({"text/event-stream": {"itemSchema": item}}),
            None,
        )
    };
    let of = |data: Value| json!({"type": "object", "required": ["data"], "properties": {"event": text(), "data": data}});
    let item = |modelled: &Modelled| match &operation(modelled).success {
        Success::Single(Payload::EventStream(ty)) => ty.clone(),
        other => panic!("{other:?}"),
    };
    let integer = json!({"type": "integer"});
    let json_text =
        json!({"type": "string", "contentMediaType": "application/json", "contentSchema": integer});
    for (schema, expected) in [
        (of(text()), Scalar::String),
        (of(json_text), Scalar::I64),
        (of(integer.clone()), Scalar::I64),
        (integer.clone(), Scalar::I64),
    ] {
        let modelled = stream(schema.clone());
        assert_eq!(item(&modelled), TypeRef::Scalar(expected), "{schema}");
        assert!(modelled.findings.items.is_empty(), "{}", modelled.findings);
    }
    let modelled = stream(json!({"type": "object", "properties": {"event": text()}}));
    assert_eq!(codes(&modelled), ["unsupported-member"]);
    let named = json!({"oneOf": [{"properties": {"event": {"const": "count"}, "data": integer}}]});
    let modelled = stream(named);
    assert_eq!(item(&modelled), TypeRef::Scalar(Scalar::I64));
    assert!(modelled.findings.items.is_empty(), "{}", modelled.findings);
}

#[test]
fn data_of_events_is_told_by_their_names() {
    let event = |name: Value, data: Value| json!({"properties": {"event": name, "data": data}});
    let json_text = |schema: Value| json!({"type": "string", "contentMediaType": "application/json", "contentSchema": schema});
    let point =
        json!({"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}});
    let all = json!([
        event(json!({"const": "say"}), text()),
        event(json!({"enum": ["move", "jump"]}), json_text(point.clone())),
        event(json!({"const": "count"}), json!({"type": "integer"})),
        event(json!({"const": "sum"}), json!({"type": "integer"})),
        event(json!({"const": "quote"}), json_text(text())),
        {"anyOf": [{"allOf": [event(json!({"const": "inner"}), json!({"type": "boolean"}))]}]},
        {"properties": {"data": {"type": "string", "const": "[end]"}}},
    ]);
    let listed = json!({"type": "object", "properties": {"event": text()}, "required": ["event"], "oneOf": all});
    for schema in [
        json!({"itemSchema": listed}),
        json!({"schema": {"type": "array", "items": listed}}),
    ] {
        let content = json!({"text/event-stream": schema});
        let modelled = answering("3.2.0", &content);
        assert!(modelled.findings.items.is_empty(), "{}", modelled.findings);
        let Success::Single(Payload::EventStream(TypeRef::Named(id))) =
            &operation(&modelled).success
        else {
            panic!("{:?}", operation(&modelled).success)
        };
        let Shape::Union(union) = &modelled.sdk.types[id.0].shape else {
            panic!("no union")
        };
        let variants: Vec<_> = union
            .variants
            .iter()
            .filter_map(|it| Some((it.name.as_str(), it.events.as_ref()?)))
            .map(|(name, it)| (name, it.names.join(" "), it.is_text))
            .collect();
        let of = |name, names: &str, is_text| (name, names.to_owned(), is_text);
        let expected = [
            of("Say", "say", true),
            of("Move", "move jump", false),
            of("Count", "count sum", false),
            of("Quote", "quote", false),
            of("End", "", true),
            of("Inner", "inner", false),
        ];
        assert_eq!(variants, expected, "{schema}");
    }
}

#[test]
fn a_body_that_is_less_than_its_type_is_said() {
    let form = of(&["application/x-www-form-urlencoded"]);
    let multipart = of(&["multipart/form-data"]);
    let events = of(&["text/event-stream"]);
    for (sent, read, expected) in [
        (
            json!({}),
            form.clone(),
            "`application/x-www-form-urlencoded` is read as its text, not as a type",
        ),
        (
            json!({}),
            multipart.clone(),
            "`multipart/form-data` is read as its bytes, not as a type",
        ),
        (
            events.clone(),
            json!({}),
            "`text/event-stream` is sent as the text that is given, not as a type",
        ),
    ] {
        let modelled = modelled(&sent, &read, None);
        let messages: Vec<_> = modelled
            .findings
            .items
            .iter()
            .map(|it| it.message.as_str())
            .collect();
        assert_eq!(messages, [expected]);
    }
    let typed = modelled(&form, &events, None);
    assert!(typed.findings.items.is_empty(), "{}", typed.findings);
}

#[test]
fn a_key_that_is_no_media_type_is_read_as_one() {
    for (key, taken) in [
        ("application/xml, application/json", "application/json"),
        ("text/csv, text/html", "text/csv"),
        ("json", "application/json"),
    ] {
        let schema = match taken {
            "text/csv" => text(),
            _ => object("a"),
        };
        let content = content(&[(key, schema)]);
        let modelled = modelled(&content, &content, None);
        assert_eq!(sent(&modelled), format!("| {taken}"));
        assert_eq!(operation(&modelled).execution.accept, taken);
        assert_eq!(codes(&modelled), ["malformed-media-type"; 2], "{key}");
    }
    let one = "multipart/related; type=\"a/b,c/d\"";
    let modelled = modelled(&json!({}), &of(&[one]), None);
    assert_eq!(operation(&modelled).execution.accept, one);
}

#[test]
fn json_in_a_range_of_texts_is_sent_as_one_of_them() {
    for schema in [object("a"), json!({"type": "integer"})] {
        assert_eq!(sent_of(&content(&[("text/*", schema)])), "| text/plain");
    }
}

#[test]
fn a_media_type_may_be_a_reference() {
    let document = json!({
        "openapi": "3.2.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {
            "description": "A response",
            "content": {"application/json": {"$ref": "#/components/mediaTypes/Text"}}
        }}}}},
        "components": {"mediaTypes": {"Text": {"schema": text()}}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    let expected = Payload::Json(TypeRef::Scalar(Scalar::String));
    assert_eq!(operation(&modelled).success, Success::Single(expected));
}

#[test]
fn a_number_under_plain_text_is_one() {
    let content = content(&[("text/plain", json!({"type": "integer"}))]);
    let modelled = modelled(&content, &content, None);
    let integer = Payload::Json(TypeRef::Scalar(Scalar::I64));
    assert_eq!(operation(&modelled).success, Success::Single(integer));
    assert_eq!(operation(&modelled).execution.accept, "text/plain");
    assert_eq!(sent(&modelled), "| text/plain");
    assert!(modelled.findings.items.is_empty(), "{}", modelled.findings);
}

//! Media types of bodies and answers: which are told apart, and which are sent.

use serde_json::{Map, Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Body, BodyMedia, Operation, Payload, Scalar, Success, TypeRef};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

/// The only operation of an API, with this body and this content of its answers.
pub(super) fn modelled(sent: &Value, read: &Value, names: Option<String>) -> Modelled {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"patch": {
            "requestBody": {"required": true, "content": sent},
            "responses": {"200": {"description": "A response", "content": read}}
        }}}
    });
    let bytes = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(bytes("openapi.json", document.to_string())),
        names: names.map(|text| bytes("names.lock", text)),
        ..Inputs::default()
    };
    Generator::new(Config::default()).model(&inputs).unwrap()
}

pub(super) fn operation(modelled: &Modelled) -> &Operation {
    &modelled.sdk.resources[0].operations[0]
}

/// Media types with a schema each.
pub(super) fn content(media_types: &[(&str, Value)]) -> Value {
    let media_types = media_types.iter();
    let content: Map<String, Value> = media_types
        .map(|(media_type, schema)| ((*media_type).to_owned(), json!({"schema": schema})))
        .collect();
    Value::Object(content)
}

/// Media types of one object.
pub(super) fn of(media_types: &[&str]) -> Value {
    let object = object("a");
    let pairs: Vec<_> = media_types.iter().map(|it| (*it, object.clone())).collect();
    content(&pairs)
}

pub(super) fn object(property: &str) -> Value {
    json!({"type": "object", "properties": {property: {"type": "string"}}})
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

/// The media types of the request, and after a bar those that are sent where callers name none.
pub(super) fn sent(modelled: &Modelled) -> String {
    let body = &operation(modelled).body.as_ref().unwrap().body;
    let names = |media: Vec<&BodyMedia>| {
        let names: Vec<_> = media.iter().map(|it| it.content_type.as_str()).collect();
        names.join(" ")
    };
    match body {
        Body::Single(media) => format!("| {}", names(vec![media])),
        Body::Choice { variants, .. } => {
            let all = variants.iter().map(|(_, media)| media);
            let from = all.clone().filter(|media| media.from);
            format!("{} | {}", names(all.collect()), names(from.collect()))
        }
    }
}

pub(super) fn codes(modelled: &Modelled) -> Vec<&'static str> {
    let findings = modelled.findings.items.iter();
    findings.map(|it| it.code.as_str()).collect()
}

pub(super) fn sent_of(content: &Value) -> String {
    sent(&modelled(content, &json!({}), None))
}

#[test]
fn a_patch_is_sent_as_what_the_caller_says_that_it_is() {
    let patches = of(&[
        "application/apply-patch+yaml",
        "application/json-patch+json",
        "application/merge-patch+json",
        "application/strategic-merge-patch+json",
    ]);
    // Of one object there are three, of which none is the usual one.
    let expected = "application/json-patch+json application/merge-patch+json application/strategic-merge-patch+json \
                    application/apply-patch+yaml | application/apply-patch+yaml";
    assert_eq!(sent_of(&patches), expected);
}

#[test]
fn a_body_is_taken_as_plain_json_where_it_can_be() {
    for (media_types, expected) in [
        (
            vec!["application/json", "application/merge-patch+json"],
            "application/json application/merge-patch+json | application/json",
        ),
        (
            vec!["application/a-patch+json", "application/vnd.x+json"],
            "application/vnd.x+json application/a-patch+json | application/vnd.x+json",
        ),
        // One value in several encodings.
        (
            vec!["application/json", "text/json", "application/*+json"],
            "| application/json",
        ),
        (
            vec!["application/x-www-form-urlencoded", "application/json"],
            "| application/json",
        ),
        (
            vec!["application/merge-patch+json"],
            "| application/merge-patch+json",
        ),
    ] {
        assert_eq!(sent_of(&of(&media_types)), expected);
    }
}

#[test]
fn text_and_bytes_are_sent_as_what_they_are() {
    let texts = content(&[("text/html", text()), ("text/plain", text())]);
    assert_eq!(sent_of(&texts), "text/html text/plain | text/html");
    let file = json!({"type": "string", "format": "binary"});
    let files = content(&[("image/png", file.clone()), ("image/jpeg", file)]);
    assert_eq!(sent_of(&files), "image/jpeg image/png | image/jpeg");
    // A range is for the caller to choose from.
    let any = content(&[
        ("image/*", json!({})),
        ("application/octet-stream", json!({})),
    ]);
    let expected = "application/octet-stream image/* | application/octet-stream";
    assert_eq!(sent_of(&any), expected);
}

#[test]
fn a_media_type_that_is_added_changes_no_call() {
    for (before, added) in [
        (
            "application/merge-patch+json",
            "application/json-patch+json",
        ),
        ("application/vnd.v2+json", "application/vnd.v1+json"),
    ] {
        let one = modelled(&of(&[before]), &json!({}), None);
        let names = one.names.file().contents;
        let both = modelled(&of(&[before, added]), &json!({}), Some(names));
        let expected = format!("{added} {before} | {before}");
        assert_eq!(sent(&both), expected);
        // And so it stays.
        let names = both.names.file().contents;
        let again = modelled(&of(&[before, added]), &json!({}), Some(names.clone()));
        assert_eq!(sent(&again), expected);
        assert_eq!(again.names.file().contents, names);
    }
}

/// The variants of the answer, with the media types that are read as each.
fn read(modelled: &Modelled) -> Vec<String> {
    let Success::Choice { variants, .. } = &operation(modelled).success else {
        return Vec::new();
    };
    let shown = variants
        .iter()
        .map(|it| format!("{}: {}", it.name, it.content_types.join(" ")));
    shown.collect()
}

#[test]
fn a_variant_of_an_answer_has_all_media_types_that_are_read_as_it() {
    let content = content(&[
        ("application/vnd.v1+json", object("a")),
        ("application/vnd.v2+json", object("b")),
        ("application/vnd.v3+json", object("b")),
        ("text/*", text()),
    ]);
    let expected = [
        "SuccessV1PlusJson: application/vnd.v1+json",
        "SuccessV2PlusJson: application/vnd.v2+json application/vnd.v3+json",
        "SuccessPlain: text/*",
    ];
    let first = modelled(&of(&["application/json"]), &content, None);
    assert_eq!(read(&first), expected);
}

#[test]
fn a_variant_of_an_answer_keeps_its_name_under_any_of_its_media_types() {
    let answer = |added: &[(&str, Value)]| {
        let mut all = vec![
            ("text/csv", text()),
            ("application/vnd.v2+json", object("b")),
        ];
        all.extend(added.iter().cloned());
        content(&all)
    };
    let sent = of(&["application/json"]);
    let first = modelled(&sent, &answer(&[]), None);
    let names = first.names.file().contents;
    let added = answer(&[("application/vnd.v1+json", object("b"))]);
    let later = modelled(&sent, &added, Some(names));
    assert_eq!(
        read(&later),
        [
            "SuccessV2PlusJson: application/vnd.v1+json application/vnd.v2+json",
            "SuccessCsv: text/csv"
        ]
    );
}

/// The codes and messages of findings about media types.
fn findings(modelled: &Modelled) -> Vec<String> {
    let findings = modelled.findings.items.iter();
    let findings = findings.filter(|it| it.code == "untyped-body" || it.code == "other-media-type");
    findings
        .map(|it| format!("{}: {}", it.code, it.message))
        .collect()
}

/// The payload of the request, in words.
fn written(modelled: &Modelled) -> &'static str {
    match &operation(modelled).body.as_ref().unwrap().body {
        Body::Choice { .. } => "several",
        Body::Single(media) => match media.payload {
            Payload::Json(_) => "JSON",
            Payload::Text => "text",
            Payload::Bytes => "bytes",
            _ => "else",
        },
    }
}

#[test]
fn what_no_type_can_be_made_for_is_text_or_bytes_and_said() {
    for (media_type, schema, expected, is_said) in [
        ("text/csv", object("a"), "text", true),
        ("application/yaml", object("a"), "text", true),
        ("application/vnd.x+yaml", object("a"), "text", true),
        ("application/xml", object("a"), "text", true),
        ("text/html", object("a"), "text", true),
        ("application/cbor", object("a"), "bytes", true),
        ("application/vnd.x+cbor", object("a"), "bytes", true),
        ("application/x-protobuf", object("a"), "bytes", true),
        ("application/pdf", json!({}), "bytes", false),
        ("text/csv", text(), "text", false),
        ("text/plain", object("a"), "JSON", true),
        // A number is written alike.
        ("text/plain", json!({"type": "integer"}), "JSON", false),
        ("text/plain", text(), "text", false),
    ] {
        let modelled = modelled(&content(&[(media_type, schema)]), &json!({}), None);
        assert_eq!(written(&modelled), expected, "{media_type}");
        assert_eq!(
            findings(&modelled).len(),
            usize::from(is_said),
            "{media_type}: {:?}",
            findings(&modelled)
        );
    }
}

#[test]
fn of_one_value_json_is_read_and_nothing_else_is_asked_for() {
    let all = [
        "application/cbor",
        "application/json",
        "application/msgpack",
        "application/vnd.x.protobuf",
        "application/yaml",
        "text/csv",
    ];
    let modelled = modelled(&of(&["application/json"]), &of(&all), None);
    assert_eq!(read(&modelled), [""; 0]);
    assert_eq!(operation(&modelled).execution.accept, "application/json");
    assert_eq!(findings(&modelled).len(), all.len() - 1);
}

#[test]
fn sequences_of_texts_are_read_one_by_one() {
    for media_type in ["application/json-seq", "application/geo+json-seq"] {
        let modelled = modelled(&json!({}), &of(&[media_type]), None);
        let success = &operation(&modelled).success;
        assert!(
            matches!(success, Success::Single(Payload::JsonLines(_))),
            "{media_type}"
        );
    }
}

/// As a schema, or as another name for one.
#[test]
fn events_of_text_are_known_by_their_type() {
    let named = json!({"$ref": "#/paths/~1things/patch/requestBody/content/text~1x-words/schema"});
    for data in [text(), named] {
        let words = content(&[("text/x-words", text())]);
        let modelled = modelled(&words, &content(&[("text/event-stream", data)]), None);
        let success = &operation(&modelled).success;
        let of_text = Payload::EventStream(TypeRef::Scalar(Scalar::String));
        assert_eq!(*success, Success::Single(of_text));
    }
}

#[test]
fn what_differs_from_the_json_beside_it_is_read_too() {
    let read_as = content(&[
        ("application/json", object("a")),
        ("application/yaml", object("b")),
        ("text/csv", text()),
    ]);
    let modelled = modelled(&of(&["application/json"]), &read_as, None);
    assert_eq!(
        read(&modelled),
        [
            "SuccessJson: application/json",
            "SuccessYaml: application/yaml text/csv"
        ]
    );
}

#[test]
fn an_encoding_beside_json_is_not_sent_and_a_patch_is() {
    let media_types = |other| of(&["application/json", other]);
    for other in [
        "application/yaml",
        "text/csv",
        "application/cbor",
        "text/plain",
    ] {
        assert_eq!(
            sent_of(&media_types(other)),
            "| application/json",
            "{other}"
        );
    }
    let sent = sent_of(&media_types("application/apply-patch+yaml"));
    let (all, _) = sent.split_once(" | ").unwrap();
    assert_eq!(all, "application/json application/apply-patch+yaml");
}

#[test]
fn lines_that_are_described_as_a_text_are_that_text() {
    for media_type in ["application/jsonl", "application/json-seq"] {
        let lines = content(&[(media_type, text())]);
        let modelled = modelled(&lines, &lines, None);
        let operation = operation(&modelled);
        assert_eq!(operation.success, Success::Single(Payload::Text));
        let body = operation.body.as_ref().map(|body| &body.body);
        let Some(Body::Single(media)) = body else {
            unreachable!("one media type, not {body:?}")
        };
        assert_eq!(
            (media.content_type.as_str(), &media.payload),
            (media_type, &Payload::Text)
        );
    }
}

#[test]
fn an_error_has_a_type_for_each_media_type_of_json() {
    let answers = |errors: Value| {
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "Things", "version": "1"},
            "paths": {"/things": {"get": {"responses": {
                "200": {"description": "done"},
                "400": {"description": "no", "content": errors},
            }}}}
        });
        let inputs = Inputs {
            openapi: Some(Input::Bytes {
                name: "openapi.json".to_owned(),
                bytes: document.to_string().into_bytes(),
            }),
            ..Inputs::default()
        };
        let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
        let errors = &operation(&modelled).errors;
        let errors = errors.iter().map(|error| {
            let is_typed = matches!(error.payload, Some(Payload::Json(TypeRef::Named(_))));
            (error.media_type.clone(), is_typed)
        });
        let errors: Vec<(Option<String>, bool)> = errors.collect();
        (errors, modelled.findings.items.len())
    };
    let (json, problem) = ("application/json", "application/problem+json");
    let two = content(&[(json, object("a")), (problem, object("title"))]);
    let both = vec![(None, true), (Some(problem.to_owned()), true)];
    assert_eq!(answers(two), (both, 0));
    let one = content(&[(json, object("a")), (problem, object("a"))]);
    assert_eq!(answers(one), (vec![(None, true)], 0));
    let no_json = content(&[(json, object("a")), ("text/html", text())]);
    assert_eq!(answers(no_json), (vec![(None, true)], 1));
}

#[test]
fn a_form_of_what_is_no_object_is_what_the_caller_makes() {
    let list = json!({"type": "array", "items": {"type": "string"}});
    let file = json!({"type": "string", "format": "binary"});
    let (form, parts) = ("application/x-www-form-urlencoded", "multipart/form-data");
    for (media_type, schema, payload, findings) in [
        (form, text(), Payload::Text, 0),
        (form, list.clone(), Payload::Text, 1),
        (parts, file, Payload::Bytes, 1),
        (parts, list, Payload::Bytes, 1),
    ] {
        let modelled = modelled(&content(&[(media_type, schema)]), &json!({}), None);
        let body = operation(&modelled).body.as_ref().map(|it| &it.body);
        assert!(
            matches!(body, Some(Body::Single(sent)) if sent.payload == payload),
            "{media_type}: {body:?}"
        );
        let found = modelled.findings.items.iter();
        let found = found.filter(|it| it.code.as_str() == "untyped-body");
        assert_eq!(found.count(), findings, "{media_type}");
    }
}

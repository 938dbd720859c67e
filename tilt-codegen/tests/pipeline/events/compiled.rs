//! A user's program against a generated crate, before and after an event comes that has nothing of all others.

use std::path::Path;

use serde_json::{Value, json};
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

use super::accessors::{payload, sent};
use super::{findings, first, next, object, text};
use crate::cargo;

const PROGRAM: &str = r##"
use events::{Event, types::Resource};

#[test]
fn what_events_have_in_common_is_read_without_a_match() {
    let paid = Event::parse(br#"{"kind": "paid", "resource": {"id": "1"}, "note": "n", "at": 5, "tags": ["a"], "by": null}"#);
    let resource: Option<&Resource> = paid.resource();
    assert_eq!(resource.unwrap().id, "1");
    let note: Option<&str> = paid.note();
    assert_eq!(note, Some("n"));
    let at: Option<i64> = paid.at();
    assert_eq!(at, Some(5));
    let tags: Option<&[String]> = paid.tags();
    assert_eq!(tags.unwrap(), ["a"]);
    let by: Option<&str> = paid.by();
    assert_eq!(by, None);

    let lost = Event::parse(br#"{"kind": "lost", "resource": {"id": "2"}, "at": 6, "tags": [], "by": "me"}"#);
    assert_eq!((lost.resource().unwrap().id.as_str(), lost.note()), ("2", None));
    assert_eq!((lost.at(), lost.by(), lost.r#type()), (Some(6), Some("me"), None));
    let gone = Event::parse(br#"{"kind": "gone", "resource": {"id": "3"}}"#);
    assert!(gone.resource().is_none());
}
"##;

fn common(required: &[&str]) -> Value {
    let mut payload = payload();
    let more = json!({
        "at": {"type": "integer"},
        "tags": {"type": "array", "items": text()},
        "by": {"type": ["string", "null"]},
        "type": text(),
    });
    let properties = payload["properties"].as_object_mut().unwrap();
    properties.extend(more.as_object().unwrap().clone());
    payload["required"] = json!(required);
    payload
}

fn write(dir: &Path, modelled: &Modelled, program: &str) {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let runtime = runtime.canonicalize().expect("the runtime is there");
    let mut options = RenderOptions::new("events");
    options.runtime = RuntimeSource::Path(runtime.to_string_lossy().into_owned());
    for file in render::package(&modelled.sdk, &options) {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let workspace = match file.path.as_str() {
            "Cargo.toml" => "\n[workspace]\n",
            _ => "",
        };
        std::fs::write(path, file.contents + workspace).expect("a file");
    }
    cargo::lock(dir);
    std::fs::create_dir_all(dir.join("tests")).expect("a folder");
    std::fs::write(dir.join("tests/program.rs"), program).expect("a file");
}

#[test]
fn a_program_that_reads_what_events_share_compiles_when_others_come() {
    let events = [
        ("paid", common(&["resource", "at", "tags"])),
        ("lost", common(&["by", "resource"])),
    ];
    let before = first(&sent(&events));
    let [paid, lost] = events;
    let gone = ("gone", object(&[], json!({"resource": text()})));
    let after = next(&sent(&[paid, lost, gone]), &before);
    let dir = tempfile::tempdir().expect("a folder");
    for modelled in [before, after] {
        write(dir.path(), &modelled, PROGRAM);
        test(dir.path());
    }
}

fn test(dir: &Path) {
    let arguments = [
        "test",
        "--offline",
        "--quiet",
        "--no-default-features",
        "--test",
        "program",
    ];
    let run = cargo::run(dir, &arguments);
    assert!(
        run.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
}

const FORMS: &str = r##"
use events::Event;

#[test]
fn a_form_is_read_as_the_event_that_it_looks_like() {
    let Event::Call(call) = Event::parse(b"sid=7&to=%2B1+2&tags=a&tags=b&data=%7B%22n%22%3A1%7D") else { panic!() };
    assert_eq!((call.sid, call.to.as_str()), (7, "+1 2"));
    assert_eq!(call.tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
    assert_eq!(call.data.and_then(|it| it.n), Some(1));
    assert!(matches!(Event::parse(b"sid=7"), Event::Status(it) if it.sid == 7));
    assert!(matches!(Event::parse(br#"{"sid": 8}"#), Event::Status(it) if it.sid == 8));
    let Event::Unknown(unknown) = Event::parse(b"sid=seven") else { panic!() };
    assert!(unknown.problem().is_some_and(|it| it.ends_with("at `/sid`")));
    assert_eq!(&unknown.body()[..], b"sid=seven");
    assert!(matches!(Event::parse(br#"{"sid": 7, "to": "="}"#), Event::Status(_)));
}
"##;

#[test]
fn a_program_reads_events_that_are_forms() {
    let number = json!({"type": "integer"});
    let data = object(&[], json!({"n": number}));
    let call = object(
        &["sid", "to"],
        json!({"sid": number, "to": text(), "tags": {"type": "array", "items": text()}, "data": data}),
    );
    let status = object(&["sid"], json!({"sid": number}));
    let form = "application/x-www-form-urlencoded";
    let encoding = json!({"data": {"contentType": "application/json"}});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "webhooks": {
            "call": {"post": {"requestBody": {"content": {form: {"schema": call, "encoding": encoding}}}}},
            "status": {"post": {"requestBody": {"content": {
                form: {"schema": status}, "application/json": {"schema": status},
            }}}},
        },
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::default().model(&inputs).expect("a model");
    assert_eq!(findings(&modelled), []);
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &modelled, FORMS);
    test(dir.path());
}

const UNNAMED: &str = r##"
use events::Event;

#[test]
fn an_event_without_a_kind_is_known_by_its_look_and_what_is_not_read_takes_nothing() {
    assert!(matches!(Event::parse(br#"{"type": "paid", "id": 7}"#), Event::Paid(_)));
    assert!(matches!(Event::parse(br#"{"type": "lost", "id": 7}"#), Event::Lost(_)));
    assert!(matches!(Event::parse(br#"{"id": 7}"#), Event::Ping(it) if it.id == 7));
    assert!(matches!(Event::from_channel("ping", br#"{"id": 7}"#), Event::Ping(_)));
    for other in [r#"{"type": "new", "id": 7}"#, "{}", r#"{"text": "t"}"#] {
        assert!(matches!(Event::parse(other.as_bytes()), Event::Unknown(_)), "{other}");
    }
    let Event::Unknown(unknown) = Event::from_channel("scan", b"<xml/>") else { panic!() };
    assert_eq!(unknown.kind(), Some("scan"));
}
"##;

#[test]
fn a_program_reads_an_event_that_names_no_kind_beside_those_that_do() {
    let number = json!({"type": "integer"});
    let of = |kind: &str| {
        object(
            &["type", "id"],
            json!({"type": {"const": kind}, "id": number}),
        )
    };
    let sent = |media_type: &str, schema: Value| json!({"post": {"requestBody": {"content": {media_type: {"schema": schema}}}}});
    let json = "application/json";
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "webhooks": {
            "paid": sent(json, of("paid")),
            "lost": sent(json, of("lost")),
            "ping": sent(json, object(&["id"], json!({"id": number}))),
            "scan": sent("application/xml", object(&[], json!({"text": text()}))),
        },
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::default().model(&inputs).expect("a model");
    let mut codes: Vec<_> = findings(&modelled).into_iter().map(|it| it.0).collect();
    codes.sort_unstable();
    let guessed = "guessed-event-kind";
    assert_eq!(codes, [guessed, guessed, "other-event-body"]);
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), &modelled, UNNAMED);
    test(dir.path());
}

const HEADERS: &str = r##"
use events::headers::{X_ATTEMPT, X_TENANT};
use events::rt::{Header, HeaderError};
use std::collections::HashMap;

#[test]
fn headers_of_deliveries_have_types() {
    let headers = HashMap::from([("X-Attempt", "2")]);
    let attempt: Header<i64> = X_ATTEMPT;
    assert_eq!(attempt.read(headers.get(attempt.name())), Ok(Some(2)));
    let tenant: Header<events::rt::Uuid> = X_TENANT;
    assert_eq!(tenant.require(headers.get(tenant.name())), Err(HeaderError::Missing { name: "X-Tenant" }));
}
"##;

#[test]
fn a_program_reads_headers_of_webhooks_and_of_messages() {
    let integer = json!({"type": "integer"});
    let uuid = json!({"type": "string", "format": "uuid", "description": "Whose it is."});
    let content = json!({"application/json": {"schema": object(&["a"], json!({"a": text()}))}});
    let parameters = json!([
        {"name": "X-Attempt", "in": "header", "schema": integer},
        {"name": "X-Tenant", "in": "header", "required": true, "schema": uuid},
    ]);
    let webhook = json!({"post": {"parameters": parameters, "requestBody": {"content": content}}});
    let openapi = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "webhooks": {"paid": webhook},
    });
    let headers = object(
        &["X-Tenant"],
        json!({"X-Attempt": integer, "X-Tenant": uuid}),
    );
    let mut message = super::message("paid", "a");
    message["message"]["headers"] = headers;
    let asyncapi = super::document(json!({"c": {"subscribe": message}}), json!({}));
    let input = |document: serde_json::Value| {
        Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        })
    };
    for inputs in [
        Inputs {
            openapi: input(openapi),
            ..Inputs::default()
        },
        Inputs {
            asyncapi: input(asyncapi),
            ..Inputs::default()
        },
    ] {
        let modelled = Generator::default().model(&inputs).expect("a model");
        assert_eq!(findings(&modelled), []);
        let kinds = modelled.sdk.events.iter().flat_map(|it| &it.kinds);
        let headers = kinds.flat_map(|kind| &kind.headers);
        let required = headers.map(|it| (it.name.as_str(), it.required));
        let expected = [("X-Attempt", false), ("X-Tenant", true)];
        assert!(required.eq(expected));
        let dir = tempfile::tempdir().expect("a folder");
        write(dir.path(), &modelled, HEADERS);
        test(dir.path());
    }
}

#[test]
fn headers_without_names_are_a_finding() {
    for headers in [
        json!({"type": "object"}),
        object(&[], json!({"a b": text()})),
    ] {
        let mut message = super::message("paid", "a");
        message["message"]["headers"] = headers;
        let document = super::document(json!({"c": {"subscribe": message}}), json!({}));
        let place = "/channels/c/subscribe/message/headers".to_owned();
        assert_eq!(findings(&first(&document)), [("message-headers", place)]);
    }
}

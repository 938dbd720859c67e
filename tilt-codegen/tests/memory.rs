//! The cost of documents that repeat one long name in thousands of places, where the limits let them.
//! One test, so that nothing else is counted.

use peak_alloc::PeakAlloc;
use serde_json::{Map, Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::{Input, Limits};
use tilt_codegen::{Generator, Inputs};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const MANY: usize = 5_000;

fn document(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Long", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn object(members: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(members.collect::<Map<_, _>>())
}

/// Bytes that were in use at once while a model was made.
fn peak(document: &Value) -> usize {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let limits = Limits {
        name: 1_000_000,
        pointer: 1_000_000,
        ..Limits::default()
    };
    let generator = Generator::new(Config::default()).limits(limits);
    let before = ALLOCATED.current_usage();
    ALLOCATED.reset_peak_usage();
    drop(generator.model(&inputs));
    ALLOCATED.peak_usage() - before
}

#[test]
fn what_many_places_begin_with_is_there_once() {
    let name = "a".repeat(100_000);
    let unknown = object((0..MANY).map(|number| (format!("k{number}"), json!(1))));
    let unknown = document(json!({}), json!({ name.clone(): unknown }));
    let path: String = (0..MANY).map(|number| format!("/{{p{number}}}")).collect();
    let operation = json!({"get": {"responses": {"200": {"description": ""}}}});
    let undeclared = document(json!({ path: operation }), json!({}));
    let inline = object((0..MANY).map(|number| {
        let schema = json!({"type": "object", "properties": {format!("q{number}"): {}}});
        (format!("p{number}"), schema)
    }));
    let inline = document(
        json!({}),
        json!({ name: {"type": "object", "properties": inline} }),
    );
    for (case, document) in [
        ("unknown keywords", unknown),
        ("undeclared parameters", undeclared),
        ("inline types", inline),
    ] {
        let peak = peak(&document);
        assert!(peak < 100 << 20, "{case}: {peak} bytes");
    }
}

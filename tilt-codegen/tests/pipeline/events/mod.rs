//! Events: the messages of AsyncAPI that are, and what all of them have in common.

mod accessors;
mod compiled;
mod published;
mod versions;

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

fn model(document: &Value, names: Option<String>, config: &str) -> Modelled {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        asyncapi: Some(input("events.json", document.to_string())),
        names: names.map(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    let generator = Generator::new(Config::from_toml(config).unwrap());
    let modelled = generator.model(&inputs);
    modelled.unwrap_or_else(|refused| panic!("{refused}"))
}

fn first(document: &Value) -> Modelled {
    model(document, None, "")
}

fn next(document: &Value, before: &Modelled) -> Modelled {
    model(document, Some(before.names.to_string()), "")
}

/// The kinds on the wire of all events.
fn kinds(modelled: &Modelled) -> Vec<&str> {
    let kinds = modelled.sdk.events.iter().flat_map(|events| &events.kinds);
    kinds.map(|kind| kind.wire.as_str()).collect()
}

/// The findings about events, with the place.
fn findings(modelled: &Modelled) -> Vec<(&'static str, String)> {
    let findings = modelled.findings.items.iter();
    let findings = findings.map(|it| (it.code.as_str(), it.pointer.to_string()));
    findings.collect()
}

fn document(channels: Value, schemas: Value) -> Value {
    json!({
        "asyncapi": "2.6.0",
        "info": {"title": "T", "version": "1"},
        "channels": channels,
        "components": {"schemas": schemas},
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

/// A message with a property that tells it from others.
fn message(name: &str, property: &str) -> Value {
    json!({"message": {"name": name, "payload": object(&[property], json!({property: text()}))}})
}

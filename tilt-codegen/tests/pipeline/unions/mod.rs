//! Unions: by inheritance, by discriminators of every kind, and the events that are told apart like their variants.

mod compiled;
mod composed;
mod constants;
mod events;
mod inheritance;
mod kinds;

use serde_json::{Map, Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

fn model(document: &Value, names: Option<String>) -> Modelled {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    let generator = Generator::new(Config::default());
    let modelled = generator.model(&inputs);
    modelled.unwrap_or_else(|refused| panic!("{refused}"))
}

#[track_caller]
fn has(modelled: &Modelled, line: &str) {
    let surface = surface(&modelled.sdk);
    assert!(surface.lines().any(|it| it == line), "{line}\n{surface}");
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn content(schema: Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

/// `POST /NAME` takes a type and answers with it.
fn api(used: &[&str], schemas: Value) -> Value {
    let path = |name: &&str| {
        let item = json!({"post": {
            "requestBody": {"required": true, "content": content(to(name))},
            "responses": {"200": {"description": "it", "content": content(to(name))}},
        }});
        (format!("/{name}"), item)
    };
    let paths: Map<String, Value> = used.iter().map(path).collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

/// A schema with what another has.
fn heir(base: &str, properties: Value) -> Value {
    json!({"allOf": [to(base), object(&[], properties)]})
}

/// A schema on which others build.
fn pet() -> Value {
    let mut pet = object(&["kind"], json!({"kind": text(), "friend": to("Pet")}));
    pet["discriminator"] = json!({"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"}});
    pet
}

fn pets() -> Value {
    json!({
        "Pet": pet(),
        "Cat": heir("Pet", json!({"lives": {"type": "integer"}})),
        "Siamese": heir("Cat", json!({"eyes": text()})),
        "Dog": heir("Pet", json!({"bark": {"type": "boolean"}})),
        // Nothing of its own.
        "Fish": {"allOf": [to("Pet")]},
    })
}

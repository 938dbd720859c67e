//! Types that two documents share, when one of the documents grows.

use serde_json::json;
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

fn input(name: &str, text: String) -> Option<Input> {
    Some(Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    })
}

/// An API with a payment, and its events with one that was paid by one of these.
fn modelled(methods: &[&str], names: Option<String>) -> Modelled {
    let payment = |methods: &[&str]| {
        json!({"Payment": {"type": "object", "properties": {
            "method": {"type": "string", "enum": methods}, "amount": {"type": "integer"}
        }}})
    };
    let reference = json!({"$ref": "#/components/schemas/Payment"});
    let openapi = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/payments/{id}": {"get": {
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": reference}}}}
        }}},
        "components": {"schemas": payment(&["card", "cash"])}
    });
    let message = |kind: &str| {
        json!({"payload": {"type": "object", "required": ["kind"],
            "properties": {"kind": {"const": kind}, "payment": reference}}})
    };
    let asyncapi = json!({
        "asyncapi": "2.6.0",
        "info": {"title": "T", "version": "1"},
        "channels": {"payments": {"subscribe": {"message": {"oneOf": [message("paid"), message("voided")]}}}},
        "components": {"schemas": payment(methods)}
    });
    let inputs = Inputs {
        openapi: input("api.json", openapi.to_string()),
        asyncapi: input("events.json", asyncapi.to_string()),
        names: names.and_then(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    Generator::new(Config::default()).model(&inputs).unwrap()
}

#[test]
fn a_type_stays_one_when_an_enum_in_it_grows_in_one_document() {
    let before = modelled(&["card", "cash"], None);
    let names = before.names.file().contents;
    let after = modelled(&["card", "cash", "cheque"], Some(names));
    let added = surface(&after.sdk);
    let before = surface(&before.sdk);
    let lines: Vec<&str> = before.lines().collect();
    let added: Vec<&str> = added.lines().filter(|it| !lines.contains(it)).collect();
    assert_eq!(added, ["type PaymentMethod::Cheque = \"cheque\""]);
    let names = after.names.file().contents;
    let again = modelled(&["card", "cash", "cheque"], Some(names));
    assert_eq!(surface(&again.sdk), surface(&after.sdk));
}

//! A names file and an overlay, any of them, over a small document: sources that parse and have nothing
//! twice, and that come out again by the names that they were given; or a refusal.
//!
//! The input is the lines of the names file, then `---`, then what an overlay adds to the document.
#![no_main]

#[path = "../../tests/duplicates/mod.rs"]
mod duplicates;

use libfuzzer_sys::fuzz_target;
use tilt_codegen::config::Config;
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

const DOCUMENT: &str = r##"{
    "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
    "servers": [{"url": "https://a.example"}, {"url": "https://b.example", "description": "Custom"}],
    "paths": {
        "/orders": {
            "get": {
                "tags": ["a"],
                "parameters": [{"name": "sort", "in": "query"}, {"name": "Sort", "in": "header"}],
                "responses": {"200": {"description": "", "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/order"}},
                    "text/csv": {"schema": {"type": "string"}}
                }}}
            },
            "post": {
                "tags": ["b"], "security": [{"key": []}, {"flow": ["x:read"]}],
                "requestBody": {"content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Order"}},
                    "text/csv": {"schema": {"type": "string"}}
                }},
                "responses": {"201": {"description": ""}}
            }
        },
        "/old/orders": {"get": {"responses": {}}}
    },
    "webhooks": {"paid": {"post": {"requestBody": {"content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/order"}
    }}}}}},
    "components": {
        "schemas": {
            "order": {"type": "object", "properties": {
                "a": {"type": "string"}, "A": {"type": "string"}, "state": {"enum": ["x", "X"]}
            }},
            "Order": {"oneOf": [{"title": "One", "type": "object"}, {"title": "Two", "type": "array"}]}
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "k"},
            "flow": {"type": "oauth2", "flows": {"clientCredentials": {
                "tokenUrl": "https://a.example/t", "scopes": {"x:read": "", "x:Read": ""}
            }}}
        }
    }
}"##;

fn model(names: &str, update: &str) -> Option<Modelled> {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let overlay = format!(
        r#"{{"overlay": "1.0.0", "info": {{"title": "O", "version": "1"}}, "actions": [{{"target": "$", "update": {update}}}]}}"#
    );
    let inputs = Inputs {
        openapi: Some(input("api.json", DOCUMENT.to_owned())),
        overlays: match update.trim() {
            "" => Vec::new(),
            _ => vec![input("overlay.json", overlay)],
        },
        names: Some(input("names.lock", names.to_owned())),
        ..Inputs::default()
    };
    Generator::new(Config::default()).model(&inputs).ok()
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (names, update) = text.split_once("---").unwrap_or((&text, ""));
    let names = format!("names 1\n{names}");
    // A broken names file must not hide what the overlay does.
    let modelled = model(&names, update).or_else(|| model("names 1\n", update));
    let Some(modelled) = modelled else {
        return;
    };
    let options = RenderOptions::new("api");
    let files = render::package(&modelled.sdk, &options);
    let all = files
        .iter()
        .map(|file| (file.path.as_str(), file.contents.as_str()));
    let faults = duplicates::faults(all);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let written = modelled.names.to_string();
    let again = model(&written, update);
    let again = again.unwrap_or_else(|| panic!("its own names are refused\n{written}"));
    assert_eq!(again.names.to_string(), written);
    assert_eq!(render::package(&again.sdk, &options), files, "{written}");
});

//! Text counts each time that it is written.

use super::*;

/// A megabyte of source is far more than each of these says itself.
fn a_megabyte() -> Limits {
    Limits {
        output: 1 << 20,
        ..Limits::default()
    }
}

#[track_caller]
fn too_much_output(document: Value) {
    refused(
        model_within(document.to_string(), a_megabyte()),
        "too-much-output",
    );
    let help = model_within(document.to_string(), a_megabyte())
        .err()
        .and_then(|it| it.items[0].help.clone());
    let names = |help: &String| help.contains("raise `output` of [limits]");
    assert!(help.as_ref().is_some_and(names), "{help:?}");
}

fn long_text() -> String {
    "Words that are said again and again. ".repeat(100)
}

fn operations(count: usize, operation: impl Fn(usize) -> Value) -> Value {
    let paths: Map<String, Value> = (0..count)
        .map(|index| (format!("/p{index}"), json!({"get": operation(index)})))
        .collect();
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})
}

#[test]
fn inherited_text_is_counted_each_time() {
    let properties: Map<String, Value> = (0..10)
        .map(|index| {
            (
                format!("p{index}"),
                json!({"type": "string", "description": long_text()}),
            )
        })
        .collect();
    let base = (
        "Base".to_owned(),
        json!({"type": "object", "properties": properties}),
    );
    let extended = (0..100).map(|index| {
        let own = json!({"type": "object", "properties": {format!("own{index}"): {}}});
        let base = json!({"$ref": "#/components/schemas/Base"});
        (format!("S{index}"), json!({"allOf": [base, own]}))
    });
    let text = document(extended.chain([base]));
    too_much_output(serde_json::from_str(&text).unwrap_or_default());
}

#[test]
fn inherited_values_are_counted_each_time() {
    for schema in [
        json!({"type": "string", "enum": [long_text(), "b"]}),
        json!({"type": "string", "const": long_text()}),
        json!({"oneOf": [{"const": "a", "description": long_text()}, {"const": "b"}]}),
    ] {
        let base = json!({"type": "object", "properties": {"p": schema}});
        let extended = (0..600).map(|index| {
            let own = json!({"properties": {format!("own{index}"): {}, "p": {"title": format!("T{index}")}}});
            let base = json!({"$ref": "#/components/schemas/Base"});
            (format!("S{index}"), json!({"allOf": [base, own]}))
        });
        let text = document(extended.chain([("Base".to_owned(), base)]));
        too_much_output(serde_json::from_str(&text).unwrap_or_default());
    }
}

#[test]
fn shared_parts_of_operations_are_counted_each_time() {
    let text = long_text();
    let components = json!({
        "parameters": {
            "P": {"name": "p", "in": "query", "description": text, "schema": {"type": "string"}},
            "Q": {"name": text, "in": "query", "schema": {"type": "string"}},
            "D": {"name": "d", "in": "query", "schema": {"type": "string", "description": text}}
        },
        "requestBodies": {"B": {"description": text, "content": {"application/json": {}}}},
        "responses": {
            "R": {"description": text},
            "H": {"description": "d", "headers": {"X-A": {"description": text}}},
            "M": {"description": "d", "content": {text.clone(): {}}}
        },
        "headers": {"X": {"description": text}}
    });
    let to = |part: &str| json!({ "$ref": format!("#/components/{part}") });
    let shared: [(&str, Value); 8] = [
        ("parameters", json!([to("parameters/P")])),
        ("parameters", json!([to("parameters/Q")])),
        ("parameters", json!([to("parameters/D")])),
        ("requestBody", to("requestBodies/B")),
        (
            "responses",
            json!({"400": to("responses/R"), "200": {"description": "d"}}),
        ),
        ("responses", json!({"200": to("responses/H")})),
        ("responses", json!({"200": to("responses/M")})),
        (
            "responses",
            json!({"200": {"description": "d", "headers": {"X-A": to("headers/X")}}}),
        ),
    ];
    for (key, value) in shared {
        let mut document = operations(600, |_| json!({ key: value }));
        document["components"] = components.clone();
        too_much_output(document);
    }
}

#[test]
fn what_a_path_item_or_document_says_of_all_operations_is_counted_each_time() {
    let text = long_text();
    // One path item under many paths.
    let item = json!({"description": text, "get": {}, "put": {}});
    let paths: Map<String, Value> = (0..600)
        .map(|index| {
            (
                format!("/p{index}"),
                json!({"$ref": "#/components/pathItems/I"}),
            )
        })
        .collect();
    too_much_output(json!({
        "openapi": "3.1.0", "info": {}, "paths": paths, "components": {"pathItems": {"I": item}}
    }));
    // Scopes with long names, which every operation's documentation lists.
    let flows = json!({"clientCredentials": {"tokenUrl": "/t", "scopes": {text.clone(): "s"}}});
    let mut document = operations(600, |_| json!({}));
    document["security"] = json!([{"auth": [text]}]);
    document["components"] =
        json!({"securitySchemes": {"auth": {"type": "oauth2", "flows": flows}}});
    too_much_output(document);
    // Servers of a path item.
    let servers = json!([{"url": "https://{v}.example.com", "variables": {"v": {"default": "a", "enum": [long_text()]}}}]);
    let item = json!({"servers": servers, "get": {}, "put": {}});
    let paths: Map<String, Value> = (0..600)
        .map(|index| {
            (
                format!("/p{index}"),
                json!({"$ref": "#/components/pathItems/I"}),
            )
        })
        .collect();
    too_much_output(json!({
        "openapi": "3.1.0", "info": {}, "paths": paths, "components": {"pathItems": {"I": item}}
    }));
}

#[test]
fn a_struct_in_many_unions_is_counted_each_time() {
    let variant = |name: &str| {
        let properties: Map<String, Value> = (0..100)
            .map(|index| {
                (
                    format!("{name}_a_property_with_a_long_name_{index}"),
                    json!({"type": "string"}),
                )
            })
            .collect();
        json!({"type": "object", "properties": properties})
    };
    let structs: Vec<(String, Value)> = (0..20)
        .map(|index| (format!("V{index}"), variant(&format!("v{index}"))))
        .collect();
    let unions = (0..100).map(|union| {
        let mut branches: Vec<Value> = (0..20).map(|index| to("V", index)).collect();
        branches.push(json!({"type": "object", "properties": {format!("u{union}"): {}}}));
        (format!("U{union}"), json!({ "oneOf": branches }))
    });
    let text = document(unions.chain(structs));
    let limits = Limits {
        output: 4 << 20,
        ..Limits::default()
    };
    let document: Value = serde_json::from_str(&text).unwrap_or_default();
    refused(
        model_within(document.to_string(), limits),
        "too-much-output",
    );
}

#[test]
fn a_message_on_many_channels_is_counted_each_time() {
    let channels: Map<String, Value> = (0..600)
        .map(|index| {
            let message = json!({"$ref": "#/components/messages/M"});
            (
                format!("c{index}"),
                json!({"subscribe": {"message": message}}),
            )
        })
        .collect();
    let message = json!({"name": "m", "description": long_text(), "payload": {"type": "object"}});
    let document = json!({
        "asyncapi": "2.6.0", "info": {"title": "T", "version": "1"}, "channels": channels,
        "components": {"messages": {"M": message}}
    });
    let inputs = Inputs {
        asyncapi: Some(Input::Bytes {
            name: "events.json".into(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let generator = Generator::new(Config::default()).limits(a_megabyte());
    refused(generator.model(&inputs), "too-much-output");
}

#[test]
fn no_source_is_longer_than_was_estimated() {
    // Texts that take more room as source than as text: quotes, control characters, short lines.
    for text in [
        "\"\\".repeat(300),
        "\u{1}\u{202e}".repeat(100),
        "a\n\nb\n".repeat(100),
        long_text(),
        String::new(),
    ] {
        let property =
            json!({"type": "string", "description": text, "default": text, "pattern": text});
        let mut document = operations(5, |index| {
            json!({
                "operationId": format!("op{index}"), "summary": text, "description": text, "tags": [text, format!("t{index}")],
                "parameters": [{"name": format!("p{text}"), "in": "query", "description": text, "required": true, "schema": property}],
                "requestBody": {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}},
                "responses": {
                    "200": {"description": text, "headers": {format!("h{text}"): {"description": text}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}},
                    "400": {"description": text}
                }
            })
        });
        document["components"] = json!({"schemas": {"S": {
            "type": "object", "description": text, "required": [format!("f{text}")],
            "properties": {
                format!("f{text}"): property, "e": {"enum": [text, "b"], "description": text},
                "u": {"oneOf": [{"type": "object", "properties": {text.clone(): {}}}, {"type": "integer"}]}
            }
        }}});
        document["servers"] = json!([{"url": "https://{v}.example.com", "description": text,
            "variables": {"v": {"default": text, "description": text}}}]);
        let modelled = taken(model_within(document.to_string(), Limits::default()));
        let written: usize = tilt_codegen::render::sources(&modelled.sdk)
            .iter()
            .map(|file| file.contents.len())
            .sum();
        let names = modelled.names.file().contents.len();
        let limits = Limits {
            output: written + names,
            ..Limits::default()
        };
        refused(
            model_within(document.to_string(), limits),
            "too-much-output",
        );
    }
}

//! A document with a text in every place from which it comes into documentation.

use serde_json::{Value, json};

/// An OpenAPI document that says `text` wherever it may say anything.
pub(crate) fn document(text: &str) -> Value {
    let answer = |schema: &Value| {
        json!({
            "description": text,
            "headers": {"X-One": {"description": text, "schema": {"type": "string"}}},
            "content": {"application/json": {"schema": schema}},
        })
    };
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    json!({
        "openapi": "3.1.0",
        "info": {"title": text, "version": text, "description": text},
        "servers": [{
            "url": "https://{at}.example.com", "description": text,
            "variables": {"at": {"default": "a", "enum": ["a", "b"], "description": text}},
        }],
        "tags": [{"name": "things", "description": text}],
        "paths": {"/things/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": true, "description": text,
                 "schema": {"type": "string"}},
                {"name": "q", "in": "query", "description": text,
                 "schema": {"type": "string", "pattern": text, "default": text}},
                {"name": text, "in": "query", "schema": {"type": "string"}},
            ],
            "get": {
                "tags": ["things"], "summary": text, "description": text,
                "responses": {"200": answer(&thing), "404": answer(&thing), "5XX": answer(&thing)},
                "security": [{"oauth": [text]}],
            },
            "put": {
                "tags": ["things"], "description": text, "deprecated": true,
                "requestBody": {"description": text, "content": {
                    "application/json": {"schema": thing},
                    "text/plain": {"schema": {"type": "string"}},
                }},
                "responses": {"200": {"description": text}, "202": answer(&thing)},
            },
        }},
        "webhooks": {"made": {"post": {
            "summary": text, "description": text,
            "requestBody": {"description": text, "content": {"application/json": {"schema": thing}}},
            "responses": {"200": {"description": text}},
        }}},
        "components": components(text),
    })
}

fn components(text: &str) -> Value {
    let schema = json!({
        "title": text, "description": text, "type": "object", "required": ["required"],
        "properties": {
            "required": {"type": "string", "description": text, "pattern": text, "default": text},
            "choice": {"$ref": "#/components/schemas/Choice"},
            "either": {"oneOf": [
                {"type": "string", "title": text, "description": text},
                {"type": "integer", "description": text},
            ]},
            text: {"type": "string", "pattern": text},
        },
    });
    json!({
        "schemas": {
            "Thing": schema,
            "Choice": {"type": "string", "description": text, "enum": ["a", text]},
            "Listed": {"description": text, "oneOf": [
                {"const": "a", "title": text, "description": text},
                {"const": text, "description": text},
            ]},
            "Texts": {"type": "array", "description": text, "items": {"type": "string", "pattern": text}},
        },
        "securitySchemes": {
            "oauth": {"type": "oauth2", "description": text, "flows": {"clientCredentials": {
                "tokenUrl": "https://example.com/token", "scopes": {text: text},
            }}},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": text},
        },
    })
}

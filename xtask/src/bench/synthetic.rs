//! Documents and structs of any size, all alike.

use serde_json::{Map, Value, json};
use std::fmt::Write;

/// How many refer to each other in a row: rustc looks only so far.
const CHAIN: usize = 8;

/// A document with schemas of 12 properties each, and four operations for each of them that is to
/// be a resource.
pub(super) fn document(schemas: usize, resources: usize) -> Value {
    let components: Map<String, Value> = (0..schemas)
        .map(|number| (format!("Thing{number}"), schema(number, schemas)))
        .collect();
    let paths: Map<String, Value> = (0..resources.min(schemas))
        .flat_map(|number| {
            let tag = format!("things{number}");
            let body = json!({"required": true, "content": content(number)});
            let id =
                json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
            let limit = json!({"name": "limit", "in": "query", "schema": {"type": "integer"}});
            let operation = |id: String, status: &str| {
                let answer = json!({"description": "done", "content": content(number)});
                json!({"operationId": id, "tags": [&tag], "responses": {status: answer}})
            };
            let with = |mut operation: Value, key: &str, value: &Value| {
                operation[key] = value.clone();
                operation
            };
            let list = with(
                operation(format!("listThings{number}"), "200"),
                "parameters",
                &json!([limit]),
            );
            let create = with(
                operation(format!("createThing{number}"), "201"),
                "requestBody",
                &body,
            );
            let read = operation(format!("getThing{number}"), "200");
            let update = with(
                operation(format!("updateThing{number}"), "200"),
                "requestBody",
                &body,
            );
            [
                (
                    format!("/things{number}"),
                    json!({"get": list, "post": create}),
                ),
                (
                    format!("/things{number}/{{id}}"),
                    json!({"parameters": [id], "get": read, "put": update}),
                ),
            ]
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": components},
    })
}

fn content(number: usize) -> Value {
    let reference = format!("#/components/schemas/Thing{number}");
    json!({"application/json": {"schema": {"$ref": reference}}})
}

fn schema(number: usize, schemas: usize) -> Value {
    let text = |description: &str| json!({"type": "string", "description": description});
    let next = match number + 1 {
        next if next < schemas && next % CHAIN != 0 => {
            json!({"$ref": format!("#/components/schemas/Thing{next}")})
        }
        _ => text("There is no next one."),
    };
    json!({
        "type": "object",
        "description": format!("Thing number {number}."),
        "required": ["id", "name", "status", "amount", "active"],
        "properties": {
            "id": text("What it is called by machines."),
            "name": text("What it is called by people."),
            "status": text("How it is."),
            "amount": {"type": "integer", "description": "How much it is."},
            "active": {"type": "boolean", "description": "Whether it is."},
            "note": text("What else there is to say."),
            "owner": text("Whose it is."),
            "count": {"type": "integer", "description": "How many there are."},
            "ratio": {"type": "number", "description": "How much of another."},
            "labels": {"type": "array", "items": {"type": "string"}},
            "codes": {"type": "array", "items": {"type": "integer"}},
            "next": next,
        },
    })
}

/// The same as structs, with these attributes.
pub(super) fn structs(number: usize, attributes: &str) -> String {
    let mut text = String::new();
    for at in 0..number {
        let next = match at + 1 {
            next if next < number && next % CHAIN != 0 => format!("Option<Thing{next}>"),
            _ => "Option<String>".to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{attributes}pub struct Thing{at} {{\n    pub id: String,\n    pub name: String,\n    \
             pub status: String,\n    pub amount: i64,\n    pub active: bool,\n    \
             pub note: Option<String>,\n    pub owner: Option<String>,\n    pub count: Option<i64>,\n    \
             pub ratio: Option<f64>,\n    pub labels: Option<Vec<String>>,\n    \
             pub codes: Option<Vec<i64>>,\n    pub next: {next},\n}}\n"
        );
    }
    text
}

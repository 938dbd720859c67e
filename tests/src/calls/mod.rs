//! Calls of the operations that a document describes: requests that are made up, and schemas of their answers.

mod answers;
mod headers;
mod requests;

use serde_json::{Map, Value};

use crate::document::{Document, pointer_of_child as child};

pub use answers::{Answer, Given, Made, answers, are_valid, made};
pub use headers::{MadeHeader, made_headers};
pub use requests::{Argument, Body, Request, requests};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation as it is written.
struct Operation<'d> {
    method: &'static str,
    path: &'d str,
    /// Of the path item, after all references.
    item: String,
    /// Of the operation.
    pointer: String,
}

fn operations(document: &Document) -> Vec<Operation<'_>> {
    let paths = document.raw()["paths"].as_object();
    let mut operations = Vec::new();
    for path in paths.into_iter().flat_map(Map::keys) {
        let Some((item, value)) = document.resolve(&child("/paths", path)) else {
            continue;
        };
        let there = METHODS.iter().filter(|it| value[**it].is_object());
        operations.extend(there.map(|method| Operation {
            method,
            path,
            pointer: child(&item, method),
            item: item.clone(),
        }));
    }
    operations
}

/// The media types of a body with the pointers of their schemas, as far as they have one.
fn contents(document: &Document, body: &str) -> Vec<(String, Option<String>)> {
    let content = document.raw().pointer(&child(body, "content"));
    let media = content.and_then(Value::as_object).into_iter().flatten();
    let media = media.map(|(name, media)| {
        let place = child(&child(body, "content"), name);
        let schema = media.get("schema").map(|_| child(&place, "schema"));
        (name.clone(), schema)
    });
    media.collect()
}

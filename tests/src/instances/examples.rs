//! The examples that a document shows beside its schemas.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::Document;

/// By the pointer of the schema that they are examples of.
pub(super) fn shown(document: &Document) -> BTreeMap<String, Vec<Value>> {
    let mut shown: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for place in document.places() {
        let Some((owner, key)) = place.rsplit_once('/') else {
            continue;
        };
        let examples = match key {
            "schema" => of_media_type(document, owner),
            "payload" | "headers" => of_message(document, owner, key),
            _ => continue,
        };
        if examples.is_empty() {
            continue;
        }
        shown
            .entry(place.clone())
            .or_default()
            .extend(examples.iter().cloned());
        if let Some((target, _)) = document.resolve(place)
            && target != *place
        {
            shown.entry(target).or_default().extend(examples);
        }
    }
    shown
}

fn of_media_type(document: &Document, owner: &str) -> Vec<Value> {
    let Some(media) = document.raw().pointer(owner) else {
        return Vec::new();
    };
    let named = media["examples"].as_object().into_iter().flatten();
    let named = named.filter_map(|(name, _)| {
        let name = name.replace('~', "~0").replace('/', "~1");
        let (_, example) = document.resolve(&format!("{owner}/examples/{name}"))?;
        example.get("value").cloned()
    });
    media
        .get("example")
        .cloned()
        .into_iter()
        .chain(named)
        .collect()
}

fn of_message(document: &Document, owner: &str, key: &str) -> Vec<Value> {
    let examples = document.raw().pointer(&format!("{owner}/examples"));
    let examples = examples.and_then(Value::as_array).into_iter().flatten();
    examples
        .filter_map(|example| example.get(key).cloned())
        .collect()
}

//! Properties that a document has in one direction alone, which types of the other have not with us, and have with the peer.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// So deep are schemas followed.
const DEEPEST: usize = 16;

/// The names of a component's properties that are for reading or for writing alone.
pub(super) fn properties(root: &Value, component: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    gather(root, component, DEEPEST, &mut found);
    found
}

fn gather(root: &Value, schema: &Value, depth: usize, found: &mut BTreeSet<String>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        if is_one_way(root, property, DEEPEST) {
            found.insert(name.clone());
        }
    }
    if let Some(depth) = depth.checked_sub(1) {
        for part in parts(root, schema) {
            gather(root, part, depth, found);
        }
    }
}

fn is_one_way(root: &Value, schema: &Value, depth: usize) -> bool {
    let is_set = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
    let mut parts = parts(root, schema);
    is_set("readOnly")
        || is_set("writeOnly")
        || depth > 0 && parts.any(|part| is_one_way(root, part, depth - 1))
}

/// The schemas that one consists of: what it refers to, and its alternatives.
fn parts<'d>(root: &'d Value, schema: &'d Value) -> impl Iterator<Item = &'d Value> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|it| root.pointer(it.strip_prefix('#')?));
    let lists = ["allOf", "oneOf", "anyOf"].into_iter();
    let members = lists
        .filter_map(|key| schema.get(key)?.as_array())
        .flatten();
    target.into_iter().chain(members)
}

/// The components of a document.
pub(super) fn components(root: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let components = root.pointer("/components/schemas");
    let components = components.and_then(Value::as_object);
    components.into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_property_is_of_one_way_by_itself_or_by_what_it_is_made_of() {
        let root = json!({"components": {"schemas": {
            "Stamp": {"type": "string", "readOnly": true},
            "Base": {"properties": {"secret": {"writeOnly": true}, "again": {"$ref": "#/components/schemas/Base"}}},
            "All": {
                "allOf": [{"$ref": "#/components/schemas/Base"}],
                "properties": {"at": {"allOf": [{"$ref": "#/components/schemas/Stamp"}]}, "name": {"readOnly": false}},
            },
        }}});
        let mut components = components(&root);
        let (_, all) = components
            .find(|(name, _)| *name == "All")
            .expect("a component");
        let expected = ["at", "secret"].map(str::to_owned);
        assert_eq!(properties(&root, all), BTreeSet::from(expected));
    }
}

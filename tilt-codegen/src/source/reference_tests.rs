//! References where schemas have names of their own.

use super::{DocumentId, Documents, Input, Limits};
use serde_json::{Value, json};

fn documents(value: &Value) -> Documents {
    let input = Input::Bytes {
        name: "a.json".to_owned(),
        bytes: value.to_string().into_bytes(),
    };
    Documents::load(input, &Limits::default()).expect("a document")
}

/// `x` of what the reference at a pointer leads to.
fn followed(documents: &Documents, pointer: &str) -> Option<Value> {
    let at = documents.at(DocumentId(0), &pointer.into())?;
    let target = documents.resolve(at, at.get("$ref")?.as_str()?).ok()?;
    Some(target.get("x")?.value.clone())
}

#[test]
fn an_id_is_the_base_of_what_is_in_its_schema() {
    let documents = documents(&json!({"$id": "http://h/root.json", "$defs": {
        "a": {
            "$id": "nested/a.json",
            "$defs": {"l": {"x": 1, "$anchor": "t"}},
            "own": {"$ref": "#/$defs/l"},
            "beside": {"$ref": "b.json"},
            "rooted": {"$ref": "/abs.json#t"},
            "anchor": {"$ref": "#t"},
            "whole": {"$ref": "../root.json#/$defs/d"},
            // As documents have it that mean the whole by `#`.
            "outside": {"$ref": "#/$defs/d"},
        },
        "b": {"$id": "nested/b.json", "x": 2},
        "c": {"$id": "/abs.json", "y": {"$anchor": "t", "x": 3}},
        "d": {"x": 4},
        "e": {"$ref": "nested/a.json#/$defs/l"},
    }}));
    for (name, expected) in [
        ("a/own", 1),
        ("a/beside", 2),
        ("a/rooted", 3),
        ("a/anchor", 1),
        ("a/whole", 4),
        ("a/outside", 4),
        ("e", 1),
    ] {
        let found = followed(&documents, &format!("/$defs/{name}"));
        assert_eq!(found, Some(json!(expected)), "{name}");
    }
}

#[test]
fn an_id_that_is_a_fragment_is_an_anchor() {
    let documents = documents(&json!({
        "a": {"$id": "#named", "x": 1, "b": {"$ref": "#/c"}},
        "c": {"x": 2},
        "d": {"$ref": "#named"},
    }));
    assert_eq!(followed(&documents, "/d"), Some(json!(1)));
    assert_eq!(followed(&documents, "/a/b"), Some(json!(2)));
}

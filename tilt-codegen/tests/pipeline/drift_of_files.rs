//! Documents that refer to other files.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::drift::Finding;
use tilt_codegen::source::Input;

fn findings<N: AsRef<Path>>(states: [&[(N, Value)]; 2]) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
    for (path, files) in [&old, &new].into_iter().zip(states) {
        for (name, document) in files {
            let file = path.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, document.to_string()).unwrap();
        }
    }
    let [old, new] = [(&old, states[0]), (&new, states[1])].map(|(path, files)| Inputs {
        openapi: Some(Input::Path(path.join(&files[0].0))),
        ..Inputs::default()
    });
    let drift = tilt_codegen::diff(&old, &new, &Config::default());
    drift.unwrap().findings
}

/// An API whose answer is in another file.
fn api(order: &str) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": order}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"get": {"responses": {"200": {
            "description": "It.",
            "content": content,
        }}}}},
    })
}

fn object(ty: &str, customer: Option<&str>) -> Value {
    let mut properties = json!({"name": {"type": ty}});
    if let Some(customer) = customer {
        properties["customer"] = json!({"$ref": customer});
    }
    json!({"type": "object", "properties": properties})
}

#[test]
fn equal_edits_of_two_files_are_two_that_are_accepted_apart() {
    let files = |order: &str, customer: &str| {
        [
            ("api.json", api("all/Order.json")),
            ("all/Order.json", object(order, Some("Customer.json"))),
            ("all/Customer.json", object(customer, None)),
        ]
    };
    let old = files("string", "string");
    let found = findings([&old, &files("integer", "integer")]);
    let [one, other] = &found[..] else {
        panic!("{found:#?}");
    };
    assert_ne!(one.fingerprint, other.fingerprint);
    let mut messages = [&*one.message, &*other.message];
    messages.sort_unstable();
    let say = |file: &str| format!("`name` of `all/{file}.json` is `integer`, and was `string`");
    assert_eq!(messages, [say("Customer"), say("Order")]);
    // Each is what it is alone.
    let alone = findings([&old, &files("string", "integer")]);
    assert!(
        found
            .iter()
            .any(|it| it.fingerprint == alone[0].fingerprint)
    );
}

#[test]
fn items_of_a_file_with_another_name_are_told_with_their_edits() {
    let files = |folder: &str, names: [&str; 2], ty: &str, more: bool| {
        let path = |name: &str| format!("{folder}/{name}.json");
        let mut order = object("string", Some(&format!("{}.json", names[1])));
        if more {
            order["properties"]["note"] = json!({"type": "string"});
        }
        vec![
            (format!("{folder}.json"), api(&path(names[0]))),
            (path(names[0]), order),
            (path(names[1]), object(ty, None)),
        ]
    };
    let old = files("old", ["Order", "Customer"], "string", false);
    for names in [["Order", "Customer"], ["Order", "Client"]] {
        let new = files("new", names, "integer", true);
        let found = findings([&old, &new]);
        assert_eq!(found.len(), 2, "{found:#?}");
        for finding in &found {
            assert!(!finding.items.is_empty(), "{finding:#?}");
        }
    }
}

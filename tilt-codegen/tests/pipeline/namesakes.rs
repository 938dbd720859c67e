//! Names of schemas in documents of several files.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

/// The surface of documents in a folder of their own, `index.json` being the root, and that of the next generation.
fn of_files(files: &[(&str, Value)]) -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, value.to_string()).unwrap();
    }
    let inputs = Inputs {
        openapi: Some(Input::Path(folder.path().join("index.json"))),
        ..Inputs::default()
    };
    let first = Generator::new(Config::default()).model(&inputs).unwrap();
    let names = Input::Bytes {
        name: "names.lock".to_owned(),
        bytes: first.names.to_string().into_bytes(),
    };
    let inputs = Inputs {
        names: Some(names),
        ..inputs
    };
    let again = Generator::new(Config::default()).model(&inputs).unwrap();
    [first, again].map(|modelled| surface(&modelled.sdk))
}

fn index(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": {"schemas": schemas},
    })
}

#[test]
fn a_schema_of_another_file_is_no_alias_of_itself() {
    let invite = object(json!({"id": {"type": "string"}}));
    let [types, again] = of_files(&[
        (
            "index.json",
            index(json!({"Invite": {"$ref": "invites.json#/schemas/Invite"}})),
        ),
        ("invites.json", json!({"schemas": {"Invite": invite}})),
    ]);
    assert!(types.contains("type Invite struct"), "{types}");
    assert!(!types.contains("InvitePascal"), "{types}");
    assert_eq!(types, again);
}

#[test]
fn a_schema_of_another_file_has_the_name_that_the_index_gives_it() {
    let block = || json!({"Block": object(json!({"slot": {"type": "string"}}))});
    let schemas = json!({
        "Phase0.Block": {"$ref": "phase0.json#/Block"},
        "Altair.Block": {"$ref": "altair.json#/Block"},
    });
    let [types, again] = of_files(&[
        ("index.json", index(schemas)),
        ("phase0.json", block()),
        ("altair.json", block()),
    ]);
    for name in ["Phase0Block", "AltairBlock"] {
        assert!(types.contains(&format!("type {name} struct")), "{types}");
    }
    assert!(!types.contains("type Block"), "{types}");
    assert_eq!(types, again);
}

#[test]
fn namesakes_of_several_files_are_told_apart_by_where_they_stand() {
    let body = |property: &str| {
        let body = object(json!({property: {"type": "string"}}));
        let block = object(json!({"body": {"$ref": "#/Body"}}));
        json!({"Block": block, "Body": body})
    };
    let schemas = json!({
        "First": {"$ref": "old/block.json#/Block"},
        "Second": {"$ref": "new/block.json#/Block"},
    });
    let [types, again] = of_files(&[
        ("index.json", index(schemas)),
        ("old/block.json", body("a")),
        ("new/block.json", body("b")),
    ]);
    // The files are called alike, and the folders are not.
    for name in ["OldBody", "NewBody"] {
        assert!(types.contains(&format!("type {name} struct")), "{types}");
    }
    assert_eq!(types, again);
}

#[test]
fn a_type_in_a_file_that_others_extend_is_called_after_that_file() {
    let perf = object(json!({"icon": {"type": "string"}, "name": {"type": "string"}}));
    let heir = json!({"allOf": [
        {"$ref": "ChallengeJson.json"},
        object(json!({"reason": {"type": "string"}})),
    ]});
    let [types, again] = of_files(&[
        (
            "index.json",
            index(json!({
                "Accepted": {"$ref": "schemas/Accepted.json"},
                "ChallengeJson": {"$ref": "schemas/ChallengeJson.json"},
                "Perf": object(json!({})),
            })),
        ),
        ("schemas/Accepted.json", heir),
        ("schemas/ChallengeJson.json", object(json!({"perf": perf}))),
    ]);
    assert!(types.contains("type ChallengeJsonPerf struct"), "{types}");
    assert_eq!(types, again);
}

#[test]
fn a_part_in_a_file_is_called_after_itself_and_not_after_an_operation_that_has_it() {
    let choice = |values: &[&str]| json!({"type": "string", "enum": values});
    let operation = json!({
        "parameters": [
            {"$ref": "parameters/order.json"},
            {"$ref": "parameters.json#/fileType"},
        ],
        "responses": {"200": {"$ref": "parts.json#/responses/Found"}},
    });
    let schema = object(json!({"total": {"type": "integer"}}));
    let found = json!({"description": "", "content": {"application/json": {"schema": schema}}});
    let parameter = |name: &str, values: &[&str]| json!({"in": "query", "name": name, "schema": choice(values)});
    let [types, again] = of_files(&[
        (
            "index.json",
            json!({
                "openapi": "3.1.0",
                "info": {"title": "T", "version": "1"},
                "paths": {"/pets": {"get": operation}, "/toys": {"get": operation}},
            }),
        ),
        ("parameters/order.json", parameter("order", &["up", "down"])),
        (
            "parameters.json",
            json!({"fileType": parameter("type", &["a", "b"])}),
        ),
        ("parts.json", json!({"responses": {"Found": found}})),
    ]);
    for name in ["type Order enum", "type FileType enum", "type Found struct"] {
        assert!(types.contains(name), "{name}\n{types}");
    }
    assert_eq!(types, again);
}

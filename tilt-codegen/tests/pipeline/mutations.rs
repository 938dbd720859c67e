//! Valid documents with something dropped, doubled, replaced or led elsewhere: whatever becomes of
//! them, it is a refusal with a reason, or source that parses; and both times the same.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::{Documents, Input, Limits, escape};
use tilt_codegen::{Generator, Inputs, render, surface};

/// The fixtures, and the documents that the project is about.
static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![
        root.join("../specs/openapi.json"),
        root.join("../specs/asyncapi.json"),
    ];
    let fixtures = std::fs::read_dir(root.join("tests/fixtures")).expect("the folder of fixtures");
    paths.extend(fixtures.map(|entry| entry.expect("a fixture").path()));
    paths.sort();
    let load = |path| Documents::load(Input::Path(path), &Limits::default()).expect("a document");
    paths
        .into_iter()
        .map(|path| load(path).root().value.clone())
        .collect()
});

/// A change at one place of a document.
#[derive(Debug, Clone)]
enum Change {
    Drop,
    /// A copy beside it, under another key.
    Double(String),
    Rename(String),
    Replace(Value),
    /// A copy of what is at another place.
    Transplant(Index),
    /// A reference to another place.
    Retarget(Index),
    /// All of these hold, or one of them.
    Compose(&'static str, Index),
}

fn odd_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        proptest::sample::select(vec![
            "*/",
            "\"#",
            "`",
            "```\n",
            "{}",
            "${x}",
            "../../x",
            "\u{0}",
            "\u{202e}",
            "self",
            "crate",
            "Self",
            "type",
            "mod",
            "Client",
            "std",
            "_",
            "$ref",
            "allOf",
            "#",
            "//",
            "é",
            "日本",
            "a b",
            "400",
            "application/json",
            "string",
            "integer",
            "x-y",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        odd_text().prop_map(Value::from),
        proptest::sample::select(vec![
            json!(null),
            json!(true),
            json!(false),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(1e308),
            json!(u64::MAX),
            json!([]),
            json!({}),
            json!([[]]),
            json!([null]),
            json!({"": ""}),
            json!({"$ref": "#"}),
            json!({"$ref": ""}),
            json!({"$ref": 1}),
            json!({"$ref": "other.yaml"}),
            json!({"type": ["string", "object", "null"]}),
            json!({"type": "array"}),
            json!({"enum": []}),
            json!({"oneOf": []}),
            json!({"allOf": [true, false]}),
            json!({"additionalProperties": false, "properties": {"": {}}}),
        ]),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Drop),
        odd_text().prop_map(Change::Double),
        odd_text().prop_map(Change::Rename),
        odd_value().prop_map(Change::Replace),
        any::<Index>().prop_map(Change::Transplant),
        any::<Index>().prop_map(Change::Retarget),
        (
            proptest::sample::select(vec!["allOf", "oneOf", "anyOf"]),
            any::<Index>()
        )
            .prop_map(|(keyword, index)| Change::Compose(keyword, index)),
    ]
}

/// Pointers of all values below the root.
fn places(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = found.get(next).cloned() {
        match value.pointer(&pointer) {
            Some(Value::Array(elements)) => {
                found.extend((0..elements.len()).map(|index| format!("{pointer}/{index}")));
            }
            Some(Value::Object(members)) => {
                found.extend(
                    members
                        .keys()
                        .map(|key| format!("{pointer}/{}", escape(key))),
                );
            }
            _ => {}
        }
        next += 1;
    }
    found.remove(0);
    found
}

fn apply(document: &mut Value, at: Index, change: Change) {
    let places = places(document);
    if places.is_empty() {
        return;
    }
    let pointer = at.get(&places);
    let other = |index: &Index| index.get(&places).clone();
    let copy = |document: &Value, pointer: &str| document.pointer(pointer).cloned();
    let Some(own) = copy(document, pointer) else {
        return;
    };
    let replacement = match &change {
        Change::Replace(value) => Some(value.clone()),
        Change::Transplant(index) => copy(document, &other(index)),
        Change::Retarget(index) => Some(json!({ "$ref": format!("#{}", other(index)) })),
        Change::Compose(keyword, index) => {
            let reference = json!({ "$ref": format!("#{}", other(index)) });
            Some(json!({ *keyword: [own.clone(), reference] }))
        }
        Change::Drop | Change::Double(_) | Change::Rename(_) => None,
    };
    if let (Some(value), Some(place)) = (replacement, document.pointer_mut(pointer)) {
        *place = value;
        return;
    }
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return;
    };
    match document.pointer_mut(parent) {
        Some(Value::Array(elements)) => match (change, last.parse::<usize>()) {
            (Change::Drop, Ok(index)) => drop(elements.remove(index)),
            _ => elements.push(own),
        },
        Some(Value::Object(members)) => {
            let last = tilt_codegen::source::unescape(last);
            match change {
                Change::Double(key) => drop(members.insert(key, own)),
                Change::Rename(key) => {
                    members.remove(last.as_ref());
                    members.insert(key, own);
                }
                _ => drop(members.remove(last.as_ref())),
            }
        }
        _ => {}
    }
}

fn inputs(document: &Value) -> Inputs {
    let input = Input::Bytes {
        name: "api.json".into(),
        bytes: document.to_string().into_bytes(),
    };
    let specification = match document.get("asyncapi") {
        Some(_) => Specification::AsyncApi,
        None => Specification::OpenApi,
    };
    Inputs::one(specification, input)
}

/// The result of a run, as one text; an error where it is neither a refusal nor Rust.
fn outcome(document: &Value) -> Result<String, TestCaseError> {
    let generated = match Generator::new(Config::default()).generate(&inputs(document)) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            prop_assert!(diagnostics.has_errors(), "refused without an error");
            return Ok(diagnostics.to_string());
        }
    };
    let options = render::RenderOptions::new("api");
    let files = render::package(&generated.sdk, &options);
    let mut text = surface(&generated.sdk) + &generated.findings.to_string();
    for file in files {
        let plain = file
            .path
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/_.".contains(c));
        prop_assert!(plain && !file.path.contains(".."), "path {:?}", file.path);
        if file.path.ends_with(".rs") {
            let parsed = syn::parse_file(&file.contents);
            prop_assert!(
                parsed.is_ok(),
                "{}: {:?}\n{}",
                file.path,
                parsed.err(),
                file.contents
            );
        }
        text += &file.contents;
    }
    Ok(text)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn changed_documents_are_refused_or_rendered(
        document in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), change()), 1..6),
    ) {
        let mut document = document.get(&DOCUMENTS).clone();
        for (at, change) in changes {
            apply(&mut document, at, change);
        }
        prop_assert_eq!(outcome(&document)?, outcome(&document)?);
    }
}

//! Properties that hold for any bytes.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Whatever the problems are, showing them ends.
fn shown(diagnostics: &crate::diagnostic::Diagnostics) {
    let _ = format!("{diagnostics}{diagnostics:?}");
    #[cfg(feature = "cli")]
    let _ = diagnostics.report(crate::diagnostic::Look::Narrated);
}

fn load(name: &str, bytes: &[u8]) -> Result<Documents, crate::diagnostic::Diagnostics> {
    let input = Input::Bytes {
        name: name.into(),
        bytes: bytes.to_vec(),
    };
    Documents::load(input, &Limits::default())
}

/// Any JSON value of a moderate size.
fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~é\n]{0,12}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[ -~é\n]{0,8}", inner), 0..6)
                .prop_map(|members| { Value::Object(members.into_iter().collect()) }),
        ]
    })
}

/// Pointers of all values in a value, with the values.
fn places(value: &Value) -> Vec<(String, Value)> {
    let mut found = vec![(String::new(), value.clone())];
    let mut next = 0;
    while let Some((pointer, value)) = found.get(next).cloned() {
        match value {
            Value::Array(elements) => {
                let elements = elements.into_iter().enumerate();
                found.extend(elements.map(|(index, value)| (format!("{pointer}/{index}"), value)));
            }
            Value::Object(members) => {
                let members = members.into_iter();
                found.extend(
                    members.map(|(key, value)| (format!("{pointer}/{}", escape(&key)), value)),
                );
            }
            _ => {}
        }
        next += 1;
    }
    found
}

/// A valid document with some bytes changed, removed or added.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..3_u8);
    prop::collection::vec(change, 0..6).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (index, byte, kind) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        bytes
    })
}

const JSON: &str = r##"{"openapi": "3.1.0", "paths": {"/a~b": {"get": {"x": [1, -2.5e3, true, null,
 "\u00e9\ud83d\ude00\n"]}}}, "a": {"$ref": "#/paths"}, "b": {"$ref": "#/a"}}"##;

const YAML: &str = "openapi: 3.1.0\npaths:\n  /a: &a\n    get: {x: [1, 'two', \"th\\tree\"]}\n\
                    b:\n  <<: *a\n  text: |\n    line\n    line\n  more: >-\n    folded\n\
                    ? key\n: - value\n  - !!str 12\n# comment\né: ~\n";

/// Everything that can be asked of a document.
fn use_all(documents: &Documents) {
    let pointers: Vec<String> = places(&documents.root().value)
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    let pointers: Vec<Pointer> = pointers.iter().map(|text| text.as_str().into()).collect();
    let positions = documents.positions(DocumentId(0), &pointers);
    for position in positions.into_iter().flatten() {
        let text = documents.root().text();
        assert!(
            text.get(position.offset..position.offset + position.length)
                .is_some()
        );
        let _ = crate::diagnostic::Snippet::around(text, position);
    }
    for (_, node) in documents.root_node().members() {
        let _ = documents.follow(node);
        assert!(documents.pointers(&[node.key()])[0].is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), name in "a(\\.json|\\.yaml)?") {
        match load(&name, &bytes) {
            Ok(documents) => use_all(&documents),
            Err(diagnostics) => prop_assert!(diagnostics.has_errors()),
        }
    }

    #[test]
    fn mutated_json_is_read_or_refused(bytes in mutated(JSON), name in "a(\\.json)?") {
        match load(&name, &bytes) {
            Ok(documents) => use_all(&documents),
            Err(diagnostics) => {
                prop_assert!(diagnostics.has_errors());
                shown(&diagnostics);
            }
        }
    }

    #[test]
    fn mutated_yaml_is_read_or_refused(bytes in mutated(YAML)) {
        match load("a.yaml", &bytes) {
            Ok(documents) => use_all(&documents),
            Err(diagnostics) => {
                prop_assert!(diagnostics.has_errors());
                shown(&diagnostics);
            }
        }
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(value in value()) {
        let text = json!([value]).to_string();
        let read = load("a.json", text.as_bytes()).map(|documents| documents.root().value.clone());
        prop_assert_eq!(read.ok(), serde_json::from_str(&text).ok());
    }

    #[test]
    fn positions_of_scalars_hold_their_values(value in value(), is_pretty in any::<bool>()) {
        let value = json!({ "root": value });
        let text = match is_pretty {
            true => serde_json::to_string_pretty(&value),
            false => serde_json::to_string(&value),
        };
        let documents = load("a.json", text.unwrap_or_default().as_bytes()).expect("valid JSON");
        let places = places(&documents.root().value);
        let pointers: Vec<Pointer> = places.iter().map(|(pointer, _)| pointer.as_str().into()).collect();
        let positions = documents.positions(DocumentId(0), &pointers);
        for ((pointer, value), position) in places.iter().zip(positions) {
            let position = position.expect("a position");
            let text = &documents.root().text()[position.offset..][..position.length];
            let parsed: Option<Value> = serde_json::from_str(text).ok();
            match value {
                Value::Array(_) | Value::Object(_) => {
                    let key = pointer.rsplit('/').next().map(|key| json!(unescape(key)));
                    prop_assert!(parsed == key || "[{".contains(text), "{} at {}", text, pointer);
                }
                scalar => prop_assert_eq!(parsed.as_ref(), Some(scalar)),
            }
        }
    }
}

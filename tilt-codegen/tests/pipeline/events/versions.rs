//! The version of a payload's form, as settings name it.

use super::*;

/// Two events, whose versions are stated by schemas.
fn stated(one: Value, other: Value) -> Value {
    let sent = |name: &str, version: Value| {
        let payload = object(&["v", name], json!({"v": version, name: text()}));
        json!({"subscribe": {"message": {"name": name, "payload": payload}}})
    };
    document(
        json!({"a": sent("paid", one), "b": sent("lost", other)}),
        json!({}),
    )
}

fn known(modelled: &Modelled) -> Vec<&str> {
    let events = modelled.sdk.events.as_ref();
    let version = events.and_then(|events| events.version.as_ref());
    let known = version.into_iter().flat_map(|version| &version.known);
    known.map(String::as_str).collect()
}

#[test]
fn the_versions_that_any_payload_states_are_known() {
    let numbers = stated(json!({"const": 2}), json!({"enum": [1, 2]}));
    let texts = stated(json!({"const": "2026-01"}), json!({"type": "string"}));
    let config = "[events]\nversion = \"v\"\n";
    assert_eq!(known(&model(&numbers, None, config)), ["1", "2"]);
    assert_eq!(known(&model(&texts, None, config)), ["2026-01"]);
    assert!(known(&first(&numbers)).is_empty(), "without the setting");
}

#[test]
fn a_version_that_no_payload_states_is_told() {
    let unstated = stated(json!({"type": "integer"}), json!({"type": "integer"}));
    for (document, property) in [
        (unstated, "v"),
        (stated(json!({"const": 1}), json!({"const": 1})), "w"),
    ] {
        let config = format!("[events]\nversion = \"{property}\"\n");
        let modelled = model(&document, None, &config);
        let told = findings(&modelled);
        let told: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
        assert_eq!(told, ["unstated-event-version"], "{property}");
        assert!(known(&modelled).is_empty());
    }
}

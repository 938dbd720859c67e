//! One member of any object, whatever a specification says of it, deleted, or under a key that no specification knows, or
//! with the target in place of a reference: one edit is never more than one finding.

use super::documents::{CORPUS, Chance, State, both_ways, corpus, folder, shared, specs};
use super::mutation::{renamed, without};
use super::places::{followed, inside, is_followed, target};
use crate::drift::grammar::Kind;
use crate::drift::rules::examples;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Pointers of objects and the keys of their members, except inside of values.
fn members(value: &Value, pointer: String, all: &mut Vec<(String, String)>) {
    match value {
        Value::Object(object) => {
            let followed = object.iter().filter(|(key, _)| is_followed(key));
            for (key, value) in followed {
                if !matches!(key.as_str(), "default" | "const" | "enum") || value.is_object() {
                    members(value, inside(&pointer, key), all);
                }
                all.push((pointer.clone(), key.clone()));
            }
        }
        Value::Array(elements) => {
            for (number, element) in elements.iter().enumerate() {
                members(element, format!("{pointer}/{number}"), all);
            }
        }
        _ => {}
    }
}

/// Whether every reference leads somewhere.
fn is_whole(document: &Value, value: &Value) -> bool {
    match value {
        Value::Object(object) => object.iter().all(|(key, value)| match value.as_str() {
            Some(text) if key == "$ref" => {
                target(text).is_none_or(|it| document.pointer(&it).is_some())
            }
            _ => is_whole(document, value),
        }),
        Value::Array(elements) => elements.iter().all(|it| is_whole(document, it)),
        _ => true,
    }
}

/// The edits of a member, by name.
fn edits(document: &Value, pointer: &str, key: &str) -> Vec<(&'static str, Value)> {
    let object = document.pointer(pointer);
    let object = object.expect("a place of the document");
    let mut edits = vec![
        ("deleted", without(object, key)),
        (
            "called otherwise",
            renamed(object, key, &format!("{key}Zz")),
        ),
    ];
    if key == "$ref" && object.as_object().is_some_and(|it| it.len() == 1) {
        let target = document.pointer(&followed(document, pointer));
        edits.push(("written out", target.filter(|it| *it != object).cloned()));
    }
    let edits = edits.into_iter().filter_map(|(name, object)| {
        let mut document = document.clone();
        *document.pointer_mut(pointer)? = object?;
        Some((name, document))
    });
    edits
        .filter(|(_, edited)| is_whole(edited, edited))
        .collect()
}

/// All of them, or some.
fn prove(state: &State, step: usize, faults: &mut BTreeMap<String, Vec<String>>) -> usize {
    let mut all = Vec::new();
    members(&state.value, String::new(), &mut all);
    all.retain(|(pointer, _)| super::places::is_unlike_others(&state.value, pointer));
    Chance::of(&state.name).shuffle(&mut all);
    let mut count = 0;
    for (pointer, key) in all.iter().step_by(step) {
        if pointer.is_empty() && matches!(key.as_str(), "openapi" | "asyncapi") {
            continue;
        }
        for (name, edited) in edits(&state.value, pointer, key) {
            let edited = state.edited(edited);
            for (way, found) in ["", ", back"].iter().zip(both_ways(state, &edited)) {
                count += 1;
                if found.len() > 1 {
                    let shown = found.iter().take(4);
                    let shown: Vec<String> = shown
                        .map(|it| format!("{} at {}", it.rule, it.address))
                        .collect();
                    let fault = format!(
                        "{}{pointer}: {}: {}",
                        state.name,
                        found.len(),
                        shown.join(", ")
                    );
                    let kind = format!("`{key}` {name}{way}");
                    faults.entry(kind).or_default().push(fault);
                }
            }
        }
    }
    count
}

#[test]
fn no_edit_of_one_member_is_more_than_one_finding() {
    let is_thorough = folder(CORPUS).is_some();
    let mut faults = BTreeMap::new();
    let mut count = 0;
    for state in specs().into_iter().chain([shared()]) {
        count += prove(&state, if is_thorough { 1 } else { 20 }, &mut faults);
    }
    crate::stack::on_a_large_stack(|| {
        for state in corpus() {
            count += prove(&state, 40, &mut faults);
        }
    });
    eprintln!("{count} edits of members");
    let faults: Vec<String> = faults
        .iter()
        .map(|(kind, faults)| {
            let first: Vec<&str> = faults.iter().take(2).map(String::as_str).collect();
            format!("{kind} ({}):\n  {}", faults.len(), first.join("\n  "))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Answers, of which all of a few properties have one schema.
fn with_properties(names: [&str; 3]) -> State {
    let mut state = shared().value;
    let properties: serde_json::Map<String, Value> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({"type": "string"})))
        .collect();
    let schema = json!({"type": "object", "properties": properties});
    state["components"]["responses"]["Refused"]["content"]["application/json"]["schema"] = schema;
    State::of("properties.json", state)
}

#[test]
fn each_of_several_equal_members_with_another_name_is_one_finding() {
    let old = with_properties(["code", "town", "kept"]);
    for names in [["kept", "code_new", "town_new"], ["b", "kept", "a"]] {
        let new = with_properties(names);
        for found in both_ways(&old, &new) {
            let is_renamed = |it: &super::Found| it.rule.ends_with("property-renamed");
            assert_eq!(found.len(), 2, "{names:?}");
            assert!(found.iter().all(is_renamed), "{names:?}");
        }
    }
}

#[test]
fn a_definition_that_is_written_out_is_told_where_the_reference_was() {
    let old = shared();
    let mut new = old.value.clone();
    let place = "/paths/~1asked";
    let mut item = new["components"]["pathItems"]["Asked"].clone();
    item["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]["id"]["maxLength"] =
        9.into();
    new["paths"]["/asked"] = item;
    let new = old.edited(new);
    let [forth, back] = both_ways(&old, &new);
    let at = |found: &super::Found| (found.old.clone(), found.new.clone());
    let [forth, back] = [&forth[0], &back[0]].map(at);
    assert_eq!(forth.0, place);
    assert!(forth.1.ends_with("/maxLength"), "{}", forth.1);
    assert_eq!(back.1, place);
}

#[test]
fn what_follows_from_another_kind_is_no_finding_of_its_own() {
    for (kind, old, new, rule) in [
        (
            Kind::SecurityScheme,
            json!({"type": "apiKey", "in": "header", "name": "k"}),
            json!({"type": "http", "scheme": "bearer"}),
            "api-security-component-type-changed",
        ),
        (
            Kind::Schema,
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
            json!(true),
            "response-property-type-generalized",
        ),
        (
            Kind::Schema,
            json!({"type": "string", "minLength": 3, "maxLength": 3}),
            json!({"type": "string", "enum": ["EUR", "USD"]}),
            "request-property-became-enum",
        ),
    ] {
        let [old, new] = [old, new].map(|it| State::of("example", examples::document(kind, it)));
        let [forth, back] = both_ways(&old, &new);
        let rules: Vec<&str> = forth.iter().map(|it| it.rule.as_str()).collect();
        assert_eq!(rules, [rule]);
        assert_eq!(back.len(), 1, "{rule}, back");
    }
}

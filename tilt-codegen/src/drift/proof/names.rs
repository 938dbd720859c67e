//! Components that get another name, with everything that refers to them.

use super::documents::{State, both_ways, specs};
use super::mutation::renamed;
use crate::drift::Severity;
use serde_json::Value;

/// With another name in every reference, and in what security asks for.
fn refer(value: &mut Value, map: &str, name: &str, to: &str) {
    match value {
        Value::String(text) if *text == format!("#/components/{map}/{name}") => {
            *text = format!("#/components/{map}/{to}");
        }
        Value::Object(members) => {
            if map == "securitySchemes"
                && let Some(Value::Array(list)) = members.get_mut("security")
            {
                for requirement in list {
                    if let Some(edited) = renamed(requirement, name, to) {
                        *requirement = edited;
                    }
                }
            }
            members
                .iter_mut()
                .for_each(|(_, value)| refer(value, map, name, to));
        }
        Value::Array(elements) => {
            elements
                .iter_mut()
                .for_each(|value| refer(value, map, name, to));
        }
        _ => {}
    }
}

fn rename(state: &State, map: &str, name: &str) -> State {
    let mut document = state.value.clone();
    let to = format!("{name}Renewed");
    refer(&mut document, map, name, &to);
    let edited = renamed(&document["components"][map], name, &to);
    document["components"][map] = edited.expect("a map of components");
    state.edited(document)
}

#[test]
fn a_component_with_another_name_is_one_finding() {
    let mut faults = Vec::new();
    let mut made = 0;
    for state in specs() {
        let components = state.value["components"].as_object().expect("components");
        for (map, members) in components {
            for name in members.as_object().into_iter().flat_map(|it| it.keys()) {
                let edited = rename(&state, map, name);
                made += 1;
                for found in both_ways(&state, &edited) {
                    let shown: Vec<String> = found
                        .iter()
                        .map(|it| format!("{} {:?}", it.rule, it.severity))
                        .collect();
                    let is_right = matches!(&found[..], [one] if one.rule.ends_with("-renamed") && one.severity == Severity::Editorial);
                    if !is_right {
                        faults.push(format!("{}: {map} {name}: {shown:?}", state.name));
                    }
                }
            }
        }
    }
    eprintln!("{made} components with another name");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

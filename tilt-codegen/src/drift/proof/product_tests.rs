//! The whole of what users get: one edit of the documents is one finding, with every item of the SDK that it changes.

use super::documents::{Chance, State, folder, read_text, specs};
use super::{Mutation, documents, mutations, places};
use crate::Inputs;
use crate::config::Config;
use crate::drift::join::ITEM_CHANGED;
use crate::drift::{Drift, Finding};
use crate::source::Input;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Documents, of which one is edited, with their settings and names.
pub(super) struct Product {
    config: Config,
    names: Option<String>,
    pub(super) documents: Vec<State>,
}

impl Product {
    pub(super) fn of_specs() -> Product {
        let config = Config::from_toml(&read_text("specs/codegen.toml"));
        Product {
            config: config.expect("the settings of the accepted documents"),
            names: Some(read_text("tilt-generated/names.lock")),
            documents: specs().into(),
        }
    }

    /// An API of which no setting says anything: servers, features and errors are those of its document.
    pub(super) fn without_settings() -> Product {
        Product {
            config: Config::default(),
            names: None,
            documents: vec![State::of("plain.json", plain())],
        }
    }

    /// With another value of one of the documents, and of the other, where it is another.
    fn inputs(&self, edited: usize, value: &Value, other: Option<&Value>) -> Inputs {
        let input = |number: usize, name: &str| {
            let value = match number == edited {
                true => Some(value),
                false => other,
            };
            value.map(|value| bytes(name, &value.to_string()))
        };
        Inputs {
            openapi: input(0, "openapi.json"),
            asyncapi: input(1, "asyncapi.json"),
            names: self.names.as_ref().map(|names| bytes("names.lock", names)),
            ..Inputs::default()
        }
    }

    /// Of one document that is edited, where the other one stays.
    pub(super) fn diff_alone(
        &self,
        edited: usize,
        old: &Value,
        new: &Value,
    ) -> Result<Drift, String> {
        let other = self.documents.get(1 - edited).map(|it| &it.value);
        let old = self.inputs(edited, old, other);
        let new = self.inputs(edited, new, other);
        crate::diff(&old, &new, &self.config).map_err(|error| error.to_string())
    }

    fn diff(&self, edited: usize, old: &Value, new: &Value) -> Result<Drift, String> {
        let other = self.documents.get(1 - edited).map(|it| &it.value);
        let old = self.inputs(edited, old, other);
        let new = match other {
            Some(other) => self.inputs(edited, new, Some(&with_more(other))),
            None => self.inputs(edited, &with_more(new), None),
        };
        crate::diff(&old, &new, &self.config).map_err(|error| error.to_string())
    }
}

fn plain() -> Value {
    let content = |name: &str| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"application/json": {"schema": schema}})
    };
    let operation = |name: &str, tag: &str| {
        json!({
            "operationId": format!("send{name}"),
            "tags": [tag],
            "requestBody": {"required": true, "content": content(name)},
            "responses": {
                "200": {"description": "It.", "content": content(name)},
                "400": {"description": "No.", "content": content("Error")},
            },
        })
    };
    let object = |names: [&str; 2]| {
        let [first, second] = names;
        json!({"type": "object", "required": [first], "properties": {
            first: {"type": "string"}, second: {"type": "string"},
        }})
    };
    let region = json!({"default": "eu", "enum": ["eu", "us"]});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [
            {"url": "https://{region}.example", "variables": {"region": region}},
            {"url": "https://test.example", "description": "Test"},
        ],
        "paths": {
            "/orders": {"post": operation("Order", "orders"), "servers": [{"url": "https://b.example"}]},
            "/places": {"post": operation("Location", "places")},
        },
        "components": {"schemas": {
            "Order": object(["id", "note"]),
            "Location": object(["id", "town"]),
            "Error": object(["code", "message"]),
        }},
    })
}

/// A property that the other document has besides, or the edited one elsewhere: each edit is to explain what it changes, though it is not the only one.
const MORE: &str = "zz_more";

fn with_more(document: &Value) -> Value {
    let mut document = document.clone();
    let schema = match document.get("asyncapi") {
        Some(_) => "EventResource",
        None => "Location",
    };
    document["components"]["schemas"][schema]["properties"][MORE] = json!({"type": "string"});
    document
}

fn bytes(name: &str, text: &str) -> Input {
    Input::Bytes {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Settings that find nothing any more are findings of their own, and so are types that only one document changes.
fn is_of_its_own(finding: &Finding) -> bool {
    finding.rule.starts_with("setting-") || finding.rule == "type-of-both-documents-differs"
}

#[test]
fn an_edit_of_operations_is_one_finding_with_all_items_that_it_changes() {
    prove(&Product::of_specs(), 0);
}

#[test]
fn an_edit_of_events_is_one_finding_with_all_items_that_it_changes() {
    prove(&Product::of_specs(), 1);
}

#[test]
fn an_edit_of_a_document_without_settings_is_one_finding_with_all_items_that_it_changes() {
    prove(&Product::without_settings(), 0);
}

fn prove(product: &Product, edited: usize) {
    let all = mutations();
    // The way back takes as long; where there is a corpus, there is time for some.
    let back = if folder(documents::CORPUS).is_some() {
        3
    } else {
        usize::MAX
    };
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    let state = &product.documents[edited];
    let mut places = places::places(&state.value);
    if product.documents.len() == 1 {
        // There stands the other property.
        let others = ["/components/schemas/Location", "/paths/~1places"];
        places.retain(|it| !others.iter().any(|other| it.pointer.starts_with(other)));
    }
    Chance::of(&state.name).shuffle(&mut places);
    let mut made: BTreeSet<&str> = BTreeSet::new();
    for place in &places {
        for mutation in all.iter().filter(|it| it.on == place.kind) {
            if made.contains(mutation.name.as_str()) {
                continue;
            }
            let Some(new) = edit(state, mutation, &place.pointer) else {
                continue;
            };
            made.insert(&mutation.name);
            let ways = [("", &state.value, &new), (", back", &new, &state.value)];
            let taken = if made.len().is_multiple_of(back) {
                2
            } else {
                1
            };
            for (way, old, new) in ways.into_iter().take(taken) {
                count += 1;
                if let Some(fault) = fault(&product.diff(edited, old, new)) {
                    let name = format!("{}{way}", mutation.name);
                    let fault = format!("{}{}: {fault}", state.name, place.pointer);
                    faults.entry(name).or_default().push(fault);
                }
            }
        }
    }
    eprintln!("{count} edits through the whole product");
    let faults: Vec<String> = faults
        .iter()
        .map(|(name, faults)| format!("{name} ({}):\n  {}", faults.len(), faults[0]))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The document with an edit, where it can be made.
pub(super) fn edit(state: &State, mutation: &Mutation, pointer: &str) -> Option<Value> {
    let object = state.value.pointer(pointer)?;
    let edited = (mutation.edit)(object).filter(|edited| edited != object)?;
    let mut document = state.value.clone();
    *document.pointer_mut(pointer)? = edited;
    Some(document)
}

fn fault(drift: &Result<Drift, String>) -> Option<String> {
    let drift = match drift {
        Ok(drift) => drift,
        Err(error) => return Some(error.lines().take(6).collect::<Vec<_>>().join(" / ")),
    };
    let is_more = |it: &&Finding| {
        let place = it.new.as_ref();
        place.is_some_and(|it| it.pointer.ends_with(MORE))
    };
    let more = drift
        .findings
        .iter()
        .filter(is_more)
        .flat_map(|it| &it.items);
    if let Some(item) = more.clone().find(|it| !it.item.contains(MORE)) {
        return Some(format!("`{}` is no item of `{MORE}`", item.item));
    }
    let own = drift
        .findings
        .iter()
        .filter(|it| !is_of_its_own(it) && !is_more(it));
    let own: Vec<&Finding> = own.collect();
    if let [only] = own[..]
        && only.rule != ITEM_CHANGED
    {
        return None;
    }
    let shown: Vec<String> = own
        .iter()
        .map(|it| {
            let items = it.items.iter().take(4);
            let items: Vec<String> = items
                .map(|it| format!("{} {:?}", it.item, it.effect))
                .collect();
            format!("{} [{}]", it.rule, items.join(", "))
        })
        .collect();
    Some(format!("{shown:#?}"))
}

//! The JSON Schemas of data types say what the documents say.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use tilt_codegen::model::{Sdk, Shape, Type};
use tilt_tests::api::Api;
use tilt_tests::document::{Document, OneOf};
use tilt_tests::instances::Instances;

/// At most so many instances of each type, and so many changed ones of each of these.
const MOST: usize = 12;

/// Documents of the corpus up to this size.
const MOST_BYTES: u64 = 60_000;

/// All definitions of an SDK in one schema, of which each is a property.
fn validator(sdk: &Sdk) -> Result<Validator, String> {
    let definitions = sdk.definitions.iter();
    let definitions: Map<String, Value> = definitions
        .map(|it| (it.name.clone(), it.schema.clone()))
        .collect();
    let names = definitions.keys();
    let properties: Map<String, Value> = names
        .map(|name| (name.clone(), json!({ "$ref": format!("#/$defs/{name}") })))
        .collect();
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .offline()
        .build(&json!({ "$defs": definitions, "properties": properties }))
        .map_err(|error| format!("{error} at {}", error.schema_path()))
}

/// A value with one part left out, or another in its place.
fn changed(value: &Value) -> Vec<Value> {
    let mut all: Vec<Value> = [
        json!(null),
        json!(true),
        json!(7),
        json!("?"),
        json!([]),
        json!({}),
    ]
    .into_iter()
    .filter(|other| other != value)
    .collect();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                all.push(without.into());
                all.extend(changed(member).into_iter().map(|member| {
                    let mut members = members.clone();
                    members.insert(name.clone(), member);
                    members.into()
                }));
            }
            let mut more = members.clone();
            more.insert("and more".to_owned(), json!(1));
            all.push(more.into());
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().take(2) {
                all.extend(changed(item).into_iter().map(|item| {
                    let mut items = items.clone();
                    items[index] = item;
                    items.into()
                }));
            }
        }
        _ => {}
    }
    // Of many, some from everywhere.
    let step = all.len().div_ceil(4 * MOST).max(1);
    all.into_iter().step_by(step).collect()
}

/// Types with the one place that they have: those with several are any of these.
fn types(sdk: &Sdk) -> impl Iterator<Item = (&Type, &str, Vec<String>)> {
    let defined: BTreeSet<&str> = sdk.definitions.iter().map(|it| it.name.as_str()).collect();
    let types = sdk.types.iter().filter_map(|ty| {
        let [place] = ty.places.as_slice() else {
            return None;
        };
        let document = place.first()?.document.as_str();
        let pointers = place.iter().map(|schema| schema.pointer.to_string());
        Some((ty, document, pointers.collect()))
    });
    types.filter(move |(ty, ..)| defined.contains(ty.name.as_str()))
}

/// Values that a schema and the document that it is from do not agree on, and how many they do.
fn disagreements(api: &Api) -> (Vec<String>, [usize; 2]) {
    let sdk = match api.generator().model(&api.inputs()) {
        Ok(modelled) => modelled.sdk,
        // Not every document of a corpus is one.
        Err(_) => return Default::default(),
    };
    let documents: BTreeMap<String, Document> = api
        .named_documents()
        .into_iter()
        .map(|(name, document)| (name, Document::new(document.raw(), OneOf::Exactly)))
        .collect();
    let ours = match validator(&sdk) {
        Ok(ours) => ours,
        Err(error) => return (vec![format!("{}: {error}", api.name)], [0, 0]),
    };
    let mut found = Vec::new();
    let mut agreed = [0, 0];
    for (name, document) in &documents {
        let of_document: Vec<_> = types(&sdk).filter(|(_, of, _)| of == name).collect();
        let pointers: BTreeSet<&str> = of_document
            .iter()
            .flat_map(|(_, _, pointers)| pointers.iter().map(String::as_str))
            .collect();
        let theirs = document.validator(pointers.clone()).expect("schemas");
        let instances = Instances::new(document, pointers).expect("schemas");
        for (ty, _, pointers) in of_document {
            let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
            let values = instances.of(&pointers, MOST).into_iter().map(|it| it.value);
            let values = values.flat_map(|value| {
                let changed = changed(&value);
                std::iter::once(value).chain(changed)
            });
            // An alternative among the JSON types that a schema lists stands where all of them do.
            let values =
                values.filter(|value| value.is_object() || !matches!(ty.shape, Shape::Struct(_)));
            for value in values {
                let is_valid = pointers.iter().all(|it| theirs.is_valid(it, &value));
                if ours.is_valid(&json!({ &ty.name: value })) == is_valid {
                    agreed[usize::from(is_valid)] += 1;
                } else {
                    let (name, place) = (&api.name, pointers.join(" and "));
                    found.push(format!(
                        "{name}: {} at {place}: {value}: {is_valid}",
                        ty.name
                    ));
                }
            }
        }
    }
    (found, agreed)
}

#[test]
fn what_is_valid_by_a_document_is_valid_by_the_schemas_and_nothing_else() {
    let mut found = Vec::new();
    for api in Api::all().expect("the documents of this project") {
        let (more, agreed) = disagreements(&api);
        found.extend(more);
        assert!(
            agreed.iter().all(|count| *count > 500),
            "{}: {agreed:?}",
            api.name
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn so_it_is_for_other_documents() {
    let mut found = Vec::new();
    for api in Api::corpus(MOST_BYTES).expect("a folder of documents") {
        let (more, agreed) = disagreements(&api);
        println!("{}: {agreed:?}, {}", api.name, more.len());
        found.extend(more);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

//! Types that both documents state: where one of them says something else now, the other one is left behind.

use super::wire::{canonical, is_words};
use super::{Bump, CopyPlaces, Drift, Finding, Location, Reach, Severity, State};
use crate::place::Pointer;
use crate::source::{DocumentId, Node};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The rule of these findings.
pub(super) const RULE: &str = "type-of-both-documents-differs";

/// Adds a finding for each type that both old documents state alike, and the new ones do not.
pub(super) fn add(drift: &mut Drift, old: &State<'_>, new: &State<'_>) {
    let (Some(before), Some(after)) = (Both::of(old), Both::of(new)) else {
        return;
    };
    for (name, was) in before.openapi.members() {
        let stated = [
            Some(was),
            before.asyncapi.get(name),
            after.openapi.get(name),
            after.asyncapi.get(name),
        ];
        let [Some(was), Some(told), Some(is), Some(tells)] = stated else {
            continue;
        };
        let [was, told, is, tells] = [was, told, is, tells].map(|it| meaning(it.value));
        if was == told && is != tells {
            // The document to look at is the one that stayed as it was.
            let is_left_behind = tells == told;
            let id = |state: &State<'_>| match is_left_behind {
                true => state.asyncapi,
                false => state.openapi,
            };
            let places = [old, new].map(|state| (id(state), vec![component(name)]));
            let finding = finding(name, [old, new], places, [&was, &is, &tells]);
            drift.findings.push(finding);
        }
    }
    for (name, pointers, [was, is, tells]) in lists_left_behind([old, new], [&before, &after]) {
        let is_left_behind = tells == was;
        let places = [old, new].map(|state| match is_left_behind {
            true => (state.asyncapi, pointers.clone()),
            false => (state.openapi, vec![component(name)]),
        });
        let finding = finding(name, [old, new], places, [&was, &is, &tells]);
        drift.findings.push(finding);
    }
}

/// A type, the places of what is not the same any more, and what was listed, what the type lists, and what they do.
type LeftBehind<'d> = (&'d str, Vec<Pointer>, [String; 3]);

/// Lists of values in the document of events that were those of a type of the other one, and are not any more: by type. The SDK has one type for them as long as they are
/// equal.
fn lists_left_behind<'d>(
    [old, new]: [&State<'d>; 2],
    [before, after]: [&Both<'d>; 2],
) -> Vec<LeftBehind<'d>> {
    let root = |state: &State<'d>| {
        let id = state.asyncapi?;
        Some(state.documents.get(id).node())
    };
    let (Some(was_root), Some(is_root)) = (root(old), root(new)) else {
        return Vec::new();
    };
    let mut types: BTreeMap<String, Vec<(&'d str, String)>> = BTreeMap::new();
    for (name, was) in before.openapi.members() {
        let is = after.openapi.get(name).and_then(|it| listed(it.value));
        if let (Some(was), Some(is)) = (listed(was.value), is) {
            types.entry(was).or_default().push((name, is));
        }
    }
    let mut found: BTreeMap<(&'d str, String), LeftBehind<'d>> = BTreeMap::new();
    let mut left = vec![(Pointer::default(), was_root.value, is_root.value)];
    while let Some((at, was, is)) = left.pop() {
        let list = listed(was).and_then(|list| Some((list.clone(), types.get(&list)?)));
        // Several types of the same values: which one is meant cannot be told.
        if let (Some((list, [(name, changed)])), Some(tells)) = (
            list.as_ref().map(|(list, all)| (list, all.as_slice())),
            listed(is),
        ) && *changed != tells
            && at != component(name)
        {
            let values = [list.clone(), changed.clone(), tells.clone()];
            let entry = found.entry((name, tells));
            let entry = entry.or_insert((name, Vec::new(), values));
            entry.1.push(at.clone());
        }
        left.extend(inside(&at, was, is));
    }
    let mut found: Vec<LeftBehind<'d>> = found.into_values().collect();
    for (_, places, _) in &mut found {
        places.sort_by_key(ToString::to_string);
    }
    found
}

/// The values that a schema lists, as one text.
fn listed(schema: &Value) -> Option<String> {
    let values = schema.get("enum")?.as_array()?;
    let mut values: Vec<String> = values.iter().map(canonical).collect();
    values.sort();
    Some(values.join(","))
}

/// All that both have inside, at the same places.
fn inside<'v>(
    at: &Pointer,
    old: &'v Value,
    new: &'v Value,
) -> Vec<(Pointer, &'v Value, &'v Value)> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => old
            .iter()
            .filter_map(|(key, value)| Some((at.child(key), value, new.get(key)?)))
            .collect(),
        (Value::Array(old), Value::Array(new)) => {
            let pairs = old.iter().zip(new).enumerate();
            pairs
                .map(|(number, (old, new))| (at.child(&number.to_string()), old, new))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn component(name: &str) -> Pointer {
    let tokens = ["components", "schemas", name].into_iter();
    tokens.fold(Pointer::default(), |at, token| at.child(token))
}

/// The schemas of both documents, by name.
struct Both<'d> {
    openapi: Node<'d>,
    asyncapi: Node<'d>,
}

impl<'d> Both<'d> {
    fn of(state: &State<'d>) -> Option<Both<'d>> {
        let schemas = |id: Option<DocumentId>| {
            let root = state.documents.get(id?).node();
            root.get("components")?.get("schemas")
        };
        Some(Both {
            openapi: schemas(state.openapi)?,
            asyncapi: schemas(state.asyncapi)?,
        })
    }
}

fn finding(
    name: &str,
    states: [&State<'_>; 2],
    places: [(Option<DocumentId>, Vec<Pointer>); 2],
    meanings: [&str; 3],
) -> Finding {
    let mut all = [0, 1].map(|number: usize| {
        let (id, pointers) = &places[number];
        let pointers = pointers.iter().zip(std::iter::repeat(id));
        let all = pointers.filter_map(|(at, id)| Some(location(states[number], (*id)?, at)));
        all.collect::<Vec<_>>().into_iter()
    });
    let [old, new] = all.each_mut().map(Iterator::next);
    let [olds, news] = all;
    let copies = olds.zip(news).map(|(old, new)| CopyPlaces { old, new });
    let copies: Vec<CopyPlaces> = copies.collect();
    let document = |id: Option<DocumentId>| id.map(|id| states[1].documents.get(id).name.as_str());
    let [api, events] = [states[1].openapi, states[1].asyncapi].map(document);
    let message = format!(
        "`{}` is not the same in {} and {} any more",
        name.escape_debug(),
        api.unwrap_or_default(),
        events.unwrap_or_default()
    );
    let [was, is, tells] = meanings;
    Finding {
        rule: RULE.to_owned(),
        severity: Severity::Warning,
        directions: BTreeSet::new(),
        message,
        old,
        new,
        copies,
        reach: Reach::default(),
        // Its items are told with the edit.
        upgrade: Bump::None,
        items: Vec::new(),
        remedy: Some(
            "if it is still one type, this document waits for the same change: correct it by an overlay until then"
                .to_owned(),
        ),
        fingerprint: super::join::fingerprint(&[RULE, name, was, is, tells]),
    }
}

fn location(state: &State<'_>, document: DocumentId, pointer: &Pointer) -> Location {
    let positions = state
        .documents
        .positions(document, std::slice::from_ref(pointer));
    let position = positions.into_iter().next().flatten();
    Location {
        document: state.documents.get(document).name.clone(),
        pointer: pointer.to_string(),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

/// All that a schema says of values, as one text.
fn meaning(schema: &Value) -> String {
    canonical(&without_words(schema))
}

/// Documents are no deeper than limits allow.
fn without_words(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let members = members.iter().filter(|(key, _)| !is_words(key));
            let members = members.map(|(key, value)| (key.clone(), keyword(key, value)));
            Value::Object(members.collect())
        }
        Value::Array(elements) => elements.iter().map(without_words).collect(),
        other => other.clone(),
    }
}

fn keyword(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("const" | "default", _) => value.clone(),
        ("enum" | "required" | "type", Value::Array(values)) => {
            let mut values = values.clone();
            values.sort_by_cached_key(canonical);
            Value::Array(values)
        }
        // Their keys are names.
        (
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas",
            Value::Object(schemas),
        ) => {
            let schemas = schemas.iter();
            let schemas = schemas.map(|(name, schema)| (name.clone(), without_words(schema)));
            Value::Object(schemas.collect())
        }
        _ => without_words(value),
    }
}

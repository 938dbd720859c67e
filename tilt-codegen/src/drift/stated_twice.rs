//! Types that both documents state: where one of them says something else now, the other one is left behind.

use super::wire::{canonical, is_words};
use super::{Bump, Drift, Finding, Location, Reach, Severity, State};
use crate::place::Pointer;
use crate::source::{DocumentId, Node};
use serde_json::Value;
use std::collections::BTreeSet;

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
            let finding = finding(name, [old, new], is_left_behind, [&was, &is, &tells]);
            drift.findings.push(finding);
        }
    }
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
    is_events_left_behind: bool,
    meanings: [&str; 3],
) -> Finding {
    let [old, new] = states.map(|state| {
        let id = match is_events_left_behind {
            true => state.asyncapi,
            false => state.openapi,
        };
        id.map(|id| location(state, id, name))
    });
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
        copies: Vec::new(),
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

fn location(state: &State<'_>, document: DocumentId, name: &str) -> Location {
    let pointer = ["components", "schemas", name]
        .iter()
        .fold(Pointer::default(), |at, token| at.child(token));
    let positions = state
        .documents
        .positions(document, std::slice::from_ref(&pointer));
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

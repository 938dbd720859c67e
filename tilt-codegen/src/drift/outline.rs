//! The wire outline: a line for each operation, parameter, body, status, header, property, scope, server, event and
//! binding of the documents, with everything that is said of it but words. A snapshot of it shows every edit that is
//! more than editorial.

use super::extensions::{has_extensions, named};
use super::grammar::{Form, Kind};
use super::wire::{Side, is_words, label};
use crate::place::unescape;
use crate::source::{Node, NodeKey};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// The sorted lines.
pub(super) fn outline(side: Side<'_>) -> BTreeSet<String> {
    let mut outline = Outline {
        side,
        lines: BTreeSet::new(),
        seen: HashSet::new(),
        elsewhere: Vec::new(),
    };
    let roots = [
        (Kind::OpenApi, side.openapi),
        (Kind::AsyncApi, side.asyncapi),
    ];
    for (kind, id) in roots {
        if let Some(id) = id {
            outline.object(kind, side.documents.get(id).node(), "");
        }
    }
    while let Some((kind, node, place)) = outline.elsewhere.pop() {
        outline.object(kind, node, place);
    }
    outline.lines
}

struct Outline<'d> {
    side: Side<'d>,
    lines: BTreeSet<String>,
    seen: HashSet<NodeKey>,
    /// Parts that stand in other files than the roots, by the references to it.
    elsewhere: Vec<(Kind, Node<'d>, &'d str)>,
}

impl<'d> Outline<'d> {
    /// The target of a reference has lines of its own, where it is not in a root document.
    fn refer(&mut self, kind: Kind, node: Node<'d>) {
        let Some((reference, target)) = self.side.reference(node) else {
            return;
        };
        let roots = [self.side.openapi, self.side.asyncapi];
        if !roots.contains(&Some(target.document)) && self.seen.insert(target.key()) {
            self.elsewhere.push((kind, target, reference));
        }
    }

    /// A line for an object, and those of the objects in it.
    fn object(&mut self, kind: Kind, node: Node<'d>, place: &str) {
        self.refer(kind, node);
        if kind == Kind::Schema {
            return self.schema(node, place);
        }
        let mut facts = Vec::new();
        if let Some(reference) = node.get("$ref").and_then(|it| it.as_str()) {
            facts.push(format!("= {reference}"));
        }
        let mut members: Vec<(&str, Node<'d>)> = node.members().collect();
        members.sort_unstable_by_key(|(key, _)| *key);
        // A reference is said already.
        for (key, value) in members.into_iter().filter(|(key, _)| *key != "$ref") {
            let Some(member) = kind.member(key) else {
                if kind == Kind::Callback {
                    self.object(Kind::PathItem, value, &inside(place, key));
                } else if !key.starts_with("x-") || key == "x-sunset" {
                    facts.push(fact(key, value.value));
                }
                continue;
            };
            let at = inside(place, key);
            match member.form {
                Form::Text => {}
                Form::Value => {
                    if member.default != Some(value.value.to_string().as_str()) {
                        facts.push(fact(key, value.value));
                    }
                }
                Form::Names => facts.push(fact(key, &Value::from(names(value)))),
                Form::Keys => facts.push(fact(key, &Value::from(keys(value)))),
                Form::One(inner) => self.object(inner, value, &at),
                Form::Map(inner) => {
                    let map = self.side.follow(value);
                    for (name, item) in named(map, has_extensions(kind, key)) {
                        self.object(inner, item, &inside(&at, name));
                    }
                }
                Form::List(inner) => self.list(inner, value, &at),
                Form::Messages => match value.get("oneOf").filter(|it| it.value.is_array()) {
                    Some(list) => self.list(Kind::Message, list, &at),
                    None => self.object(
                        Kind::Message,
                        value,
                        &inside(&at, &label(value).unwrap_or_default()),
                    ),
                },
                Form::Inherited if key == "parameters" => self.list(Kind::Parameter, value, &at),
                Form::Inherited if key == "servers" => self.list(Kind::Server, value, &at),
                Form::Inherited => facts.push(fact(key, value.value)),
            }
        }
        let says = !facts.is_empty() || is_counted(kind);
        if says {
            self.line(place, &facts);
        }
    }

    fn list(&mut self, inner: Kind, list: Node<'d>, at: &str) {
        for element in self.side.follow(list).elements() {
            self.object(
                inner,
                element,
                &inside(at, &label(element).unwrap_or_default()),
            );
        }
    }

    /// A line for a schema with its constraints, and one for each that is inside.
    fn schema(&mut self, node: Node<'d>, place: &str) {
        self.refer(Kind::Schema, node);
        let mut facts = Vec::new();
        if let Value::Bool(flag) = node.value {
            facts.push(flag.to_string());
        }
        let mut members: Vec<(&str, Node<'d>)> = node.members().collect();
        members.sort_unstable_by_key(|(key, _)| *key);
        for (key, value) in members {
            let at = inside(place, key);
            match key {
                "$ref" => facts.push(format!("= {}", value.as_str().unwrap_or_default())),
                "properties" | "patternProperties" | "$defs" | "definitions"
                | "dependentSchemas" => {
                    for (name, property) in value.members() {
                        self.schema(property, &inside(&at, name));
                    }
                }
                "required" if value.value.is_array() => {
                    facts.push(fact(key, &Value::from(names(value))));
                }
                "enum" => {
                    let mut values: Vec<String> =
                        value.elements().map(|it| it.value.to_string()).collect();
                    values.sort_unstable();
                    facts.push(format!("enum={}", values.join("|")));
                }
                "allOf" | "oneOf" | "anyOf" | "prefixItems" => {
                    for (number, element) in value.elements().enumerate() {
                        let name = match element.get("$ref").and_then(|it| it.as_str()) {
                            Some(reference) => reference.to_owned(),
                            None => number.to_string(),
                        };
                        self.schema(element, &inside(&at, &name));
                    }
                }
                "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "propertyNames"
                | "contentSchema"
                | "unevaluatedItems"
                | "unevaluatedProperties"
                | "additionalProperties"
                | "items"
                    if value.value.is_object() =>
                {
                    self.schema(value, &at);
                }
                // It says nothing of values, and programs may depend on what it announces.
                "deprecated" => facts.push(fact(key, value.value)),
                _ if is_words(key) => {}
                _ => facts.push(fact(key, value.value)),
            }
        }
        self.line(place, &facts);
    }

    fn line(&mut self, place: &str, facts: &[String]) {
        let line = format!("{} {}", place.trim_start(), facts.join(" "));
        self.lines.insert(line.trim().to_owned());
    }
}

/// Objects that are lines also where nothing is said of them: that they are there is something.
fn is_counted(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Operation
            | Kind::Response
            | Kind::Header
            | Kind::MediaType
            | Kind::Server
            | Kind::Message
            | Kind::Channel
            | Kind::Tag
            | Kind::OAuthFlow
            | Kind::Link
            | Kind::Parameter
            | Kind::RequestBody
    )
}

fn names(list: Node<'_>) -> Vec<String> {
    let names = list.elements().map(|it| match it.as_str() {
        Some(name) => name.to_owned(),
        None => it.value.to_string(),
    });
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

fn keys(map: Node<'_>) -> Vec<String> {
    let mut keys: Vec<String> = map.members().map(|(key, _)| key.to_owned()).collect();
    keys.sort_unstable();
    keys
}

fn fact(key: &str, value: &Value) -> String {
    match value {
        Value::Bool(true) => key.to_owned(),
        Value::String(text) if !text.contains(char::is_whitespace) && !text.is_empty() => {
            format!("{key}={text}")
        }
        other => format!("{key}={other}"),
    }
}

/// The place of a member, such as `POST /orders body application/json Order.lines[].price`.
fn inside(place: &str, key: &str) -> String {
    match key {
        "paths" | "components" | "schemas" | "content" | "schema" | "channels" => place.to_owned(),
        "items" => format!("{place}[]"),
        "properties" => format!("{place}."),
        _ if place.ends_with('.') => format!("{place}{}", unescape(key)),
        _ => format!("{place} {key}"),
    }
}

//! Places of a document where something can be changed, and the ways that lead there: found by a walk of its own, so
//! that the proof does not rest on what it proves.

use crate::drift::Direction;
use crate::drift::grammar::{Form, Kind};
use crate::place::escape;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// An object of a document.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) pointer: String,
}

/// All objects of a document that are written in place. Schemas in conditions are part of the keyword.
pub(super) fn places(document: &Value) -> Vec<Place> {
    let root = match document.get("asyncapi") {
        Some(_) => Kind::AsyncApi,
        None => Kind::OpenApi,
    };
    let mut places = Vec::new();
    object(root, document, String::new(), &mut places);
    places
}

pub(super) fn inside(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", escape(key))
}

fn object(kind: Kind, value: &Value, pointer: String, places: &mut Vec<Place>) {
    let Some(members) = value.as_object() else {
        return;
    };
    // Null among alternatives is a spelling, and no place.
    if members.contains_key("$ref") || members.get("type").is_some_and(|it| it == "null") {
        return;
    }
    for (key, value) in members {
        let at = inside(&pointer, key);
        match kind {
            Kind::Schema => schema(key, value, &at, places),
            Kind::Callback if !key.starts_with("x-") => object(Kind::PathItem, value, at, places),
            _ => {
                if let Some(member) = kind.member(key) {
                    part(kind, member.form, key, value, at, places);
                }
            }
        }
    }
    places.push(Place { kind, pointer });
}

fn part(kind: Kind, form: Form, key: &str, value: &Value, at: String, places: &mut Vec<Place>) {
    let list = |inner: Kind, value: &Value, at: &str, places: &mut Vec<Place>| {
        let elements = value.as_array().into_iter().flatten().enumerate();
        for (number, element) in elements {
            object(inner, element, format!("{at}/{number}"), places);
        }
    };
    match form {
        Form::One(inner) => object(inner, value, at, places),
        Form::Map(inner) => {
            let members = value.as_object().into_iter().flatten();
            for (name, item) in members.filter(|(name, _)| !name.starts_with("x-")) {
                object(inner, item, inside(&at, name), places);
            }
        }
        Form::List(inner) => list(inner, value, &at, places),
        Form::Messages if value.get("oneOf").is_some() => {
            list(
                Kind::Message,
                &value["oneOf"],
                &format!("{at}/oneOf"),
                places,
            );
        }
        Form::Messages => object(Kind::Message, value, at, places),
        Form::Inherited if key == "parameters" => list(Kind::Parameter, value, &at, places),
        Form::Inherited if key == "servers" && kind == Kind::OpenApi => {
            list(Kind::Server, value, &at, places);
        }
        _ => {}
    }
}

fn schema(key: &str, value: &Value, at: &str, places: &mut Vec<Place>) {
    match key {
        "properties" => {
            for (name, property) in value.as_object().into_iter().flatten() {
                object(Kind::Schema, property, inside(at, name), places);
            }
        }
        "items" | "additionalProperties" => object(Kind::Schema, value, at.to_owned(), places),
        "oneOf" | "anyOf" | "allOf" => {
            let elements = value.as_array().into_iter().flatten().enumerate();
            for (number, element) in elements {
                object(Kind::Schema, element, format!("{at}/{number}"), places);
            }
        }
        _ => {}
    }
}

/// Whether a place is in no alternative that stands twice in its list: to change one of two that are equal adds one.
pub(super) fn is_unlike_others(document: &Value, pointer: &str) -> bool {
    let slashes = pointer.match_indices('/').map(|(at, _)| at);
    let ends = slashes.skip(1).chain([pointer.len()]);
    let mut before = document;
    ends.map(|end| &pointer[..end]).all(|part| {
        let Some(value) = document.pointer(part) else {
            return true;
        };
        let list = std::mem::replace(&mut before, value).as_array();
        list.is_none_or(|list| list.iter().filter(|it| *it == value).count() == 1)
    })
}

/// Whether a schema is of what is written as text: a parameter, a header, or a value of a form, there or wherever it is used.
pub(super) fn is_text(document: &Value, pointer: &str) -> bool {
    let value = pointer.strip_suffix("/items").unwrap_or(pointer);
    let pieces: Vec<&str> = value.split('/').collect();
    match pieces[..] {
        [.., "parameters" | "headers", _, "schema"] => true,
        [.., "content", media_type, "schema", "properties", _] => is_form(media_type),
        ["", "components", "schemas", name] => {
            let users = users(document, name);
            let are_texts = |pointer: &String| is_text(document, pointer);
            value == pointer && !users.is_empty() && users.iter().all(are_texts)
        }
        ["", "components", "schemas", name, "properties", _] => {
            let users = users(document, name);
            let are_forms = |pointer: &String| match pointer.split('/').collect::<Vec<_>>()[..] {
                [.., "content", media_type, "schema"] => is_form(media_type),
                _ => false,
            };
            !users.is_empty() && users.iter().all(are_forms)
        }
        _ => false,
    }
}

fn is_form(media_type: &str) -> bool {
    media_type.starts_with("multipart~1") || media_type == "application~1x-www-form-urlencoded"
}

/// The places that refer to a schema.
fn users(document: &Value, name: &str) -> Vec<String> {
    let reference = format!("#/components/schemas/{name}");
    let mut found = Vec::new();
    let mut rest = vec![(String::new(), document)];
    while let Some((at, value)) = rest.pop() {
        if value.get("$ref").is_some_and(|it| *it == *reference) {
            found.push(at.clone());
        }
        match value {
            Value::Object(members) => {
                rest.extend(members.iter().map(|(key, it)| (inside(&at, key), it)));
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                rest.extend(elements.map(|(number, it)| (format!("{at}/{number}"), it)));
            }
            _ => {}
        }
    }
    found
}

/// The ways that lead to each place, by pointer.
pub(super) struct Ways<'v> {
    document: &'v Value,
    ways: HashMap<String, BTreeSet<Direction>>,
}

use Direction::{Answer, Event, Request};

pub(super) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl<'v> Ways<'v> {
    pub(super) fn of(document: &'v Value) -> Ways<'v> {
        let mut ways = Ways {
            document,
            ways: HashMap::new(),
        };
        for place in [
            "",
            "/paths",
            "/webhooks",
            "/servers",
            "/tags",
            "/info",
            "/channels",
        ] {
            ways.mark(place, Request);
        }
        for (map, is_back) in [("paths", false), ("webhooks", true)] {
            for name in keys(document, &format!("/{map}")) {
                ways.item(&inside(&format!("/{map}"), &name), is_back);
            }
        }
        for list in ["servers", "tags"] {
            for number in 0..document[list].as_array().map_or(0, Vec::len) {
                ways.visit(&format!("/{list}/{number}"), Request);
            }
        }
        for name in keys(document, "/channels") {
            let channel = inside("/channels", &name);
            ways.visit(&format!("{channel}/subscribe"), Event);
            ways.visit(&format!("{channel}/publish"), Request);
            ways.mark(&channel, Request);
        }
        ways
    }

    pub(super) fn at(&self, pointer: &str) -> BTreeSet<Direction> {
        self.ways.get(pointer).cloned().unwrap_or_default()
    }

    fn mark(&mut self, pointer: &str, way: Direction) -> bool {
        self.ways.entry(pointer.to_owned()).or_default().insert(way)
    }

    fn item(&mut self, pointer: &str, is_back: bool) {
        let item = followed(self.document, pointer);
        let asked = if is_back { Event } else { Request };
        if !self.mark(&item, asked) {
            return;
        }
        self.visit(&format!("{item}/parameters"), asked);
        for method in METHODS {
            let operation = format!("{item}/{method}");
            if self.document.pointer(&operation).is_some() {
                self.operation(&operation, is_back);
            }
        }
    }

    fn operation(&mut self, operation: &str, is_back: bool) {
        let (asked, answered) = match is_back {
            true => (Event, Request),
            false => (Request, Answer),
        };
        self.mark(operation, asked);
        self.visit(&format!("{operation}/parameters"), asked);
        self.visit(&format!("{operation}/requestBody"), asked);
        self.visit(&format!("{operation}/responses"), answered);
        let callbacks = format!("{operation}/callbacks");
        for name in keys(self.document, &callbacks) {
            let callback = followed(self.document, &inside(&callbacks, &name));
            for url in keys(self.document, &callback) {
                self.item(&inside(&callback, &url), !is_back);
            }
        }
        let own = self.document.pointer(&format!("{operation}/security"));
        let security = own.or(self.document.get("security")).cloned();
        let all = security.iter().filter_map(Value::as_array).flatten();
        for (scheme, _) in all.filter_map(Value::as_object).flatten() {
            self.visit(&inside("/components/securitySchemes", scheme), Request);
        }
    }

    /// Everything that is at a place and below, also by reference.
    fn visit(&mut self, pointer: &str, way: Direction) {
        let mut queue = vec![pointer.to_owned()];
        while let Some(pointer) = queue.pop() {
            let Some(value) = self.document.pointer(&pointer) else {
                continue;
            };
            let is = |key: &str| value.get(key) == Some(&Value::Bool(true));
            let travels = match way {
                Request => !is("readOnly"),
                Answer | Event => !is("writeOnly"),
            };
            if !travels || !self.mark(&pointer, way) {
                continue;
            }
            queue.extend(next(value, &pointer));
        }
    }
}

/// The places that are in one, or that it refers to.
pub(super) fn next(value: &Value, pointer: &str) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let keys = members.keys().filter(|key| is_followed(key));
            keys.map(|key| inside(pointer, key)).collect()
        }
        Value::Array(elements) => (0..elements.len())
            .map(|it| format!("{pointer}/{it}"))
            .collect(),
        // A reference, or an entry of a mapping.
        Value::String(text) => target(text).into_iter().collect(),
        _ => Vec::new(),
    }
}

pub(super) fn keys(document: &Value, pointer: &str) -> Vec<String> {
    let map = document.pointer(pointer).and_then(Value::as_object);
    let keys = map.into_iter().flatten().map(|(key, _)| key.clone());
    keys.filter(|key| !key.starts_with("x-")).collect()
}

/// The place that a reference leads to, or the same one.
pub(super) fn followed(document: &Value, pointer: &str) -> String {
    let reference = document.pointer(pointer);
    let reference = reference.and_then(|it| it["$ref"].as_str());
    match reference.and_then(target) {
        Some(target) if target != pointer => followed(document, &target),
        _ => pointer.to_owned(),
    }
}

/// Values, which may look like references, are none.
pub(super) fn is_followed(key: &str) -> bool {
    !key.starts_with("x-") && !matches!(key, "example" | "examples")
}

pub(super) fn target(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
    decoded.starts_with('/').then(|| decoded.into_owned())
}

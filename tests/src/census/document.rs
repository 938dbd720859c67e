//! The operations of a raw OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fact, Facts, Operations};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

const LOCATIONS: [&str; 4] = ["path", "query", "header", "cookie"];

/// Chains of references longer than this lead nowhere.
const MOST_REFERENCES: usize = 64;

/// A value, and the pointers of everything on the way to it.
struct Found<'d> {
    value: &'d Value,
    places: Vec<String>,
}

pub(super) fn operations(root: &Value) -> Operations {
    let mut operations = Operations::new();
    let mut states_security = root.get("security").is_some();
    for (path, item) in members(root, "/paths") {
        if path.starts_with("x-") {
            continue;
        }
        let place = format!("/paths/{}", escaped(path));
        let item = follow(root, item, place);
        for method in METHODS {
            let Some(operation) = item.value.get(method).filter(|value| value.is_object()) else {
                continue;
            };
            states_security |= operation.get("security").is_some();
            let name = format!("{} {path}", method.to_uppercase());
            let place = format!("{}/{method}", item.end());
            operations.insert(name, facts(root, &item, operation, &place));
        }
    }
    if !states_security {
        let any = unstated_security(root);
        for facts in operations.values_mut() {
            facts.extend(any.clone());
        }
    }
    operations
}

/// Each scheme alone, and none: so they are taken if nothing says where.
fn unstated_security(root: &Value) -> Facts {
    let schemes = members(root, "/components/securitySchemes");
    let mut any: Facts = schemes
        .map(|(name, _)| {
            let place = format!("/components/securitySchemes/{}", escaped(name));
            (Fact::Security([name.clone()].into()), vec![place])
        })
        .collect();
    if !any.is_empty() {
        let places = any.values().flatten().cloned().collect();
        any.insert(Fact::Security(BTreeSet::new()), places);
    }
    any
}

fn facts(root: &Value, item: &Found<'_>, operation: &Value, place: &str) -> Facts {
    let mut facts = BTreeMap::from([(Fact::Operation, vec![place.to_owned()])]);
    if let Some(body) = operation.get("requestBody") {
        let body = follow(root, body, format!("{place}/requestBody"));
        if has_content(body.value) {
            facts.insert(Fact::RequestBody, body.places);
        }
    }
    // The operation's own come first, and win.
    for (owner, place) in [(operation, place), (item.value, item.end())] {
        let list = owner.get("parameters").and_then(Value::as_array);
        for (index, parameter) in list.into_iter().flatten().enumerate() {
            let place = format!("{place}/parameters/{index}");
            let parameter = follow(root, parameter, place);
            let text = |key: &str| parameter.value.get(key).and_then(Value::as_str);
            let location = LOCATIONS.iter().find(|name| text("in") == Some(name));
            if let (Some(location), Some(name)) = (location, text("name")) {
                facts
                    .entry(Fact::Parameter(location, name.to_owned()))
                    .or_insert(parameter.places);
            }
        }
    }
    let responses = operation.get("responses").and_then(Value::as_object);
    let responses = responses.into_iter().flatten();
    for (status, response) in responses.filter(|(status, _)| !status.starts_with("x-")) {
        let place = format!("{place}/responses/{}", escaped(status));
        let response = follow(root, response, place);
        if has_content(response.value) {
            let status = status.to_uppercase();
            let fact = match status.starts_with('2') {
                true => Fact::Success(status),
                false => Fact::Error(status),
            };
            facts.insert(fact, response.places);
        }
    }
    let (requirements, place) = match operation.get("security") {
        Some(own) => (Some(own), format!("{place}/security")),
        None => (root.get("security"), "/security".to_owned()),
    };
    let requirements = requirements.and_then(Value::as_array).into_iter().flatten();
    for alternative in requirements.filter_map(Value::as_object) {
        let schemes: BTreeSet<String> = alternative.keys().cloned().collect();
        let mut places = vec![place.clone()];
        let named = |scheme: &String| format!("/components/securitySchemes/{}", escaped(scheme));
        places.extend(schemes.iter().map(named));
        facts.insert(Fact::Security(schemes), places);
    }
    facts
}

/// Whether there is a media type; nobody can say what a body without one is.
fn has_content(value: &Value) -> bool {
    let content = value.get("content").and_then(Value::as_object);
    content.is_some_and(|content| content.keys().any(|media| !media.starts_with("x-")))
}

fn follow<'d>(root: &'d Value, mut value: &'d Value, place: String) -> Found<'d> {
    let mut places = vec![place];
    for _ in 0..MOST_REFERENCES {
        let reference = value.get("$ref").and_then(Value::as_str);
        let pointer = reference.and_then(crate::document::pointer_of);
        let Some((pointer, target)) = pointer.and_then(|to| Some((to.clone(), root.pointer(&to)?)))
        else {
            break;
        };
        places.push(pointer);
        value = target;
    }
    Found { value, places }
}

impl Found<'_> {
    fn end(&self) -> &str {
        self.places.last().map_or("", String::as_str)
    }
}

fn members<'d>(root: &'d Value, pointer: &str) -> impl Iterator<Item = (&'d String, &'d Value)> {
    let object = root.pointer(pointer).and_then(Value::as_object);
    object.into_iter().flatten()
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

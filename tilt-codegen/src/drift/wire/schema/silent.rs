//! Keywords of schemas that are stated and say nothing: they are valid for everything.

use super::super::same::canonical;
use super::super::unstated::{is_empty, said};
use super::super::words::is_words;
use super::view::View;
use serde_json::Value;
use std::collections::BTreeSet;

/// Whether a schema is valid for everything.
fn is_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(is) => *is,
        Value::Object(members) => members.keys().all(|key| is_words(key)),
        _ => false,
    }
}

fn is_map_of_anything(map: &Value) -> bool {
    let schemas = map.as_object().into_iter().flatten();
    map.is_object() && schemas.into_iter().all(|(_, schema)| is_anything(schema))
}

/// Those that OpenAPI 3.1 and AsyncAPI 2.x have where nothing is stated.
fn is_usual_dialect(uri: &str) -> bool {
    matches!(
        uri.trim_end_matches('#'),
        "https://spec.openapis.org/oas/3.1/dialect/base"
            | "https://json-schema.org/draft/2020-12/schema"
            | "http://json-schema.org/draft-07/schema"
    )
}

impl View<'_> {
    /// Without keywords that say nothing by themselves.
    pub(super) fn drop_silent(&mut self) {
        let has = |view: &Self, key| view.members.contains_key(key);
        let has_contains = has(self, "contains");
        self.members.retain(|key, node| match *key {
            "dependentSchemas" => !is_map_of_anything(node.value),
            "patternProperties" | "properties" | "definitions" | "$defs" | "required" | "allOf" => {
                !is_empty(node.value)
            }
            "xml" => !is_empty(&said(key, node.value)),
            "dependentRequired" => {
                let lists = node.value.as_object().into_iter().flatten();
                lists.into_iter().any(|(_, names)| !is_empty(names))
            }
            // The dialect of every schema of the document, unless it says another one.
            "$schema" => !node.as_str().is_some_and(is_usual_dialect),
            "prefixItems" => !is_empty(node.value),
            "propertyNames" => {
                !is_anything(node.value) && node.value != &serde_json::json!({"type": "string"})
            }
            "unevaluatedProperties" | "unevaluatedItems" => !is_anything(node.value),
            "not" => node.value != &Value::Bool(false),
            "minContains" | "maxContains" => has_contains,
            _ => true,
        });
        // None at all is enough.
        let is_none = |it: &crate::source::Node<'_>| it.value.as_f64() == Some(0.0);
        if self.members.get("minContains").is_some_and(is_none) && !has(self, "maxContains") {
            self.members.remove("minContains");
            self.members.remove("contains");
        }
        if self
            .members
            .get("not")
            .is_some_and(|it| is_anything(it.value))
        {
            self.members.remove("not");
            self.is_never = true;
        }
    }
}

/// Keywords that are about values of one type, by the types.
const ABOUT: [(&[&str], &[&str]); 4] = [
    (&["string"], &["maxLength", "minLength", "pattern"]),
    (
        &["number", "integer"],
        &[
            "maximum",
            "minimum",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "multipleOf",
        ],
    ),
    (
        &["array"],
        &[
            "contains",
            "items",
            "maxContains",
            "maxItems",
            "minContains",
            "minItems",
            "prefixItems",
            "unevaluatedItems",
            "uniqueItems",
        ],
    ),
    (
        &["object"],
        &[
            "additionalProperties",
            "dependentRequired",
            "dependentSchemas",
            "maxProperties",
            "minProperties",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            "unevaluatedProperties",
        ],
    ),
];

/// Whether a keyword is about values of some of these types.
pub(super) fn is_about(keyword: &str, of: &BTreeSet<&str>) -> bool {
    let mut all = ABOUT.iter();
    all.any(|(types, keywords)| {
        keywords.contains(&keyword) && types.iter().any(|it| of.contains(it))
    })
}

/// Leaves out of both what is about values that neither has.
pub(super) fn drop_misfits<'d>(one: &mut View<'d>, other: &mut View<'d>) {
    let may_be = |view: &View<'d>, types: &[&str]| {
        let is_open = view.types.is_empty() || view.alternatives().is_some();
        is_open || types.iter().any(|ty| view.types.contains(ty))
    };
    for (types, keywords) in ABOUT {
        if may_be(one, types) || may_be(other, types) {
            continue;
        }
        for view in [&mut *one, &mut *other] {
            view.bounds.retain(|key, _| !keywords.contains(key));
            view.members.retain(|key, _| !keywords.contains(key));
            view.others.retain(|key, _| !keywords.contains(key));
        }
    }
}

/// Names that may have any value say nothing where all others may, too; unless the other schema says the same of them beside
/// a rule for the others.
pub(super) fn drop_open_patterns<'d>(one: &mut View<'d>, other: &mut View<'d>) {
    const KEYWORD: &str = "patternProperties";
    let patterns = |view: &View<'d>| view.members.get(KEYWORD).copied();
    let is_same = match (patterns(one), patterns(other)) {
        (Some(one), Some(other)) => canonical(one.value) == canonical(other.value),
        _ => false,
    };
    let is_kept = is_same && is_open(one) != is_open(other);
    for view in [one, other].into_iter().filter(|_| !is_kept) {
        let is_silent = patterns(view).is_some_and(|it| is_map_of_anything(it.value));
        if is_silent && is_open(view) {
            view.members.remove(KEYWORD);
        }
    }
}

fn is_open(view: &View<'_>) -> bool {
    let keywords = ["additionalProperties", "unevaluatedProperties"].iter();
    let mut rules = keywords.filter_map(|keyword| view.members.get(keyword));
    rules.all(|it| is_anything(it.value))
}

/// A condition without consequences, and consequences without a condition, say nothing. Where one of the two schemas has
/// both, what the other one lacks is told.
pub(super) fn drop_halves_of_conditions<'d>(one: &mut View<'d>, other: &mut View<'d>) {
    let is_anywhere = |keys: &[&str]| {
        let mut keys = keys.iter();
        keys.any(|key| one.members.contains_key(key) || other.members.contains_key(key))
    };
    let is_whole = is_anywhere(&["if"]) && is_anywhere(&["then", "else"]);
    for view in [one, other].into_iter().filter(|_| !is_whole) {
        view.members
            .retain(|key, _| !matches!(*key, "if" | "then" | "else"));
    }
}

//! A schema with everything that it refers to and is composed of, for one choice of its alternatives.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::document::Document;

/// References and compositions deeper than this are left alone.
const MOST_PARTS: usize = 64;

/// Combinations of alternatives beyond this are left out.
const MOST_ALTERNATIVES: usize = 256;

/// One schema without references, compositions and alternatives.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat<'d> {
    /// Empty: any.
    pub(super) types: Vec<&'d str>,
    /// The values of `const` and `enum`.
    pub(super) listed: Option<Vec<Value>>,
    /// Each with all that is said of it.
    pub(super) properties: Vec<(&'d str, Vec<&'d Value>)>,
    pub(super) patterns: Vec<(&'d str, &'d Value)>,
    pub(super) required: BTreeSet<&'d str>,
    pub(super) others: Others<'d>,
    pub(super) names: Option<&'d Value>,
    pub(super) items: Option<&'d Value>,
    pub(super) first_items: Vec<&'d Value>,
    /// Keywords with a scalar value.
    pub(super) limits: Map<String, Value>,
    /// The examples of the schema itself.
    pub(super) examples: Vec<&'d Value>,
}

/// The rule for properties that the schema does not name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Others<'d> {
    #[default]
    Any,
    None,
    Of(&'d Value),
}

impl<'d> Flat<'d> {
    /// One for each choice of alternatives, with the first of every list in the first.
    pub(super) fn alternatives(document: &'d Document, schema: &'d Value) -> Vec<Flat<'d>> {
        let mut done = Vec::new();
        let mut open = vec![(Flat::default(), vec![schema], 0)];
        while let Some((mut flat, mut rest, mut parts)) = open.pop() {
            let mut choices = None;
            while let Some(schema) = rest.pop() {
                parts += 1;
                if parts > MOST_PARTS {
                    break;
                }
                flat.take(schema);
                rest.extend(members_of(schema, "allOf"));
                let target = schema.get("$ref").and_then(Value::as_str);
                rest.extend(target.and_then(|reference| document.referred(reference)));
                let lists: Vec<&[Value]> = ["oneOf", "anyOf"]
                    .iter()
                    .map(|key| members_of(schema, key))
                    .filter(|list| !list.is_empty())
                    .collect();
                match lists.as_slice() {
                    [] => {}
                    [one] => choices = Some(*one),
                    [one, other, ..] => {
                        choices = Some(*one);
                        rest.extend(other.first());
                    }
                }
                if choices.is_some() {
                    break;
                }
            }
            match choices {
                None => done.push(flat),
                Some(branches) => {
                    // The last one in is the first one out.
                    for branch in branches.iter().rev() {
                        let mut rest = rest.clone();
                        rest.push(branch);
                        open.push((flat.clone(), rest, parts));
                    }
                }
            }
            if done.len() >= MOST_ALTERNATIVES {
                break;
            }
        }
        done
    }

    fn take(&mut self, schema: &'d Value) {
        let Value::Object(keywords) = schema else {
            return;
        };
        for (key, value) in keywords {
            match (key.as_str(), value) {
                ("type", Value::Array(types)) => self.restrict_types(types),
                ("enum", Value::Array(values)) => self.list(values),
                ("const", value) => self.list(std::slice::from_ref(value)),
                ("properties", Value::Object(properties)) => {
                    for (name, schema) in properties {
                        match self
                            .properties
                            .iter_mut()
                            .find(|(property, _)| property == name)
                        {
                            Some((_, schemas)) => schemas.push(schema),
                            None => self.properties.push((name, vec![schema])),
                        }
                    }
                }
                ("patternProperties", Value::Object(properties)) => {
                    let properties = properties.iter();
                    self.patterns
                        .extend(properties.map(|(name, schema)| (name.as_str(), schema)));
                }
                ("required", Value::Array(names)) => {
                    self.required.extend(names.iter().filter_map(Value::as_str));
                }
                ("additionalProperties" | "unevaluatedProperties", Value::Bool(false)) => {
                    self.others = Others::None;
                }
                ("additionalProperties" | "unevaluatedProperties", Value::Object(of))
                    if !of.is_empty() && !matches!(self.others, Others::None) =>
                {
                    self.others = Others::Of(value);
                }
                ("propertyNames", names) => self.names = Some(names),
                ("items", items) => self.items = self.items.or(Some(items)),
                ("prefixItems", Value::Array(items)) => self.first_items = items.iter().collect(),
                ("default" | "example", value) => self.examples.push(value),
                ("examples", Value::Array(values)) => self.examples.extend(values),
                (_, Value::Number(_) | Value::String(_) | Value::Bool(_)) => {
                    self.limits
                        .entry(key.clone())
                        .or_insert_with(|| value.clone());
                }
                _ => {}
            }
        }
    }

    fn restrict_types(&mut self, types: &'d [Value]) {
        let types: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
        if self.types.is_empty() {
            self.types = types;
        } else {
            let narrow = |name: &&str| {
                types.contains(name) || (*name == "integer" && types.contains(&"number"))
            };
            let is_number = self.types.contains(&"number") && types.contains(&"integer");
            self.types.retain(narrow);
            if is_number {
                self.types.push("integer");
            }
        }
    }

    fn list(&mut self, values: &[Value]) {
        self.listed = Some(match self.listed.take() {
            None => values.to_vec(),
            Some(listed) => {
                let both = listed.into_iter().filter(|value| values.contains(value));
                both.collect()
            }
        });
    }

    /// The types that are named, or else those that the other keywords speak of. None: any.
    pub(super) fn kinds(&self) -> Vec<&'d str> {
        if !self.types.is_empty() {
            return self.types.clone();
        }
        let limits = |keys: &[&str]| keys.iter().any(|key| self.limits.contains_key(*key));
        let mut kinds = Vec::new();
        let has_members = !self.properties.is_empty() || !self.patterns.is_empty();
        if has_members || !self.required.is_empty() || !matches!(self.others, Others::Any) {
            kinds.push("object");
        }
        if self.items.is_some() || !self.first_items.is_empty() {
            kinds.push("array");
        }
        if limits(&["pattern", "format", "minLength", "maxLength"]) {
            kinds.push("string");
        }
        if limits(&[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ]) {
            kinds.push("number");
        }
        kinds
    }

    pub(super) fn limit(&self, key: &str) -> Option<u64> {
        self.limits.get(key).and_then(Value::as_u64)
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.limits.get(key).and_then(Value::as_str)
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.limits.get(key).and_then(Value::as_f64)
    }
}

/// The schemas as one.
pub(super) fn together(schemas: &[&Value]) -> Value {
    match schemas {
        [one] => (*one).clone(),
        several => json!({ "allOf": several }),
    }
}

fn members_of<'d>(schema: &'d Value, key: &str) -> &'d [Value] {
    schema
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

//! Parts of the JSON Schemas of types that Rust types do not show: defaults and formats, constraints, annotations.

use super::super::node::{Fact, Node};
use super::super::scope::Scope;
use crate::model::{Definition, Shape, TypeId};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Keywords that say nothing of which values are valid.
const ANNOTATIONS: [&str; 8] = [
    "$comment",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "title",
    "xml",
];

/// Keywords that say what a value means, which has the same Rust type with another one.
const MEANINGS: [&str; 4] = ["contentEncoding", "contentMediaType", "default", "format"];

pub(super) struct Definitions<'s> {
    scope: &'s Scope<'s>,
    by_name: HashMap<&'s str, &'s Definition>,
    by_type: HashMap<TypeId, &'s Definition>,
}

impl<'s> Definitions<'s> {
    pub(super) fn of(scope: &'s Scope<'s>) -> Self {
        let definitions = || scope.sdk.definitions.iter();
        Self {
            scope,
            by_name: definitions().map(|it| (it.name.as_str(), it)).collect(),
            by_type: definitions().filter_map(|it| Some((it.ty?, it))).collect(),
        }
    }

    /// Says of a type what its schema says beside its properties.
    pub(super) fn describe(&self, id: TypeId, node: &mut Node) {
        let (Some(ty), Some(definition)) = (self.scope.ty(id), self.by_type.get(&id)) else {
            return;
        };
        let Definition {
            name: _,
            ty: _,
            schema,
            // They are in the schema.
            references: _,
        } = definition;
        let is_struct = matches!(ty.shape, Shape::Struct(_));
        let (rules, notes) = match is_struct {
            true => self.texts(&without_members(schema)),
            false => self.texts(schema),
        };
        let rules = Fact::new(rules);
        // Of a struct, this is its own: fields tell what is in it.
        match is_struct {
            true => node.behaviour.insert("its schema".to_owned(), rules),
            false => node.residue.insert("its schema".to_owned(), rules),
        };
        node.residual_docs
            .insert("its annotations".to_owned(), Fact::new(notes));
    }

    /// Says of a field what the schema of its property says.
    pub(super) fn describe_field(&self, id: TypeId, field: &mut Node) {
        let (Some(definition), Some(wire)) = (self.by_type.get(&id), &field.identity) else {
            return;
        };
        let mut found = Vec::new();
        self.property(&definition.schema, wire, &mut HashSet::new(), &mut found);
        let mut texts = (Vec::new(), Vec::new());
        for schema in &found {
            for keyword in MEANINGS {
                if let Some(value) = schema.get(keyword) {
                    let about = format!("its {keyword}");
                    field.stated.insert(about, Fact::new(value.to_string()));
                }
            }
            let (rules, notes) = self.texts(schema);
            texts.0.push(rules);
            texts.1.push(notes);
        }
        texts.0.sort();
        texts.1.sort();
        let fact = Fact::new(texts.0.join(" and "));
        field.residue.insert("its schema".to_owned(), fact);
        let fact = Fact::new(texts.1.join(" and "));
        field
            .residual_docs
            .insert("its annotations".to_owned(), fact);
    }

    /// The schemas of a property: those of parts that are types of their own are told there.
    fn property<'v>(
        &'v self,
        schema: &'v Value,
        wire: &str,
        met: &mut HashSet<&'v str>,
        found: &mut Vec<&'v Value>,
    ) {
        let properties = schema.get("properties");
        found.extend(properties.and_then(|it| it.get(wire)));
        if let Some(untyped) = self.untyped(schema).filter(|it| met.insert(&it.name)) {
            self.property(&untyped.schema, wire, met, found);
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            self.property(part, wire, met, found);
        }
    }

    fn referred(&self, schema: &Value) -> Option<&'s Definition> {
        let reference = schema.get("$ref")?.as_str()?;
        let name = reference.strip_prefix("#/$defs/")?;
        self.by_name.get(name).copied()
    }

    /// The definition that a schema refers to, if no type tells of it.
    fn untyped(&self, schema: &Value) -> Option<&'s Definition> {
        self.referred(schema).filter(|it| it.ty.is_none())
    }

    /// The rules of a schema and its annotations, in an order that does not depend on how they are written.
    fn texts(&self, schema: &Value) -> (String, String) {
        let mut met = HashSet::new();
        let rules = self.normal(schema, false, &mut met).to_string();
        met.clear();
        (rules, self.normal(schema, true, &mut met).to_string())
    }

    /// A schema with types by the names of both SDKs: its rules, or its annotations.
    fn normal(&self, schema: &Value, notes: bool, met: &mut HashSet<&'s str>) -> Value {
        let Value::Object(members) = schema else {
            return if notes { Value::Null } else { schema.clone() };
        };
        let mut sorted: BTreeMap<&str, Value> = BTreeMap::new();
        for (keyword, value) in members {
            let is_note = ANNOTATIONS.contains(&keyword.as_str());
            let value = match (keyword.as_str(), value) {
                (_, value) if is_note && notes => value.clone(),
                _ if is_note => continue,
                (
                    "properties" | "patternProperties" | "$defs" | "dependentSchemas",
                    Value::Object(each),
                ) => {
                    let each = each.iter();
                    let each = each.map(|(name, it)| (name.clone(), self.normal(it, notes, met)));
                    ordered(each.collect())
                }
                ("$ref", Value::String(_)) => match self.referred(schema) {
                    Some(definition) => self.reference(definition, notes, met),
                    None => value.clone(),
                },
                // Sets have no order.
                ("enum" | "required" | "type", Value::Array(items)) if !notes => {
                    let mut items = items.clone();
                    items.sort_by_cached_key(Value::to_string);
                    Value::from(items)
                }
                // Values are no schemas.
                ("const" | "default" | "enum", value) if !notes => value.clone(),
                ("const" | "default" | "enum", _) => continue,
                (_, Value::Object(_)) => self.normal(value, notes, met),
                (_, Value::Array(items)) => {
                    items.iter().map(|it| self.normal(it, notes, met)).collect()
                }
                (_, value) if !notes => value.clone(),
                _ => continue,
            };
            let is_empty = match &value {
                Value::Null => true,
                Value::Array(items) => items
                    .iter()
                    .all(|it| it.is_null() || *it == Value::Object(Map::new())),
                Value::Object(members) => members.is_empty(),
                _ => false,
            };
            // A place without annotations is none of them.
            if !(notes && is_empty) {
                sorted.insert(keyword, value);
            }
        }
        let sorted = sorted.into_iter();
        let sorted = sorted.map(|(name, value)| (name.to_owned(), value));
        or_null(sorted.collect())
    }

    fn reference(
        &self,
        definition: &'s Definition,
        notes: bool,
        met: &mut HashSet<&'s str>,
    ) -> Value {
        match definition.ty {
            Some(_) if notes => Value::Null,
            Some(id) => Value::from(self.scope.slot(id)),
            // Written out once: those that refer to one another twice each would have no end.
            None if met.insert(&definition.name) => self.normal(&definition.schema, notes, met),
            None => Value::from(definition.name.as_str()),
        }
    }
}

/// An alternative to null as a type that may be null: they say the same.
fn or_null(schema: Value) -> Value {
    let null = serde_json::json!({"type": "null"});
    for keyword in ["anyOf", "oneOf"] {
        let Some([one, other]) = schema
            .get(keyword)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        else {
            continue;
        };
        let value = match (*one == null, *other == null) {
            (false, true) => one,
            (true, false) => other,
            _ => continue,
        };
        let (Some(Value::String(ty)), Some(members)) = (value.get("type"), schema.as_object())
        else {
            continue;
        };
        let mut types = [ty.clone(), "null".to_owned()];
        types.sort_by_key(|it| Value::from(it.as_str()).to_string());
        let mut merged: BTreeMap<String, Value> = members.clone().into_iter().collect();
        merged.remove(keyword);
        merged.extend(value.as_object().cloned().into_iter().flatten());
        merged.insert("type".to_owned(), Value::from(types.to_vec()));
        return merged.into_iter().collect();
    }
    schema
}

fn ordered(members: Map<String, Value>) -> Value {
    let sorted: BTreeMap<String, Value> = members.into_iter().collect();
    sorted.into_iter().collect()
}

/// A schema without what fields tell, and without the type of properties that have no field.
fn without_members(schema: &Value) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let mut rest = Map::new();
    for (keyword, value) in members {
        let value = match (keyword.as_str(), value) {
            ("properties" | "required", _)
            | ("additionalProperties" | "unevaluatedProperties", Value::Object(_)) => continue,
            ("allOf", Value::Array(parts)) => {
                let parts = parts.iter().map(without_members);
                let says = |it: &Value| it.as_object().is_none_or(|it| !it.is_empty());
                let parts: Vec<Value> = parts.filter(says).collect();
                if parts.is_empty() {
                    continue;
                }
                Value::from(parts)
            }
            (_, value) => value.clone(),
        };
        rest.insert(keyword.clone(), value);
    }
    Value::Object(rest)
}

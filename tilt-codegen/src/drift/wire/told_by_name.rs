//! Schemas whose names are values on the wire: discriminators tell them apart by these, unless a mapping says others
//! (OpenAPI 3.1.1, section 4.8.25; AsyncAPI 2.6.0, "Schema Object").

use super::side::{Side, name_of};
use crate::source::{Node, NodeKey};
use std::collections::{HashMap, HashSet};

/// A schema that a discriminator tells.
#[derive(Debug, Clone)]
struct Told<'d> {
    /// The values that a mapping says; without any, it is told by its name.
    values: Vec<&'d str>,
    /// The schema that it extends, which travels where it does.
    base: Option<NodeKey>,
}

impl Told<'_> {
    /// Whether no other value tells it.
    fn is_by(&self, name: &str) -> bool {
        self.values.iter().all(|value| *value == name)
    }
}

/// By name.
#[derive(Debug, Default)]
pub(super) struct ToldByName<'d>(HashMap<&'d str, Vec<Told<'d>>>);

impl<'d> ToldByName<'d> {
    pub(super) fn of(side: &Side<'d>) -> ToldByName<'d> {
        let mut told = ToldByName::default();
        for root in [side.openapi, side.asyncapi] {
            let Some(root) = side.root(root) else {
                continue;
            };
            told.alternatives(root);
            let schemas = root.get("components").and_then(|it| it.get("schemas"));
            if let Some(schemas) = schemas {
                told.extending(schemas);
            }
        }
        told
    }

    /// Those that stand as alternatives beside a discriminator.
    fn alternatives(&mut self, root: Node<'d>) {
        let mut left = vec![root];
        while let Some(node) = left.pop() {
            if let Some(discriminator) = discriminator(node) {
                let lists = ["oneOf", "anyOf"].into_iter();
                let lists = lists.filter_map(|keyword| node.get(keyword));
                for name in lists.flat_map(references) {
                    self.add(name, discriminator, None);
                }
            }
            let is_value = |key: &str| {
                matches!(key, "default" | "enum" | "const" | "example" | "examples")
                    || key.starts_with("x-")
            };
            let members = node.members().filter(|(key, _)| !is_value(key));
            left.extend(members.map(|(_, value)| value));
            left.extend(node.elements());
        }
    }

    /// Those that are made of a schema with a discriminator.
    fn extending(&mut self, schemas: Node<'d>) {
        for (name, schema) in schemas.members() {
            let (mut known, mut left) = (HashSet::from([name]), vec![schema]);
            while let Some(schema) = left.pop() {
                for base in schema.get("allOf").into_iter().flat_map(references) {
                    let Some(node) = schemas.get(base).filter(|_| known.insert(base)) else {
                        continue;
                    };
                    if let Some(discriminator) = discriminator(node) {
                        self.add(name, discriminator, Some(node.key()));
                    }
                    left.push(node);
                }
            }
        }
    }

    fn add(&mut self, name: &'d str, discriminator: Node<'d>, base: Option<NodeKey>) {
        let mapping = discriminator.get("mapping").into_iter();
        let entries = mapping.flat_map(|mapping| mapping.members());
        let is_of = |target: Node<'d>| target.as_str().is_some_and(|it| name_of(it) == name);
        let values = entries.filter(|(_, target)| is_of(*target));
        let values = values.map(|(value, _)| value).collect();
        self.0.entry(name).or_default().push(Told { values, base });
    }

    /// Whether a new name is another value; two that mappings say are told as entries of those. The schemas that are
    /// extended, before and after.
    pub(super) fn is_other_value(
        &self,
        was: &str,
        (new, is): (&ToldByName<'_>, &str),
    ) -> Option<[Vec<NodeKey>; 2]> {
        let (olds, news) = (self.0.get(was)?, new.0.get(is)?);
        let by_name = |all: &[Told<'_>], name: &str| {
            let all = all.iter().filter(|told| told.is_by(name));
            all.map(|told| told.values.is_empty())
                .collect::<Vec<bool>>()
        };
        let (old_names, new_names) = (by_name(olds, was), by_name(news, is));
        let is_without_entry = |names: &[bool]| names.iter().any(|it| *it);
        let is_other = match (old_names.is_empty(), new_names.is_empty()) {
            (true, _) => false,
            (_, false) => is_without_entry(&old_names) || is_without_entry(&new_names),
            // Other values are said now, and that of the old name is lost if it is none of them.
            (_, true) => {
                is_without_entry(&old_names) && !news.iter().any(|it| it.values.contains(&was))
            }
        };
        let bases = |all: &[Told<'_>]| all.iter().filter_map(|told| told.base).collect();
        is_other.then(|| [bases(olds), bases(news)])
    }
}

/// OpenAPI has an object here, AsyncAPI the name of a property. A property may be called so, too.
fn discriminator(schema: Node<'_>) -> Option<Node<'_>> {
    let discriminator = schema.get("discriminator")?;
    let name = discriminator.get("propertyName");
    let is = discriminator.as_str().or_else(|| name?.as_str()).is_some();
    is.then_some(discriminator)
}

/// The names in the references of a list.
fn references(list: Node<'_>) -> impl Iterator<Item = &str> {
    let references = list.elements().filter_map(|it| it.get("$ref"));
    references.filter_map(|it| Some(name_of(it.as_str()?)))
}

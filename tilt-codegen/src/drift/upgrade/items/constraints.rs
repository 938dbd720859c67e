//! The constraints on requests: of the type, the field or the argument that they are on.

use super::super::node::{Fact, Node};
use super::super::scope::Scope;
use crate::identifier::snake;
use crate::model::{Constraints, Operation, Shape, TypeId};
use crate::place::unescape;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

pub(super) struct Checked<'s> {
    by_name: HashMap<&'s str, &'s Constraints>,
    /// Those of schemas that are types.
    by_type: HashMap<TypeId, &'s Constraints>,
    is_struct: HashSet<TypeId>,
    /// Those of no type, by the first operation that reaches them.
    loose: HashMap<&'s str, Vec<&'s Constraints>>,
}

impl<'s> Checked<'s> {
    pub(super) fn of(scope: &'s Scope<'s>) -> Self {
        let constraints = || scope.sdk.constraints.iter();
        let by_name: HashMap<&str, &Constraints> =
            constraints().map(|it| (it.name.as_str(), it)).collect();
        let mut by_type = HashMap::new();
        let mut is_struct = HashSet::new();
        let mut owned: HashSet<&str> = HashSet::new();
        for (index, ty) in scope.sdk.types.iter().enumerate() {
            let last = ty.pointer.split_last().map(|(_, last)| unescape(last));
            let schema = last.map(|it| snake(&it).to_uppercase()).unwrap_or_default();
            let own = snake(&ty.name).to_uppercase();
            let found = [own, schema]
                .into_iter()
                .find_map(|name| by_name.get(name.as_str()));
            if let Some(found) = found.filter(|it| owned.insert(&it.name)) {
                by_type.insert(TypeId(index), *found);
            }
            if matches!(ty.shape, Shape::Struct(_)) {
                is_struct.insert(TypeId(index));
            }
        }
        let mut loose: HashMap<&str, Vec<&Constraints>> = HashMap::new();
        let operations = scope.sdk.resources.iter().flat_map(|it| &it.operations);
        for operation in operations {
            let first = operation.constraints.as_deref();
            let mut open: Vec<&Constraints> = first
                .and_then(|it| by_name.get(it))
                .copied()
                .into_iter()
                .collect();
            let mut met = HashSet::new();
            while let Some(at) = open.pop() {
                for name in &at.references {
                    let Some(next) = by_name.get(name.as_str()).filter(|_| met.insert(name)) else {
                        continue;
                    };
                    open.push(next);
                    if owned.insert(&next.name) {
                        loose.entry(&operation.call).or_default().push(next);
                    }
                }
            }
        }
        Self {
            by_name,
            by_type,
            is_struct,
            loose,
        }
    }

    /// Says of a type what is checked beside its fields.
    pub(super) fn describe(&self, id: TypeId, node: &mut Node) {
        let Some(constraints) = self.by_type.get(&id) else {
            return;
        };
        let Constraints {
            name: _,
            schema,
            references: _, // told by those that they lead to
        } = constraints;
        let mut schema = schema.clone();
        if let Value::Object(members) = &mut schema {
            members.remove("properties");
            // That it must be there is the type of a field.
            members.remove("required");
        }
        if let Some(text) = text(&schema) {
            let checked = "what is checked before it is sent".to_owned();
            match self.is_struct.contains(&id) {
                true => node.behaviour.insert(checked, Fact::new(text)),
                false => node.residue.insert(checked, Fact::new(text)),
            };
        }
    }

    pub(super) fn describe_field(&self, id: TypeId, field: &mut Node) {
        let constraints = self.by_type.get(&id);
        let schema = constraints.and_then(|it| it.schema.get("properties"));
        let wire = field.identity.as_deref().unwrap_or_default();
        if let Some(text) = schema.and_then(|it| it.get(wire)).and_then(text) {
            field.behaviour("what is checked before it is sent", text);
        }
    }

    /// Says of arguments what is checked, and of the method what is checked of no type.
    pub(super) fn describe_operation(&self, operation: &Operation, method: &mut Node) {
        let constraints = operation.constraints.as_deref();
        let constraints = constraints.and_then(|it| self.by_name.get(it));
        let parts = constraints.and_then(|it| it.schema.get("properties"));
        let parts = parts.and_then(Value::as_object).into_iter().flatten();
        let parts: BTreeMap<&String, String> = parts
            .filter_map(|(part, schema)| Some((part, text(schema)?)))
            .collect();
        for (part, text) in parts {
            let arguments = method.children.iter_mut();
            let mut arguments = arguments.filter(|it| it.identity.as_ref() == Some(part));
            match arguments.next() {
                Some(argument) => argument.behaviour("what is checked before it is sent", text),
                None => method.behaviour(&format!("what is checked of the {part}"), text),
            }
        }
        let loose = self.loose.get(operation.call.as_str());
        for constraints in loose.into_iter().flatten() {
            if let Some(text) = text(&constraints.schema) {
                let about = format!("what is checked of {}", constraints.name);
                method.behaviour(&about, text);
            }
        }
    }
}

/// Constraints without references, if there are any: those that are referred to are told apart.
fn text(schema: &Value) -> Option<String> {
    own(schema).map(|it| it.to_string())
}

fn own(schema: &Value) -> Option<Value> {
    match schema {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| *name != "$ref");
            let sorted: BTreeMap<&String, Value> = members
                .filter_map(|(name, value)| Some((name, own(value)?)))
                .collect();
            let sorted = sorted
                .into_iter()
                .map(|(name, value)| (name.clone(), value));
            let sorted: Value = sorted.collect();
            sorted
                .as_object()
                .is_some_and(|it| !it.is_empty())
                .then_some(sorted)
        }
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let items: Vec<Value> = items.iter().filter_map(own).collect();
            (!items.is_empty()).then(|| Value::from(items))
        }
        other => Some(other.clone()),
    }
}

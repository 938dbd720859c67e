//! Properties of objects that only conditions name: `if`, `then` and `else`, and what depends on another property.
//!
//! An object may have them or not, so none is ever required. Where a condition does not hold, nothing is said of a property,
//! and a value of another type is valid: it is kept, as that of a schema without a type.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::TypeBuilder;
use super::Typed;
use super::flatten::Flat;
use crate::dialect::keyword;
use crate::dialect::schema::{JsonType, Types};
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunct, Conjunction, Site};
use crate::model::{Scalar, TypeRef};
use crate::source::{Node, NodeKey};

/// The schemas of one property in conditions.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditional<'d> {
    pub nodes: Vec<Node<'d>>,
    /// One of them holds, whatever an object is.
    certain: bool,
}

/// Properties by their names.
pub(super) type Found<'d> = BTreeMap<&'d str, Conditional<'d>>;

/// Conditions in conditions are looked through so far: `else: {if, then, else: {if, …}}`.
const DEEPEST: usize = 32;

impl<'d> TypeBuilder<'d, '_> {
    /// The properties that only conditions name. None, where the schema that declares properties says of all others what
    /// they are.
    pub(super) fn conditional(&mut self, flat: &Flat<'d>) -> Found<'d> {
        let mut leaves = flat.leaves.iter();
        if leaves.any(|leaf| {
            leaf.schema.additional.says_something() || !leaf.schema.pattern_properties.is_empty()
        }) {
            return Found::new();
        }
        let mut met = HashSet::new();
        let mut found = self.in_conditions(flat, &mut met, 0);
        let leaves = flat.leaves.iter();
        for (name, _) in leaves.flat_map(|leaf| &leaf.schema.properties) {
            found.remove(name);
        }
        // A branch that forbids a property makes it none by that.
        found.retain(|_, it| {
            it.nodes.retain(|node| node.value != &Value::Bool(false));
            !it.nodes.is_empty()
        });
        let node = flat.first().conjunct.node;
        found.retain(|name, _| {
            self.context.afford(Cost::Member, node) && self.context.hold(node, name.len())
        });
        found
    }

    fn in_conditions(
        &mut self,
        flat: &Flat<'d>,
        met: &mut HashSet<NodeKey>,
        depth: usize,
    ) -> Found<'d> {
        let mut found = Found::new();
        for leaf in &flat.leaves {
            let node = leaf.conjunct.node;
            let conditions = keyword::conditions(node);
            let holds = both(
                self.in_branch(conditions.when, met, depth),
                self.in_branch(conditions.then, met, depth),
            );
            let otherwise = self.in_branch(conditions.otherwise, met, depth);
            found = both(found, either(holds, otherwise));
            for dependent in conditions.dependent {
                let inside = self.in_branch(Some(dependent), met, depth);
                found = both(found, either(inside, Found::new()));
            }
        }
        found
    }

    /// The properties that a branch names.
    fn in_branch(
        &mut self,
        branch: Option<Node<'d>>,
        met: &mut HashSet<NodeKey>,
        depth: usize,
    ) -> Found<'d> {
        let Some(branch) = branch.filter(|it| depth < DEEPEST && it.value.is_object()) else {
            return Found::new();
        };
        if !met.insert(branch.key()) || !self.context.afford(Cost::Depth, branch) {
            return Found::new();
        }
        let flat = self.flatten(&Conjunction::one(branch));
        let mut found = self.in_conditions(&flat, met, depth + 1);
        for leaf in &flat.leaves {
            for (name, node) in &leaf.schema.properties {
                let of_name = found.entry(name).or_default();
                of_name.nodes.push(*node);
                of_name.certain = true;
            }
            let alternatives = leaf.schema.one_of.iter().chain(&leaf.schema.any_of);
            for alternative in alternatives {
                let inside = self.in_branch(Some(*alternative), met, depth + 1);
                found = both(found, either(inside, Found::new()));
            }
        }
        self.context.leave();
        found
    }

    /// The type of a property that only conditions name.
    pub(super) fn conditional_type(
        &mut self,
        wire: &str,
        conditional: &Conditional<'d>,
        site: &Site,
    ) -> Typed {
        let typed = match self.told_apart(&conditional.nodes).as_slice() {
            [only] if keyword::only_value(*only).is_none() => {
                self.property(wire, vec![Conjunct::whole(conditional.nodes[0])], site)
            }
            _ => self.common_scalar(&conditional.nodes),
        };
        // A file is sent, and no answer has another value in its place.
        let is_plain = match &typed.ty {
            TypeRef::Loose(_) => true,
            TypeRef::List(item) => **item == TypeRef::Scalar(Scalar::File),
            ty => matches!(ty, TypeRef::Scalar(Scalar::Any | Scalar::File)),
        };
        match typed.ty {
            ty if !conditional.certain && !is_plain => Typed {
                ty: TypeRef::Loose(Box::new(ty)),
                ..typed
            },
            ty => Typed { ty, ..typed },
        }
    }

    /// Schemas that differ, each once; two are enough.
    fn told_apart(&self, nodes: &[Node<'d>]) -> Vec<Node<'d>> {
        let documents = self.context.documents();
        let mut told: Vec<Node<'d>> = Vec::new();
        for node in nodes {
            if told.len() > 1 {
                break;
            }
            let target = documents.follow(*node).unwrap_or(*node);
            let is_met = |it: &Node<'d>| keyword::are_alike(*it, target);
            if !told.iter().any(is_met) {
                told.push(target);
            }
        }
        told
    }

    /// The scalar that all of these are, whatever their values; any JSON, where they are no such.
    fn common_scalar(&mut self, nodes: &[Node<'d>]) -> Typed {
        let mut kinds = Types::default();
        let mut nullable = false;
        for node in nodes {
            let flat = self.flatten(&Conjunction::one(*node));
            nullable |= flat.nullable;
            let of_node = match flat.proper_types() {
                types if types.is_empty() => listed_types(&flat),
                types => types,
            };
            if of_node.is_empty() {
                return Typed::scalar(Scalar::Any, nullable);
            }
            of_node.iter().for_each(|kind| kinds.insert(kind));
        }
        let kinds = match kinds.has(JsonType::Number) {
            true => kinds.without(JsonType::Integer),
            false => kinds,
        };
        let mut kinds = kinds.without(JsonType::Null).iter();
        match (kinds.next(), kinds.next()) {
            (Some(JsonType::Array | JsonType::Object) | None, _) | (_, Some(_)) => {
                Typed::scalar(Scalar::Any, nullable)
            }
            (Some(kind), None) => Typed {
                nullable,
                ..self.one_scalar(nodes, kind)
            },
        }
    }
}

/// The types of the values that schemas list.
fn listed_types(flat: &Flat<'_>) -> Types {
    let mut types = Types::default();
    for leaf in &flat.leaves {
        let listed = leaf.schema.enumeration.into_iter().flatten();
        for value in listed.chain(leaf.schema.constant) {
            types.insert(JsonType::of(value));
        }
    }
    types
}

/// Properties where both hold.
fn both<'d>(mut one: Found<'d>, other: Found<'d>) -> Found<'d> {
    for (name, of_other) in other {
        let of_name = one.entry(name).or_default();
        of_name.nodes.extend(of_other.nodes);
        of_name.certain |= of_other.certain;
    }
    one
}

/// Properties where one of two holds.
fn either<'d>(one: Found<'d>, other: Found<'d>) -> Found<'d> {
    let is_certain = |all: &Found<'d>, name: &str| all.get(name).is_some_and(|it| it.certain);
    let certain: Vec<&str> = one
        .keys()
        .copied()
        .filter(|name| is_certain(&one, name) && is_certain(&other, name))
        .collect();
    let mut all = both(one, other);
    for (name, of_name) in &mut all {
        of_name.certain = certain.contains(name);
    }
    all
}

//! Schemas that say the same of their instances.

use std::collections::HashMap;

use serde_json::Value;

use super::placed::{Placed, Statement};
use crate::dialect::schema::standard::{self, Definitions};
use crate::model::TypeId;
use crate::source::{Documents, Node, NodeKey};

/// Statements of one type that say the same, though they may describe it in other words.
pub(super) struct Classes<'d> {
    documents: &'d Documents,
    /// Of each type, the class of each statement; classes are numbered as they appear.
    pub(super) of_statements: Vec<Vec<usize>>,
    /// The type of a schema and its class.
    of_nodes: HashMap<NodeKey, (TypeId, usize)>,
}

impl<'d> Classes<'d> {
    /// All statements of a type are one class until two of them turn out to differ: in what they say
    /// themselves, or in the class of what they refer to.
    pub(super) fn of(placed: &Placed<'d>, documents: &'d Documents) -> Self {
        let mut classes = Self {
            documents,
            of_statements: placed
                .statements
                .iter()
                .map(|statements| vec![0; statements.len()])
                .collect(),
            of_nodes: HashMap::new(),
        };
        loop {
            classes.index(placed);
            let refined: Vec<Vec<usize>> = placed
                .statements
                .iter()
                .zip(&classes.of_statements)
                .map(|(statements, before)| classes.refined(statements, before))
                .collect();
            if refined == classes.of_statements {
                return classes;
            }
            classes.of_statements = refined;
        }
    }

    fn index(&mut self, placed: &Placed<'d>) {
        for (at, statements) in placed.statements.iter().enumerate() {
            for (statement, class) in statements.iter().zip(&self.of_statements[at]) {
                if let [one] = statement.as_slice() {
                    self.of_nodes.insert(one.key(), (TypeId(at), *class));
                }
            }
        }
    }

    fn refined(&self, statements: &[Statement<'d>], before: &[usize]) -> Vec<usize> {
        if statements.len() < 2 {
            return before.to_vec();
        }
        let mut known: HashMap<(usize, Vec<String>), usize> = HashMap::new();
        let statements = statements.iter().zip(before);
        statements
            .map(|(statement, before)| {
                let said = statement.iter().map(|one| self.said(*one)).collect();
                let next = known.len();
                *known.entry((*before, said)).or_insert(next)
            })
            .collect()
    }

    /// All that a schema says of its instances, with classes in place of what it refers to.
    fn said(&self, one: Node<'d>) -> String {
        let mut comparison = Comparison {
            documents: self.documents,
            classes: self,
        };
        let mut said = standard::assertions(one, &mut comparison);
        sort_sets(&mut said);
        said.to_string()
    }
}

/// The order of listed values says nothing.
fn sort_sets(schema: &mut Value) {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.sort_by_cached_key(ToString::to_string);
    }
}

struct Comparison<'c, 'd> {
    documents: &'d Documents,
    classes: &'c Classes<'d>,
}

impl<'d> Definitions<'d> for Comparison<'_, 'd> {
    fn standing(&mut self, node: Node<'d>) -> Option<String> {
        let (id, class) = self.classes.of_nodes.get(&node.key())?;
        Some(format!("{}.{class}", id.0))
    }

    fn referred(&mut self, node: Node<'d>, reference: &str) -> Option<String> {
        let target = self.documents.resolve(node.document, reference).ok()?;
        // Of what is no type, each schema is known by its address, and compared with no other.
        self.standing(target)
            .or_else(|| Some(format!("{:?}", target.key())))
    }
}

//! Schemas that say the same of their instances.

use std::collections::HashMap;

use serde_json::Value;

use super::placed::{Placed, Statement};
use crate::dialect::schema::standard::{self, Definitions};
use crate::model::TypeId;
use crate::source::{Documents, Node, NodeKey};

/// Statements of one type that say the same, though they may describe it in other words.
pub(super) struct Classes {
    /// Of each type, the class of each statement; classes are numbered as they appear.
    pub(super) of_statements: Vec<Vec<usize>>,
}

/// A type and one of its statements, by their numbers.
type Standing = (TypeId, usize);

/// The assertions of a statement, taken apart so that classes can change without reading it again.
struct Said {
    /// Statements of one type that say the same in themselves have one number.
    own: usize,
    /// The schemas of types that it refers to, in the order in which it does.
    refers: Vec<Standing>,
}

impl Classes {
    /// All statements of a type are one class until two of them turn out to differ: in what they say
    /// themselves, or in the class of what they refer to.
    pub(super) fn of(placed: &Placed<'_>, documents: &Documents) -> Self {
        let standing = standing(placed);
        let said: Vec<Vec<Said>> = placed
            .statements
            .iter()
            .map(|statements| said(statements, &standing, documents))
            .collect();
        let mut of_statements: Vec<Vec<usize>> = placed
            .statements
            .iter()
            .map(|statements| vec![0; statements.len()])
            .collect();
        loop {
            let refined: Vec<Vec<usize>> = said
                .iter()
                .zip(&of_statements)
                .map(|(said, before)| refined(said, before, &of_statements))
                .collect();
            if refined == of_statements {
                return Self { of_statements };
            }
            of_statements = refined;
        }
    }
}

/// The type and statement that each schema is.
fn standing(placed: &Placed<'_>) -> HashMap<NodeKey, Standing> {
    let mut standing = HashMap::new();
    for (at, statements) in placed.statements.iter().enumerate() {
        for (number, statement) in statements.iter().enumerate() {
            if let [one] = statement.as_slice() {
                standing.insert(one.key(), (TypeId(at), number));
            }
        }
    }
    standing
}

/// Assertions of the statements of one type; of a single one none, since it is compared with no other.
fn said<'d>(
    statements: &[Statement<'d>],
    standing: &HashMap<NodeKey, Standing>,
    documents: &'d Documents,
) -> Vec<Said> {
    if statements.len() < 2 {
        return Vec::new();
    }
    let mut numbers: HashMap<Vec<String>, usize> = HashMap::new();
    let said = statements.iter().map(|statement| {
        let mut comparison = Comparison {
            documents,
            standing,
            refers: Vec::new(),
        };
        let texts = statement.iter().map(|one| {
            let mut said = standard::assertions(*one, &mut comparison);
            sort_sets(&mut said);
            said.to_string()
        });
        let texts = texts.collect();
        let next = numbers.len();
        Said {
            own: *numbers.entry(texts).or_insert(next),
            refers: comparison.refers,
        }
    });
    said.collect()
}

fn refined(said: &[Said], before: &[usize], classes: &[Vec<usize>]) -> Vec<usize> {
    if said.is_empty() {
        return before.to_vec();
    }
    let mut known: HashMap<(usize, usize, Vec<usize>), usize> = HashMap::new();
    said.iter()
        .zip(before)
        .map(|(said, before)| {
            let refers = said.refers.iter().map(|(id, at)| classes[id.0][*at]);
            let next = known.len();
            *known
                .entry((*before, said.own, refers.collect()))
                .or_insert(next)
        })
        .collect()
}

/// The order of listed values says nothing.
fn sort_sets(schema: &mut Value) {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.sort_by_cached_key(ToString::to_string);
    }
}

struct Comparison<'c, 'd> {
    documents: &'d Documents,
    standing: &'c HashMap<NodeKey, Standing>,
    refers: Vec<Standing>,
}

impl<'d> Definitions<'d> for Comparison<'_, 'd> {
    fn standing(&mut self, node: Node<'d>) -> Option<String> {
        let standing = self.standing.get(&node.key())?;
        self.refers.push(*standing);
        Some(standing.0.0.to_string())
    }

    fn referred(&mut self, node: Node<'d>, reference: &str) -> Option<String> {
        let target = self.documents.resolve(node, reference).ok()?;
        // Of what is no type, each schema is known by its address, and compared with no other.
        self.standing(target)
            .or_else(|| Some(format!("{:?}", target.key())))
    }
}

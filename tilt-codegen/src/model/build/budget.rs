//! What schemas may cost: a short document can stand for more types than any machine holds.

use super::draft::Home;
use super::types::TypeBuilder;
use crate::diagnostic::Problem;
use crate::source::{Limits, Node};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// A type.
    Type,
    /// A property, a value or an alternative of a type.
    Member,
    /// A schema that is composed into another.
    Composition,
    /// A schema inside of a schema.
    Depth,
}

/// What was spent.
#[derive(Debug, Default)]
pub(super) struct Spent {
    types: usize,
    members: usize,
    compositions: usize,
    /// Something was too much, and was said once: what is left is built of nothing.
    over: bool,
}

impl<'d> TypeBuilder<'d, '_> {
    /// Whether nothing was too much yet.
    pub(super) fn within_limits(&self) -> bool {
        !self.spent.over
    }

    /// Spends one of `cost`. Where there is no more, says so the first time.
    pub(super) fn afford(&mut self, cost: Cost, home: Home, node: Node<'d>) -> bool {
        if self.spent.over {
            return false;
        }
        let limits = self.documents(home).limits();
        let (spent, limit, setting, what) = match cost {
            Cost::Type => (&mut self.spent.types, limits.types, "types", "types"),
            Cost::Member => (
                &mut self.spent.members,
                limits.members,
                "members",
                "properties, values and alternatives",
            ),
            Cost::Composition => (
                &mut self.spent.compositions,
                limits.compositions,
                "compositions",
                "schemas composed into one another",
            ),
            Cost::Depth => (
                &mut self.depth,
                limits.nesting,
                "nesting",
                "schemas inside each other",
            ),
        };
        *spent += 1;
        if *spent <= limit {
            return true;
        }
        self.spent.over = true;
        let message = format!("the document stands for more than {limit} {what}");
        let advice = Limits::advice(setting);
        let problem = Problem::error("too-many-types", node, message)
            .help(format!("leave out operations with [select], or {advice}"));
        self.problem(home, problem);
        false
    }
}

//! The costs of schemas: a short document can stand for more types than any machine holds.

use crate::diagnostic::{Code, Problem};
use crate::dialect::too_much_output;
use crate::lower::context::Context;
use crate::model::Docs;
use crate::source::{Limits, Node};

/// A thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Cost {
    /// A type.
    Type,
    /// A property, a value or an alternative of a type.
    Member,
    /// A schema that is composed into another.
    Composition,
    /// A schema inside of a schema.
    Depth,
}

/// All that was spent.
#[derive(Debug, Default)]
pub(in crate::lower) struct Spent {
    types: usize,
    members: usize,
    compositions: usize,
    /// Schemas that are being built inside each other.
    depth: usize,
    /// Bytes of names and texts.
    text: usize,
    /// Something was too much, and was said once: what is left is built of nothing.
    over: bool,
}

impl Context<'_> {
    /// Whether nothing was too much yet.
    pub(in crate::lower) fn within_limits(&self) -> bool {
        !self.spent.over
    }

    /// Spends one of `cost`. Where there is no more, says so the first time.
    pub(in crate::lower) fn afford(&mut self, cost: Cost, node: Node<'_>) -> bool {
        self.spend(cost, 1, node)
    }

    /// Spends several of `cost`.
    pub(in crate::lower) fn spend(&mut self, cost: Cost, count: usize, node: Node<'_>) -> bool {
        if self.spent.over {
            return false;
        }
        let limits = self.documents().limits();
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
                &mut self.spent.depth,
                limits.nesting,
                "nesting",
                "schemas inside each other",
            ),
        };
        *spent = spent.saturating_add(count);
        if *spent <= limit {
            return true;
        }
        self.spent.over = true;
        let message = format!("the document stands for more than {limit} {what}");
        let advice = Limits::advice(setting);
        let problem = Problem::new(Code::TOO_MANY_TYPES, node, message)
            .help(format!("leave out operations with [select], or {advice}"));
        self.problem(problem);
        false
    }

    /// Takes back one of [`Cost::Depth`], when a schema is done.
    pub(in crate::lower) fn leave(&mut self) {
        self.spent.depth -= 1;
    }

    /// Spends the bytes of a name or text that becomes part of the model.
    pub(in crate::lower) fn hold(&mut self, node: Node<'_>, bytes: usize) -> bool {
        if self.spent.over {
            return false;
        }
        let limit = self.documents().limits().output;
        self.spent.text = self.spent.text.saturating_add(bytes);
        if self.spent.text > limit {
            self.spent.over = true;
            self.problem(too_much_output(limit, node));
        }
        !self.spent.over
    }

    /// The documentation that `write` makes; none where there was too much.
    pub(in crate::lower) fn documented(
        &mut self,
        node: Node<'_>,
        write: impl FnOnce() -> Docs,
    ) -> Docs {
        if self.spent.over {
            return Docs::default();
        }
        let docs = write();
        match self.hold(node, docs.0.len()) {
            true => docs,
            false => Docs::default(),
        }
    }
}

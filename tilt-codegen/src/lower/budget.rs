//! The costs of schemas: a short document can stand for more types than any machine holds.

use crate::diagnostic::{Code, Problem};
use crate::dialect::too_much_output;
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

impl Spent {
    /// Whether nothing was too much yet.
    pub(in crate::lower) fn within_limits(&self) -> bool {
        !self.over
    }

    /// Spends several of `cost`. `Err`: there is no more, and what is to be said of it the first time.
    pub(in crate::lower) fn spend(
        &mut self,
        cost: Cost,
        count: usize,
        node: Node<'_>,
        limits: &Limits,
    ) -> Result<(), Option<Problem>> {
        if self.over {
            return Err(None);
        }
        let (spent, limit, setting, what) = match cost {
            Cost::Type => (&mut self.types, limits.types, "types", "types"),
            Cost::Member => (
                &mut self.members,
                limits.members,
                "members",
                "properties, values and alternatives",
            ),
            Cost::Composition => (
                &mut self.compositions,
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
        *spent = spent.saturating_add(count);
        if *spent <= limit {
            return Ok(());
        }
        self.over = true;
        let message = format!("the document stands for more than {limit} {what}");
        let advice = Limits::advice(setting);
        let problem = Problem::new(Code::TOO_MANY_TYPES, node, message)
            .help(format!("leave out operations with [select], or {advice}"));
        Err(Some(problem))
    }

    /// Takes back one of [`Cost::Depth`].
    pub(in crate::lower) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Spends the bytes of a name or text, as [`spend`](Self::spend) does.
    pub(in crate::lower) fn hold(
        &mut self,
        node: Node<'_>,
        bytes: usize,
        limits: &Limits,
    ) -> Result<(), Option<Problem>> {
        if self.over {
            return Err(None);
        }
        self.text = self.text.saturating_add(bytes);
        if self.text <= limits.output {
            return Ok(());
        }
        self.over = true;
        Err(Some(too_much_output(limits.output, node)))
    }
}

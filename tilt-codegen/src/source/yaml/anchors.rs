//! What aliases stand for, and what their copies cost.

use super::{Builder, Key};
use crate::diagnostic::Code;
use crate::source::fault::Fault;
use crate::source::parsed::Exceeded;
use serde_json::Value;
use std::ops::Range;

/// A value that aliases can stand for.
pub(super) struct Anchor {
    value: Value,
    cost: Cost,
    depth: usize,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    pub nodes: usize,
    /// Text that is there only because an alias was expanded.
    pub expansion: usize,
}

impl Builder<'_> {
    pub(super) fn alias(&mut self, id: usize, span: Range<usize>) -> Result<(), Fault> {
        let Some(anchor) = self.anchors.get(&id) else {
            let message = "found an alias inside the value that it stands for";
            return Err(self.fault(Code::CYCLIC_ALIAS, span, message));
        };
        if self.frames.len() + anchor.depth > self.limits.depth {
            return Err(self.exceeded(Exceeded::Depth, &span));
        }
        self.charge(anchor.cost, &span)?;
        // The borrow of the anchor ends at `charge`, so it is looked up again.
        let value = self
            .anchors
            .get(&id)
            .map_or(Value::Null, |anchor| anchor.value.clone());
        if !self.expects_key() {
            self.complete(value);
            return Ok(());
        }
        match value {
            Value::String(text) => {
                self.set_key(Key {
                    text,
                    span,
                    is_merge: false,
                });
                Ok(())
            }
            _ => Err(self.complex_key(span)),
        }
    }

    /// Keeps a copy for aliases, and has it paid for: anchors inside anchors add up.
    pub(super) fn define(
        &mut self,
        anchor: usize,
        value: impl FnOnce() -> Value,
        span: &Range<usize>,
    ) -> Result<(), Fault> {
        if anchor == 0 {
            return Ok(());
        }
        let value = value();
        let mut cost = Cost::default();
        let depth = measure(&value, &mut cost);
        self.charge(cost, span)?;
        self.anchors.insert(anchor, Anchor { value, cost, depth });
        Ok(())
    }

    pub(super) fn charge(&mut self, cost: Cost, span: &Range<usize>) -> Result<(), Fault> {
        self.cost.nodes += cost.nodes;
        self.cost.expansion += cost.expansion;
        if self.cost.nodes > self.limits.nodes {
            return Err(self.exceeded(Exceeded::Nodes, span));
        }
        if self.cost.expansion > self.limits.expansion {
            return Err(self.exceeded(Exceeded::Expansion, span));
        }
        Ok(())
    }
}

/// Counts the values and the text in a value; gives back how deep it is.
fn measure(value: &Value, cost: &mut Cost) -> usize {
    cost.nodes += 1;
    match value {
        Value::String(text) => {
            cost.expansion += text.len();
            0
        }
        Value::Array(elements) => {
            1 + elements
                .iter()
                .map(|element| measure(element, cost))
                .max()
                .unwrap_or(0)
        }
        Value::Object(members) => {
            let mut deepest = 0;
            for (key, member) in members {
                cost.expansion += key.len();
                deepest = deepest.max(measure(member, cost));
            }
            1 + deepest
        }
        _ => 0,
    }
}

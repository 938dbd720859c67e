//! The values that aliases stand for, and the price of their copies.

use crate::source::Limits;
use crate::source::parsed::Exceeded;
use serde_json::Value;
use std::collections::HashMap;

/// All values with an anchor so far, and the cost of the whole text.
pub(super) struct Anchors<'l> {
    limits: &'l Limits,
    values: HashMap<usize, Anchor>,
    cost: Cost,
}

/// A value that aliases can stand for.
struct Anchor {
    value: Value,
    cost: Cost,
    depth: usize,
}

#[derive(Clone, Copy, Default)]
struct Cost {
    nodes: usize,
    /// Text that is there only because an alias was expanded.
    expansion: usize,
}

impl<'l> Anchors<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Anchors {
            limits,
            values: HashMap::new(),
            cost: Cost::default(),
        }
    }

    /// The values of the text so far, with those that aliases stand for.
    pub(super) fn nodes(&self) -> usize {
        self.cost.nodes
    }

    /// A copy of the value at an anchor, inside of `depth` others; `None` where the value is not complete.
    pub(super) fn copy(&mut self, id: usize, depth: usize) -> Option<Result<Value, Exceeded>> {
        let anchor = self.values.get(&id)?;
        if depth + anchor.depth > self.limits.depth {
            return Some(Err(Exceeded::Depth));
        }
        let charged = charge(&mut self.cost, anchor.cost, self.limits);
        Some(charged.map(|()| anchor.value.clone()))
    }

    /// Keeps a copy for aliases, and has it paid for: anchors inside anchors add up.
    pub(super) fn define(
        &mut self,
        id: usize,
        value: impl FnOnce() -> Value,
    ) -> Result<(), Exceeded> {
        if id == 0 {
            return Ok(());
        }
        let value = value();
        let mut cost = Cost::default();
        let depth = measure(&value, &mut cost);
        charge(&mut self.cost, cost, self.limits)?;
        self.values.insert(id, Anchor { value, cost, depth });
        Ok(())
    }

    /// Pays for one value of the text itself.
    pub(super) fn charge_one(&mut self) -> Result<(), Exceeded> {
        let one = Cost {
            nodes: 1,
            expansion: 0,
        };
        charge(&mut self.cost, one, self.limits)
    }
}

fn charge(total: &mut Cost, cost: Cost, limits: &Limits) -> Result<(), Exceeded> {
    total.nodes += cost.nodes;
    total.expansion += cost.expansion;
    if total.nodes > limits.nodes {
        return Err(Exceeded::Nodes);
    }
    if total.expansion > limits.expansion {
        return Err(Exceeded::Expansion);
    }
    Ok(())
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

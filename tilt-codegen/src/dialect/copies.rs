//! The cost of reading where references lead many times to one object: every reader of it has
//! texts of its own.

use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::source::{Limits, Node};
use serde_json::Value;

/// Bytes that one object takes beside its texts.
const OBJECT: usize = 100;

/// Counts what was copied out of a document.
#[derive(Debug)]
pub(super) struct Copies {
    left: usize,
    limit: usize,
    over: bool,
}

impl Copies {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            left: limits.output,
            limit: limits.output,
            over: false,
        }
    }

    /// Whether all that was wanted so far could be had.
    pub(super) fn within_limit(&self) -> bool {
        !self.over
    }

    /// Pays for a copy of an object and of the texts directly in it.
    pub(super) fn object(&mut self, node: Node<'_>, problems: &mut Problems) -> bool {
        let texts = node.value.as_object().into_iter().flat_map(|members| {
            let texts = members.values().filter_map(Value::as_str);
            texts.map(str::len)
        });
        // A copy of one object may not cost more than its limit to count.
        let members = node.value.as_object().map_or(0, serde_json::Map::len);
        match members > self.left {
            true => self.pay(usize::MAX, node, problems),
            false => self.pay(OBJECT + members + texts.sum::<usize>(), node, problems),
        }
    }

    /// Pays for a copy of a value with all that is in it.
    pub(super) fn whole(&mut self, node: Node<'_>, problems: &mut Problems) -> bool {
        self.pay(weight(node.value), node, problems)
    }

    fn pay(&mut self, cost: usize, node: Node<'_>, problems: &mut Problems) -> bool {
        if self.over {
            return false;
        }
        match self.left.checked_sub(cost) {
            Some(left) => self.left = left,
            None => {
                self.over = true;
                problems.push(too_much_output(self.limit, node));
            }
        }
        !self.over
    }
}

/// It calls itself, as deep as the document may be.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => OBJECT + text.len(),
        Value::Array(elements) => OBJECT + elements.iter().map(weight).sum::<usize>(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| key.len() + weight(value));
            OBJECT + members.sum::<usize>()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
    }
}

/// The limit on the whole of what is written.
pub(crate) fn too_much_output(limit: usize, place: impl Into<Place>) -> Problem {
    let message = format!(
        "the document stands for more than {limit} bytes of source: a text counts each time that it is written"
    );
    let help = format!(
        "leave out operations with [select], or {}",
        Limits::advice("output")
    );
    Problem::new(Code::TOO_MUCH_OUTPUT, place, message).help(help)
}

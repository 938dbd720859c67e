//! The price of a correction, and the problem where it is too high.

use serde_json::Value;

use crate::diagnostic::{Code, Problem};
use crate::jsonpath::Halt;
use crate::source::{Allowance, Limits, Node};

/// Why a target was not followed to its end.
pub(super) fn halted(halt: Halt, target: Node<'_>) -> Problem {
    match halt {
        Halt::Steps | Halt::Known => {
            let message =
                "following the targets of the overlays takes more steps than they may take";
            let problem = Problem::new(Code::TOO_MUCH_MATCHING, target, message);
            problem.help(format!(
                "write a target that looks at less, or {}",
                Limits::advice("matching")
            ))
        }
        Halt::Expression(pattern) => {
            let message = format!("the regular expression `{pattern}` is too large to be matched");
            let problem = Problem::new(Code::TOO_MUCH_MATCHING, target, message);
            problem.help(format!(
                "write one with fewer and smaller repetitions, or {}",
                Limits::advice("matching")
            ))
        }
    }
}

/// The growth of a document by an update at one place.
pub(super) struct Size {
    nodes: usize,
    text: usize,
    pub(super) depth: usize,
}

impl Size {
    /// It calls itself, as deep as the overlay may be.
    pub(super) fn of(value: &Value) -> Size {
        let mut size = Size {
            nodes: 1,
            text: 0,
            depth: 0,
        };
        let mut add = |inner: Size| {
            size.nodes += inner.nodes;
            size.text += inner.text;
            size.depth = size.depth.max(inner.depth + 1);
        };
        match value {
            Value::Array(elements) => {
                add(Size {
                    nodes: 0,
                    text: 0,
                    depth: 0,
                });
                elements.iter().for_each(|element| add(Size::of(element)));
            }
            Value::Object(members) => {
                add(Size {
                    nodes: 0,
                    text: 0,
                    depth: 0,
                });
                for (key, member) in members {
                    let inner = Size::of(member);
                    add(Size {
                        text: inner.text + key.len(),
                        ..inner
                    });
                }
            }
            Value::String(text) => size.text = text.len(),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        size
    }
}

/// Pays for an update at a number of places; the problem where it is too much.
pub(super) fn pay(
    allowance: &mut Allowance,
    size: &Size,
    places: usize,
    update: Node<'_>,
) -> Option<Problem> {
    let left = |of: usize, cost: usize| of.checked_sub(cost.saturating_mul(places));
    let problem = |code, what: &str, setting| {
        let message = format!("at {places} places, this adds more {what} than there may be");
        let help = format!(
            "write a target that selects less, or {}",
            Limits::advice(setting)
        );
        Some(Problem::new(code, update, message).help(help))
    };
    match (
        left(allowance.nodes, size.nodes),
        left(allowance.text, size.text),
    ) {
        (Some(nodes), Some(text)) => {
            allowance.nodes = nodes;
            allowance.text = text;
            None
        }
        (None, _) => problem(Code::TOO_MANY_VALUES, "values", "nodes"),
        (_, None) => problem(Code::TOO_MUCH_EXPANSION, "bytes of text", "expansion"),
    }
}

//! The result of a parser, and its limits, for each format alike.

use super::Limits;
use super::fault::Fault;
use crate::diagnostic::Code;
use serde_json::Value;

/// The result of a parser.
#[derive(Debug, PartialEq)]
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) nodes: usize,
    /// Odd, but harmless.
    pub(super) faults: Vec<Fault>,
    /// Scalars that print in another way than they are written.
    pub(super) written: Vec<Written>,
}

/// A number, boolean or null with its own text: the version `1.10` of a YAML document is the number 1.1.
#[derive(Debug, PartialEq)]
pub(super) struct Written {
    pub(super) pointer: String,
    pub(super) value: Value,
    pub(super) text: String,
}

impl Written {
    /// Whether a value is the text that was read as null.
    pub(super) fn is_restored(&self, value: &Value) -> bool {
        self.value.is_null() && value.as_str() == Some(&self.text)
    }
}

/// A limit that a text exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exceeded {
    Depth,
    Nodes,
    Expansion,
}

impl Exceeded {
    pub(super) fn fault(self, limits: &Limits, offset: usize) -> Fault {
        let (code, setting, message) = match self {
            Exceeded::Depth => (
                Code::TOO_DEEP,
                "depth",
                format!(
                    "more than {} arrays and objects are inside each other",
                    limits.depth
                ),
            ),
            Exceeded::Nodes => (
                Code::TOO_MANY_VALUES,
                "nodes",
                format!("there are more than {} values", limits.nodes),
            ),
            Exceeded::Expansion => (
                Code::TOO_MUCH_EXPANSION,
                "expansion",
                format!(
                    "aliases stand for more than {} bytes of text",
                    limits.expansion
                ),
            ),
        };
        Fault::at(code, offset..offset + 1, message).help(Limits::advice(setting))
    }
}

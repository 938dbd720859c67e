//! JSONPath (RFC 9535), evaluated within a number of steps: a short path can stand for more work than
//! any machine does, and libraries do not let themselves be stopped.

mod evaluate;
mod expression;
mod parse;

pub(crate) use evaluate::{Step, Visited, select};
pub(crate) use parse::parse;

use serde_json::Value;

/// Why an evaluation ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Halt {
    /// There are no steps left.
    Steps,
    /// A regular expression that is larger than the steps that are left allow.
    Expression(String),
    /// All that was asked for is known.
    Known,
}

/// Takes a cost from the steps that are left. One stands for about 50 nanoseconds of an optimized
/// build: for a value that is looked at, or for sixteen bytes that are compared.
pub(crate) fn spend(left: &mut usize, steps: usize) -> Result<(), Halt> {
    *left = left.checked_sub(steps).ok_or(Halt::Steps)?;
    Ok(())
}

/// A query: where it starts, and the way from there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    /// Whether it starts at the root of the document; otherwise at the value that a filter looks at.
    from_root: bool,
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq)]
struct Segment {
    /// `..`: at a value and all values in it.
    descends: bool,
    selectors: Vec<Selector>,
}

#[derive(Debug, Clone, PartialEq)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Condition),
}

#[derive(Debug, Clone, PartialEq)]
enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Operand, Comparison, Operand),
    Exists(Query),
    /// `match` (of the whole text) and `search`.
    Matches {
        whole: bool,
        text: Operand,
        pattern: Operand,
    },
}

/// One value, or nothing.
#[derive(Debug, Clone, PartialEq)]
enum Operand {
    Literal(Value),
    /// A query that selects one value at most.
    Query(Query),
    Length(Box<Operand>),
    Count(Query),
    Value(Query),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Query {
    /// Whether it selects one value at most, whatever the document.
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            let one = matches!(
                segment.selectors.as_slice(),
                [Selector::Name(_) | Selector::Index(_)]
            );
            one && !segment.descends
        })
    }
}

#[cfg(test)]
mod tests;

//! Requests that are not sent as they are.

use super::Name;
use crate::client::operation::Operation;
use crate::validation::{BODY, Violation};
use std::fmt::{self, Display};

/// How many violations are spelled out in a line.
const SPELLED: usize = 8;

/// A request that cannot be written, or breaks constraints that the API's document states. Nothing was sent.
#[derive(Debug)]
pub struct InvalidRequest {
    operation: &'static Operation,
    violations: Vec<Violation>,
}

impl InvalidRequest {
    pub(crate) fn new(operation: &'static Operation, violations: Vec<Violation>) -> Self {
        Self {
            operation,
            violations,
        }
    }

    /// The wire name of the parameter at fault, or `body`; of several, the first.
    #[must_use]
    pub fn parameter(&self) -> &str {
        let first = self.violations.first();
        first.map_or(BODY, Violation::parameter)
    }

    /// Everything that is wrong with the request.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The same with more that is wrong.
    pub(crate) fn and(mut self, more: Vec<Violation>) -> Self {
        self.violations.extend(more);
        self
    }
}

impl Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not sent: ", Name(self.operation))?;
        for (index, violation) in self.violations.iter().take(SPELLED).enumerate() {
            f.write_str(if index > 0 { "; " } else { "" })?;
            violation.fmt(f)?;
        }
        match self.violations.len().saturating_sub(SPELLED) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

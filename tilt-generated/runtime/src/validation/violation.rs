//! A constraint that a request breaks. It tells what is wrong with a value, and never the value: that may be a card
//! number.

use crate::data::foreign_text::one_line;
use crate::data::tree_faults::Fault;
use std::fmt::{self, Display};

/// The name under which a request's body is spoken of.
pub(crate) const BODY: &str = "body";

/// Something that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub(super) parameter: String,
    pub(super) pointer: String,
    pub(super) found: String,
    pub(super) expected: String,
}

impl Violation {
    /// A part of a request that cannot be written.
    pub(crate) fn unwritable(parameter: String, reason: String) -> Self {
        Self {
            parameter,
            pointer: String::new(),
            found: reason,
            expected: String::new(),
        }
    }

    /// A part of a value that cannot be written.
    pub(crate) fn of_fault(parameter: &str, fault: Fault) -> Self {
        Self {
            pointer: fault.pointer,
            ..Self::unwritable(
                parameter.to_owned(),
                format!("cannot be written: {}", fault.problem),
            )
        }
    }

    /// The same within an element of a list.
    pub(crate) fn within(mut self, index: usize) -> Self {
        self.pointer.insert_str(0, &format!("/{index}"));
        self
    }

    /// The wire name of the parameter at fault, or `body`.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// JSON pointer (RFC 6901) of the place in its value: empty for all of it.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The fault, such as `has 12 characters`. The value itself, which may be a secret, is not in it.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// That which the document allows, such as `at most 10 characters`; empty where no document has to say it.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match (self.parameter.as_str(), self.pointer.as_str()) {
            (BODY, pointer) if !pointer.is_empty() => one_line(pointer),
            (parameter, pointer) => one_line(&format!("{parameter}{pointer}")),
        };
        write!(f, "`{place}` {}", one_line(&self.found))?;
        match self.expected.is_empty() {
            true => Ok(()),
            false => write!(f, ", expected {}", one_line(&self.expected)),
        }
    }
}

//! Answers that cannot be read.

use super::Name;
use crate::client::foreign_text::one_line;
use crate::client::operation::Operation;
use crate::data::locate;
use bytes::Bytes;
use http::StatusCode;
use std::fmt::{self, Display};

/// An answer that cannot be read.
pub struct DecodeError {
    operation: &'static Operation,
    pub(super) status: StatusCode,
    body: Bytes,
    problem: String,
    pointer: Option<String>,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static Operation,
        status: StatusCode,
        body: Bytes,
        problem: impl Into<String>,
    ) -> Self {
        Self {
            operation,
            status,
            body,
            problem: problem.into(),
            pointer: None,
        }
    }

    pub(crate) fn json(
        operation: &'static Operation,
        status: StatusCode,
        body: Bytes,
        source: &serde_json::Error,
    ) -> Self {
        let pointer = locate::pointer(&body, source.line(), source.column());
        let problem = locate::problem(source);
        Self {
            pointer: Some(pointer),
            ..Self::new(operation, status, body, problem)
        }
    }

    /// The status that the answer came with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// JSON pointer of the place in the body where reading it failed.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} answered {} with something unreadable: {}",
            Name(self.operation),
            self.status,
            one_line(&self.problem)
        )?;
        match &self.pointer {
            Some(pointer) => write!(f, " at `{}`", one_line(pointer)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("problem", &one_line(&self.problem))
            .field("pointer", &self.pointer.as_deref().map(one_line))
            .finish_non_exhaustive()
    }
}

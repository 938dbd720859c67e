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
    request_id: Option<String>,
    pub(super) key: Option<Box<str>>,
    /// It is the answer to another request.
    pub(super) mismatch: bool,
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
            request_id: None,
            key: None,
            mismatch: false,
        }
    }

    /// An answer that speaks of something else than was asked for.
    pub(crate) fn mismatch(
        operation: &'static Operation,
        status: StatusCode,
        body: Bytes,
        problem: String,
    ) -> Self {
        Self {
            mismatch: true,
            ..Self::new(operation, status, body, problem)
        }
    }

    /// The same error of an answer to the request of this id.
    pub(super) fn with(mut self, request_id: Option<String>) -> Self {
        self.request_id = request_id;
        self
    }

    /// Leaves out of what is shown each text that repeats a secret, such as the name of a property. The body still has it.
    pub(crate) fn leave_out(&mut self, repeats: impl Fn(&str) -> bool) {
        for text in [&mut self.pointer, &mut self.request_id] {
            text.take_if(|text| repeats(text));
        }
        if repeats(&self.problem) {
            "it repeats a secret".clone_into(&mut self.problem);
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

    /// The id that the API's operators ask for when something went wrong, where a header had one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
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
            "{} answered {} with something {}: {}",
            Name(self.operation),
            self.status,
            if self.mismatch { "else" } else { "unreadable" },
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

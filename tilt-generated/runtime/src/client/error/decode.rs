//! Answers that cannot be read.

use super::Name;
use crate::client::media_type;
use crate::client::operation::Operation;
use crate::data::foreign_text::one_line;
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
    content_type: Option<String>,
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
            content_type: None,
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

    /// The same error of an answer to the request of this id, with a body of this media type.
    pub(super) fn with(mut self, request_id: Option<String>, content_type: Option<String>) -> Self {
        self.request_id = request_id;
        self.content_type = content_type;
        self
    }

    /// Leaves out of what is shown each text that repeats a secret, such as the name of a property. The body still has it.
    pub(crate) fn leave_out(&mut self, repeats: impl Fn(&str) -> bool) {
        let texts = [
            &mut self.pointer,
            &mut self.request_id,
            &mut self.content_type,
        ];
        for text in texts {
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

    /// The media type that the body came with.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The media types that are documented, which the request asked for. None: the API's document has no body, or says
    /// nothing of what it is.
    pub fn documented(&self) -> impl Iterator<Item = &'static str> {
        self.operation.documented()
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
        if let Some(pointer) = &self.pointer {
            write!(f, " at `{}`", one_line(pointer))?;
        }
        if let Some(came) = &self.content_type
            && self.operation.is_success(self.status)
            && !media_type::is_documented(self.operation, came)
        {
            let documented: Vec<String> = self.documented().map(|it| format!("`{it}`")).collect();
            let documented = documented.join(" or ");
            write!(
                f,
                "; it came as `{}`, and {documented} is documented",
                one_line(came)
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("problem", &one_line(&self.problem))
            .field("content_type", &self.content_type.as_deref().map(one_line))
            .field("pointer", &self.pointer.as_deref().map(one_line))
            .finish_non_exhaustive()
    }
}

//! Errors that an API answers with.

use super::{Discloses, Error, Name, Origin};
use crate::client::media_type;
use crate::client::operation::Operation;
use crate::client::retry_after;
use crate::data::foreign_text::one_line;
use crate::data::{FromHeader, Header};
use crate::data::{Wire, json, mark};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt::{self, Display};
use std::time::{Duration, SystemTime};

/// Names of properties at the top of an error body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrorShape {
    /// A code for machines.
    pub code: Option<&'static str>,
    /// A message for people.
    pub message: Option<&'static str>,
    /// The id that the API's operators ask for when something went wrong.
    pub request_id: Option<&'static str>,
}

/// An error that the API answered with.
pub struct ApiError {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    /// The status proves that the request was not carried out.
    pub(super) refused: bool,
    pub(super) key: Option<Box<str>>,
    discloses: Option<Discloses>,
}

/// An answer that is an error.
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// When it came.
    pub(crate) at: SystemTime,
    /// Whether it proves that the request was not carried out.
    pub(crate) refused: bool,
}

/// The id of a request, in one of the headers that are usual for it.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let names = [
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-amzn-requestid",
    ];
    let text = |name| headers.get(name)?.to_str().ok().map(str::to_owned);
    names.into_iter().find_map(text)
}

impl ApiError {
    pub(crate) fn new(
        operation: &'static Operation,
        shape: &ErrorShape,
        received: Received,
    ) -> Self {
        let Received {
            status,
            headers,
            body,
            at,
            refused,
        } = received;
        let properties: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(mark::without(&body)).unwrap_or_default();
        let property = |name: Option<&str>| match properties.get(name?)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let request_id = property(shape.request_id).or_else(|| request_id(&headers));
        Self {
            operation,
            status,
            code: property(shape.code),
            message: property(shape.message),
            request_id,
            retry_after: retry_after::of(&headers, at),
            refused,
            key: None,
            discloses: None,
            headers,
            body,
        }
    }

    /// Leaves out of what is shown each text that repeats a secret. The body still has it.
    pub(crate) fn leave_out(&mut self, discloses: &Discloses) {
        for text in [&mut self.code, &mut self.message, &mut self.request_id] {
            text.take_if(|text| discloses(text));
        }
        self.discloses = Some(discloses.clone());
    }

    fn origin(&self) -> Origin {
        Origin {
            operation: self.operation,
            status: self.status,
            request_id: self.request_id.clone(),
            content_type: media_type::of(&self.headers).map(str::to_owned),
            key: self.key.clone(),
            discloses: self.discloses.clone(),
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as the API documents it: generated crates have constants for that. `None` where it is not
    /// there.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it has another form.
    pub fn header_as<H: FromHeader>(&self, header: Header<H>) -> Result<Option<H>, Error> {
        header
            .read_all(self.headers.get_all(header.name()))
            .map_err(|problem| {
                self.origin()
                    .unreadable(self.body.clone(), problem.to_string())
            })
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as a type: operations document which.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the body is not of that type.
    pub fn body_as<T: Wire>(&self) -> Result<T, Error> {
        json::read(&self.body)
            .map_err(|source| self.origin().no_such_json(self.body.clone(), &source))
    }

    /// The machine-readable code in the body.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message in the body.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The id that the API's operators ask for when something went wrong: log it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The time for which the API wants to be left alone, counted from when it answered.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}", Name(self.operation), self.status)?;
        for text in [&self.code, &self.message].into_iter().flatten() {
            write!(f, ": {}", one_line(text))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(f, " (request {})", one_line(request_id))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &Option<String>| text.as_deref().map(one_line);
        f.debug_struct("ApiError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("code", &shown(&self.code))
            .field("message", &shown(&self.message))
            .field("request_id", &shown(&self.request_id))
            .finish_non_exhaustive()
    }
}

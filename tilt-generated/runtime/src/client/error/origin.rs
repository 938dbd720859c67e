//! The answer that something is read from, as errors of reading it know it.

use super::api::request_id;
use super::{DecodeError, Error};
use crate::client::media_type;
use crate::client::operation::Operation;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// Whether a text repeats a secret that the client has, or that a request had.
pub(crate) type Discloses = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// An answer, but for its body.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(super) request_id: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) key: Option<Box<str>>,
    pub(super) discloses: Option<Discloses>,
}

impl Origin {
    pub(crate) fn new(
        operation: &'static Operation,
        (status, headers): (StatusCode, &HeaderMap),
        key: Option<&str>,
        discloses: Option<&Discloses>,
    ) -> Self {
        Self {
            operation,
            status,
            request_id: request_id(headers),
            content_type: media_type::of(headers).map(str::to_owned),
            key: key.map(Box::from),
            discloses: discloses.cloned(),
        }
    }

    /// A part of the answer is something else than was documented.
    pub(crate) fn unreadable(&self, body: Bytes, problem: impl Into<String>) -> Error {
        self.undecodable(DecodeError::new(self.operation, self.status, body, problem))
    }

    /// The answer speaks of something else than was asked for.
    pub(crate) fn mismatched(&self, body: Bytes, problem: String) -> Error {
        self.undecodable(DecodeError::mismatch(
            self.operation,
            self.status,
            body,
            problem,
        ))
    }

    /// A part of the answer is no JSON, or not of a type.
    pub(crate) fn no_such_json(&self, body: Bytes, source: &serde_json::Error) -> Error {
        self.undecodable(DecodeError::json(self.operation, self.status, body, source))
    }

    fn undecodable(&self, error: DecodeError) -> Error {
        let mut error = error.with(self.request_id.clone(), self.content_type.clone());
        if let Some(discloses) = &self.discloses {
            error.leave_out(|text| discloses(text));
        }
        Error::Decode(Box::new(error)).keyed(self.key.as_deref())
    }

    /// An error of getting more of the body: the request was carried out.
    pub(crate) fn lost(&self, error: Error) -> Error {
        error.carried_out(self.status).keyed(self.key.as_deref())
    }
}

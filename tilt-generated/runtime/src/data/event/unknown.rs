//! Events that are not understood.

use super::property::id;
use crate::data::mark;
use bytes::Bytes;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// An event that the SDK does not know, or could not read: whole, for the application to decide.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownEvent {
    kind: Option<String>,
    id: Option<String>,
    problem: Option<String>,
    body: Bytes,
}

impl UnknownEvent {
    /// An event of a kind that is not documented.
    #[must_use]
    pub fn new(body: &[u8], kind: Option<&str>) -> Self {
        Self {
            kind: kind.map(str::to_owned),
            id: None,
            problem: None,
            body: Bytes::copy_from_slice(body),
        }
    }

    /// An event whose form is of a version that is not documented; its version stands at a path.
    #[doc(hidden)]
    #[must_use]
    pub fn of_other_version(body: &[u8], kind: Option<&str>, path: &[&str]) -> Self {
        let problem = format!("`/{}` is of no documented version", path.join("/"));
        Self {
            problem: Some(problem),
            ..Self::new(body, kind)
        }
    }

    /// An event of a known kind that could not be read.
    pub(super) fn unreadable(body: &[u8], kind: &str, problem: String) -> Self {
        Self {
            problem: Some(problem),
            ..Self::new(body, Some(kind))
        }
    }

    /// The same with the id that its payload has at a path.
    #[doc(hidden)]
    #[must_use]
    pub fn identified(mut self, path: &[&str]) -> Self {
        self.id = id(&self.body, path);
        self
    }

    /// The kind that the event names, where it does.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The id by which its deliveries are told apart, where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Why an event of a known kind could not be read, or that it is of another version.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// The payload as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The payload, where it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<crate::data::Value> {
        serde_json::from_slice(mark::without(&self.body)).ok()
    }
}

/// The payload as it came, which has to be JSON.
impl Serialize for UnknownEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(mark::without(&self.body));
        let text = text.map_err(|_| S::Error::custom("the event's payload is not UTF-8"))?;
        let json = serde_json::from_str::<&RawValue>(text);
        json.map_err(|_| S::Error::custom("the event's payload is not JSON"))?
            .serialize(serializer)
    }
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The payload is not shown: what is not understood may be a secret.
        f.debug_struct("UnknownEvent")
            .field("kind", &self.kind)
            .field("id", &self.id)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

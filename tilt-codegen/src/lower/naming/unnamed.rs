//! Operations before they have a name, and the names that they get.

use crate::model::{HttpMethod, Sender};

/// An operation to name.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Unnamed<'a> {
    pub path: &'a str,
    pub method: HttpMethod,
    pub id: Option<&'a str>,
    pub tags: &'a [String],
    pub summary: Option<&'a str>,
    pub answer: Answer,
    pub sent: Sent,
    /// The request has to say which are meant: by a query parameter or a body.
    pub picks: bool,
}

/// How many things an operation's body is, as far as its document tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Sent {
    Unknown,
    Nothing,
    One,
}

/// How many things an operation answers with, as far as its document tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Answer {
    Unknown,
    One,
    Many,
    /// A list, and nothing but what tells of its pages.
    List,
    /// An object whose keys are data: many things, unless it is changed as one.
    Keyed,
}

impl Answer {
    pub(super) fn is_of_many(self) -> bool {
        matches!(self, Self::Many | Self::List)
    }

    pub(super) fn is_list(self) -> bool {
        self == Self::List
    }
}

/// The resource and method that an operation becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct OperationName {
    pub resource: String,
    pub method: String,
    /// The word for one of the resource's things, `snake_case`.
    pub entity: String,
    pub sender: Sender,
    /// The words of the operationId, if there is one.
    pub id: Vec<String>,
    /// Resource and method before the configuration replaced them.
    pub unrenamed: (String, String),
}

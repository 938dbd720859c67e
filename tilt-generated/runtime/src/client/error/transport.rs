//! Requests and answers that are lost on the way, or late.

use super::{BoxError, Name};
use crate::client::operation::Operation;
use http::StatusCode;
use std::fmt::{self, Display};

/// A request or an answer that was lost on the way.
#[derive(Debug)]
pub struct TransportError {
    pub(super) operation: &'static Operation,
    pub(super) kind: TransportKind,
    pub(super) status: Option<StatusCode>,
    pub(super) key: Option<Box<str>>,
    pub(super) source: Option<BoxError>,
}

/// At which point a request or its answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportKind {
    /// No connection came about: nothing was sent.
    Connect,
    /// The server said by HTTP/2 that it did not and will not look at the request (RFC 9113, section 8.7).
    Refused,
    /// Time ran out.
    Timeout,
    /// The connection broke while the request was sent or before an answer came.
    Request,
    /// The bytes to send could not be read to their end: the server has a part of them.
    Source,
    /// The connection broke while the answer's body was read.
    Body,
    /// The answer's body is longer than the client allows.
    TooLarge,
}

impl Display for TransportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "no connection",
            Self::Refused => "the server refused the request without looking at it",
            Self::Timeout => "time ran out",
            Self::Request => "the connection broke before an answer came",
            Self::Source => "what was to be sent could not be read to its end",
            Self::Body => "the answer broke off",
            Self::TooLarge => "the answer is longer than the client allows",
        })
    }
}

impl TransportError {
    /// At which point it happened.
    #[must_use]
    pub fn kind(&self) -> TransportKind {
        self.kind
    }

    /// The status of success that came before the answer's body was lost: the request was carried out.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    pub(super) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|error| error as _)
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(
                f,
                "{} was carried out ({status}), but its answer cannot be had: {}",
                Name(self.operation),
                self.kind
            )?,
            None => write!(f, "{}: {}", Name(self.operation), self.kind)?,
        }
        match (&self.source, self.kind) {
            (Some(limit), TransportKind::TooLarge) => write!(f, " ({limit})"),
            _ => Ok(()),
        }
    }
}

/// The time that a call may take ran out.
#[derive(Debug)]
pub struct DeadlineError {
    pub(super) operation: &'static Operation,
    pub(super) sent: bool,
    /// Whether it might have been sent by the rate limit.
    pub(super) has_turn: bool,
    pub(super) key: Option<Box<str>>,
}

impl DeadlineError {
    /// Whether the request was on its way. If not, the time ran out before, as while a token was waited for.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.sent
    }
}

impl Display for DeadlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = if self.sent {
            "no answer came in the time that the call may take"
        } else if self.has_turn {
            "was not sent: the time that the call or its key has was over before"
        } else {
            "was not sent: by the client's rate limit, its turn would come after the time that the call has"
        };
        write!(f, "{}: {when}", Name(self.operation))
    }
}

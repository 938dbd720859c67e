//! Calls of which it is not known whether they were carried out.

use super::{Error, Name, TransportKind};
use crate::client::operation::{Operation, Retry};
use crate::journal::Intent;
use http::StatusCode;
use std::fmt::{self, Display};

/// Of a request that changes something, it is not known whether it was carried out.
pub struct OutcomeUnknown {
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) key: Option<Box<str>>,
    pub(crate) attempts: Vec<Attempted>,
    /// The call as it stands in the client's journal.
    pub(crate) journal: Option<Intent>,
    pub(crate) last: Error,
}

/// One time that a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempted {
    pub(crate) end: AttemptEnd,
}

/// The end of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptEnd {
    /// Nothing was sent: there was no token, or no time for one.
    NotSent,
    /// No connection came about: nothing was sent.
    NotConnected,
    /// The server did not carry it out: by a status that says so, or, without one, by HTTP/2.
    Refused(Option<StatusCode>),
    /// The server answered with this error.
    Answered(StatusCode),
    /// The server answered that it was carried out, but the answer was not had in full.
    CarriedOut {
        /// Whether another attempt may get the answer.
        again: bool,
    },
    /// It may have arrived, and no answer came.
    Lost(TransportKind),
    /// It may have arrived, and the answer was that to another request.
    Mismatch,
    /// It may have arrived: the process that began the call came to no end of it.
    Interrupted,
}

impl AttemptEnd {
    /// Whether the request may have been carried out. An answer of 4xx says that it was not (RFC 9110, section 15.5),
    /// but for 408, by which proxies say that they got no answer themselves.
    #[must_use]
    pub fn may_have_arrived(self) -> bool {
        match self {
            Self::NotSent | Self::NotConnected | Self::Refused(_) => false,
            Self::Answered(status) => {
                !status.is_client_error() || status == StatusCode::REQUEST_TIMEOUT
            }
            Self::CarriedOut { .. } | Self::Lost(_) | Self::Mismatch | Self::Interrupted => true,
        }
    }

    /// Whether the server answered that the request was carried out.
    pub(crate) fn is_carried_out(self) -> bool {
        matches!(self, Self::CarriedOut { .. })
    }

    /// Whether the request may have arrived without an answer to it. A gateway that had none from the server says so by
    /// 502 and 504 (RFC 9110, sections 15.6.3 and 15.6.5).
    pub(crate) fn is_lost(self) -> bool {
        match self {
            Self::Lost(_) | Self::Mismatch | Self::Interrupted => true,
            Self::Answered(status) => {
                matches!(
                    status,
                    StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT
                )
            }
            Self::NotSent | Self::NotConnected | Self::Refused(_) | Self::CarriedOut { .. } => {
                false
            }
        }
    }
}

impl Display for AttemptEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent => f.write_str("not sent"),
            Self::NotConnected => f.write_str("no connection"),
            Self::Refused(Some(status)) => write!(f, "refused with {status}"),
            Self::Refused(None) => f.write_str("refused by the server"),
            Self::Answered(status) => write!(f, "answered {status}"),
            Self::CarriedOut { .. } => f.write_str("carried out, the answer broke off"),
            Self::Lost(kind) => kind.fmt(f),
            Self::Mismatch => f.write_str("answered to another request"),
            Self::Interrupted => f.write_str("begun by a process that did not come to its end"),
        }
    }
}

impl Attempted {
    /// Its end.
    #[must_use]
    pub fn end(&self) -> AttemptEnd {
        self.end
    }
}

impl OutcomeUnknown {
    /// The outcome of a call that was begun before, and is not sent again.
    pub(crate) fn interrupted(operation: &'static Operation, intent: Intent, last: Error) -> Self {
        let name = |name: &str| {
            let mut parameters = operation.parameters.iter();
            parameters.find(|it| it.name == name).map(|it| it.name)
        };
        let path = intent.path.iter();
        let path = path.filter_map(|(it, value)| Some((name(it)?, value.clone())));
        let end = AttemptEnd::Interrupted;
        Self {
            operation,
            path: path.collect(),
            key: intent.key.as_ref().map(|key| key.value.as_str().into()),
            attempts: vec![Attempted { end }],
            journal: Some(intent),
            last,
        }
    }

    /// The operation's id in the API's document.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// A value that the request had in its path, such as the id of an order, by the name that the path template has
    /// for it. It may be a secret: it is in no text of this error.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        let mut values = self.path.iter();
        values
            .find(|(it, _)| *it == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values that the request had in its path.
    #[must_use]
    pub fn path_parameters(&self) -> &[(&'static str, String)] {
        &self.path
    }

    /// The idempotency key that all attempts had. The same call with this key, within its life, gets the first
    /// answer and does nothing twice.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The id of the call's entry in the client's [journal](crate::journal), where it is open.
    #[must_use]
    pub fn journal_entry(&self) -> Option<&str> {
        self.journal.as_ref().map(|intent| intent.id.as_str())
    }

    /// The ids that were there before the call, where its caller noted them in the client's journal.
    #[must_use]
    pub fn known_before(&self) -> Option<&[String]> {
        self.journal.as_ref()?.known_before.as_deref()
    }

    /// All attempts, in their order.
    #[must_use]
    pub fn attempts(&self) -> &[Attempted] {
        &self.attempts
    }

    /// The method of the generated client by which the state can be read that the request would have changed, as
    /// `orders().get`, where the API has one.
    #[must_use]
    pub fn read_by(&self) -> Option<&'static str> {
        self.operation.read_by
    }

    /// The last error.
    #[must_use]
    pub fn last(&self) -> &Error {
        &self.last
    }

    fn write_attempts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, attempt) in self.attempts.iter().enumerate() {
            let comma = if index == 0 { "" } else { "; " };
            write!(f, "{comma}attempt {}: {}", index + 1, attempt.end)?;
        }
        Ok(())
    }
}

impl Display for OutcomeUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "it is not known whether {} was carried out (",
            Name(self.operation)
        )?;
        self.write_attempts(f)?;
        f.write_str(")")?;
        let is_refused = self.last.end() == AttemptEnd::Answered(StatusCode::UNPROCESSABLE_ENTITY);
        match (&self.key, self.operation.retry) {
            (Some(_), Retry::Keyed { .. }) if is_refused => f.write_str(
                ": not as it is, but its idempotency key may have gone with another body before",
            ),
            (Some(_), Retry::Keyed { .. }) => {
                f.write_str(": make the same call again with its idempotency key while that lives")
            }
            _ => f.write_str(": do not repeat it blindly"),
        }?;
        match self.operation.read_by {
            Some(method) => write!(f, "; `{method}` reads what became of it"),
            None => f.write_str("; look in the API's own records for what became of it"),
        }
    }
}

impl fmt::Debug for OutcomeUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutcomeUnknown")
            .field("operation", &self.operation.id)
            .field("attempts", &self.attempts)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}

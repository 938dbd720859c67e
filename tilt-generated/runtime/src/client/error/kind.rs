//! The kinds of errors, and what they let a caller do.

use super::{AttemptEnd, Error, TransportKind};
use crate::client::operation::Retry;
use http::StatusCode;

/// The kind of an [`Error`]: for each, a caller does something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built or used as configured.
    Configuration,
    /// The request cannot be sent as it is. Nothing was sent.
    InvalidRequest,
    /// There are no credentials, no token, or the API did not accept them (401).
    Authentication,
    /// The API answered with an error.
    Api,
    /// The API asks for fewer requests (429), or by the client's own rate limit the request's turn would come too late.
    RateLimited,
    /// The request or its answer was lost on the way.
    Transport,
    /// The time for the call ran out.
    Deadline,
    /// It is not known whether the request was carried out.
    OutcomeUnknown,
    /// The API answered with something that cannot be read.
    Undecodable,
    /// The journal cannot store the call, and it was not sent; or it has the call as carried out.
    Journal,
}

impl Error {
    /// The kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Config(_) => ErrorKind::Configuration,
            Self::InvalidRequest(_) => ErrorKind::InvalidRequest,
            Self::MissingCredentials(_) | Self::Token(_) => ErrorKind::Authentication,
            Self::Api(error) => match error.status {
                StatusCode::UNAUTHORIZED => ErrorKind::Authentication,
                StatusCode::TOO_MANY_REQUESTS => ErrorKind::RateLimited,
                _ => ErrorKind::Api,
            },
            Self::Transport(_) => ErrorKind::Transport,
            Self::Deadline(error) if !error.has_turn => ErrorKind::RateLimited,
            Self::Deadline(_) => ErrorKind::Deadline,
            Self::OutcomeUnknown(_) => ErrorKind::OutcomeUnknown,
            Self::Decode(_) => ErrorKind::Undecodable,
            Self::Journal(_) => ErrorKind::Journal,
        }
    }

    /// The end of the attempt that this error is of.
    pub(crate) fn end(&self) -> AttemptEnd {
        match self {
            Self::Config(_)
            | Self::MissingCredentials(_)
            | Self::Token(_)
            | Self::InvalidRequest(_) => AttemptEnd::NotSent,
            Self::Deadline(error) if error.sent => AttemptEnd::Lost(TransportKind::Timeout),
            Self::Deadline(_) => AttemptEnd::NotSent,
            Self::Transport(error) => match (error.status, error.kind) {
                (Some(_), kind) => AttemptEnd::CarriedOut {
                    again: kind != TransportKind::TooLarge,
                },
                (None, TransportKind::Connect) => AttemptEnd::NotConnected,
                (None, TransportKind::Refused) => AttemptEnd::Refused(None),
                (None, kind) => AttemptEnd::Lost(kind),
            },
            Self::Api(error) if error.refused => AttemptEnd::Refused(Some(error.status)),
            Self::Api(error) => AttemptEnd::Answered(error.status),
            Self::Decode(error) if error.mismatch => AttemptEnd::Mismatch,
            Self::Decode(_) => AttemptEnd::CarriedOut { again: false },
            Self::OutcomeUnknown(error) => error.last.end(),
            Self::Journal(error) => error.end(),
        }
    }

    /// Whether the API may have received and carried out the request. Where this is `true`, a request that
    /// is not safe to repeat must not be sent again without looking first.
    ///
    /// It is `false` where nothing was sent, where the server refused the request, and where it answered with a
    /// status of 4xx (but for 408).
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        match self {
            Self::OutcomeUnknown(_) => true,
            error => error.end().may_have_arrived(),
        }
    }

    /// Whether the same call may go well later, and does no harm: it was certainly not carried out, or is safe to
    /// repeat. A call that has an idempotency key is safe to repeat with [that key](Self::idempotency_key) alone, and
    /// counts as one that is not.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let (operation, passes) = match self {
            Self::Config(_) | Self::MissingCredentials(_) | Self::InvalidRequest(_) => {
                return false;
            }
            Self::OutcomeUnknown(_) | Self::Decode(_) => return false,
            Self::Journal(error) => return error.passes(),
            Self::Token(error) => {
                let passes =
                    |it: StatusCode| it.is_server_error() || it == StatusCode::TOO_MANY_REQUESTS;
                return error.status.is_none_or(passes);
            }
            Self::Transport(error) => {
                let lasts = matches!(error.kind, TransportKind::TooLarge | TransportKind::Source);
                (error.operation, !lasts)
            }
            Self::Deadline(error) => (error.operation, true),
            Self::Api(error) => {
                let passes = matches!(
                    error.status.as_u16(),
                    408 | 421 | 425 | 429 | 500 | 502..=504
                );
                (error.operation, passes)
            }
        };
        let is_repeatable = operation.method.is_safe() || operation.retry == Retry::Repeatable;
        passes && (is_repeatable || !self.may_have_been_sent())
    }

    /// The id that the API's operators ask for when something went wrong, where an answer had one: log it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::OutcomeUnknown(error) => error.last.request_id(),
            _ => None,
        }
    }

    /// The idempotency key that the request had: the same call with it does nothing twice, while the key lives.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.key.as_deref(),
            Self::Transport(error) => error.key.as_deref(),
            Self::Deadline(error) => error.key.as_deref(),
            Self::Decode(error) => error.key.as_deref(),
            Self::OutcomeUnknown(error) => error.key.as_deref(),
            _ => None,
        }
    }

    /// The same error of a call that had this key.
    pub(crate) fn keyed(mut self, key: Option<&str>) -> Self {
        let slot = match &mut self {
            Self::Api(error) => &mut error.key,
            Self::Transport(error) => &mut error.key,
            Self::Deadline(error) => &mut error.key,
            Self::Decode(error) => &mut error.key,
            Self::OutcomeUnknown(error) => &mut error.key,
            _ => return self,
        };
        *slot = key.map(Box::from);
        self
    }
}

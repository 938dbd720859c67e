//! Errors of a call.

mod api;
mod decode;
mod invalid;
mod journal;
mod kind;
mod origin;
mod outcome;
mod transport;

pub use api::{ApiError, ErrorShape};
pub(crate) use api::{Received, request_id};
pub use decode::DecodeError;
pub use invalid::InvalidRequest;
pub use journal::JournalFailure;
pub(crate) use journal::JournalProblem;
pub use kind::ErrorKind;
pub(crate) use origin::{Discloses, Origin};
pub use outcome::{AttemptEnd, Attempted, OutcomeUnknown};
pub use transport::{DeadlineError, TransportError, TransportKind};

use super::operation::Operation;
use crate::data::foreign_text::one_line;
use crate::journal::Intent;
use crate::validation::Violation;
use http::StatusCode;
use std::fmt::{self, Display};
use std::sync::Arc;
use std::time::Duration;

/// An error of a call, or of building a client.
///
/// No variant shows a secret: neither credentials and tokens, nor URLs, nor bodies.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be built as configured.
    Config(ConfigError),
    /// The operation needs credentials that the client was not given. Nothing was sent.
    MissingCredentials(Box<MissingCredentials>),
    /// No token could be obtained. The operation itself was not sent.
    Token(Arc<TokenError>),
    /// The request cannot be written, or breaks constraints of the API's document. Nothing was sent.
    InvalidRequest(Box<InvalidRequest>),
    /// The request or its answer was lost on the way.
    Transport(Box<TransportError>),
    /// The API answered with an error.
    Api(Box<ApiError>),
    /// The API answered with something that cannot be read.
    Decode(Box<DecodeError>),
    /// The time that the call may take ran out, and that does no harm: nothing was sent, or the request only reads.
    Deadline(Box<DeadlineError>),
    /// The request may have been carried out or not. It is not safe to repeat it without looking first.
    OutcomeUnknown(Box<OutcomeUnknown>),
    /// The client's journal cannot store the call, and it was not sent; or it has the call as carried out already.
    Journal(Box<JournalFailure>),
}

impl Error {
    /// The error that the API answered with; of several attempts, to the last one.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::OutcomeUnknown(error) => error.last.api(),
            _ => None,
        }
    }

    /// Of which request it is not known whether it was carried out.
    #[must_use]
    pub fn outcome_unknown(&self) -> Option<&OutcomeUnknown> {
        match self {
            Self::OutcomeUnknown(error) => Some(error),
            _ => None,
        }
    }

    /// The status that the API answered with, where it answered.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(error) => error.status,
            Self::OutcomeUnknown(error) => error.last.status(),
            _ => None,
        }
    }

    /// The error of a call that was begun before: that it is not sent now says nothing of then.
    pub(crate) fn of_begun(self, operation: &'static Operation, intent: Intent) -> Self {
        match self.may_have_been_sent() {
            true => self,
            false => Self::OutcomeUnknown(Box::new(OutcomeUnknown::interrupted(
                operation, intent, self,
            ))),
        }
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::Config(ConfigError {
            message: message.into(),
        })
    }

    pub(crate) fn invalid(
        operation: &'static Operation,
        what: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self::broken(
            operation,
            vec![Violation::unwritable(what.into(), reason.into())],
        )
    }

    /// A request that breaks constraints of the API's document.
    pub(crate) fn broken(operation: &'static Operation, violations: Vec<Violation>) -> Self {
        Self::InvalidRequest(Box::new(InvalidRequest::new(operation, violations)))
    }

    /// A request that the HTTP client did not take.
    pub(crate) fn unsendable(
        operation: &'static Operation,
        error: &(dyn std::error::Error + 'static),
    ) -> Self {
        let reason = error.source().unwrap_or(error);
        Self::invalid(operation, "URL", format!("cannot be sent: {reason}"))
    }

    /// A body that is longer than may be.
    pub(crate) fn too_large(operation: &'static Operation, limit: u64) -> Self {
        let source = format!("the limit is {limit} bytes");
        Self::transport(operation, TransportKind::TooLarge, Some(source.into()))
    }

    pub(crate) fn transport(
        operation: &'static Operation,
        kind: TransportKind,
        source: Option<BoxError>,
    ) -> Self {
        Self::Transport(Box::new(TransportError {
            operation,
            kind,
            status: None,
            key: None,
            source,
        }))
    }

    /// The same error, where the answer had said already that the request was carried out.
    pub(crate) fn carried_out(mut self, status: StatusCode) -> Self {
        if let Self::Transport(error) = &mut self {
            error.status = Some(status);
        }
        self
    }

    /// No time is left.
    pub(crate) fn deadline(operation: &'static Operation, sent: bool) -> Self {
        Self::Deadline(Box::new(DeadlineError {
            operation,
            sent,
            has_turn: true,
            key: None,
        }))
    }

    /// By the client's own rate limit, the request would be sent when no time is left.
    #[cfg(feature = "rate-limit")]
    pub(crate) fn rate_limited(operation: &'static Operation) -> Self {
        Self::Deadline(Box::new(DeadlineError {
            operation,
            sent: false,
            has_turn: false,
            key: None,
        }))
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::MissingCredentials(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Deadline(error) => error.fmt(f),
            Self::OutcomeUnknown(error) => error.fmt(f),
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::OutcomeUnknown(error) => Some(error.last()),
            Self::Journal(error) => error.source(),
            _ => None,
        }
    }
}

/// The client cannot be built as configured.
#[derive(Debug)]
pub struct ConfigError {
    message: String,
}

impl Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.message))
    }
}

/// No credentials for an operation that needs some, or tokens that do not ask for its scopes.
#[derive(Debug)]
pub struct MissingCredentials {
    pub(crate) operation: &'static Operation,
    pub(crate) alternatives: Vec<Vec<&'static str>>,
    pub(crate) scopes: Vec<&'static str>,
}

impl MissingCredentials {
    /// The builder's methods that would satisfy the operation: any one list of these.
    #[must_use]
    pub fn alternatives(&self) -> &[Vec<&'static str>] {
        &self.alternatives
    }

    /// The scopes that the operation needs, and that the client's builder was not told to ask for.
    #[must_use]
    pub fn scopes(&self) -> &[&'static str] {
        &self.scopes
    }
}

impl Display for MissingCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Name(self.operation);
        if !self.scopes.is_empty() {
            let scopes = self.scopes.join("`, `");
            return write!(
                f,
                "{name} needs a token with `{scopes}`: add that to the `scopes` of the client's builder"
            );
        }
        write!(f, "{name} needs credentials: give the client's builder ")?;
        for (index, methods) in self.alternatives.iter().enumerate() {
            if index > 0 {
                f.write_str(", or ")?;
            }
            f.write_str(&methods.join(" and "))?;
        }
        Ok(())
    }
}

/// No token could be obtained.
#[derive(Debug)]
pub struct TokenError {
    pub(crate) status: Option<StatusCode>,
    pub(crate) code: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) problem: &'static str,
    pub(crate) source: Option<BoxError>,
}

/// Any error that crosses threads.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl TokenError {
    pub(crate) fn new(problem: &'static str) -> Self {
        Self {
            status: None,
            code: None,
            description: None,
            retry_after: None,
            problem,
            source: None,
        }
    }

    /// The token endpoint's status; `None` if it gave no answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The OAuth2 error code, such as `invalid_client` or `invalid_scope`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The endpoint's description of it.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// How long the endpoint wants to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no token: {}", self.problem)?;
        if let Some(status) = self.status {
            write!(f, " ({status})")?;
        }
        if let Some(code) = &self.code {
            write!(f, ": {code}")?;
        }
        if let Some(description) = &self.description {
            write!(f, ": {description}")?;
        }
        Ok(())
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|error| error as _)
    }
}

/// `POST /orders/{id}`: the template, since values may be secrets.
struct Name(&'static Operation);

impl Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.method.as_str(), self.0.path)
    }
}

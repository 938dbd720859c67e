//! Hooks that see every attempt: for logs, traces and metrics.

use super::error::{AttemptEnd, Error};
use super::operation::Operation;
use crate::journal::JournalError;
use http::{HeaderMap, StatusCode};
use std::fmt::{self, Debug};
use std::time::Duration;
use url::Url;

/// Sees every attempt of every call. Nothing that it is given is a secret: neither bodies nor values of parameters
/// nor headers, which may be added and not seen.
///
/// Requests for tokens are not attempts of a call, are shared by calls, and are not seen here: a call that got no token fails
/// with [`Error::Token`], which says why.
pub trait Observe: Debug + Send + Sync + 'static {
    /// A request is about to be sent. `headers` is empty; what is put there is sent, but for headers that the request
    /// has already.
    fn before(&self, attempt: &AttemptStart<'_>, headers: &mut HeaderMap) {
        let (_, _) = (attempt, headers);
    }

    /// It was answered, or it failed. This is not called for a call that was dropped meanwhile.
    fn after(&self, attempt: &AttemptStart<'_>, outcome: &AttemptOutcome<'_>) {
        let (_, _) = (attempt, outcome);
    }

    /// The outcome of a call is known, and its journal could not mark it: the call stays open there, and is resumed as if
    /// it were not known.
    fn not_marked(&self, operation: &str, error: &JournalError) {
        let (_, _) = (operation, error);
    }
}

/// An attempt that is about to be made.
pub struct AttemptStart<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) url: &'a Url,
}

/// Shows nothing of path and query, which have ids, and may have an API key.
impl Debug for AttemptStart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptStart")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .field("server_address", &self.server_address())
            .finish_non_exhaustive()
    }
}

impl AttemptStart<'_> {
    /// The operation's id in the API's document.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The HTTP method: `http.request.method`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.operation.method.as_str()
    }

    /// The path with names in place of values: `url.template`.
    #[must_use]
    pub fn path_template(&self) -> &'static str {
        self.operation.path
    }

    /// 1 for the first one. `http.request.resend_count` is one less.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The name or address of the server: `server.address`.
    #[must_use]
    pub fn server_address(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Its port: `server.port`.
    #[must_use]
    pub fn server_port(&self) -> Option<u16> {
        self.url.port_or_known_default()
    }
}

/// An attempt that was made.
#[derive(Debug)]
pub struct AttemptOutcome<'a> {
    pub(crate) status: Option<StatusCode>,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) error: Option<&'a Error>,
    pub(crate) duration: Duration,
}

impl AttemptOutcome<'_> {
    /// The status, where there was an answer: `http.response.status_code`.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The id that the API's operators ask for when something went wrong.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id
    }

    /// The error, where it failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error
    }

    /// Its end, where it failed.
    #[must_use]
    pub fn end(&self) -> Option<AttemptEnd> {
        self.error.map(Error::end)
    }

    /// The time that it took, without the token.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

//! An operation of an API as data: what generated code states, and the executor reads.

use super::variable::Variable;
use crate::constraints::Constraints;
use crate::data::described::{Method, Parameter, Security, Status};
use std::fmt;
use std::time::Duration;

/// One operation. Generated code holds one `static` of it for each method of a resource.
pub struct Operation {
    /// The operationId, or `METHOD path`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template: `{name}` stands for the path parameter of that wire name.
    pub path: &'static str,
    /// A fixed query, as the path template has it behind its `?`.
    pub query: &'static str,
    /// All parameters. Calls set them by index.
    pub parameters: &'static [Parameter],
    /// Media types of the success bodies, as `Accept` takes them. Empty: nothing is asked for.
    pub accept: &'static str,
    /// Successful statuses beyond 2xx, such as a documented redirect.
    pub success: &'static [Status],
    /// Whether a body that is a stream of events or lines is handed out while it arrives.
    pub streams: bool,
    /// Statuses and media types of lines that are one text, read when it is whole.
    pub whole: &'static [(Status, &'static str)],
    /// Statuses and media types of which a body is handed out as bytes while it arrives; `*`: all of the status.
    pub binary: &'static [(Status, &'static str)],
    /// Any one of these will do, the first that can be met is taken. Empty: no authentication.
    pub security: &'static [Security],
    /// The OAuth2 scopes that the operation needs, where its security does not name them.
    pub scopes: &'static [&'static str],
    /// A server of its own, in place of the environment's.
    pub server: Option<&'static str>,
    /// The variables in that server's URL.
    pub server_variables: &'static [Variable],
    /// Whether a request may be sent again.
    pub retry: Retry,
    /// The method of the client that reads what this operation changes, as `orders().get`.
    pub read_by: Option<&'static str>,
    /// Parameters whose value an answer repeats: the index of each, and the property at the top of the answer.
    pub echoes: &'static [(usize, &'static str)],
    /// Properties at the top of the body, JSON or a form, whose value the answer repeats at its top.
    pub body_echoes: &'static [&'static str],
    /// Parameters, by index, whose value no error shows.
    pub hidden: &'static [usize],
    /// The constraints on its requests: a property for each parameter (`query limit`) and body (`body application/json`).
    pub constraints: Option<&'static Constraints>,
}

impl Operation {
    /// A `GET /` without parameters, as a base for the others. It is sent once: that it may be sent again is said of
    /// each operation.
    pub const NEW: Self = Self {
        id: "",
        method: Method::Get,
        path: "/",
        query: "",
        parameters: &[],
        accept: "",
        success: &[],
        streams: false,
        whole: &[],
        binary: &[],
        security: &[],
        scopes: &[],
        server: None,
        server_variables: &[],
        retry: Retry::Once,
        read_by: None,
        echoes: &[],
        body_echoes: &[],
        hidden: &[],
        constraints: None,
    };

    /// Whether a status means success.
    pub(crate) fn is_success(&self, status: http::StatusCode) -> bool {
        status.is_success() || self.success.iter().any(|it| it.includes(status))
    }

    /// The media types and ranges of successful bodies: those in [`accept`](Self::accept) that weigh most.
    pub(crate) fn documented(&self) -> impl Iterator<Item = &'static str> + Clone {
        let all = self.accept.split(", ").filter(|it| !it.is_empty());
        all.filter(|it| !it.contains(";q="))
    }
}

/// Whether a request may be sent again when its answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Yes: once or several times is the same (RFC 9110, section 9.2.2).
    Repeatable,
    /// Yes, with the same key in this header, by which the API knows a request that it had before.
    Keyed {
        /// The header's name.
        header: &'static str,
        /// The time for which the API knows the key; `None` where that is not stated.
        lifetime: Option<Duration>,
    },
    /// No: only where it was certainly not carried out.
    Once,
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}

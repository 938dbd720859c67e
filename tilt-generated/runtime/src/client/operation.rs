//! An operation of an API as data: what generated code states, and the executor reads.

use super::constraints::Constraints;
use super::variable::Variable;
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
    /// A fixed query.
    pub query: &'static [(&'static str, &'static str)],
    /// All parameters. Calls set them by index.
    pub parameters: &'static [Parameter],
    /// Media types of the success bodies, as `Accept` takes them. Empty: nothing is asked for.
    pub accept: &'static str,
    /// Successful statuses beyond 2xx, such as a documented redirect.
    pub success: &'static [Status],
    /// Whether a body that is a stream of events or lines is handed out while it arrives.
    pub streams: bool,
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
        query: &[],
        parameters: &[],
        accept: "",
        success: &[],
        streams: false,
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

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of HTTP")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// As HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Whether requests only read (RFC 9110, section 9.2.1).
    pub(crate) fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }

    pub(crate) fn usually_has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }

    pub(crate) fn to_http(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Put => http::Method::PUT,
            Self::Post => http::Method::POST,
            Self::Delete => http::Method::DELETE,
            Self::Options => http::Method::OPTIONS,
            Self::Head => http::Method::HEAD,
            Self::Patch => http::Method::PATCH,
            Self::Trace => http::Method::TRACE,
        }
    }
}

/// A parameter: where it goes, what it is called there, and how it is written.
#[derive(Debug)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) encoding: Encoding,
}

impl Parameter {
    /// A path parameter of style `simple`.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// A query parameter of style `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A header parameter of style `simple`.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A cookie parameter of style `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    const fn new(name: &'static str, location: Location, style: Style, explode: bool) -> Self {
        let encoding = Encoding::Styled {
            style,
            explode,
            reserved: false,
        };
        Self {
            name,
            location,
            encoding,
        }
    }

    /// The same parameter with another encoding.
    #[must_use]
    pub const fn encoded(self, encoding: Encoding) -> Self {
        Self {
            name: self.name,
            location: self.location,
            encoding,
        }
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// As documents write it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter or of a form's property is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// By a style of OpenAPI.
    Styled {
        /// The style.
        style: Style,
        /// Whether lists and objects become several parameters.
        explode: bool,
        /// Whether reserved characters stay as they are.
        reserved: bool,
    },
    /// As JSON.
    Json,
    /// As the text of a scalar.
    Text,
    /// As the text of a form, `application/x-www-form-urlencoded`.
    Form,
}

impl Encoding {
    /// A style, without reserved characters.
    #[must_use]
    pub const fn style(style: Style, explode: bool) -> Self {
        Self::Styled {
            style,
            explode,
            reserved: false,
        }
    }

    /// A style that leaves reserved characters as they are.
    #[must_use]
    pub const fn reserved(style: Style, explode: bool) -> Self {
        Self::Styled {
            style,
            explode,
            reserved: true,
        }
    }
}

/// How the part of a property is written in a multipart body, where the document says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartEncoding {
    /// As one of these media types and ranges, by commas.
    Types(&'static str),
    /// As it is, under this media type: a text that has the form of it already.
    Text(&'static str),
    /// By a style of OpenAPI, as parts that say no media type.
    Styled {
        /// The style.
        style: Style,
        /// Whether lists and objects become several parts.
        explode: bool,
    },
}

/// The styles of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A set of statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses of a class: `Class(4)` is 4xx.
    Class(u16),
    /// Every status.
    Any,
}

impl Status {
    pub(crate) fn includes(self, status: http::StatusCode) -> bool {
        match self {
            Self::Code(code) => status.as_u16() == code,
            Self::Class(class) => status.as_u16() / 100 == class,
            Self::Any => true,
        }
    }
}

/// Security schemes that are needed together: indexes into [`Api::schemes`](super::Api::schemes), each with the scopes
/// that it needs. None: anonymous access is allowed.
pub type Security = &'static [(usize, &'static [&'static str])];

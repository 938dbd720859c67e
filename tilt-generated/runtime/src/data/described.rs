//! The description of a request: what generated code states of an operation, for who sends it and for who answers it.

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
    #[cfg(feature = "client")]
    pub(crate) fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }

    #[cfg(feature = "client")]
    pub(crate) fn usually_has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }

    #[cfg(feature = "client")]
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
    /// As it is, under this media type: a text that has the form of it in an encoding of RFC 2045, section 6. A part says it
    /// in `Content-Transfer-Encoding`, but for those of `multipart/form-data` (RFC 7578, section 4.7).
    Encoded {
        /// The media type of what is encoded.
        media_type: &'static str,
        /// The encoding, such as `base64`.
        transfer: &'static str,
    },
    /// By a style of OpenAPI, as parts that say no media type.
    Styled {
        /// The style.
        style: Style,
        /// Whether lists and objects become several parts.
        explode: bool,
    },
    /// As another one, with headers that each part has which is given no other values of them.
    WithHeaders {
        /// Their names and values.
        headers: &'static [(&'static str, &'static str)],
        /// How the part is written.
        encoding: &'static PartEncoding,
    },
}

impl PartEncoding {
    /// Without headers.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn plain(self) -> Self {
        match self {
            Self::WithHeaders { encoding, .. } => encoding.plain(),
            plain => plain,
        }
    }

    /// Headers that each part has.
    #[cfg(feature = "client")]
    pub(crate) fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::WithHeaders { headers, .. } => headers,
            _ => &[],
        }
    }
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

#[cfg(feature = "client")]
impl Status {
    pub(crate) fn includes(self, status: http::StatusCode) -> bool {
        match self {
            Self::Code(code) => status.as_u16() == code,
            Self::Class(class) => status.as_u16() / 100 == class,
            Self::Any => true,
        }
    }
}

/// Security schemes that are needed together: indexes into the schemes of the API, each with the scopes
/// that it needs. None: anonymous access is allowed.
pub type Security = &'static [(usize, &'static [&'static str])];

/// A way to authenticate.
#[derive(Debug)]
pub struct Scheme {
    /// The name of the builder's method for it.
    pub name: &'static str,
    /// How the request carries it.
    pub kind: SchemeKind,
}

/// How a request is authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, in the query or in a cookie.
    ApiKey {
        /// Where the key goes.
        location: Location,
        /// Its name there.
        name: &'static str,
    },
    /// HTTP basic.
    Basic,
    /// HTTP bearer, with a token that the user brings.
    Bearer,
    /// OAuth2 client credentials: tokens are minted and kept.
    ClientCredentials {
        /// Where, unless the environment says otherwise. May be relative to the API's URL.
        token_url: Option<&'static str>,
    },
    /// A client certificate: part of the HTTP client that the user brings.
    MutualTls,
    /// Another HTTP scheme: the user gives what follows its name in `Authorization`.
    Other {
        /// The scheme's name, such as `Digest`.
        scheme: &'static str,
    },
}

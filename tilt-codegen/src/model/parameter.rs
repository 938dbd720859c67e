//! Parameters of operations: where they stand, and how they are written there.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Conversion, Docs, TypeRef};

/// A required parameter is an argument of the method, an optional one a setter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// `snake_case`, unique among the arguments and setters of the operation.
    pub name: String,
    pub wire: String,
    pub location: Location,
    pub ty: TypeRef,
    /// How the argument or the setter takes it.
    pub conversion: Conversion,
    /// Callers are asked for it.
    pub required: bool,
    /// Requests need not have it: callers are asked for it since they were before.
    pub may_be_absent: bool,
    pub encoding: ParameterEncoding,
    /// The value that the API assumes where the parameter is not given.
    pub default: Option<serde_json::Value>,
    pub docs: Docs,
    /// Of an argument, the first paragraph of `docs` in one line, for the list of arguments; empty where
    /// there is none. A setter shows all of `docs`.
    pub summary: String,
    /// The setter of an optional parameter is `#[deprecated]`; an argument must be given anyway.
    pub deprecated: bool,
}

impl Parameter {
    /// Whether every request has the parameter.
    pub fn is_always_sent(&self) -> bool {
        self.required && !self.may_be_absent
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// As documents and `names.lock` write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterEncoding {
    Styled {
        style: ParameterStyle,
        explode: bool,
        /// `allowReserved`
        reserved: bool,
    },
    /// `content: application/json`
    Json,
    /// `content: text/plain`: a scalar, as it is.
    Text,
    /// `content: application/x-www-form-urlencoded`: an object, as a form.
    Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

//! Parameters of operations: where they stand, and how they are written there.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Conversion, Docs, Scalar, TypeRef};

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// `snake_case`, unique among the arguments and setters of the operation.
    pub name: String,
    pub wire: String,
    pub location: Location,
    pub ty: TypeRef,
    /// How the argument or the setter takes it.
    pub conversion: Conversion,
    /// Every request has it.
    pub required: bool,
    pub supply: Supply,
    pub encoding: ParameterEncoding,
    /// The value that the API assumes where the parameter is not given.
    pub default: Option<serde_json::Value>,
    /// The least value, of a number.
    pub minimum: Option<f64>,
    pub docs: Docs,
    /// Of an argument, the first paragraph of `docs` in one line, for the list of arguments; empty where
    /// there is none. A setter shows all of `docs`.
    pub summary: String,
    /// The setter of an optional parameter is `#[deprecated]`; an argument must be given anyway.
    pub deprecated: bool,
}

/// Where the value of a parameter comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supply {
    /// An argument of the method: it is required, or it was before.
    Argument,
    /// A setter; without a call of it, the parameter is not sent.
    Setter,
    /// This text is sent, the only legal one or the only one that was: nobody is asked for it. A setter replaces it, where
    /// the type has other values.
    Constant(String),
}

impl Parameter {
    /// Whether callers are asked for it.
    pub fn is_argument(&self) -> bool {
        self.supply == Supply::Argument
    }

    /// Whether callers may set it.
    pub fn has_setter(&self) -> bool {
        !self.is_argument() && self.ty != TypeRef::Scalar(Scalar::Constant)
    }

    /// The text that is sent where callers say nothing.
    pub(crate) fn constant(&self) -> Option<&str> {
        match &self.supply {
            Supply::Constant(text) => Some(text),
            Supply::Argument | Supply::Setter => None,
        }
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

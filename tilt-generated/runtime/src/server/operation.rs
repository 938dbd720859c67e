//! An operation as data: what generated code states, and a service reads.

use crate::constraints::Constraints;
use crate::data::described::{Encoding, Method, Parameter, Security, Style};
use std::fmt;

/// One operation. Generated code holds one `static` of it for each method of a trait.
pub struct Operation {
    /// The operationId, or `METHOD path`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template: `{name}` stands for the path parameter of that wire name.
    pub path: &'static str,
    /// The path of a server of its own, which its path is under instead of that of the service.
    pub base: Option<&'static str>,
    /// A fixed query.
    pub query: &'static [(&'static str, &'static str)],
    /// All parameters. Requests are asked for them by index.
    pub parameters: &'static [Input],
    /// The media types of its bodies; empty: bodies are not read.
    pub bodies: &'static [&'static str],
    /// Indexes into `bodies`: those of bytes, which are not read before the operation is called.
    pub uploads: &'static [usize],
    /// The media types of its answers of success; empty: they need not be asked for.
    pub answers: &'static [&'static str],
    /// Any one of these will do. Empty: no authentication.
    pub security: &'static [Security],
    /// The constraints on its requests: a property for each parameter (`query limit`) and body (`body application/json`).
    pub constraints: Option<&'static Constraints>,
}

impl Operation {
    /// A `GET /` without parameters, as a base for the others.
    pub const NEW: Self = Self {
        id: "",
        method: Method::Get,
        path: "/",
        base: None,
        query: &[],
        parameters: &[],
        bodies: &[],
        uploads: &[],
        answers: &[],
        security: &[],
        constraints: None,
    };
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}

/// A parameter as it is read.
#[derive(Debug)]
pub struct Input {
    pub(super) parameter: Parameter,
    pub(super) properties: Option<&'static [&'static str]>,
}

impl Input {
    /// A parameter that is read from what stands under its name.
    #[must_use]
    pub const fn new(parameter: Parameter) -> Self {
        let properties = None;
        Self {
            parameter,
            properties,
        }
    }

    /// Whether a pair of this name is its.
    pub(super) fn is_named(&self, name: &str) -> bool {
        if let Some(properties) = self.properties {
            return properties.contains(&name);
        }
        let rest = name.strip_prefix(self.parameter.name);
        match self.parameter.encoding {
            Encoding::Styled {
                style: Style::DeepObject,
                ..
            } => rest.is_some_and(|rest| rest.starts_with('[')),
            _ => rest == Some(""),
        }
    }

    /// A parameter whose properties are parameters of the request: it is there with any of them; with any that no other
    /// parameter has, where none are named.
    #[must_use]
    pub const fn spread(parameter: Parameter, properties: &'static [&'static str]) -> Self {
        let properties = Some(properties);
        Self {
            parameter,
            properties,
        }
    }
}

//! The HTTP client that generated code stands on.
//!
//! One executor sends all requests. It knows an operation as data, an [`Operation`], and is not generic
//! over it; what generated code adds is a thin typed shell.

mod answer;
mod api;
mod async_runtime;
mod builder;
mod call;
mod credentials;
mod disclosure;
mod encode;
mod environment;
mod error;
mod event_stream;
mod executor;
mod foreign_text;
mod framing;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod header;
mod items;
mod json_lines;
mod link_header;
mod macros;
mod operation;
mod pagination;
mod reply;
mod retry_after;
mod secret;
mod secret_header;
mod security;
mod server_url;
mod tls;
mod token;
mod variable;
mod walk;

use crate::clock;
pub use answer::{Answer, Response};
pub use api::Api;
pub use builder::Builder;
pub use call::{Call, Sending};
pub use environment::Environment;
pub use error::{
    ApiError, BoxError, ConfigError, DecodeError, Error, ErrorShape, InvalidRequest,
    MissingCredentials, TokenError, TransportError, TransportKind,
};
pub use event_stream::{EventStream, ServerEvent};
pub use executor::Client;
pub use header::{FromHeader, Header};
pub use items::{Items, Pages};
pub use json_lines::JsonLines;
pub use operation::{Encoding, Location, Method, Operation, Parameter, Security, Status, Style};
pub use pagination::{PageStyle, Pagination};
pub use reply::{Binary, Empty, Events, Json, Lines, Reply, Text};
pub use secret::Secret;
pub use security::{Scheme, SchemeKind};
pub use token::{Token, TokenEndpointAuth, TokenProvider};
pub use variable::Variable;

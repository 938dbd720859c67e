//! The HTTP client that generated code stands on.
//!
//! One executor sends all requests. It knows an operation as data, an [`Operation`], and is not generic
//! over it; what generated code adds is a thin typed shell.

mod answer;
mod api;
mod async_runtime;
mod attempt;
#[cfg(feature = "blocking")]
mod blocking;
mod body_text;
mod builder;
mod call;
mod credentials;
mod deadline;
mod disclosure;
mod doubling;
mod download;
mod echo;
mod encode;
mod endpoint;
mod environment;
mod error;
mod event_stream;
mod executor;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod idempotency;
mod items;
mod journaled;
mod journaling;
mod json_lines;
mod link_header;
mod macros;
mod media_type;
mod observe;
mod operation;
mod pagination;
mod payload;
mod random;
#[cfg(feature = "rate-limit")]
mod rate_limit;
mod reply;
mod retry;
mod retry_after;
mod secret;
mod secret_header;
mod security;
mod sending;
mod server_url;
mod slot;
mod text_sequence;
mod tls;
mod token;
#[cfg(feature = "tracing")]
mod trace;
mod transport;
mod transport_cause;
mod upload;
mod variable;
mod walk;

use crate::clock;
pub use answer::{Answer, Response};
pub use api::Api;
#[cfg(feature = "blocking")]
pub use blocking::{Wait, Waiting};
pub use builder::Builder;
pub use call::{Call, Sending};
pub use download::Download;
pub use endpoint::EndpointCall;
pub use environment::Environment;
pub use error::{
    ApiError, AttemptEnd, Attempted, BoxError, ConfigError, DeadlineError, DecodeError, Error,
    ErrorKind, ErrorShape, InvalidRequest, JournalFailure, MissingCredentials, OutcomeUnknown,
    TokenError, TransportError, TransportKind,
};
pub use event_stream::{EventStream, ServerEvent};
pub use executor::Client;
pub use items::{Items, Pages};
pub use json_lines::JsonLines;
pub use observe::{AttemptOutcome, AttemptStart, Observe};
pub use operation::{Operation, Retry};
pub use pagination::{PageStyle, Pagination};
pub use random::{Random, SystemRandom};
#[cfg(feature = "rate-limit")]
pub use rate_limit::RateLimit;
pub use reply::{Binary, Empty, Events, Json, Lines, NamedEvents, Reply, Text, TextEvents};
pub use retry::RetryBudget;
pub use secret::Secret;
pub use slot::Slot;
pub use token::{Token, TokenEndpointAuth, TokenProvider};
#[cfg(feature = "tracing")]
pub use trace::TraceAttempts;
pub use transport::{Transport, TransportFailure, Transported};
pub use variable::Variable;

//! The server that generated code stands on: requests are read and answers written by what the document says of an
//! operation.
//!
//! A [`Service`] knows operations as data, finds the one that a request is for, and refuses what does not fit the
//! document with a [`Problem`] (RFC 9457), which says where and why. Generated code adds a trait for each resource, typed
//! requests and typed answers.
//!
//! It lets nothing in without credentials where the document asks for some: [`Service::authorized_by`] gives it the
//! judge of them.

mod accept;
mod answer;
mod authorize;
mod body;
mod context;
mod held;
mod incoming;
mod limits;
mod multipart;
mod operation;
mod parameters;
mod problem;
mod repeated;
mod routes;
mod service;
mod stream;
mod template;
mod upload;

pub use answer::{Reply, Response};
pub use authorize::{Authorize, Credential, Refusal};
pub use axum::body::Body;
pub use context::Context;
#[doc(hidden)]
pub use incoming::Incoming;
pub use limits::Limits;
pub use operation::{Input, Operation};
pub use problem::Problem;
#[doc(hidden)]
pub use service::Answering;
pub use service::{NotServed, Service};
pub use stream::{Event, Events, Lines};
pub use upload::Upload;

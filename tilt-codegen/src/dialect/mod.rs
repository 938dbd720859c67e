//! The documents as typed views: what they say, in one dialect, before anything is decided.
//!
//! The shell (operations, parameters, responses, security, servers) is read object by object with
//! `openapiv3`, so that what is wrong in one object costs that object and not the document.
//! Schemas stay where they are, as [`Node`](crate::source::Node)s that [`schema::Schema`] takes
//! apart one at a time.

pub(crate) mod asyncapi;
pub(crate) mod beside;
mod copies;
pub(crate) mod dynamic;
pub(crate) mod equal;
pub(crate) mod examples;
pub(crate) mod ignored;
pub(crate) mod keyword;
pub(crate) mod media_type;
mod members;
pub(crate) mod openapi;
pub(crate) mod roles;
pub(crate) mod schema;
mod security;
mod shell;
pub(crate) mod texts;

pub(crate) use copies::too_much_output;
pub(crate) use security::{Requirement, SecurityScheme, SecuritySchemeKind};

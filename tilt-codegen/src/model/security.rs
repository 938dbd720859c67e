//! Authentication: the schemes of an API, their scopes, and what an operation needs of both.
//!
//! A scheme goes through one file in each room: `dialect/security.rs` reads it, `lower/operation/security.rs` decides
//! which [`SecurityKind`] it is, `render/security.rs` prints the client's methods for it, and
//! `client/security.rs` of the runtime puts it into requests.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Docs, Location};

/// How a request can be authenticated.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// The name of the builder method, such as `api_key`, `bearer_token`, `credentials`.
    pub method: String,
    /// The key under `components.securitySchemes`.
    pub wire: String,
    pub kind: SecurityKind,
    pub docs: Docs,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SecurityKind {
    ApiKey {
        location: Location,
        name: String,
    },
    HttpBasic,
    /// HTTP bearer, and OAuth2 or OpenID Connect flows that the SDK cannot run by itself: the user
    /// brings a token.
    Bearer,
    /// OAuth2 client credentials: the SDK mints and caches tokens.
    ClientCredentials {
        token_url: Option<String>,
    },
    MutualTls,
    /// Another registered HTTP scheme, such as `digest`: the user gives the header's value.
    HttpOther {
        scheme: String,
    },
}

/// All of these schemes together.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityAlternative {
    /// Indexes into [`Sdk::security_schemes`](super::Sdk::security_schemes), with the scopes (as
    /// indexes into [`Sdk::scopes`](super::Sdk::scopes)). Empty: anonymous access is allowed.
    pub schemes: Vec<(usize, Vec<usize>)>,
}

/// An OAuth2 scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    /// Variant name, such as `PaymentsCreate`.
    pub name: String,
    /// Such as `tilt/payments:create`.
    pub wire: String,
    pub docs: Docs,
}

//! The constraints on requests.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use serde_json::Value;

/// The constraints of a schema, which the runtime holds the values of requests against.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraints {
    /// That of a static variable.
    pub name: String,
    /// As `rt::Constraints` describes it. References are indexes into `references`.
    pub schema: Value,
    pub references: Vec<String>,
}

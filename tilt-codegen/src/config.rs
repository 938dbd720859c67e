//! What a document cannot say: `codegen.toml`.
//!
//! ```
//! let config = tilt_codegen::config::Config::from_toml(r#"
//!     [types.rename]
//!     CreateOrderRequest = "CreateOrder"
//!
//!     [operations.rename]
//!     "POST /orders/{id}/close" = "orders.close"
//!
//!     [[environments]]
//!     name = "Dev"
//!     api = "https://api.dev.example.com"
//!     token = "https://auth.dev.example.com/oauth2/token"
//! "#)?;
//! assert_eq!(config.environments[0].name, "Dev");
//! # Ok::<(), tilt_codegen::config::ConfigError>(())
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

/// Settings of the generator; all of them have a default.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub types: Types,
    pub operations: Operations,
    /// In place of the document's servers.
    pub environments: Vec<Environment>,
    pub auth: Auth,
    pub pagination: Option<Pagination>,
    pub errors: Errors,
    pub events: Events,
    pub idempotency: Idempotency,
    pub select: Select,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Types {
    /// Generated name to wanted name.
    pub rename: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operations {
    /// `METHOD path`, or an operationId, to `resource.method`.
    pub rename: BTreeMap<String, String>,
}

/// A place where the API runs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// In `PascalCase`, such as `Dev`.
    pub name: String,
    pub api: String,
    /// The OAuth2 token endpoint.
    pub token: Option<String>,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Auth {
    /// The API takes OAuth2 client credentials, whatever its document declares.
    pub client_credentials: bool,
    /// Scope to description. A scope that an operation's description names is one it requires.
    pub scopes: BTreeMap<String, String>,
}

/// How lists page, where parameters and properties of these names exist.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, tag = "style", rename_all = "lowercase")]
pub enum Pagination {
    Offset { offset: String, limit: Option<String>, items: String, total: Option<String> },
    Page { page: String, size: Option<String>, items: String, total: Option<String> },
    Cursor { cursor: String, items: String, next: String },
    None,
}

/// Property names at the top level of an error body.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Errors {
    pub code: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Events {
    /// The payload's property that names the event.
    pub kind: Option<String>,
    /// The payload's property by which deliveries are told apart.
    pub id: Option<String>,
    pub signature: Option<Signature>,
}

/// HMAC-SHA256 over the raw body, in a header.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    pub header: String,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub encoding: SignatureEncoding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureEncoding {
    #[default]
    Hex,
    Base64,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Idempotency {
    /// The header that makes repeating a request safe, where an operation declares it.
    /// `Idempotency-Key` by default.
    pub header: Option<String>,
}

/// Which operations to generate; types that nothing then uses go away with the others.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// `tag:NAME`, `path:PREFIX` or `operation:ID`. Empty: all.
    pub include: Vec<String>,
    pub exclude: Vec<String>,
}

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl Config {
    /// Reads `codegen.toml`.
    ///
    /// # Errors
    ///
    /// The text is no TOML, or has a key that does not exist; the message names line and column.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| ConfigError(error.to_string()))
    }
}

//! Bearer tokens: those that the user brings, and those that are minted by OAuth2 client credentials.

mod cache;
mod endpoint;
mod minted;
mod pause;

pub use endpoint::TokenEndpointAuth;

pub(crate) use cache::TokenCache;
pub(crate) use endpoint::TokenEndpoint;
pub(crate) use minted::Minted;

use super::error::BoxError;
use super::secret::Secret;
use secrecy::SecretString;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Brings bearer tokens that the client does not mint itself.
pub trait TokenProvider: Send + Sync + 'static {
    /// The token for the next request. Called for every request: keep what lasts.
    fn token(&self) -> Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send + '_>>;
}

/// A bearer token, or what brings one.
#[derive(Clone)]
pub enum Token {
    /// This one, until it is replaced.
    Fixed(Secret),
    /// Asked for each request.
    Provided(Arc<dyn TokenProvider>),
}

impl Token {
    /// Asks a provider for each request.
    pub fn provided(provider: impl TokenProvider) -> Self {
        Self::Provided(Arc::new(provider))
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Self::Fixed(token.into())
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self::Fixed(token.into())
    }
}

impl From<SecretString> for Token {
    fn from(token: SecretString) -> Self {
        Self::Fixed(token.into())
    }
}

impl From<Secret> for Token {
    fn from(token: Secret) -> Self {
        Self::Fixed(token)
    }
}

impl From<&Secret> for Token {
    fn from(token: &Secret) -> Self {
        Self::Fixed(token.clone())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) => "Fixed([REDACTED])",
            Self::Provided(_) => "Provided",
        })
    }
}

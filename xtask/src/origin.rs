//! Where the live documents are.

use crate::document::DocumentKind;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::fmt;
use url::{Host, Url};

/// An environment whose API publishes its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deployment {
    /// Also called the sandbox.
    Dev,
    /// Where real money moves.
    Prod,
}

impl Deployment {
    fn base_url(self) -> &'static str {
        match self {
            Deployment::Dev => "https://pos-api.dev.apps.myfinterra.com",
            Deployment::Prod => "https://pos-api.apps.myfinterra.com",
        }
    }
}

/// The address below which an API publishes its documents: `https`, or `http` on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(Url);

/// Why an address is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Not an absolute URL.
    #[error("`{text}` is not a URL: {reason}")]
    Malformed {
        /// The text, escaped.
        text: String,
        /// The parser's message.
        reason: url::ParseError,
    },
    /// Anyone on the way could replace the documents.
    #[error("{0} is not https; plain http is for loopback addresses only")]
    Insecure(Url),
    /// The address would end up in `source.toml` and in messages.
    #[error("the base URL must not carry a user name or a password")]
    Credentials,
    /// The documents' paths are appended.
    #[error("{0} has a query or a fragment; give the address that the API's paths are appended to")]
    NotABase(Url),
}

impl Origin {
    /// Checks an address given by the user.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let url = Url::parse(text).map_err(|reason| OriginError::Malformed {
            text: text.escape_debug().to_string(),
            reason,
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(OriginError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(OriginError::NotABase(url));
        }
        if !is_secure(&url) {
            return Err(OriginError::Insecure(url));
        }
        Ok(Self(url))
    }

    /// The address of a document.
    pub fn document(&self, kind: DocumentKind) -> Url {
        let mut url = self.0.clone();
        let path = format!(
            "{}/pos/v1/.well-known/{}",
            url.path().trim_end_matches('/'),
            kind.file_name()
        );
        url.set_path(&path);
        url
    }
}

impl TryFrom<Deployment> for Origin {
    type Error = OriginError;

    fn try_from(environment: Deployment) -> Result<Self, OriginError> {
        Self::parse(environment.base_url())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether nobody on the way can change what comes from there.
pub(crate) fn is_secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}

/// Whether the address is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Where the live API is.
#[derive(Debug, Clone, Args)]
pub struct From {
    /// The environment whose documents are fetched.
    #[arg(long, value_enum, default_value_t = Deployment::Prod)]
    pub env: Deployment,
    /// Another address that the API's paths are appended to: https, or http on loopback.
    #[arg(long, value_name = "URL", conflicts_with = "env")]
    pub base_url: Option<String>,
}

impl From {
    /// The address, checked.
    pub fn origin(&self) -> Result<Origin, OriginError> {
        match &self.base_url {
            Some(url) => Origin::parse(url),
            None => Origin::try_from(self.env),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_hang_below_the_base() {
        for base in ["https://api.example.com", "https://api.example.com/"] {
            let origin = Origin::parse(base).unwrap();
            assert_eq!(
                origin.document(DocumentKind::OpenApi).as_str(),
                "https://api.example.com/pos/v1/.well-known/openapi.json"
            );
        }
        assert_eq!(
            Origin::parse("https://example.com/proxy/")
                .unwrap()
                .document(DocumentKind::AsyncApi)
                .as_str(),
            "https://example.com/proxy/pos/v1/.well-known/asyncapi.json"
        );
    }

    #[test]
    fn both_environments_have_an_address() {
        for environment in Deployment::value_variants() {
            Origin::try_from(*environment).unwrap();
        }
    }

    #[test]
    fn plain_http_is_for_loopback() {
        for base in [
            "http://127.0.0.1:8080",
            "http://localhost:1",
            "http://[::1]:1",
            "http://127.9.9.9",
        ] {
            assert!(Origin::parse(base).is_ok(), "{base}");
        }
        for base in [
            "http://api.example.com",
            "http://localhost.example.com",
            "ftp://127.0.0.1",
            "file:///x",
        ] {
            assert!(
                matches!(Origin::parse(base), Err(OriginError::Insecure(_))),
                "{base}"
            );
        }
    }

    #[test]
    fn credentials_are_refused_and_not_repeated() {
        let error = Origin::parse("https://me:hush@example.com").unwrap_err();
        assert_eq!(error, OriginError::Credentials);
        assert!(!error.to_string().contains("hush"));
    }
}

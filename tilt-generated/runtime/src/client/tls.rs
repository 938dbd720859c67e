//! The HTTP clients that are used unless the user brings one.

use super::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::OnceLock;
use std::time::Duration;
use url::Url;

/// The HTTP client by which requests are sent.
pub(crate) enum Http {
    /// The user's client, for every URL.
    Custom(reqwest::Client),
    /// One client for what is encrypted, and one for what is not.
    Own {
        connect_timeout: Duration,
        encrypted: OnceLock<reqwest::Client>,
        plain: OnceLock<reqwest::Client>,
    },
}

impl Http {
    pub(crate) fn new(connect_timeout: Duration) -> Self {
        Self::Own {
            connect_timeout,
            encrypted: OnceLock::new(),
            plain: OnceLock::new(),
        }
    }

    /// The client for a URL.
    pub(crate) fn of(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let is_plain = url.scheme() == "http";
        let (slot, connect_timeout) = match self {
            Self::Custom(client) => return Ok(client),
            Self::Own {
                plain,
                connect_timeout,
                ..
            } if is_plain => (plain, *connect_timeout),
            Self::Own {
                encrypted,
                connect_timeout,
                ..
            } => (encrypted, *connect_timeout),
        };
        match slot.get() {
            Some(client) => Ok(client),
            None => {
                let client = http_client(connect_timeout, is_plain)?;
                Ok(slot.get_or_init(|| client))
            }
        }
    }
}

/// A client that follows no redirect: a request that moves money goes where it was sent, or nowhere.
///
/// One for plain HTTP needs no certificates, which the machine may not have. It takes no proxy, which would
/// read credentials, and finds `localhost` on this machine whatever a resolver says.
fn http_client(connect_timeout: Duration, plain: bool) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout);
    if plain {
        // The port is that of the URL.
        let loopback = [
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
        ];
        builder = builder.no_proxy().resolve_to_addrs("localhost", &loopback);
    }
    #[cfg(all(feature = "rustls", not(feature = "rustls-aws-lc")))]
    let builder = builder.tls_backend_preconfigured(rustls_config(plain)?);
    #[cfg(all(
        feature = "native-tls",
        not(any(feature = "rustls", feature = "rustls-aws-lc"))
    ))]
    let builder = builder.tls_backend_native();
    builder
        .build()
        .map_err(|error| Error::config(format!("no HTTP client: {}", error.without_url())))
}

/// rustls with ring, which builds without cmake, and the certificates of the operating system.
#[cfg(all(feature = "rustls", not(feature = "rustls-aws-lc")))]
fn rustls_config(plain: bool) -> Result<rustls::ClientConfig, Error> {
    use rustls_platform_verifier::BuilderVerifierExt;
    use std::sync::Arc;

    // The application's own choice of cryptography, where it has made one.
    let provider = rustls::crypto::CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let unusable = |error: rustls::Error| Error::config(format!("no TLS: {error}"));
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let config = if plain {
        config.with_root_certificates(rustls::RootCertStore::empty())
    } else {
        config.with_platform_verifier().map_err(unusable)?
    };
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

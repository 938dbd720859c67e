//! The HTTP client that is used unless the user brings one.

use super::error::Error;
use std::time::Duration;

/// A client that follows no redirect: a request that moves money goes where it was sent, or nowhere.
/// One that is only for plain HTTP needs no certificates, which the machine may not have.
pub(crate) fn http_client(
    connect_timeout: Duration,
    #[cfg_attr(
        not(all(feature = "rustls", not(feature = "rustls-aws-lc"))),
        expect(
            unused_variables,
            reason = "other TLS does without certificates by itself"
        )
    )]
    plain: bool,
) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout);
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

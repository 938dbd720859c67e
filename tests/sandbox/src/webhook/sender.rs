//! One attempt to deliver, over HTTP.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use secrecy::ExposeSecret;

use super::{AttemptOutcome, Endpoint, SIGNATURE_HEADER, sign};

/// Lets HTTP clients of this process be made where another crate turned on TLS without choosing a
/// provider for it, as the SDK does.
pub fn install_tls_provider() {
    // Fails when there is a provider already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Posts events to endpoints.
pub(crate) struct Sender {
    http: reqwest::Client,
}

impl Sender {
    pub(crate) fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        install_tls_provider();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .timeout(timeout)
            .build()?;
        Ok(Self { http })
    }

    pub(crate) async fn attempt(&self, endpoint: &Endpoint, body: Bytes) -> AttemptOutcome {
        let signature = sign(endpoint.secret.expose_secret(), &body);
        let sent = self
            .http
            .post(endpoint.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(SIGNATURE_HEADER, signature)
            .body(body)
            .send()
            .await;
        match sent {
            Ok(response) => AttemptOutcome::Answered(response.status().as_u16()),
            Err(error) if error.is_timeout() => AttemptOutcome::TimedOut,
            Err(_) => AttemptOutcome::Unreachable,
        }
    }
}

//! One attempt to deliver: over HTTP, or to a function of this process.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use secrecy::ExposeSecret;
use url::Url;

use super::handler::Handlers;
use super::{AttemptOutcome, Endpoint, SIGNATURE_HEADER, sign};

/// Lets HTTP clients of this process be made where another crate turned on TLS without choosing a
/// provider for it, as the SDK does.
pub fn install_tls_provider() {
    // Fails when there is a provider already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Hands events to endpoints.
pub(crate) struct Sender {
    http: reqwest::Client,
    handlers: Handlers,
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
        let handlers = Handlers::default();
        Ok(Self { http, handlers })
    }

    /// Lets a function take what goes to `address`.
    pub(crate) fn add_handler<A>(
        &self,
        address: Url,
        handler: impl Fn(Request<Bytes>) -> A + Send + Sync + 'static,
    ) where
        A: Future<Output = StatusCode> + Send + 'static,
    {
        self.handlers.add(address, handler);
    }

    pub(crate) async fn attempt(&self, endpoint: &Endpoint, body: Bytes) -> AttemptOutcome {
        let signature = sign(endpoint.secret.expose_secret(), &body);
        let request = Request::post(endpoint.url.as_str())
            .header(CONTENT_TYPE, "application/json")
            .header(SIGNATURE_HEADER, signature)
            .body(body);
        let Ok(request) = request else {
            return AttemptOutcome::Unreachable;
        };
        if let Some(handler) = self.handlers.get(&endpoint.url) {
            return AttemptOutcome::Answered(handler(request).await.as_u16());
        }
        let Ok(request) = reqwest::Request::try_from(request) else {
            return AttemptOutcome::Unreachable;
        };
        match self.http.execute(request).await {
            Ok(response) => AttemptOutcome::Answered(response.status().as_u16()),
            Err(error) if error.is_timeout() => AttemptOutcome::TimedOut,
            Err(_) => AttemptOutcome::Unreachable,
        }
    }
}

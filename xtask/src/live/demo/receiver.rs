//! The application's side of webhooks: an endpoint that verifies what it gets.

use super::DemoError;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use std::net::Ipv4Addr;
use std::time::Duration;
use tilt_generated::webhooks::{Delivery, Verifier};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// How long to wait for an event.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// An endpoint on a free port of this machine.
pub(crate) struct Receiver {
    pub(crate) url: String,
    verifier: Verifier,
    deliveries: mpsc::UnboundedReceiver<(HeaderMap, Bytes)>,
}

impl Receiver {
    pub(crate) async fn start(signing_secret: &str) -> Result<Self, DemoError> {
        let failed = |error| DemoError::Io {
            action: "start the webhook receiver",
            error,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(failed)?;
        let url = format!("http://{}/webhooks", listener.local_addr().map_err(failed)?);
        let (sender, deliveries) = mpsc::unbounded_channel();
        // Answered at once and looked at later, as an application should.
        let accept = async move |headers: HeaderMap, body: Bytes| match sender.send((headers, body))
        {
            Ok(()) => StatusCode::NO_CONTENT,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        let router = Router::new().route("/webhooks", post(accept));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            url,
            verifier: Verifier::new(signing_secret),
            deliveries,
        })
    }

    /// The next delivery of this kind, verified. Others are passed over.
    pub(crate) async fn next(&mut self, kind: &'static str) -> Result<Delivery, DemoError> {
        let wanted = async {
            while let Some((headers, body)) = self.deliveries.recv().await {
                let delivery = self
                    .verifier
                    .receive(&headers, body)
                    .map_err(DemoError::Webhook)?;
                if delivery.kind() == Some(kind) {
                    return Ok(delivery);
                }
            }
            Err(DemoError::NoEvent { kind })
        };
        tokio::time::timeout(PATIENCE, wanted)
            .await
            .unwrap_or(Err(DemoError::NoEvent { kind }))
    }
}

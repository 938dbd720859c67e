//! The way of one request to the server and of its answer back, which tests may replace.

use super::error::{BoxError, TransportKind};
use super::transport_cause::cause;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;

/// Sends single requests. By default an HTTP client does; tests of programs bring answers of their own, without a
/// server: see `transport` of a client's builder. Tokens are still minted over HTTP.
pub trait Transport: Debug + Send + Sync + 'static {
    /// Sends a request once. It is not sent again by this, and no redirect is followed.
    fn send(&self, request: http::Request<Bytes>) -> Transported;
}

/// An answer on its way, or the failure to get one.
pub type Transported =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportFailure>> + Send>>;

/// A request that got no answer.
#[derive(Debug)]
pub struct TransportFailure {
    pub(crate) kind: TransportKind,
    pub(crate) source: Option<BoxError>,
}

impl TransportFailure {
    /// A failure at this point. Say [`TransportKind::Connect`] only where nothing was sent, and
    /// [`TransportKind::Refused`] only where the server said that it did nothing: the request is then sent again,
    /// whatever it does.
    #[must_use]
    pub fn new(kind: TransportKind) -> Self {
        Self { kind, source: None }
    }

    /// The same failure with its cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.kind, f)
    }
}

/// The beginning of an answer.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Incoming,
}

/// The body of an answer, on its way.
pub(crate) enum Incoming {
    Http(reqwest::Response),
    Whole(Bytes),
}

/// A request that an HTTP client did not send, or lost.
pub(crate) enum Failure {
    /// Such as a URL that is longer than HTTP clients take.
    Unsendable(BoxError),
    Lost(TransportFailure),
}

/// Sends a request over HTTP, once.
pub(crate) async fn over_http(
    http: &reqwest::Client,
    request: reqwest::Request,
) -> Result<Head, Failure> {
    match http.execute(request).await {
        Ok(mut response) => Ok(Head {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Incoming::Http(response),
        }),
        Err(error) if error.is_builder() => Err(Failure::Unsendable(error.without_url().into())),
        Err(error) => {
            let kind = if error.is_connect() {
                TransportKind::Connect
            } else if is_refused(&error) {
                TransportKind::Refused
            } else if error.is_timeout() {
                TransportKind::Timeout
            } else {
                TransportKind::Request
            };
            let failure = TransportFailure::new(kind).because(cause(error));
            Err(Failure::Lost(failure))
        }
    }
}

/// Sends a request by a transport that the user brought.
pub(crate) async fn over(
    transport: &dyn Transport,
    request: reqwest::Request,
) -> Result<Head, Failure> {
    let mut sent = http::Request::new(Bytes::new());
    *sent.method_mut() = request.method().clone();
    let uri = request.url().as_str().parse();
    *sent.uri_mut() =
        uri.map_err(|error: http::uri::InvalidUri| Failure::Unsendable(error.into()))?;
    *sent.headers_mut() = request.headers().clone();
    if let Some(body) = request.body().and_then(reqwest::Body::as_bytes) {
        *sent.body_mut() = Bytes::copy_from_slice(body);
    }
    let answer = transport.send(sent).await.map_err(Failure::Lost)?;
    let (parts, body) = answer.into_parts();
    Ok(Head {
        status: parts.status,
        headers: parts.headers,
        body: Incoming::Whole(body),
    })
}

/// Whether the server said that it did not look at the request: by REFUSED_STREAM, or by a GOAWAY for streams up to
/// one before this (RFC 9113, section 8.7). Of a stream that such a frame covers, `h2` tells another error.
#[cfg(feature = "http2")]
fn is_refused(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
            return error.is_remote() && (is_refused || error.is_go_away());
        }
        cause = error.source();
    }
    false
}

#[cfg(not(feature = "http2"))]
fn is_refused(_: &reqwest::Error) -> bool {
    false
}

//! The way of one request to the server and of its answer back, which tests may replace.

use super::clock::Clock;
use super::deadline::limit;
use super::error::{BoxError, Error, TransportKind};
use super::payload::Outgoing;
use super::tls::{Connections, Http, Lease};
use super::transport_cause::cause;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use http_body::Body;
use std::fmt::{self, Debug};
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Sends single requests, those for tokens too. By default an HTTP client does; tests of programs bring answers of their own,
/// without a server: see `transport` of a client's builder. A body that is streamed is there whole, up to the client's
/// limit for answers, and so is every answer.
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
    Http(reqwest::Body, Lease),
    Whole(Bytes),
}

impl Incoming {
    /// The length that the server has announced.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Http(body, _) => body.size_hint().exact(),
            Self::Whole(body) => Some(body.len() as u64),
        }
    }
}

/// A request for one attempt.
pub(crate) struct Outbound {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Outgoing>,
}

/// A request that was not sent, or lost.
pub(crate) enum Failure {
    /// There is no HTTP client for it.
    Unconfigured(Error),
    /// Such as a URL that is longer than HTTP clients take.
    Unsendable(BoxError),
    /// The bytes to send could not be read.
    Unreadable(io::Error),
    Lost(TransportFailure),
    /// No answer came in time.
    Late,
}

/// The time for the beginning of an answer.
pub(crate) struct Patience<'c> {
    pub(crate) clock: &'c dyn Clock,
    pub(crate) time: Duration,
    /// A request that is still being sent has this time after each piece, whatever the other says.
    pub(crate) idle: Duration,
}

/// The way of requests: over HTTP, or by a transport that the user brought.
pub(crate) struct Carrier {
    pub(crate) http: Arc<Http>,
    pub(crate) transport: Option<Box<dyn Transport>>,
    /// The size of a streamed body that a transport of the user's gets.
    pub(crate) most_bytes: usize,
}

impl Carrier {
    /// Sends a request once, and waits for the beginning of the answer. Where none comes in time, its connection is not used
    /// any more.
    pub(crate) async fn send(
        &self,
        request: Outbound,
        on: Connections,
        patience: &Patience<'_>,
    ) -> Result<Head, Failure> {
        let progress = request.body.as_ref().and_then(Outgoing::progress);
        let moved = || progress.as_ref()?.moved();
        let sent = match &self.transport {
            Some(transport) => {
                let sending = over(&**transport, request, self.most_bytes);
                patience.limit(moved, sending).await
            }
            None => {
                let (http, lease) = self
                    .http
                    .of(&request.url, on)
                    .map_err(Failure::Unconfigured)?;
                let sent = patience.limit(moved, over_http(&http, request)).await;
                if sent.is_none() {
                    lease.retire();
                }
                sent.map(|response| Ok(head(response?, lease)))
            }
        };
        match (sent, progress.and_then(|progress| progress.failure())) {
            // The body's end came first, whatever was made of it.
            (Some(Err(Failure::Lost(_))), Some(failure)) => {
                let failure = TransportFailure::new(TransportKind::Source).because(failure);
                Err(Failure::Lost(failure))
            }
            (Some(sent), _) => sent,
            (None, _) => Err(Failure::Late),
        }
    }
}

impl Patience<'_> {
    /// The end of a request that is being sent, if it comes in time.
    async fn limit<T>(
        &self,
        moved: impl Fn() -> Option<Duration>,
        sending: impl Future<Output = T>,
    ) -> Option<T> {
        let mut sending = pin!(sending);
        let mut time = self.time;
        loop {
            if let Some(sent) = limit(self.clock, time, sending.as_mut()).await {
                return Some(sent);
            }
            let since = self.clock.monotonic().saturating_sub(moved()?);
            time = self.idle.checked_sub(since).filter(|it| !it.is_zero())?;
        }
    }
}

fn head(response: reqwest::Response, lease: Lease) -> Head {
    let (parts, body) = http::Response::<reqwest::Body>::from(response).into_parts();
    Head {
        status: parts.status,
        headers: parts.headers,
        body: Incoming::Http(body, lease),
    }
}

/// Sends a request over HTTP, once.
async fn over_http(
    http: &reqwest::Client,
    request: Outbound,
) -> Result<reqwest::Response, Failure> {
    let mut sent = reqwest::Request::new(request.method, request.url);
    *sent.headers_mut() = request.headers;
    *sent.body_mut() = request.body.map(|body| match body {
        Outgoing::Whole(bytes) => bytes.into(),
        Outgoing::Streamed(transfer) => reqwest::Body::wrap(transfer),
    });
    http.execute(sent).await.map_err(|error| {
        if error.is_builder() {
            return Failure::Unsendable(error.without_url().into());
        }
        let kind = if error.is_connect() {
            TransportKind::Connect
        } else if is_refused(&error) {
            TransportKind::Refused
        } else if error.is_timeout() {
            TransportKind::Timeout
        } else {
            TransportKind::Request
        };
        Failure::Lost(TransportFailure::new(kind).because(cause(error)))
    })
}

/// Sends a request by a transport that the user brought.
async fn over(
    transport: &dyn Transport,
    request: Outbound,
    most_bytes: usize,
) -> Result<Head, Failure> {
    let uri = request.url.as_str().parse();
    let uri = uri.map_err(|error: http::uri::InvalidUri| Failure::Unsendable(error.into()))?;
    let body = match request.body {
        Some(body) => body.collected(most_bytes).await,
        None => Ok(Bytes::new()),
    };
    let mut sent = http::Request::new(body.map_err(Failure::Unreadable)?);
    *sent.method_mut() = request.method;
    *sent.uri_mut() = uri;
    *sent.headers_mut() = request.headers;
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

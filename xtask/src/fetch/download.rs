//! One document over HTTP, within limits.

use crate::origin::is_loopback;
use indicatif::ProgressBar;
use reqwest::header::{CONTENT_ENCODING, ETAG, HeaderMap, IF_NONE_MATCH, LOCATION};
use reqwest::{Client, Response, StatusCode};
use std::error::Error;
use std::time::Duration;
use url::Url;

/// The limits of a download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Between two pieces of the answer.
    pub silence: Duration,
    /// For a whole document, redirects included.
    pub total: Duration,
    /// For a document's size.
    pub bytes: usize,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            total: Duration::from_secs(120),
            bytes: 64 << 20,
            redirects: 5,
        }
    }
}

/// A server's answer for a document.
pub(super) enum Answer {
    /// It is still the one that the ETag names.
    NotModified,
    /// Here it is.
    Document {
        /// Byte for byte.
        bytes: Vec<u8>,
        /// The server's name for this state of it.
        etag: Option<String>,
    },
}

/// Why a document could not be had.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// This machine's side could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
    /// No connection.
    #[error("no connection: {0}")]
    Connect(String),
    /// The connection broke, or the answer was cut off.
    #[error("the answer broke off after {received} bytes: {reason}")]
    Interrupted {
        /// How much had come.
        received: usize,
        /// The cause.
        reason: String,
    },
    /// Nothing came for too long.
    #[error("the server was silent for {}", humantime::format_duration(*.0))]
    Silence(Duration),
    /// Too slow.
    #[error("the document was not complete after {}", humantime::format_duration(*.0))]
    TooSlow(Duration),
    /// Too big.
    #[error("the document is larger than {limit} bytes")]
    TooLarge {
        /// How large it may be.
        limit: usize,
    },
    /// Anything but success.
    #[error("the server answered {0}")]
    Status(StatusCode),
    /// Where it may only point to the same scheme, host and port.
    #[error(
        "the server redirects to {to}, which is another scheme, host or port; if the API has moved there, say so with --base-url"
    )]
    OtherOrigin {
        /// Where to, without its path, which may hold secrets.
        to: String,
    },
    /// A redirect without a usable address.
    #[error("the server redirects ({0}), but not to a usable address")]
    BadRedirect(StatusCode),
    /// In circles, perhaps.
    #[error("the server redirects more than {0} times")]
    TooManyRedirects(usize),
    /// We ask for the plain bytes, for these are what is recorded.
    #[error("the answer is encoded as `{0}`, which was not asked for")]
    Encoded(String),
    /// Says "not modified" to an unconditional request.
    #[error("the server says that nothing changed, though it was not asked whether")]
    UnaskedNotModified,
}

/// Gets a document. With an `etag`, only if it is another one by now.
pub(super) async fn download(
    url: &Url,
    etag: Option<&str>,
    limits: &Limits,
    progress: &ProgressBar,
) -> Result<Answer, DownloadError> {
    let transfer = async {
        let client = client(url, limits)?;
        let response = request(&client, url, etag, limits).await?;
        match response.status() {
            StatusCode::NOT_MODIFIED if etag.is_some() => Ok(Answer::NotModified),
            StatusCode::NOT_MODIFIED => Err(DownloadError::UnaskedNotModified),
            StatusCode::OK => {
                let etag = text(response.headers(), ETAG);
                let bytes = body(response, limits, progress).await?;
                Ok(Answer::Document { bytes, etag })
            }
            status => Err(DownloadError::Status(status)),
        }
    };
    tokio::time::timeout(limits.total, transfer)
        .await
        .unwrap_or(Err(DownloadError::TooSlow(limits.total)))
}

fn client(url: &Url, limits: &Limits) -> Result<Client, DownloadError> {
    install_tls_provider();
    let mut builder = Client::builder()
        .user_agent(concat!("tilt-xtask/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false);
    if is_loopback(url) {
        builder = builder.no_proxy();
    }
    builder
        .build()
        .map_err(|error| DownloadError::Client(chain(&error)))
}

/// Chooses who does the cryptography of TLS, for the whole process. Without this no HTTP client can
/// be built, not even for plain HTTP.
pub fn install_tls_provider() {
    // Fails when there is a provider already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Sends the request and follows redirects within the same scheme, host and port (RFC 6454, 4).
async fn request(
    client: &Client,
    url: &Url,
    etag: Option<&str>,
    limits: &Limits,
) -> Result<Response, DownloadError> {
    let mut url = url.clone();
    for _ in 0..=limits.redirects {
        let mut request = client.get(url.clone()).header("accept", "application/json");
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = within(limits.silence, request.send())
            .await?
            .map_err(|error| {
                if error.is_connect() {
                    DownloadError::Connect(chain(&error))
                } else {
                    DownloadError::Interrupted {
                        received: 0,
                        reason: chain(&error),
                    }
                }
            })?;
        if !is_redirect(response.status()) {
            return Ok(response);
        }
        url = target(&url, &response)?;
    }
    Err(DownloadError::TooManyRedirects(limits.redirects))
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn target(from: &Url, response: &Response) -> Result<Url, DownloadError> {
    let unusable = || DownloadError::BadRedirect(response.status());
    let location = response.headers().get(LOCATION).ok_or_else(unusable)?;
    let location = location.to_str().map_err(|_| unusable())?;
    let to = from.join(location).map_err(|_| unusable())?;
    // A name or password would be sent as a credential.
    let has_credentials = !to.username().is_empty() || to.password().is_some();
    if to.origin() == from.origin() && !has_credentials {
        return Ok(to);
    }
    Err(DownloadError::OtherOrigin {
        to: to.origin().ascii_serialization(),
    })
}

async fn body(
    mut response: Response,
    limits: &Limits,
    progress: &ProgressBar,
) -> Result<Vec<u8>, DownloadError> {
    if let Some(encoding) = text(response.headers(), CONTENT_ENCODING)
        && !encoding.eq_ignore_ascii_case("identity")
    {
        return Err(DownloadError::Encoded(encoding));
    }
    let too_large = DownloadError::TooLarge {
        limit: limits.bytes,
    };
    if let Some(length) = response.content_length() {
        if length > limits.bytes as u64 {
            return Err(too_large);
        }
        progress.set_length(length);
    }
    let mut bytes = Vec::new();
    loop {
        let piece = within(limits.silence, response.chunk()).await?;
        let piece = piece.map_err(|error| DownloadError::Interrupted {
            received: bytes.len(),
            reason: chain(&error),
        })?;
        let Some(piece) = piece else {
            return Ok(bytes);
        };
        if piece.len() > limits.bytes - bytes.len() {
            return Err(too_large);
        }
        bytes.extend_from_slice(&piece);
        progress.set_position(bytes.len() as u64);
    }
}

async fn within<T>(limit: Duration, step: impl Future<Output = T>) -> Result<T, DownloadError> {
    tokio::time::timeout(limit, step)
        .await
        .map_err(|_| DownloadError::Silence(limit))
}

/// A header's value, if it is printable text.
fn text(headers: &HeaderMap, name: reqwest::header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// An error with all its causes, without the address, which the caller names.
fn chain(error: &dyn Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.dedup();
    if causes.is_empty() {
        return error.to_string();
    }
    causes.join(": ")
}

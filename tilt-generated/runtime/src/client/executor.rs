//! Sends requests. Nothing here is generic over the operation.

use super::answer::{Answer, Arriving, Body, media_type};
use super::api::Api;
use super::async_runtime;
use super::credentials::Credentials;
use super::encode::tree::Tree;
use super::encode::url as target;
use super::environment::Endpoints;
use super::error::{ApiError, Error, TransportKind};
use super::operation::Operation;
use super::security::Applied;
use super::tls::Http;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A client, behind the typed shell of a generated crate. Cheap to clone.
///
/// Its type says nothing of the HTTP client in it: whoever compiles against it would have that
/// looked through, down to the last field, for each type that holds a client.
#[derive(Debug, Clone)]
pub struct Client(pub(crate) Arc<dyn Execute>);

/// The sender of requests.
pub(crate) trait Execute: fmt::Debug + Send + Sync {
    /// Sends a request and waits for the answer.
    fn execute(self: Arc<Self>, request: Request) -> Boxed<Answer>;

    /// Where a request goes, as far as that has no secrets of the client.
    fn url(&self, request: &Request) -> Result<Url, Error>;
}

impl Execute for Core {
    fn execute(self: Arc<Self>, request: Request) -> Boxed<Answer> {
        Box::pin(async move {
            async_runtime::required()?;
            self.send(request).await
        })
    }

    fn url(&self, request: &Request) -> Result<Url, Error> {
        let operation = request.operation;
        match &request.url {
            Some(url) => Ok(url.clone()),
            None => parse(operation, &self.target(operation, &request.values)?),
        }
    }
}

fn parse(operation: &'static Operation, url: &str) -> Result<Url, Error> {
    Url::parse(url)
        .map_err(|error| Error::invalid(operation, "URL", format!("is not valid: {error}")))
}

pub(crate) struct Core {
    pub(crate) api: &'static Api,
    pub(crate) endpoints: Endpoints,
    pub(crate) http: Arc<Http>,
    pub(crate) credentials: Credentials,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
}

/// Shows neither credentials nor the values of headers, nor the HTTP client, which has headers of its own.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("user_agent", &self.api.user_agent)
            .field("base", &self.endpoints)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) response_bytes: usize,
}

/// All that a call has gathered.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) operation: &'static Operation,
    pub(crate) values: Vec<(usize, Tree)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<RequestBody>,
    /// In place of what the operation's path and the values would make.
    pub(crate) url: Option<Url>,
    pub(crate) timeout: Option<Duration>,
    /// The first thing that went wrong in gathering.
    pub(crate) failure: Option<Error>,
}

#[derive(Debug, Clone)]
pub(crate) struct RequestBody {
    pub(crate) content_type: HeaderValue,
    pub(crate) bytes: Bytes,
}

pub(crate) type Boxed<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

impl Client {
    /// Sends a request and waits for the answer.
    pub(crate) fn execute(&self, request: Request) -> Boxed<Answer> {
        self.0.clone().execute(request)
    }

    /// Where a request goes, if it can be written.
    pub(crate) fn url(&self, request: &Request) -> Option<Url> {
        self.0.url(request).ok()
    }
}

impl Core {
    /// Sends a request once. (The one place from which a request that is safe to repeat would be
    /// sent again.)
    async fn send(&self, request: Request) -> Result<Answer, Error> {
        if let Some(failure) = request.failure {
            return Err(failure);
        }
        let operation = request.operation;
        let timeout = request.timeout.unwrap_or(self.limits.timeout);
        let mut url = match &request.url {
            Some(url) => url.to_string(),
            None => self.target(operation, &request.values)?,
        };
        let headers = self.headers(&request)?;
        let body = request.body.map(|body| body.bytes);
        self.attempt(operation, &mut url, headers, body, timeout)
            .await
    }

    async fn attempt(
        &self,
        operation: &'static Operation,
        url: &mut String,
        mut headers: HeaderMap,
        body: Option<Bytes>,
        timeout: Duration,
    ) -> Result<Answer, Error> {
        let credentials = &self.credentials;
        let applied = credentials
            .apply(self.api, operation, &self.http, &mut headers)
            .await?;
        carry(operation, &applied, url, &mut headers)?;
        let url = parse(operation, url)?;
        let mut request = reqwest::Request::new(operation.method.to_http(), url);
        *request.headers_mut() = headers;
        *request.body_mut() = body.map(Into::into);
        let answered = tokio::time::timeout(timeout, self.exchange(operation, request)).await;
        let mut result = match answered {
            Ok(result) => result,
            Err(_) => Err(Error::transport(operation, TransportKind::Timeout, None)),
        };
        if let Err(Error::Api(error)) = &mut result {
            let minted = applied.minted.as_ref();
            error.leave_out(|text| credentials.are_disclosed_by(text, minted));
        }
        if let (Some(StatusCode::UNAUTHORIZED), Some(minted)) = (
            result.as_ref().err().and_then(Error::status),
            &applied.minted,
        ) {
            let _ = credentials.refused(minted);
        }
        result
    }

    async fn exchange(
        &self,
        operation: &'static Operation,
        request: reqwest::Request,
    ) -> Result<Answer, Error> {
        let http = self.http.of(request.url())?;
        let mut response = http.execute(request).await.map_err(|error| {
            // Such as a URL that is longer than HTTP clients take.
            if error.is_builder() {
                return Error::unsendable(operation, &error.without_url());
            }
            let kind = if error.is_connect() {
                TransportKind::Connect
            } else if error.is_timeout() {
                TransportKind::Timeout
            } else {
                TransportKind::Request
            };
            Error::transport(operation, kind, Some(error))
        })?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let arriving = Arriving::new(operation, response, self.limits.read_timeout);
        let limit = self.limits.response_bytes;
        if !(status.is_success() || operation.success.iter().any(|it| it.includes(status))) {
            // The status is known, and says more than a body that broke off.
            let body = arriving.whole(limit).await.unwrap_or_default();
            let error = ApiError::new(operation, &self.api.errors, status, headers, body);
            return Err(Error::Api(Box::new(error)));
        }
        let body = if operation.streams && is_stream(media_type(&headers)) {
            Body::Arriving(arriving)
        } else {
            Body::Whole(arriving.whole(limit).await?)
        };
        Ok(Answer {
            operation,
            status,
            headers,
            body,
            limit,
        })
    }

    /// The URL as far as it has no secrets of the client.
    fn target(
        &self,
        operation: &'static Operation,
        values: &target::Values,
    ) -> Result<String, Error> {
        let mut url = match operation.server {
            Some(server) if !self.endpoints.custom => {
                self.endpoints.base_of(server, operation.server_variables)?
            }
            _ => self.endpoints.base.clone(),
        };
        let refused =
            |error: target::Refused| Error::invalid(operation, error.parameter, error.reason);
        target::write_path(operation, values, &mut url).map_err(refused)?;
        target::write_query(operation, values, &mut url).map_err(refused)?;
        Ok(url)
    }

    fn headers(&self, request: &Request) -> Result<HeaderMap, Error> {
        let operation = request.operation;
        let refused =
            |error: target::Refused| Error::invalid(operation, error.parameter, error.reason);
        let mut headers = self.headers.clone();
        if !operation.accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(operation.accept));
        }
        match &request.body {
            Some(body) => {
                headers.insert(CONTENT_TYPE, body.content_type.clone());
            }
            // Servers may insist on a length where a body is usual.
            None if operation.method.usually_has_body() => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            None => {}
        }
        for (name, value) in target::headers(operation, &request.values).map_err(refused)? {
            headers.insert(name, value);
        }
        let mut cookies = String::new();
        target::write_cookies(operation, &request.values, &mut cookies).map_err(refused)?;
        if !cookies.is_empty() {
            let unfit = |_| Error::invalid(operation, "cookie", "does not fit a header");
            headers.insert(COOKIE, HeaderValue::try_from(cookies).map_err(unfit)?);
        }
        for (name, value) in &request.headers {
            headers.insert(name, value.clone());
        }
        Ok(headers)
    }
}

fn carry(
    operation: &'static Operation,
    applied: &Applied,
    url: &mut String,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    for pair in &applied.query {
        // Links to the next page may repeat it.
        if url.split(['?', '&']).any(|it| it == pair.as_str()) {
            continue;
        }
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(pair);
    }
    if !applied.cookies.is_empty() {
        let before = headers.get(COOKIE).and_then(|it| it.to_str().ok());
        let mut cookies: Vec<&str> = before.into_iter().collect();
        cookies.extend(applied.cookies.iter().map(|it| it.as_str()));
        let unfit = |_| Error::invalid(operation, "cookie", "does not fit a header");
        let mut value = HeaderValue::try_from(cookies.join("; ")).map_err(unfit)?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    Ok(())
}

/// Whether a body of this media type is worth having before it is whole.
fn is_stream(media_type: &str) -> bool {
    const STREAMS: [&str; 7] = [
        "event-stream",
        "json-seq",
        "jsonl",
        "jsonlines",
        "ndjson",
        "stream+json",
        "x-jsonlines",
    ];
    let subtype = media_type.split('/').nth(1).unwrap_or_default();
    subtype.eq_ignore_ascii_case("x-ndjson")
        || STREAMS.iter().any(|it| subtype.eq_ignore_ascii_case(it))
}

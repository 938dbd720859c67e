//! Sends requests. Nothing here is generic over the operation.

use super::answer::Answer;
use super::api::Api;
use super::async_runtime;
use super::clock::Clock;
use super::credentials::Credentials;
use super::encode::{cookies, url as target};
use super::environment::Endpoints;
use super::error::Error;
use super::idempotency;
use super::journaled::{Ends, Journaled, stored_path};
use super::observe::Observe;
use super::operation::Operation;
use super::payload::Payload;
use super::random::{self, Random};
#[cfg(feature = "rate-limit")]
use super::rate_limit::Limiter;
use super::retry::{Budget, Earlier};
#[cfg(feature = "tracing")]
use super::trace;
use super::transport::Carrier;
use crate::data::Upload;
use crate::data::tree::Tree;
use crate::journal::{Calls, Intent};
use crate::validation::{self, Violation};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
#[cfg(feature = "tracing")]
use tracing::Instrument;
use url::Url;

/// A client, behind the typed shell of a generated crate. Cheap to clone.
///
/// Its type says nothing of the HTTP client in it: whoever compiles against it would have that
/// looked through, down to the last field, for each type that holds a client.
#[derive(Debug, Clone)]
pub struct Client(pub(crate) Arc<dyn Execute>);

/// The sender of requests.
pub(crate) trait Execute: fmt::Debug + Send + Sync {
    /// A new idempotency key, where an operation takes one.
    fn new_key(&self, operation: &'static Operation) -> Result<Option<Box<str>>, Error>;

    /// Sends a request and waits for the answer.
    fn execute(self: Arc<Self>, request: Request) -> Boxed<Answer>;

    /// Where a request goes, as far as that has no secrets of the client.
    fn url(&self, request: &Request) -> Result<Url, Error>;

    /// Whether requests are held against the constraints of the API's document.
    fn validates(&self) -> bool;
}

impl Execute for Core {
    fn new_key(&self, operation: &'static Operation) -> Result<Option<Box<str>>, Error> {
        let Some(header) = idempotency::header(operation) else {
            return Ok(None);
        };
        let key = random::uuid(&*self.random);
        let key = key.map_err(|error| {
            let reason = format!("cannot be made without randomness: {error}");
            Error::invalid(operation, header, reason)
        })?;
        Ok(Some(key.into()))
    }

    fn execute(self: Arc<Self>, request: Request) -> Boxed<Answer> {
        #[cfg(feature = "tracing")]
        let span = trace::span(request.operation, || self.url(&request).ok());
        let sent = async move {
            async_runtime::required()?;
            self.send(request).await
        };
        #[cfg(feature = "tracing")]
        let sent = async move {
            let result = sent.instrument(span.clone()).await;
            trace::ended(&span, &result);
            result
        };
        Box::pin(sent)
    }

    fn url(&self, request: &Request) -> Result<Url, Error> {
        let operation = request.operation;
        match &request.url {
            Some(url) => Ok(url.clone()),
            None => {
                let base = self.base(operation)?;
                parse(operation, &self.target(operation, &request.values, base)?)
            }
        }
    }

    fn validates(&self) -> bool {
        self.validates
    }
}

pub(crate) fn parse(operation: &'static Operation, url: &str) -> Result<Url, Error> {
    Url::parse(url)
        .map_err(|error| Error::invalid(operation, "URL", format!("is not valid: {error}")))
}

pub(crate) struct Core {
    pub(crate) api: &'static Api,
    pub(crate) endpoints: Endpoints,
    pub(crate) carrier: Arc<Carrier>,
    pub(crate) credentials: Arc<Credentials>,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) validates: bool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Box<dyn Random>,
    pub(crate) budget: Budget,
    #[cfg(feature = "rate-limit")]
    pub(crate) rate_limit: Option<Limiter>,
    pub(crate) observers: Vec<Box<dyn Observe>>,
    pub(crate) journal: Option<Calls>,
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
    /// Of an attempt that another one may follow.
    pub(crate) attempt_timeout: Duration,
    pub(crate) attempts: u32,
    pub(crate) read_timeout: Duration,
    pub(crate) response_bytes: usize,
    /// Of an answer that is read while it arrives.
    pub(crate) stream_bytes: u64,
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
    /// Path and query behind the URL of the API, in place of the operation's.
    pub(crate) suffix: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) stream_bytes: Option<u64>,
    /// The idempotency key, unless the caller sets one.
    pub(crate) key: Option<Box<str>>,
    pub(crate) journaled: Journaled,
    /// The first thing that went wrong in gathering.
    pub(crate) failure: Option<Error>,
    /// The same of its headers alone, which are this call's also where it resumes another.
    pub(crate) header_failure: Option<Error>,
    /// The constraints that the body breaks.
    pub(crate) violations: Vec<Violation>,
    /// Whether broken constraints keep it from being sent.
    pub(crate) validates: bool,
}

/// A request as all attempts of a call send it, but for its credentials.
pub(crate) struct Prepared {
    pub(crate) operation: &'static Operation,
    pub(crate) url: String,
    /// So much of it is the URL of the API.
    pub(crate) server: usize,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    pub(crate) key: Option<Box<str>>,
    pub(crate) earlier: Earlier,
    /// Where it stands in a journal.
    pub(crate) ends: Option<Ends>,
    /// The texts and numbers in the path, by index of the parameter.
    pub(crate) path: Vec<(usize, String)>,
    /// The caller set a time for this call, so that it holds for a body that is streamed too.
    pub(crate) is_limited: bool,
    pub(crate) attempts: u32,
    /// Of an answer that is read while it arrives.
    pub(crate) stream_bytes: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct RequestBody {
    pub(crate) content_type: HeaderValue,
    pub(crate) payload: Payload,
}

pub(crate) type Boxed<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

impl Client {
    /// Sends a request and waits for the answer.
    pub(crate) fn execute(&self, request: Request) -> Boxed<Answer> {
        self.0.clone().execute(request)
    }

    /// A new idempotency key, where an operation takes one.
    pub(crate) fn new_key(&self, operation: &'static Operation) -> Result<Option<Box<str>>, Error> {
        self.0.new_key(operation)
    }

    /// Where a request goes, if it can be written.
    pub(crate) fn url(&self, request: &Request) -> Option<Url> {
        self.0.url(request).ok()
    }
}

impl Request {
    /// The constraints that its parameters break.
    fn broken_parameters(&self) -> Vec<Violation> {
        let Some(constraints) = self.operation.constraints else {
            return Vec::new();
        };
        let values = self.values.iter();
        let described = values
            .filter_map(|(index, value)| Some((self.operation.parameters.get(*index)?, value)));
        described
            .flat_map(|(it, value)| validation::parameter(constraints, it, value))
            .collect()
    }

    /// All that is wrong with it, at once.
    pub(crate) fn fault(&mut self) -> Option<Error> {
        let mut violations = Vec::new();
        // The link to another page has the parameters in it.
        if self.validates && self.url.is_none() {
            violations = self.broken_parameters();
        }
        if self.validates {
            violations.append(&mut self.violations);
        }
        match self.failure.take() {
            Some(Error::InvalidRequest(invalid)) => {
                Some(Error::InvalidRequest(Box::new(invalid.and(violations))))
            }
            None if !violations.is_empty() => Some(Error::broken(self.operation, violations)),
            failure => failure,
        }
    }
}

/// The body of a request as its headers describe it.
struct BodyHead {
    content_type: HeaderValue,
    is_empty: bool,
}

impl Core {
    /// Writes a request: all attempts send the same.
    pub(crate) fn prepare(&self, request: Request) -> Result<Prepared, Error> {
        let operation = request.operation;
        let (url, server) = match (&request.url, &request.suffix) {
            (Some(url), _) => (url.to_string(), 0),
            (None, Some(suffix)) => {
                let base = self.base(operation)?;
                (format!("{base}{suffix}"), base.len())
            }
            (None, None) => {
                let base = self.base(operation)?;
                let server = base.len();
                (self.target(operation, &request.values, base)?, server)
            }
        };
        let key = self.key(&request)?;
        let given = idempotency::given(operation, &request.values, &request.headers);
        let earlier = match given {
            Some(_) => Earlier::KeyGiven,
            None => Earlier::None,
        };
        let head = request.body.as_ref().map(|body| BodyHead {
            content_type: body.content_type.clone(),
            is_empty: body
                .payload
                .as_bytes()
                .is_some_and(|bytes| bytes.is_empty()),
        });
        let headers = self.headers(&request, head, key.as_deref())?;
        Ok(Prepared {
            operation,
            url,
            server,
            headers,
            path: path(operation, &request.values),
            is_limited: request.timeout.is_some(),
            attempts: request.attempts.unwrap_or(self.limits.attempts),
            stream_bytes: request.stream_bytes.unwrap_or(self.limits.stream_bytes),
            body: request.body.map(|body| body.payload),
            key,
            earlier,
            ends: None,
        })
    }

    /// Writes a request as it was stored, with a key that lives. Headers were not: those are the call's that resumes it, as are
    /// its limits, and nothing else of it counts.
    pub(crate) fn prepare_stored(
        &self,
        mut request: Request,
        intent: &Intent,
        key: &str,
    ) -> Result<Prepared, Error> {
        let operation = request.operation;
        request.headers.remove(CONTENT_TYPE);
        request
            .values
            .retain(|(index, _)| !idempotency::is_key(operation, *index));
        let unfit = |reason| Error::invalid(operation, "resumed call", reason);
        let server = self.base(operation)?;
        if intent.server != server {
            return Err(unfit("went to another server than this client's"));
        }
        if !intent.target.is_empty() && !intent.target.starts_with(['/', '?']) {
            return Err(unfit("has no path: it would go to another host"));
        }
        let content_type = intent.content_type.as_deref().map(HeaderValue::from_str);
        let content_type = content_type.transpose();
        let content_type =
            content_type.map_err(|_| unfit("has a media type that cannot be written"))?;
        let head = content_type.map(|content_type| BodyHead {
            content_type,
            is_empty: intent.body.as_ref().is_some_and(|body| body.is_empty()),
        });
        Ok(Prepared {
            operation,
            url: format!("{server}{}", intent.target),
            server: server.len(),
            headers: self.headers(&request, head, Some(key))?,
            path: stored_path(operation, intent),
            is_limited: request.timeout.is_some(),
            attempts: request.attempts.unwrap_or(self.limits.attempts),
            stream_bytes: request.stream_bytes.unwrap_or(self.limits.stream_bytes),
            body: intent.body.clone().map(|body| Upload::from(body).into()),
            key: Some(key.into()),
            earlier: Earlier::Interrupted,
            ends: None,
        })
    }

    /// The idempotency key that a request goes with.
    fn key(&self, request: &Request) -> Result<Option<Box<str>>, Error> {
        let operation = request.operation;
        let Some(header) = idempotency::header(operation) else {
            return Ok(None);
        };
        if self.headers.contains_key(header) {
            let reason = "is set for all calls of the client: each needs a key of its own";
            return Err(Error::invalid(operation, header, reason));
        }
        match idempotency::given(operation, &request.values, &request.headers) {
            Some(key) if key.trim().is_empty() => {
                let reason = "is blank: leave it out, and the call gets a key of its own";
                Err(Error::invalid(operation, header, reason))
            }
            Some(key) => Ok(Some(key.into())),
            None if request.key.is_some() => Ok(request.key.clone()),
            None => self.new_key(operation),
        }
    }

    /// The URL of the API, as it is for an operation.
    fn base(&self, operation: &'static Operation) -> Result<String, Error> {
        match operation.server {
            Some(server) if !self.endpoints.custom => {
                self.endpoints.base_of(server, operation.server_variables)
            }
            _ => Ok(self.endpoints.base.clone()),
        }
    }

    /// The URL as far as it has no secrets of the client.
    fn target(
        &self,
        operation: &'static Operation,
        values: &target::Values,
        base: String,
    ) -> Result<String, Error> {
        let mut url = base;
        let refused =
            |error: target::Refused| Error::invalid(operation, error.parameter, error.reason);
        target::write_path(operation, values, &mut url).map_err(refused)?;
        target::write_query(operation, values, &mut url).map_err(refused)?;
        Ok(url)
    }

    /// The headers of a request with this body, and with its idempotency key.
    fn headers(
        &self,
        request: &Request,
        body: Option<BodyHead>,
        key: Option<&str>,
    ) -> Result<HeaderMap, Error> {
        let operation = request.operation;
        let refused =
            |error: target::Refused| Error::invalid(operation, error.parameter, error.reason);
        let mut headers = self.headers.clone();
        if !operation.accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(operation.accept));
        }
        match body {
            Some(body) => {
                headers.insert(CONTENT_TYPE, body.content_type);
                // The HTTP client takes it for none.
                if body.is_empty {
                    headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
                }
            }
            // Servers may insist on a length where a body is usual.
            None if operation.method.usually_has_body() => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            None => {}
        }
        let mut insert = |name: HeaderName, mut value: HeaderValue| {
            // It may be a secret, and costs nothing where it is none.
            value.set_sensitive(true);
            headers.insert(name, value);
        };
        for (name, value) in target::headers(operation, &request.values).map_err(refused)? {
            insert(name, value);
        }
        let mut text = String::new();
        cookies::write(operation, &request.values, &mut text).map_err(refused)?;
        if !text.is_empty() {
            let unfit = |_| Error::invalid(operation, "cookie", "does not fit a header");
            insert(COOKIE, HeaderValue::try_from(text).map_err(unfit)?);
        }
        for (name, value) in &request.headers {
            insert(name.clone(), value.clone());
        }
        if let (Some(key), Some(name)) = (key, idempotency::header(operation)) {
            let unfit = |_| Error::invalid(operation, name, "does not fit a header");
            let header = HeaderName::try_from(name)
                .map_err(|_| Error::invalid(operation, name, "is no name for a header"))?;
            insert(header, HeaderValue::from_str(key).map_err(unfit)?);
        }
        Ok(headers)
    }
}

/// The texts and numbers in the path, by index of the parameter.
fn path(operation: &Operation, values: &target::Values) -> Vec<(usize, String)> {
    let texts = target::path_values(operation, values);
    texts
        .filter_map(|(index, value)| Some((index, value.scalar()?.to_owned())))
        .collect()
}

/// The values in the path that errors may show, by name.
pub(crate) fn path_texts(prepared: &Prepared) -> Vec<(&'static str, String)> {
    let operation = prepared.operation;
    let shown = prepared.path.iter();
    let shown = shown.filter(|(index, _)| !operation.hidden.contains(index));
    shown
        .filter_map(|(index, value)| Some((operation.parameters.get(*index)?.name, value.clone())))
        .collect()
}

//! How a client is configured: environment, credentials, timeouts and limits, and what holds of these by default.

use super::api::Api;
use super::clock::{Clock, SystemClock};
use super::credentials::Credentials;
use super::environment::{Endpoints, Environment};
use super::error::Error;
use super::executor::{Client, Core, Limits};
use super::observe::Observe;
use super::random::{Random, SystemRandom};
#[cfg(feature = "rate-limit")]
use super::rate_limit::{Limiter, RateLimit};
use super::retry::{Budget, RetryBudget};
use super::secret::Secret;
use super::security::{Credential, CredentialSource};
use super::tls::{Configure, Connections, Http};
use super::token::{Token, TokenEndpointAuth};
use super::transport::{Carrier, Transport};
use crate::data::described::SchemeKind;
use crate::data::framing::{self, is_of_request};
use crate::journal::Calls;
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// Of a call in all.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Of an attempt that another one may follow: three fit into a call.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(20);
const ATTEMPTS: u32 = 3;
/// Of an answer.
const RESPONSE_BYTES: usize = 64 << 20;

/// Everything that a client is built from. Generated builders wrap it, see
/// [`client_builder!`](crate::client_builder).
pub struct Builder {
    api: &'static Api,
    environment: Environment,
    base_url: Option<String>,
    variables: Vec<(String, String)>,
    credentials: Vec<Option<CredentialSource>>,
    scopes: Option<Vec<String>>,
    token_endpoint_auth: TokenEndpointAuth,
    without_authentication: bool,
    validates: bool,
    allow_plain_http: bool,
    headers: Vec<(String, String)>,
    configure: Option<Configure>,
    clock: Arc<dyn Clock>,
    random: Box<dyn Random>,
    budget: RetryBudget,
    #[cfg(feature = "rate-limit")]
    rate_limit: Option<RateLimit>,
    observers: Vec<Box<dyn Observe>>,
    transport: Option<Box<dyn Transport>>,
    journal: Option<Calls>,
    connect_timeout: Duration,
    limits: Limits,
}

/// Shows neither credentials nor the values of headers and of variables.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.api.schemes.iter().zip(&self.credentials);
        let set = set
            .filter(|(_, it)| it.is_some())
            .map(|(scheme, _)| scheme.name);
        let headers = self.headers.iter().map(|(name, _)| name);
        let variables = self.variables.iter().map(|(name, _)| name);
        f.debug_struct("Builder")
            .field("environment", &self.environment)
            .field("variables", &variables.collect::<Vec<_>>())
            .field("credentials", &set.collect::<Vec<_>>())
            .field("scopes", &self.scopes)
            .field("headers", &headers.collect::<Vec<_>>())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// A builder with the settings that hold unless others are given: 10 seconds to connect, 30 to
    /// wait for the next piece of an answer, 60 for a call in all, 64 MiB for an answer.
    #[must_use]
    pub fn new(api: &'static Api, environment: Environment) -> Self {
        Self {
            api,
            environment,
            base_url: None,
            variables: Vec::new(),
            credentials: api.schemes.iter().map(|_| None).collect(),
            scopes: None,
            token_endpoint_auth: TokenEndpointAuth::default(),
            without_authentication: false,
            validates: true,
            allow_plain_http: false,
            headers: Vec::new(),
            configure: None,
            clock: Arc::new(SystemClock),
            random: Box::new(SystemRandom),
            budget: RetryBudget::default(),
            #[cfg(feature = "rate-limit")]
            rate_limit: None,
            observers: Vec::new(),
            transport: None,
            journal: None,
            connect_timeout: CONNECT_TIMEOUT,
            limits: Limits {
                timeout: TIMEOUT,
                attempt_timeout: ATTEMPT_TIMEOUT,
                attempts: ATTEMPTS,
                read_timeout: READ_TIMEOUT,
                response_bytes: RESPONSE_BYTES,
                stream_bytes: u64::MAX,
            },
        }
    }

    fn set_credential(mut self, scheme: usize, credential: CredentialSource) -> Self {
        if let Some(slot) = self.credentials.get_mut(scheme) {
            *slot = Some(credential);
        }
        self
    }

    /// An API key, or what follows the name of an HTTP scheme.
    #[must_use]
    pub fn secret(self, scheme: usize, secret: Secret) -> Self {
        self.set_credential(scheme, CredentialSource::Secret(secret))
    }

    /// User and password.
    #[must_use]
    pub fn basic(self, scheme: usize, user: String, password: Secret) -> Self {
        self.set_credential(scheme, CredentialSource::Basic { user, password })
    }

    /// A bearer token.
    #[must_use]
    pub fn token(self, scheme: usize, token: Token) -> Self {
        self.set_credential(scheme, CredentialSource::Token(token))
    }

    /// OAuth2 client credentials.
    #[must_use]
    pub fn client(self, scheme: usize, id: String, secret: Secret) -> Self {
        self.set_credential(scheme, CredentialSource::Client { id, secret })
    }

    /// Every token asks for these scopes.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The way in which the client proves to the token endpoint who it is.
    #[must_use]
    pub fn token_endpoint_auth(mut self, auth: TokenEndpointAuth) -> Self {
        self.token_endpoint_auth = auth;
        self
    }

    /// Where the API is: replaces the environment's URL, or completes a relative one.
    #[must_use]
    pub fn base_url(mut self, url: String) -> Self {
        self.base_url = Some(url);
        self
    }

    /// A variable of the environment's URL.
    #[must_use]
    pub fn server_variable(mut self, name: String, value: String) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Operations that need credentials are sent without, where none were given.
    #[must_use]
    pub fn without_authentication(mut self) -> Self {
        self.without_authentication = true;
        self
    }

    /// Requests that break constraints of the API's document are sent.
    #[must_use]
    pub fn without_validation(mut self) -> Self {
        self.validates = false;
        self
    }

    /// Allows URLs that are not https beyond the loopback interface.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// A header for every request.
    #[must_use]
    pub fn default_header(mut self, name: String, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Configures each HTTP client that is made. Redirects and retries stay off, whatever it says: a request that moves money,
    /// with its credentials, goes where it was sent, and once.
    #[must_use]
    pub fn http_client(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// The clock by which tokens expire and everything is waited for.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The randomness of idempotency keys and of waits.
    #[must_use]
    pub fn random(mut self, random: impl Random) -> Self {
        self.random = Box::new(random);
        self
    }

    /// The number of times that a call may be sent, where it may be sent again.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.limits.attempts = attempts;
        self
    }

    /// The time that one attempt may take that another may follow.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// The number of requests that may be sent again in all.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// The rate at which requests are sent at most.
    #[cfg(feature = "rate-limit")]
    #[must_use]
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Sees every attempt.
    #[must_use]
    pub fn observe(mut self, observer: impl Observe) -> Self {
        self.observers.push(Box::new(observer));
        self
    }

    /// Sends requests in place of an HTTP client, those for tokens too.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Stores calls that are not safe to repeat in a [journal](crate::journal) before they are sent.
    #[must_use]
    pub fn journal(mut self, calls: Calls) -> Self {
        self.journal = Some(calls);
        self
    }

    /// How long a call may take in all.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// How long a connection may take to come about.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long the next piece of an answer may take.
    #[must_use]
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.limits.read_timeout = timeout;
        self
    }

    /// How many bytes an answer may have.
    #[must_use]
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }

    /// How many bytes an answer may have that is read while it arrives: any number unless set.
    #[must_use]
    pub fn stream_limit(mut self, bytes: u64) -> Self {
        self.limits.stream_bytes = bytes;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when a URL, a header or a combination of settings is not possible.
    pub fn build(self) -> Result<Client, Error> {
        let token_url = token_url(self.api);
        let endpoints = Endpoints::new(
            &self.environment,
            self.base_url.as_deref(),
            &self.variables,
            token_url,
            self.allow_plain_http,
        )?;
        // Whether it has one, an HTTP client does not tell.
        let has_certificate = self.configure.is_some();
        let http = Arc::new(Http::new(self.connect_timeout, self.configure));
        // Another transport needs none, and to make one takes its time.
        if self.transport.is_none() {
            for url in endpoints.urls() {
                http.of(url, Connections::Kept)?;
            }
        }
        let schemes = self.api.schemes.iter().zip(self.credentials);
        let by_scheme = schemes.map(|(scheme, source)| match source {
            Some(source) => source
                .into_credential(&endpoints, &self.clock, self.token_endpoint_auth)
                .map(Some),
            None if scheme.kind == SchemeKind::MutualTls && has_certificate => {
                Ok(Some(Credential::Certificate))
            }
            None => Ok(None),
        });
        let by_scheme = by_scheme.collect::<Result<Vec<_>, _>>()?;
        let credentials = Arc::new(Credentials {
            by_scheme,
            scopes: self.scopes,
            optional: self.without_authentication,
        });
        let headers = headers(self.api, &self.headers)?;
        Ok(Client(Arc::new(Core {
            api: self.api,
            endpoints,
            carrier: Arc::new(Carrier {
                http,
                transport: self.transport,
                most_bytes: self.limits.response_bytes,
            }),
            credentials,
            headers,
            limits: self.limits,
            validates: self.validates,
            #[cfg(feature = "rate-limit")]
            rate_limit: self
                .rate_limit
                .map(|limit| Limiter::new(limit, self.clock.clone())),
            budget: Budget::new(self.budget, self.clock.monotonic()),
            clock: self.clock,
            random: self.random,
            observers: self.observers,
            journal: self.journal,
        })))
    }
}

/// The token endpoint that the API documents.
fn token_url(api: &'static Api) -> Option<&'static str> {
    let mut kinds = api.schemes.iter().map(|scheme| scheme.kind);
    kinds.find_map(|kind| match kind {
        SchemeKind::ClientCredentials { token_url } => token_url,
        _ => None,
    })
}

impl Client {
    /// A client of an API in one of its environments.
    #[must_use]
    pub fn builder(api: &'static Api, environment: Environment) -> Builder {
        Builder::new(api, environment)
    }
}

fn headers(api: &'static Api, defaults: &[(String, String)]) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    let user_agent = HeaderValue::from_str(api.user_agent)
        .map_err(|_| Error::config("the user agent does not fit a header"))?;
    headers.insert(USER_AGENT, user_agent);
    for (name, value) in defaults {
        let key = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| Error::config(format!("`{name}` is no name for a header")))?;
        if is_of_request(&key) {
            return Err(Error::config(format!("`{name}` {}", framing::REASON)));
        }
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| Error::config(format!("the value of `{name}` does not fit a header")))?;
        // It may be a secret, and costs nothing where it is none.
        value.set_sensitive(true);
        headers.insert(key, value);
    }
    Ok(headers)
}

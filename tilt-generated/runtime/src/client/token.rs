//! OAuth2 client credentials: tokens are minted when needed, once, and kept while they last.

use super::answer::Arriving;
use super::clock::Clock;
use super::disclosure::discloses;
use super::encode::percent::{self, Keep};
use super::error::{BoxError, TokenError};
use super::operation::Operation;
use super::retry_after;
use super::secret_header::secret_header;
use super::tls::Http;
use super::transport::Incoming;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use url::Url;
use zeroize::Zeroizing;

/// A token is replaced when it has less than this left, or less than half of its life.
const MARGIN: Duration = Duration::from_secs(60);
/// The life of a token whose endpoint does not tell.
const UNSTATED_LIFE: Duration = Duration::from_secs(300);
const LONGEST_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const ANSWER_LIMIT: usize = 1 << 20;

/// Stands for the token endpoint where errors name an operation.
static MINT: Operation = Operation {
    id: "token",
    ..Operation::NEW
};

/// Brings bearer tokens that the client does not mint itself.
pub trait TokenProvider: Send + Sync + 'static {
    /// The token for the next request. Called for every request: keep what lasts.
    fn token(&self) -> Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send + '_>>;
}

/// A bearer token, or what brings one.
#[derive(Clone)]
pub enum Token {
    /// Always this one.
    Fixed(SecretString),
    /// Asked for each request.
    Provided(Arc<dyn TokenProvider>),
}

impl Token {
    /// Asks a provider for each request.
    pub fn provided(provider: impl TokenProvider) -> Self {
        Self::Provided(Arc::new(provider))
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Self::Fixed(token.into())
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self::Fixed(token.into())
    }
}

impl From<SecretString> for Token {
    fn from(token: SecretString) -> Self {
        Self::Fixed(token)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) => "Fixed([REDACTED])",
            Self::Provided(_) => "Provided",
        })
    }
}

/// Mints and keeps the tokens of one client: one for each set of scopes that is asked for.
pub(crate) struct TokenCache {
    url: Url,
    id: String,
    secret: SecretString,
    clock: Arc<dyn Clock>,
    timeout: Duration,
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
}

#[derive(Default)]
struct Slot {
    /// How many mints have ended, well or badly.
    mints: AtomicU64,
    /// Held while a token is minted, so that there is one mint at a time.
    state: tokio::sync::Mutex<State>,
}

#[derive(Default)]
struct State {
    minted: Option<Minted>,
    failure: Option<(u64, Arc<TokenError>)>,
}

/// A token from the endpoint, as the value of `Authorization`.
#[derive(Clone)]
pub(crate) struct Minted {
    pub(crate) authorization: HeaderValue,
    serial: u64,
    scopes: String,
    replace_at: SystemTime,
    expires_at: SystemTime,
}

impl TokenCache {
    pub(crate) fn new(
        url: Url,
        id: String,
        secret: SecretString,
        clock: Arc<dyn Clock>,
        timeout: Duration,
    ) -> Self {
        Self {
            url,
            id,
            secret,
            clock,
            timeout,
            slots: Mutex::default(),
        }
    }

    fn slot(&self, scopes: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        match slots.get(scopes) {
            Some(slot) => slot.clone(),
            None => slots.entry(scopes.to_owned()).or_default().clone(),
        }
    }

    /// A token for these scopes (separated by spaces): the one at hand, or a new one. Callers that
    /// wait for the same mint share its end, also a bad one.
    pub(crate) async fn token(&self, http: &Http, scopes: &str) -> Result<Minted, Arc<TokenError>> {
        let slot = self.slot(scopes);
        let seen = slot.mints.load(Ordering::Acquire);
        let mut state = slot.state.lock().await;
        let now = self.clock.now();
        if let Some(minted) = &state.minted
            && now < minted.replace_at
        {
            return Ok(minted.clone());
        }
        if state
            .failure
            .as_ref()
            .is_none_or(|(serial, _)| *serial <= seen)
        {
            let result = self.mint(http, scopes).await;
            let serial = slot.mints.fetch_add(1, Ordering::AcqRel) + 1;
            match result {
                Ok((authorization, life)) => {
                    let minted = Minted {
                        authorization,
                        serial,
                        scopes: scopes.to_owned(),
                        replace_at: now + (life - MARGIN.min(life / 2)),
                        expires_at: now + life,
                    };
                    state.minted = Some(minted.clone());
                    state.failure = None;
                    return Ok(minted);
                }
                Err(failure) => state.failure = Some((serial, Arc::new(failure))),
            }
        }
        match &*state {
            // The old token may have some seconds left: better than none.
            State {
                minted: Some(minted),
                ..
            } if now < minted.expires_at => Ok(minted.clone()),
            State {
                failure: Some((_, failure)),
                ..
            } => Err(failure.clone()),
            State { .. } => Err(Arc::new(TokenError::new("no token was minted"))),
        }
    }

    /// Forgets a token that the API refused, unless it was replaced meanwhile.
    pub(crate) async fn drop_refused(&self, refused: &Minted) {
        let slot = self.slot(&refused.scopes);
        let mut state = slot.state.lock().await;
        if state
            .minted
            .as_ref()
            .is_some_and(|it| it.serial == refused.serial)
        {
            state.minted = None;
        }
    }

    async fn mint(&self, http: &Http, scopes: &str) -> Result<(HeaderValue, Duration), TokenError> {
        let mut request = reqwest::Request::new(Method::POST, self.url.clone());
        let headers = request.headers_mut();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(self.form(scopes).into());
        let unreachable = |error: reqwest::Error| TokenError {
            source: Some(error.without_url().into()),
            ..TokenError::new("the token endpoint cannot be reached")
        };
        let exchange = async {
            let http = http
                .of(&self.url)
                .map_err(|_| TokenError::new("no HTTP client can be made"))?;
            let response = http.execute(request).await.map_err(unreachable)?;
            let status = response.status();
            let retry_after = retry_after::of(response.headers(), self.clock.now());
            let body = Arriving::new(&MINT, Incoming::Http(response), self.timeout, &self.clock)
                .whole(ANSWER_LIMIT)
                .await;
            Ok((status, retry_after, body))
        };
        let (status, retry_after, body) = tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| Err(TokenError::new("the token endpoint took too long")))?;
        let answered = |problem| TokenError {
            status: Some(status),
            retry_after,
            ..TokenError::new(problem)
        };
        let body = body.map_err(|_| answered("the token endpoint's answer broke off"))?;
        let answer = serde_json::from_slice::<serde_json::Map<_, _>>(&body).unwrap_or_default();
        let text = |name: &str| answer.get(name).and_then(serde_json::Value::as_str);
        if !status.is_success() {
            return Err(TokenError {
                code: text("error").and_then(|text| self.shown(text)),
                description: text("error_description").and_then(|text| self.shown(text)),
                ..answered("the token endpoint refused")
            });
        }
        let unreadable = || answered("the token endpoint's answer has no usable token");
        let is_bearer = text("token_type").is_none_or(|it| it.eq_ignore_ascii_case("bearer"));
        let token = text("access_token").filter(|token| !token.is_empty() && is_bearer);
        let authorization = bearer(token.ok_or_else(unreadable)?).ok_or_else(unreadable)?;
        let life = answer.get("expires_in").and_then(|value| match value {
            serde_json::Value::String(text) => text.parse().ok(),
            value => value.as_u64(),
        });
        let life = life
            .map_or(UNSTATED_LIFE, Duration::from_secs)
            .min(LONGEST_LIFE);
        Ok((authorization, life))
    }

    /// The endpoint's words, in a length fit for an error, unless it repeats the secret.
    fn shown(&self, text: &str) -> Option<String> {
        const LONGEST: usize = 500;
        let harmless = !self.is_disclosed_by(text);
        harmless.then(|| text.chars().take(LONGEST).collect())
    }

    pub(crate) fn is_disclosed_by(&self, text: &str) -> bool {
        discloses(text, &self.id, self.secret.expose_secret())
    }

    /// The form, which is overwritten in memory once it was sent. Copies that the HTTP client has made of it to its
    /// own buffers are not.
    fn form(&self, scopes: &str) -> Bytes {
        let secret = self.secret.expose_secret();
        // A byte becomes three at most. Growing would leave copies of the secret behind.
        let capacity = 64 + 3 * (self.id.len() + secret.len() + scopes.len());
        let mut form = Zeroizing::new(String::with_capacity(capacity));
        form.push_str("grant_type=client_credentials&client_id=");
        percent::encode(&self.id, Keep::Unreserved, &mut form);
        form.push_str("&client_secret=");
        percent::encode(secret, Keep::Unreserved, &mut form);
        if !scopes.is_empty() {
            form.push_str("&scope=");
            percent::encode(scopes, Keep::Unreserved, &mut form);
        }
        debug_assert!(form.capacity() == capacity, "the form has not grown");
        Bytes::from_owner(ZeroizedText(form))
    }
}

/// A text as the owner of bytes.
struct ZeroizedText(Zeroizing<String>);

impl AsRef<[u8]> for ZeroizedText {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// `Bearer …`, if the token has no characters that break the header.
pub(crate) fn bearer(token: &str) -> Option<HeaderValue> {
    secret_header(&["Bearer ", token])
}

//! The token endpoint: what it is asked, and what its answer means (RFC 6749, sections 2.3.1, 4.4 and 5).

use crate::client::answer::Arriving;
use crate::client::clock::Clock;
use crate::client::deadline::Deadline;
use crate::client::disclosure::discloses;
use crate::client::encode::percent::{self, Keep};
use crate::client::error::TokenError;
use crate::client::operation::Operation;
use crate::client::payload::Outgoing;
use crate::client::retry_after;
use crate::client::secret::Secret;
use crate::client::secret_header::{bearer, secret_header};
use crate::client::tls::Connections;
use crate::client::transport::{Carrier, Failure, Outbound, Patience};
use crate::data::{foreign_text, mark};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use zeroize::{Zeroize, Zeroizing};

/// A mint may take this long, however long the calls that wait for it.
pub(super) const LIMIT: Duration = Duration::from_secs(30);
/// The life of a token whose endpoint does not tell.
const UNSTATED_LIFE: Duration = Duration::from_secs(300);
const LONGEST_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const ANSWER_LIMIT: usize = 1 << 20;

/// Stands for the token endpoint where errors name an operation.
static MINT: Operation = Operation {
    id: "token",
    ..Operation::NEW
};

/// The way in which a client proves to the token endpoint who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TokenEndpointAuth {
    /// By `client_id` and `client_secret` in the form: `client_secret_post`.
    #[default]
    Form,
    /// By HTTP basic (RFC 6749, section 2.3.1): `client_secret_basic`.
    Basic,
}

/// Where tokens come from, and for whom.
pub(crate) struct TokenEndpoint {
    pub(crate) url: Url,
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) auth: TokenEndpointAuth,
}

impl TokenEndpoint {
    /// Mints a token: the value of `Authorization`, and how long it lasts.
    pub(super) async fn mint(
        &self,
        carrier: &Carrier,
        clock: &Arc<dyn Clock>,
        scopes: &str,
        secret: &Arc<SecretString>,
    ) -> Result<(HeaderValue, Duration), TokenError> {
        let answer = self.exchange(carrier, clock, scopes, secret.expose_secret());
        self.read(answer.await?)
    }

    async fn exchange(
        &self,
        carrier: &Carrier,
        clock: &Arc<dyn Clock>,
        scopes: &str,
        secret: &str,
    ) -> Result<TokenAnswer, TokenError> {
        let deadline = Deadline::after(&**clock, LIMIT);
        let mut headers = HeaderMap::new();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if self.auth == TokenEndpointAuth::Basic {
            headers.insert(AUTHORIZATION, self.basic(secret)?);
        }
        let request = Outbound {
            method: Method::POST,
            url: self.url.clone(),
            headers,
            body: Some(Outgoing::Whole(self.form(scopes, secret))),
        };
        let patience = Patience {
            clock: &**clock,
            time: LIMIT,
            idle: LIMIT,
        };
        let head = carrier.send(request, Connections::Kept, &patience).await;
        let head = head.map_err(|failure| {
            let unreached = |source| TokenError {
                source: Some(source),
                ..TokenError::new("the token endpoint cannot be reached")
            };
            match failure {
                Failure::Unconfigured(_) => TokenError::new("no HTTP client can be made"),
                Failure::Late => TokenError::new("the token endpoint took too long"),
                Failure::Unsendable(source) => unreached(source),
                Failure::Unreadable(source) => unreached(source.into()),
                Failure::Lost(lost) => {
                    let kind = lost.kind;
                    unreached(lost.source.unwrap_or_else(|| kind.to_string().into()))
                }
            }
        })?;
        let status = head.status;
        let retry_after = retry_after::of(&head.headers, clock.now());
        let body = Arriving::new(&MINT, head.body, LIMIT, clock);
        let body = body.whole(ANSWER_LIMIT, deadline.left()).await;
        let body = body.map_err(|_| TokenError {
            status: Some(status),
            retry_after,
            ..TokenError::new("the token endpoint's answer broke off")
        })?;
        Ok(TokenAnswer {
            status,
            retry_after,
            body,
        })
    }

    fn read(&self, answer: TokenAnswer) -> Result<(HeaderValue, Duration), TokenError> {
        let answered = |problem| TokenError {
            status: Some(answer.status),
            retry_after: answer.retry_after,
            ..TokenError::new(problem)
        };
        let members = answer.members();
        let text = |name: &str| -> Option<Zeroizing<String>> {
            let text: String = serde_json::from_str(members.get(name)?.get()).ok()?;
            Some(Zeroizing::new(text))
        };
        if !answer.status.is_success() {
            let shown = |name: &str| {
                text(name)
                    .and_then(|text| foreign_text::shown(&text, |text| self.is_disclosed_by(text)))
            };
            return Err(TokenError {
                code: shown("error"),
                description: shown("error_description"),
                ..answered("the token endpoint refused")
            });
        }
        let unreadable = || answered("the token endpoint's answer has no usable token");
        let is_bearer = text("token_type").is_none_or(|it| it.eq_ignore_ascii_case("bearer"));
        let token = text("access_token").filter(|token| !token.is_empty() && is_bearer);
        let authorization = bearer(&token.ok_or_else(unreadable)?).ok_or_else(unreadable)?;
        let seconds = members.get("expires_in");
        let seconds = seconds.and_then(|value| value.get().trim_matches('"').parse().ok());
        // Some say 0 for one that does not expire.
        let life = match seconds {
            None | Some(0) => UNSTATED_LIFE,
            Some(seconds) => Duration::from_secs(seconds).min(LONGEST_LIFE),
        };
        Ok((authorization, life))
    }

    pub(super) fn is_disclosed_by(&self, text: &str) -> bool {
        let encoded = encoded(&self.id);
        self.secret.any(|secret| {
            discloses(text, &self.id, secret) || discloses(text, &encoded, &self::encoded(secret))
        })
    }

    /// Both parts are encoded as in a form before they are joined.
    fn basic(&self, secret: &str) -> Result<HeaderValue, TokenError> {
        let pair = Zeroizing::new(format!("{}:{}", *encoded(&self.id), *encoded(secret)));
        let basic = Zeroizing::new(STANDARD.encode(&*pair));
        secret_header(&["Basic ", &basic])
            .ok_or_else(|| TokenError::new("the client's credentials do not fit a header"))
    }

    /// The form, which is overwritten in memory once it was sent. Copies that the HTTP client has made of it to its
    /// own buffers are not.
    fn form(&self, scopes: &str, secret: &str) -> Bytes {
        // A byte becomes three at most. Growing would leave copies of the secret behind.
        let capacity = 64 + 3 * (self.id.len() + secret.len() + scopes.len());
        let mut form = Zeroizing::new(String::with_capacity(capacity));
        form.push_str("grant_type=client_credentials");
        if self.auth == TokenEndpointAuth::Form {
            form.push_str("&client_id=");
            percent::encode(&self.id, Keep::Unreserved, &mut form);
            form.push_str("&client_secret=");
            percent::encode(secret, Keep::Unreserved, &mut form);
        }
        if !scopes.is_empty() {
            form.push_str("&scope=");
            percent::encode(scopes, Keep::Unreserved, &mut form);
        }
        debug_assert!(form.capacity() == capacity, "the form has not grown");
        Bytes::from_owner(ZeroizedText(form))
    }
}

fn encoded(text: &str) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    percent::encode(text, Keep::Unreserved, &mut encoded);
    encoded
}

struct TokenAnswer {
    status: StatusCode,
    retry_after: Option<Duration>,
    body: Bytes,
}

impl TokenAnswer {
    /// The members of the answer, unread: nothing is copied that may be a token.
    fn members(&self) -> BTreeMap<String, &RawValue> {
        serde_json::from_slice(mark::without(&self.body)).unwrap_or_default()
    }
}

/// The token in the body is overwritten where the HTTP client keeps no part of the same memory.
impl Drop for TokenAnswer {
    fn drop(&mut self) {
        if let Ok(mut body) = std::mem::take(&mut self.body).try_into_mut() {
            body.as_mut().zeroize();
        }
    }
}

/// A text as the owner of bytes.
struct ZeroizedText(Zeroizing<String>);

impl AsRef<[u8]> for ZeroizedText {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

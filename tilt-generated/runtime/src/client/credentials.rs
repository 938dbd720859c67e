//! The credentials that a request carries.

use super::disclosure::discloses;
use super::encode::percent::{self, Keep};
use super::error::{Error, MissingCredentials, TokenError};
use super::framing::{self, is_framing};
use super::operation::{Api, Location, Operation, SchemeKind};
use super::secret_header::secret_header;
use super::tls::Http;
use super::token::{Minted, Token, TokenCache, bearer};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The credential of a security scheme.
pub(crate) enum Credential {
    /// An API key, or what follows the name of another HTTP scheme.
    Secret(SecretString),
    Basic {
        user: String,
        password: SecretString,
    },
    Token(Token),
    Client(TokenCache),
    /// The HTTP client has a certificate.
    Certificate,
}

/// All credentials of a client, by index of the scheme.
pub(crate) struct Credentials {
    pub(crate) by_scheme: Vec<Option<Credential>>,
    /// Asked for in every token, instead of what the operation needs.
    pub(crate) scopes: Option<String>,
    /// Operations go without credentials where none were given.
    pub(crate) optional: bool,
}

/// Credentials on their way into a request.
#[derive(Default)]
pub(crate) struct Applied {
    /// `name=value`, encoded.
    pub(crate) query: Vec<String>,
    pub(crate) cookies: Vec<String>,
    /// The token that the request carries, if it was minted.
    pub(crate) minted: Option<Minted>,
}

impl Credentials {
    /// Authenticates a request by the first way that the operation allows and the user gave
    /// credentials for.
    pub(crate) async fn apply(
        &self,
        api: &'static Api,
        operation: &'static Operation,
        http: &Http,
        headers: &mut HeaderMap,
    ) -> Result<Applied, Error> {
        let mut applied = Applied::default();
        let mut ways = operation.security.iter().filter(|way| !way.is_empty());
        let is_set = |(scheme, _): &(usize, _)| self.credential(*scheme).is_some();
        let Some(way) = ways.find(|way| way.iter().all(is_set)) else {
            let anonymous = operation.security.iter().any(|way| way.is_empty());
            let own = headers.contains_key(AUTHORIZATION);
            if operation.security.is_empty() || anonymous || own || self.optional {
                return Ok(applied);
            }
            return Err(missing(api, operation));
        };
        for (index, scopes) in *way {
            let credential = self.credential(*index);
            let (Some(scheme), Some(credential)) = (api.schemes.get(*index), credential) else {
                continue;
            };
            match (scheme.kind, credential) {
                (SchemeKind::ApiKey { location, name }, Credential::Secret(key)) => {
                    let key = key.expose_secret();
                    match location {
                        Location::Header => put(headers, name, &[key])?,
                        Location::Cookie => applied.cookies.push(pair(name, key)),
                        _ => applied.query.push(pair(name, key)),
                    }
                }
                (SchemeKind::Other { scheme }, Credential::Secret(value)) => {
                    put(
                        headers,
                        "authorization",
                        &[scheme, " ", value.expose_secret()],
                    )?;
                }
                (_, Credential::Basic { user, password }) => {
                    let plain = Zeroizing::new(format!("{user}:{}", password.expose_secret()));
                    let encoded = Zeroizing::new(STANDARD.encode(&*plain));
                    put(headers, "authorization", &["Basic ", &encoded])?;
                }
                (_, Credential::Token(token)) => {
                    headers.insert(AUTHORIZATION, authorization(token).await?);
                }
                (_, Credential::Client(cache)) => {
                    let scopes = self.scopes(operation, scopes);
                    let minted = cache.token(http, &scopes).await.map_err(Error::Token)?;
                    headers.insert(AUTHORIZATION, minted.authorization.clone());
                    applied.minted = Some(minted);
                }
                (_, Credential::Secret(_) | Credential::Certificate) => {}
            }
        }
        Ok(applied)
    }

    fn credential(&self, scheme: usize) -> Option<&Credential> {
        self.by_scheme.get(scheme)?.as_ref()
    }

    /// The scopes that a token for an operation asks for.
    fn scopes(&self, operation: &Operation, required: &[&str]) -> String {
        match &self.scopes {
            Some(scopes) => scopes.clone(),
            None if required.is_empty() => operation.scopes.join(" "),
            None => required.join(" "),
        }
    }

    /// Whether a text that the API answered with repeats a credential, or what the request carried.
    pub(crate) fn are_disclosed_by(&self, text: &str, minted: Option<&Minted>) -> bool {
        let is_repeated = self.by_scheme.iter().flatten().any(|it| match it {
            Credential::Secret(secret) | Credential::Token(Token::Fixed(secret)) => {
                discloses(text, "", secret.expose_secret())
            }
            Credential::Basic { user, password } => discloses(text, user, password.expose_secret()),
            Credential::Client(cache) => cache.is_disclosed_by(text),
            Credential::Token(Token::Provided(_)) | Credential::Certificate => false,
        });
        let token = minted.and_then(|it| it.authorization.to_str().ok()?.strip_prefix("Bearer "));
        is_repeated || token.is_some_and(|token| discloses(text, "", token))
    }

    /// Forgets a token that the API answered with 401 to.
    pub(crate) async fn drop_refused(&self, refused: &Minted) {
        for credential in self.by_scheme.iter().flatten() {
            if let Credential::Client(cache) = credential {
                cache.drop_refused(refused).await;
            }
        }
    }
}

fn missing(api: &'static Api, operation: &'static Operation) -> Error {
    let name = |(scheme, _): &(usize, _)| api.schemes.get(*scheme).map(|scheme| scheme.name);
    let alternatives = operation
        .security
        .iter()
        .map(|way| way.iter().filter_map(name).collect())
        .collect();
    Error::MissingCredentials(Box::new(MissingCredentials {
        operation,
        alternatives,
    }))
}

fn put(headers: &mut HeaderMap, name: &str, value: &[&str]) -> Result<(), Error> {
    let unfit = || Error::config(format!("the credential for `{name}` does not fit a header"));
    let value = secret_header(value).ok_or_else(unfit)?;
    let name = HeaderName::try_from(name).map_err(|_| unfit())?;
    if is_framing(&name) {
        return Err(Error::config(format!("`{name}` {}", framing::REASON)));
    }
    headers.insert(name, value);
    Ok(())
}

fn pair(name: &str, value: &str) -> String {
    let mut out = String::new();
    percent::encode(name, Keep::Unreserved, &mut out);
    out.push('=');
    percent::encode(value, Keep::Unreserved, &mut out);
    out
}

async fn authorization(token: &Token) -> Result<HeaderValue, Error> {
    let provided;
    let token = match token {
        Token::Fixed(token) => token,
        Token::Provided(provider) => {
            provided = provider.token().await.map_err(|source| {
                Error::Token(Arc::new(TokenError {
                    source: Some(source),
                    ..TokenError::new("the token provider failed")
                }))
            })?;
            &provided
        }
    };
    bearer(token.expose_secret())
        .ok_or_else(|| Error::config("the bearer token does not fit a header"))
}

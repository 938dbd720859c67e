//! Authentication: the credential for each kind of security scheme, and how a request carries it. The generator's side
//! of a kind is `SecurityKind` in its `model/security.rs`.

use super::clock::Clock;
use super::disclosure::discloses;
use super::encode::cookies;
use super::encode::percent::{self, Keep};
use super::environment::Endpoints;
use super::error::{Error, TokenError};
use super::secret::Secret;
use super::secret_header::{bearer, secret_header};
use super::token::{Minted, Token, TokenCache, TokenEndpoint, TokenEndpointAuth};
use super::transport::Carrier;
use crate::data::described::{Location, SchemeKind};
use crate::data::framing::{self, is_of_request};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The credential that the user sets for a security scheme.
pub(crate) enum CredentialSource {
    Secret(Secret),
    Basic { user: String, password: Secret },
    Token(Token),
    Client { id: String, secret: Secret },
}

impl CredentialSource {
    pub(crate) fn into_credential(
        self,
        endpoints: &Endpoints,
        clock: &Arc<dyn Clock>,
        auth: TokenEndpointAuth,
    ) -> Result<Credential, Error> {
        Ok(match self {
            Self::Secret(secret) => Credential::Secret(secret),
            Self::Basic { user, .. } if user.contains(':') => {
                return Err(Error::config(
                    "the user of HTTP basic has a colon, at which servers end it",
                ));
            }
            Self::Basic { user, .. } if user.contains(is_control) => {
                return Err(Error::config(
                    "the user of HTTP basic has a control character",
                ));
            }
            Self::Basic { user, password } => Credential::Basic { user, password },
            Self::Token(token) => Credential::Token(token),
            Self::Client { id, secret } => {
                let url = endpoints.token_url.clone().ok_or_else(|| {
                    Error::config(
                        "client credentials need the URL of a token endpoint: give the environment one by `with_token_url`",
                    )
                })?;
                let endpoint = TokenEndpoint {
                    url,
                    id,
                    secret,
                    auth,
                };
                Credential::Client(TokenCache::new(endpoint, clock.clone()))
            }
        })
    }
}

/// The credential of a security scheme.
pub(crate) enum Credential {
    /// An API key, or what follows the name of another HTTP scheme.
    Secret(Secret),
    Basic {
        user: String,
        password: Secret,
    },
    Token(Token),
    Client(TokenCache),
    /// The HTTP client has a certificate.
    Certificate,
}

/// Neither the user nor the password of HTTP basic has one (RFC 7617, section 2).
fn is_control(character: char) -> bool {
    character.is_ascii_control()
}

impl Applied {
    fn carry(&mut self, secret: &Secret) -> Arc<SecretString> {
        let (text, _) = secret.current();
        self.carried.push(text.clone());
        text
    }

    /// Whether a text that the API answered with repeats a secret that the request carried.
    pub(crate) fn is_disclosed_by(&self, text: &str) -> bool {
        let mut carried = self.carried.iter();
        carried.any(|secret| discloses(text, "", secret.expose_secret()))
    }
}

/// Credentials on their way into a request.
#[derive(Default)]
pub(crate) struct Applied {
    /// `name=value`, encoded.
    pub(crate) query: Vec<Zeroizing<String>>,
    pub(crate) cookies: Vec<Zeroizing<String>>,
    /// The secrets that the request carries, so that they are known while it is under way.
    carried: Vec<Arc<SecretString>>,
    /// The token that the request carries, if it was minted.
    pub(crate) minted: Option<Minted>,
}

impl Credential {
    /// Puts the credential into a request, as the kind of its scheme says.
    pub(crate) async fn apply(
        &self,
        kind: SchemeKind,
        scopes: impl FnOnce() -> String,
        carrier: &Arc<Carrier>,
        headers: &mut HeaderMap,
        applied: &mut Applied,
    ) -> Result<(), Error> {
        match (kind, self) {
            (SchemeKind::ApiKey { location, name }, Self::Secret(key)) => {
                let key = applied.carry(key);
                let key = key.expose_secret();
                match location {
                    Location::Header => put(headers, name, &[key])?,
                    Location::Cookie => applied.cookies.push(cookie(name, key)?),
                    Location::Query | Location::Path => applied.query.push(pair(name, key)),
                }
            }
            (SchemeKind::Other { scheme }, Self::Secret(value)) => {
                let value = applied.carry(value);
                let value = [scheme, " ", value.expose_secret()];
                put(headers, "authorization", &value)?;
            }
            (_, Self::Basic { user, password }) => {
                let password = applied.carry(password);
                if password.expose_secret().contains(is_control) {
                    return Err(Error::config(
                        "the password of HTTP basic has a control character",
                    ));
                }
                let plain = Zeroizing::new(format!("{user}:{}", password.expose_secret()));
                let encoded = Zeroizing::new(STANDARD.encode(&*plain));
                put(headers, "authorization", &["Basic ", &encoded])?;
            }
            (_, Self::Token(token)) => {
                headers.insert(AUTHORIZATION, authorization(token, applied).await?);
            }
            (_, Self::Client(cache)) => {
                let minted = cache
                    .token(carrier, &scopes())
                    .await
                    .map_err(Error::Token)?;
                headers.insert(AUTHORIZATION, minted.authorization.clone());
                applied.minted = Some(minted);
            }
            // Each kind by its name, so that a new one is not forgotten here.
            (
                SchemeKind::Basic
                | SchemeKind::Bearer
                | SchemeKind::ClientCredentials { .. }
                | SchemeKind::MutualTls,
                Self::Secret(_),
            )
            | (_, Self::Certificate) => {}
        }
        Ok(())
    }

    /// Whether a text that the API answered with repeats it.
    pub(crate) fn is_disclosed_by(&self, text: &str) -> bool {
        match self {
            Self::Secret(secret) | Self::Token(Token::Fixed(secret)) => {
                secret.any(|secret| discloses(text, "", secret))
            }
            Self::Basic { user, password } => {
                password.any(|password| discloses(text, user, password))
            }
            Self::Client(cache) => cache.is_disclosed_by(text),
            Self::Token(Token::Provided(_)) | Self::Certificate => false,
        }
    }

    /// Takes note that the API answered with 401 to a token of this index of scheme; whether another can be had.
    pub(crate) fn refused(&self, refused: &Minted) -> bool {
        match self {
            Self::Client(cache) => cache.refused(refused),
            _ => false,
        }
    }
}

fn put(headers: &mut HeaderMap, name: &str, value: &[&str]) -> Result<(), Error> {
    let unfit = || Error::config(format!("the credential for `{name}` does not fit a header"));
    let value = secret_header(value).ok_or_else(unfit)?;
    let name = HeaderName::try_from(name).map_err(|_| unfit())?;
    if is_of_request(&name) {
        return Err(Error::config(format!("`{name}` {}", framing::REASON)));
    }
    headers.insert(name, value);
    Ok(())
}

/// A cookie as it was given to us: what its server wrote is opaque (RFC 6265, section 5.4). Nothing in it may end it.
fn cookie(name: &str, value: &str) -> Result<Zeroizing<String>, Error> {
    let is_opaque = |byte: u8| (0x20..0x7f).contains(&byte) && byte != b';';
    if !cookies::is_name(name) {
        return Err(Error::config(format!("`{name}` is no name for a cookie")));
    }
    if value.trim() != value || !value.bytes().all(is_opaque) {
        let message = format!("the credential for `{name}` does not fit a cookie");
        return Err(Error::config(message));
    }
    let mut out = Zeroizing::new(String::with_capacity(name.len() + value.len() + 1));
    out.push_str(name);
    out.push('=');
    out.push_str(value);
    Ok(out)
}

fn pair(name: &str, value: &str) -> Zeroizing<String> {
    // Growing would leave copies behind.
    let mut out = Zeroizing::new(String::with_capacity(3 * (name.len() + value.len()) + 1));
    percent::encode(name, Keep::Unreserved, &mut out);
    out.push('=');
    percent::encode(value, Keep::Unreserved, &mut out);
    out
}

async fn authorization(token: &Token, applied: &mut Applied) -> Result<HeaderValue, Error> {
    let token = match token {
        Token::Fixed(token) => applied.carry(token),
        Token::Provided(provider) => {
            let token = provider.token().await.map_err(|source| {
                Error::Token(Arc::new(TokenError {
                    source: Some(source),
                    ..TokenError::new("the token provider failed")
                }))
            })?;
            let token = Arc::new(token);
            applied.carried.push(token.clone());
            token
        }
    };
    bearer(token.expose_secret())
        .ok_or_else(|| Error::config("the bearer token does not fit a header"))
}

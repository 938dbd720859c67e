//! Authentication: the credentials of a request, and who judges them.

use super::context::{Context, Principals};
use super::operation::Operation;
use super::parameters::cookies;
use super::problem::Problem;
use crate::data::described::{Location, Scheme, SchemeKind, Security};
use crate::data::given::Pairs;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{Extensions, StatusCode};
use std::fmt;
use std::pin::Pin;

/// A credential as a request carries it. It is a secret: `Debug` shows its kind alone.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Credential<'r> {
    /// An API key.
    ApiKey(&'r str),
    /// HTTP basic.
    Basic {
        /// The name before the colon.
        user: &'r str,
        /// The text behind it.
        password: &'r str,
    },
    /// A bearer token: of OAuth2 and OpenID Connect as well.
    Bearer(&'r str),
    /// The certificate of the connection, which layers of the server know: see [`Context::extension`].
    Certificate(&'r Context),
    /// The text behind the name of another HTTP scheme in `Authorization`.
    Other(&'r str),
}

impl fmt::Debug for Credential<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ApiKey(_) => "ApiKey(…)",
            Self::Basic { .. } => "Basic(…)",
            Self::Bearer(_) => "Bearer(…)",
            Self::Certificate(_) => "Certificate(…)",
            Self::Other(_) => "Other(…)",
        })
    }
}

/// Why a credential is not accepted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Refusal {
    /// It is nobody's, or not valid any more (401).
    Unauthorized,
    /// It is somebody's who may not do this (403).
    Forbidden,
    /// Anything else, such as a judge that cannot be reached (503).
    Problem(Problem),
}

/// The judge of credentials.
pub trait Authorize: Send + Sync + 'static {
    /// Somebody who sends requests: handlers get it by [`Context::principal`].
    type Principal: Clone + Send + Sync + 'static;

    /// Says whose a credential is, and whether they may do this.
    ///
    /// `scheme` is that of the document, by the name that a client has for it, and `scopes` are those that the operation
    /// needs of it.
    fn authorize(
        &self,
        scheme: &'static Scheme,
        credential: Credential<'_>,
        scopes: &'static [&'static str],
        operation: &'static Operation,
    ) -> impl Future<Output = Result<Self::Principal, Refusal>> + Send;
}

/// A judge of any principal.
pub(super) trait Judge: Send + Sync {
    fn judge<'r>(
        &'r self,
        schemes: &'static [Scheme],
        operation: &'static Operation,
        context: &'r mut Context,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'r>>;
}

/// The one for services that were given none: it lets in who needs no credentials.
pub(super) struct Nobody;

impl Authorize for Nobody {
    type Principal = ();

    async fn authorize(
        &self,
        _: &'static Scheme,
        _: Credential<'_>,
        _: &'static [&'static str],
        _: &'static Operation,
    ) -> Result<(), Refusal> {
        Err(Refusal::Unauthorized)
    }
}

impl<A: Authorize> Judge for A {
    fn judge<'r>(
        &'r self,
        schemes: &'static [Scheme],
        operation: &'static Operation,
        context: &'r mut Context,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'r>> {
        Box::pin(async move {
            let Some(found) = of_any(self, schemes, operation, context).await? else {
                return Ok(());
            };
            let mut extensions = Extensions::new();
            extensions.insert(Principals(found));
            context.parts.extensions.extend(extensions);
            Ok(())
        })
    }
}

/// The principals by the first alternative that is met; `None` where none is needed.
async fn of_any<A: Authorize>(
    judge: &A,
    schemes: &'static [Scheme],
    operation: &'static Operation,
    context: &Context,
) -> Result<Option<Vec<A::Principal>>, Problem> {
    let mut refused = None;
    let mut is_anonymous = operation.security.is_empty();
    for alternative in operation.security {
        if alternative.is_empty() {
            is_anonymous = true;
            continue;
        }
        match of_all(judge, schemes, alternative, operation, context).await {
            Ok(Some(principals)) => return Ok(Some(principals)),
            // Without all of its credentials, it was not tried.
            Ok(None) => {}
            Err(Refusal::Unauthorized) => {}
            Err(refusal) => {
                refused.get_or_insert(refusal);
            }
        }
    }
    if is_anonymous {
        return Ok(None);
    }
    Err(match refused {
        Some(Refusal::Problem(problem)) => problem,
        Some(Refusal::Forbidden) => Problem::new(StatusCode::FORBIDDEN),
        Some(Refusal::Unauthorized) | None => {
            let has_token = authorization(context, "Bearer").is_some();
            Problem::unauthorized(&challenges(schemes, operation, has_token))
        }
    })
}

/// The principals of all schemes of an alternative; `None` where a credential is missing.
async fn of_all<A: Authorize>(
    judge: &A,
    schemes: &'static [Scheme],
    alternative: &Security,
    operation: &'static Operation,
    context: &Context,
) -> Result<Option<Vec<A::Principal>>, Refusal> {
    let mut principals = Vec::new();
    for (scheme, scopes) in *alternative {
        let Some(scheme) = schemes.get(*scheme) else {
            return Err(Refusal::Problem(Problem::internal()));
        };
        let Some(held) = Held::of(scheme, context) else {
            return Ok(None);
        };
        let credential = held.credential(context);
        let principal = judge.authorize(scheme, credential, scopes, operation);
        principals.push(principal.await?);
    }
    Ok(Some(principals))
}

/// A credential with what was decoded of it.
enum Held {
    ApiKey(String),
    Basic(String, String),
    Bearer(String),
    Certificate,
    Other(String),
}

impl Held {
    /// The credential of a scheme, where the request has one.
    fn of(scheme: &Scheme, context: &Context) -> Option<Self> {
        let after = |name: &str| authorization(context, name).map(str::to_owned);
        match scheme.kind {
            SchemeKind::ApiKey { location, name } => key(context, location, name).map(Self::ApiKey),
            SchemeKind::Basic => {
                let encoded = authorization(context, "Basic")?;
                let decoded = STANDARD.decode(encoded).ok()?;
                let decoded = String::from_utf8(decoded).ok()?;
                let (user, password) = decoded.split_once(':')?;
                Some(Self::Basic(user.to_owned(), password.to_owned()))
            }
            SchemeKind::Bearer | SchemeKind::ClientCredentials { .. } => {
                after("Bearer").map(Self::Bearer)
            }
            SchemeKind::MutualTls => Some(Self::Certificate),
            SchemeKind::Other { scheme } => after(scheme).map(Self::Other),
        }
    }

    fn credential<'r>(&'r self, context: &'r Context) -> Credential<'r> {
        match self {
            Self::ApiKey(key) => Credential::ApiKey(key),
            Self::Basic(user, password) => Credential::Basic { user, password },
            Self::Bearer(token) => Credential::Bearer(token),
            Self::Certificate => Credential::Certificate(context),
            Self::Other(rest) => Credential::Other(rest),
        }
    }
}

/// The text behind the name of a scheme in `Authorization`.
fn authorization<'r>(context: &'r Context, scheme: &str) -> Option<&'r str> {
    let (name, rest) = only(context, AUTHORIZATION.as_str())?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// The value of a header that is there once: of several, whatever stands before the service may have looked at another.
fn only<'r>(context: &'r Context, name: &str) -> Option<&'r str> {
    let mut values = context.headers().get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none());
    value.and_then(|it| it.to_str().ok())
}

fn key(context: &Context, location: Location, name: &str) -> Option<String> {
    let only_pair = |pairs: Pairs| pairs.only(name);
    match location {
        Location::Header => only(context, name).map(str::to_owned),
        Location::Query => only_pair(Pairs::of_query(context.uri().query()?, usize::MAX).ok()?),
        // Nothing in it is escaped: a client sends what it was given.
        Location::Cookie => Pairs::of_cookies(&cookies(context).ok()?, usize::MAX)
            .ok()?
            .verbatim(name),
        // No scheme stands there.
        Location::Path => None,
    }
}

/// The challenge of each HTTP scheme of an operation (RFC 9110, 11.6.1), which says of a token that it is the reason.
fn challenges(schemes: &[Scheme], operation: &Operation, has_token: bool) -> Vec<String> {
    let mut challenges = Vec::new();
    for (scheme, scopes) in operation.security.iter().copied().flatten() {
        let challenge = match schemes.get(*scheme).map(|it| it.kind) {
            Some(SchemeKind::Basic) => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
            Some(SchemeKind::Bearer | SchemeKind::ClientCredentials { .. }) => {
                bearer(scopes, has_token)
            }
            Some(SchemeKind::Other { scheme }) => scheme.to_owned(),
            Some(SchemeKind::ApiKey { .. } | SchemeKind::MutualTls) | None => continue,
        };
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}

/// The challenge of tokens (RFC 6750, 3).
fn bearer(scopes: &[&str], has_token: bool) -> String {
    // RFC 6749, 3.3: no others stand in a quoted text as they are.
    let is_scope = |it: &&&str| {
        let mut bytes = it.bytes();
        bytes.all(|byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~'))
    };
    let scopes: Vec<&str> = scopes.iter().filter(is_scope).copied().collect();
    let mut challenge = "Bearer realm=\"api\"".to_owned();
    if !scopes.is_empty() {
        challenge.push_str(&format!(", scope=\"{}\"", scopes.join(" ")));
    }
    if has_token {
        challenge.push_str(", error=\"invalid_token\"");
    }
    challenge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_keys_neither_counts() {
        let request = |target: &str, cookie: &str| {
            let request = http::Request::builder().uri(target);
            let request = request.header(http::header::COOKIE, cookie).body(());
            let (parts, ()) = request.expect("a request").into_parts();
            Context { parts }
        };
        for (pairs, expected) in [("k=a", Some("a")), ("k=a&k=b", None), ("k=a&k=a", None)] {
            let context = request(&format!("/?{pairs}"), &pairs.replace('&', "; "));
            for location in [Location::Query, Location::Cookie] {
                let found = key(&context, location, "k");
                assert_eq!(found.as_deref(), expected, "{pairs} in {location:?}");
            }
        }
    }
}

//! The credentials of a client, and which of them a request carries: by the first way that its operation allows. How
//! it carries them: `security.rs`.

use super::api::Api;
use super::disclosure::discloses;
use super::error::{Error, MissingCredentials};
use super::operation::Operation;
use super::security::{Applied, Credential};
use super::token::Minted;
use super::transport::Carrier;
use crate::data::described::{SchemeKind, Security};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use std::sync::Arc;

/// All credentials of a client, by index of the scheme.
pub(crate) struct Credentials {
    pub(crate) by_scheme: Vec<Option<Credential>>,
    /// Asked for in every token, instead of what the operation needs.
    pub(crate) scopes: Option<Vec<String>>,
    /// Operations go without credentials where none were given.
    pub(crate) optional: bool,
}

impl Credentials {
    /// Authenticates a request by the first way that the operation allows and the user gave
    /// credentials for.
    pub(crate) async fn apply(
        &self,
        api: &'static Api,
        operation: &'static Operation,
        carrier: &Arc<Carrier>,
        headers: &mut HeaderMap,
    ) -> Result<Applied, Error> {
        let mut applied = Applied::default();
        let Some(way) = self.way(api, operation, headers)? else {
            return Ok(applied);
        };
        for (index, scopes) in way {
            let credential = self.credential(*index);
            let (Some(scheme), Some(credential)) = (api.schemes.get(*index), credential) else {
                continue;
            };
            let scopes = || match &self.scopes {
                Some(scopes) => scopes.join(" "),
                None => required(operation, scopes).join(" "),
            };
            credential
                .apply(scheme.kind, scopes, carrier, headers, &mut applied)
                .await?;
        }
        Ok(applied)
    }

    /// The first way that the user gave credentials and scopes for; `None` where the request goes without.
    fn way(
        &self,
        api: &'static Api,
        operation: &'static Operation,
        headers: &HeaderMap,
    ) -> Result<Option<Security>, Error> {
        let ways = operation.security.iter().filter(|way| !way.is_empty());
        let is_set = |(scheme, _): &(usize, _)| self.credential(*scheme).is_some();
        let mut unasked_for = Vec::new();
        for way in ways.filter(|way| way.iter().all(is_set)) {
            let scopes = self.missing_scopes(operation, way);
            if scopes.is_empty() {
                return Ok(Some(way));
            }
            unasked_for.push(scopes);
        }
        if let Some(scopes) = unasked_for.into_iter().next() {
            return Err(Error::MissingCredentials(Box::new(MissingCredentials {
                operation,
                alternatives: Vec::new(),
                scopes,
            })));
        }
        let anonymous = operation.security.iter().any(|way| way.is_empty());
        let own = headers.contains_key(AUTHORIZATION);
        if operation.security.is_empty() || anonymous || own || self.optional {
            return Ok(None);
        }
        Err(missing(api, operation))
    }

    /// The scopes that a way needs of tokens that are minted, and that they do not ask for.
    fn missing_scopes(&self, operation: &Operation, way: Security) -> Vec<&'static str> {
        let Some(asked_for) = &self.scopes else {
            return Vec::new();
        };
        let is_minted = |(scheme, _): &&(usize, _)| {
            matches!(self.credential(*scheme), Some(Credential::Client(_)))
        };
        let needed = way.iter().filter(is_minted);
        let needed = needed.flat_map(|(_, scopes)| required(operation, scopes));
        let missing = needed.filter(|scope| !asked_for.iter().any(|it| it == *scope));
        missing.copied().collect()
    }

    fn credential(&self, scheme: usize) -> Option<&Credential> {
        self.by_scheme.get(scheme)?.as_ref()
    }

    /// Whether a text that the API answered with repeats a credential, or what the request carried.
    pub(crate) fn are_disclosed_by(&self, text: &str, applied: &Applied) -> bool {
        let mut credentials = self.by_scheme.iter().flatten();
        let is_repeated = credentials.any(|it| it.is_disclosed_by(text));
        let minted = applied.minted.as_ref();
        let token = minted.and_then(|it| it.authorization.to_str().ok()?.strip_prefix("Bearer "));
        is_repeated
            || applied.is_disclosed_by(text)
            || token.is_some_and(|token| discloses(text, "", token))
    }

    /// Takes note that the API answered with 401 to a token. Whether another can be had, so that it makes sense to send the
    /// request once more: that is so once for each token.
    pub(crate) fn refused(&self, refused: &Minted) -> bool {
        let mut credentials = self.by_scheme.iter().flatten();
        credentials.any(|credential| credential.refused(refused))
    }
}

/// The scopes that an operation needs where its security names these.
fn required(operation: &Operation, named: &'static [&'static str]) -> &'static [&'static str] {
    match named {
        [] => operation.scopes,
        named => named,
    }
}

fn missing(api: &'static Api, operation: &'static Operation) -> Error {
    let name = |(scheme, _): &(usize, _)| {
        let scheme = api.schemes.get(*scheme)?;
        Some(match scheme.kind {
            // A client has its certificate from its HTTP client.
            SchemeKind::MutualTls => "http_client",
            _ => scheme.name,
        })
    };
    let alternatives = operation
        .security
        .iter()
        .map(|way| way.iter().filter_map(name).collect())
        .collect();
    Error::MissingCredentials(Box::new(MissingCredentials {
        operation,
        alternatives,
        scopes: Vec::new(),
    }))
}

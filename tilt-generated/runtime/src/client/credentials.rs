//! The credentials of a client, and which of them a request carries: by the first way that its operation allows. How
//! it carries them: `security.rs`.

use super::api::Api;
use super::disclosure::discloses;
use super::error::{Error, MissingCredentials};
use super::operation::Operation;
use super::security::{Applied, Credential};
use super::tls::Http;
use super::token::Minted;
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// All credentials of a client, by index of the scheme.
pub(crate) struct Credentials {
    pub(crate) by_scheme: Vec<Option<Credential>>,
    /// Asked for in every token, instead of what the operation needs.
    pub(crate) scopes: Option<String>,
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
            let scopes = || self.scopes(operation, scopes);
            credential
                .apply(scheme.kind, scopes, http, headers, &mut applied)
                .await?;
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
        let mut credentials = self.by_scheme.iter().flatten();
        let is_repeated = credentials.any(|it| it.is_disclosed_by(text));
        let token = minted.and_then(|it| it.authorization.to_str().ok()?.strip_prefix("Bearer "));
        is_repeated || token.is_some_and(|token| discloses(text, "", token))
    }

    /// Forgets a token that the API answered with 401 to.
    pub(crate) async fn drop_refused(&self, refused: &Minted) {
        for credential in self.by_scheme.iter().flatten() {
            credential.drop_refused(refused).await;
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

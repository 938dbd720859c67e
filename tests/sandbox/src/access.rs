//! Clients, tokens, scopes and rate limits: the rights of each caller.

use std::collections::HashMap;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use crate::api::ApiError;
use crate::client::Client;
use crate::error::SandboxError;
use crate::rate_limit::Bucket;
use crate::token::{Claims, TokenError, Tokens};

/// The clients, and the tokens they were given.
pub(crate) struct Access {
    /// In the order of the builder.
    clients: Vec<Client>,
    tokens: Tokens,
    /// Per client: requests to the API, and to the token endpoint.
    buckets: HashMap<(String, Door), Bucket>,
}

/// A group of requests with a rate limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Door {
    Api,
    Token,
}

/// Why the token endpoint gives no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denial {
    UnknownClient,
    UnknownScope,
    TooManyRequests { retry_after: u64 },
}

impl Access {
    pub(crate) fn new(clients: Vec<Client>) -> Result<Self, SandboxError> {
        for (index, client) in clients.iter().enumerate() {
            if clients[..index].iter().any(|other| other.id == client.id) {
                let id = client.id.clone();
                return Err(SandboxError::DuplicateClient { id });
            }
        }
        Ok(Self {
            clients,
            tokens: Tokens::new(),
            buckets: HashMap::new(),
        })
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub(crate) fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// Lets one more client in.
    pub(crate) fn add(&mut self, client: Client) {
        self.clients.push(client);
    }

    /// Shuts a client out, with all tokens that it has.
    pub(crate) fn revoke(&mut self, id: &str) -> bool {
        let before = self.clients.len();
        self.clients.retain(|client| client.id != id);
        self.clients.len() < before
    }

    pub(crate) fn set_secret(&mut self, id: &str, secret: SecretString) -> bool {
        let client = self.clients.iter_mut().find(|client| client.id == id);
        client.map(|client| client.secret = secret).is_some()
    }

    pub(crate) fn revoke_tokens(&mut self) {
        self.tokens.revoke_all();
    }

    /// Mints a token with all of the scopes asked for, or with all that the client has if it asks
    /// for none.
    pub(crate) fn mint(
        &mut self,
        id: &str,
        secret: &str,
        scopes: &[&str],
        now: Timestamp,
    ) -> Result<String, Denial> {
        let client = self
            .client(id)
            .filter(|client| client.secret() == secret)
            .ok_or(Denial::UnknownClient)?;
        let is_granted = |scope: &&str| client.scopes.iter().any(|granted| granted == scope);
        if !scopes.iter().all(is_granted) {
            return Err(Denial::UnknownScope);
        }
        let scopes = if scopes.is_empty() {
            client.scopes.clone()
        } else {
            scopes.iter().copied().map(String::from).collect()
        };
        let claims = Claims {
            client: id.into(),
            scopes,
        };
        self.count(id, Door::Token, now)
            .map_err(|retry_after| Denial::TooManyRequests { retry_after })?;
        Ok(self.tokens.mint(&claims, now))
    }

    /// Lets a request to the API in, or says why not; gives the partner who sent it.
    pub(crate) fn authorize(
        &mut self,
        headers: &HeaderMap,
        scope: &str,
        now: Timestamp,
    ) -> Result<Uuid, ApiError> {
        let token = bearer(headers)
            .ok_or_else(|| ApiError::unauthorized("unauthorized", "a bearer token is required"))?;
        let claims = self.tokens.read(token, now).map_err(|error| match error {
            TokenError::Invalid => {
                ApiError::unauthorized("invalid_token", "the token is not valid")
            }
            TokenError::Expired => ApiError::unauthorized("token_expired", "the token has expired"),
            TokenError::Revoked => ApiError::unauthorized("invalid_token", "the token was revoked"),
        })?;
        self.count(&claims.client, Door::Api, now)
            .map_err(ApiError::too_many_requests)?;
        if !claims.scopes.iter().any(|granted| granted == scope) {
            return Err(ApiError::missing_scope(scope));
        }
        self.client(&claims.client)
            .map(|client| client.partner)
            .ok_or_else(|| ApiError::unauthorized("invalid_token", "the client is unknown"))
    }

    /// Counts a request against the client's limit.
    fn count(&mut self, client: &str, door: Door, now: Timestamp) -> Result<(), u64> {
        let Some(limit) = self.client(client).and_then(|client| client.rate_limit) else {
            return Ok(());
        };
        self.buckets
            .entry((client.into(), door))
            .or_insert_with(|| Bucket::full(limit, now))
            .take(now)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

//! Access tokens: minted at the token endpoint, checked at the API.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::mac::digest;

/// Seconds that a token lives.
pub(crate) const LIFETIME: i64 = 3600;

/// Mints and reads tokens: JWTs signed with a key of this sandbox, so that none has to be kept.
pub(crate) struct Tokens {
    key: [u8; 16],
    /// Tokens of an earlier generation are revoked.
    generation: u64,
}

/// The content of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) client: String,
    pub(crate) scopes: Vec<String>,
}

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenError {
    Invalid,
    Expired,
    Revoked,
}

impl Tokens {
    pub(crate) fn new() -> Self {
        Self {
            key: Uuid::new_v4().into_bytes(),
            generation: 0,
        }
    }

    pub(crate) fn revoke_all(&mut self) {
        self.generation += 1;
    }

    pub(crate) fn mint(&self, claims: &Claims, now: Timestamp) -> String {
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let payload = json!({
            "sub": claims.client,
            "client_id": claims.client,
            "token_use": "access",
            "scope": claims.scopes.join(" "),
            "iat": now.as_second(),
            "exp": now.as_second().saturating_add(LIFETIME),
            "jti": Uuid::new_v4().to_string(),
            "generation": self.generation,
        });
        let signed = format!("{}.{}", encode(&header), encode(&payload));
        let signature = URL_SAFE_NO_PAD.encode(digest(&self.key, signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Result<Claims, TokenError> {
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Invalid)?;
        let expected = URL_SAFE_NO_PAD.encode(digest(&self.key, signed.as_bytes()));
        if signature != expected {
            return Err(TokenError::Invalid);
        }
        let payload = signed
            .split_once('.')
            .and_then(|(_, payload)| URL_SAFE_NO_PAD.decode(payload).ok())
            .and_then(|payload| serde_json::from_slice::<Value>(&payload).ok())
            .ok_or(TokenError::Invalid)?;
        let text = |name: &str| payload.get(name).and_then(Value::as_str);
        let number = |name: &str| payload.get(name).and_then(Value::as_i64);
        let expires = number("exp").ok_or(TokenError::Invalid)?;
        if now.as_second() >= expires {
            return Err(TokenError::Expired);
        }
        if payload.get("generation").and_then(Value::as_u64) != Some(self.generation) {
            return Err(TokenError::Revoked);
        }
        Ok(Claims {
            client: text("client_id").ok_or(TokenError::Invalid)?.into(),
            scopes: text("scope")
                .unwrap_or_default()
                .split(' ')
                .map(String::from)
                .collect(),
        })
    }
}

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a timestamp")
    }

    fn claims() -> Claims {
        Claims {
            client: "client".into(),
            scopes: vec!["a".into(), "b".into()],
        }
    }

    #[test]
    fn a_token_lives_one_hour() {
        let tokens = Tokens::new();
        let token = tokens.mint(&claims(), second(0));
        assert_eq!(tokens.read(&token, second(3599)), Ok(claims()));
        assert_eq!(tokens.read(&token, second(3600)), Err(TokenError::Expired));
    }

    #[test]
    fn a_token_that_was_changed_or_is_of_another_sandbox_is_invalid() {
        let tokens = Tokens::new();
        let token = tokens.mint(&claims(), second(0));
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let (header, _) = signed.split_once('.').expect("a payload");
        let other = encode(&json!({"client_id": "other", "exp": 1_000_000, "generation": 0}));
        for bad in [
            "",
            "token",
            &token[1..],
            &format!("{header}.{other}.{signature}"),
        ] {
            assert_eq!(tokens.read(bad, second(0)), Err(TokenError::Invalid));
        }
        let elsewhere = Tokens::new();
        assert_eq!(elsewhere.read(&token, second(0)), Err(TokenError::Invalid));
    }

    #[test]
    fn revoked_tokens_are_not_accepted_but_later_ones_are() {
        let mut tokens = Tokens::new();
        let token = tokens.mint(&claims(), second(0));
        tokens.revoke_all();
        assert_eq!(tokens.read(&token, second(0)), Err(TokenError::Revoked));
        let token = tokens.mint(&claims(), second(0));
        assert_eq!(tokens.read(&token, second(0)), Ok(claims()));
    }
}

//! The API clients that a sandbox knows.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rate_limit::RateLimit;
use crate::secret::exposed;

/// The scopes that a token may have.
pub mod scope {
    /// Create orders, initiate and void payments.
    pub const PAYMENTS_CREATE: &str = "tilt/payments:create";
    /// Read orders, payments and refunds.
    pub const PAYMENTS_READ: &str = "tilt/payments:read";
    /// Issue refunds.
    pub const PAYMENTS_REFUND: &str = "tilt/payments:refund";
    /// List and read locations.
    pub const LOCATIONS_READ: &str = "tilt/locations:read";
    /// Create and update locations; granted to super admins.
    pub const LOCATIONS_WRITE: &str = "tilt/locations:write";
    /// Register webhook endpoints; granted to super admins.
    pub const WEBHOOKS_SUBSCRIBE: &str = "tilt/webhooks:subscribe";
    /// Mint POS launch tokens.
    pub const POS_LAUNCH: &str = "tilt/pos:launch";

    /// The scopes that are granted without a super admin.
    pub const ORDINARY: [&str; 5] = [
        PAYMENTS_CREATE,
        PAYMENTS_READ,
        PAYMENTS_REFUND,
        LOCATIONS_READ,
        POS_LAUNCH,
    ];
}

/// A machine-to-machine client of a partner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Client {
    pub(crate) id: String,
    /// For people.
    pub(crate) name: String,
    #[serde(serialize_with = "exposed")]
    pub(crate) secret: SecretString,
    pub(crate) partner: Uuid,
    pub(crate) scopes: Vec<String>,
    pub(crate) rate_limit: Option<RateLimit>,
}

impl Client {
    /// A client of the sandbox's own partner that was granted the ordinary scopes and has the
    /// limit `low`.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name: id.clone(),
            id,
            secret: SecretString::from(secret.into()),
            partner: PARTNER,
            scopes: scope::ORDINARY.map(String::from).to_vec(),
            rate_limit: Some(RateLimit::LOW),
        }
    }

    /// Grants these scopes and no others.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the rate limit; `None` is no limit.
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.rate_limit = limit.into();
        self
    }

    /// Makes it a client of another partner, who sees nothing of the first one's.
    pub fn partner(mut self, partner: Uuid) -> Self {
        self.partner = partner;
        self
    }

    /// The client's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client's secret.
    pub fn secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// The partner that a sandbox has by itself.
pub const PARTNER: Uuid = Uuid::from_u128(0x7117_0000_0000_4000_8000_0000_0000_0001);

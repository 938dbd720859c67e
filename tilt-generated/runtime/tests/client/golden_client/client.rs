//! The client, its builder, environments and scopes.

use super::resources::locations::Locations;
use super::resources::orders::Orders;
use tilt_runtime as rt;

static API: rt::Api = rt::Api {
    user_agent: "golden/0.1.0",
    schemes: &[rt::Scheme {
        name: "credentials",
        kind: rt::SchemeKind::ClientCredentials { token_url: None },
    }],
    errors: rt::ErrorShape {
        code: Some("error"),
        message: Some("message"),
        request_id: Some("request_id"),
    },
    refused: &[],
};

/// A client of the API. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    client: rt::Client,
}

impl Client {
    /// Configures a client for an environment.
    pub(crate) fn builder(environment: Environment) -> ClientBuilder {
        let builder = rt::Client::builder(&API, environment.into());
        ClientBuilder { builder }
    }

    /// Locations.
    pub(crate) fn locations(&self) -> Locations {
        Locations::new(self.client.clone())
    }

    /// Orders.
    pub(crate) fn orders(&self) -> Orders {
        Orders::new(self.client.clone())
    }
}

rt::client_builder! {
    /// Configures a [`Client`].
    pub(crate) struct ClientBuilder for Client;
}

impl ClientBuilder {
    /// Authenticates by OAuth2 client credentials.
    pub(crate) fn credentials(
        self,
        client_id: impl Into<String>,
        client_secret: impl Into<rt::Secret>,
    ) -> Self {
        let builder = self
            .builder
            .client(0, client_id.into(), client_secret.into());
        Self { builder }
    }

    /// Asks for these scopes in every token, rather than for what each operation needs.
    pub(crate) fn scopes(self, scopes: impl IntoIterator<Item = Scope>) -> Self {
        let scopes = scopes.into_iter().map(|scope| scope.as_str());
        let builder = self.builder.scopes(scopes);
        Self { builder }
    }
}

/// An environment of the API.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub(crate) enum Environment {
    /// Somewhere else.
    Custom(rt::Environment),
}

impl Environment {
    /// An environment that is not documented, such as a local stand-in.
    pub(crate) fn custom(url: impl Into<String>, token_url: impl Into<String>) -> Self {
        Self::Custom(rt::Environment::custom(url, Some(token_url.into())))
    }
}

impl From<Environment> for rt::Environment {
    fn from(environment: Environment) -> Self {
        match environment {
            Environment::Custom(environment) => environment,
        }
    }
}

/// An OAuth2 scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Scope {
    /// Create orders.
    PaymentsCreate,
    /// Read orders and payments.
    PaymentsRead,
    /// Read locations.
    LocationsRead,
}

impl Scope {
    /// As the API writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::PaymentsCreate => "tilt/payments:create",
            Self::PaymentsRead => "tilt/payments:read",
            Self::LocationsRead => "tilt/locations:read",
        }
    }
}

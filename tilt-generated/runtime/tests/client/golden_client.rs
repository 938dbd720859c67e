//! Generated code as it looks, written by hand: a client, its resources, its events.

use crate::server::{Answer, Server, Tested, json};

/// `types/…`: here only as much as the rest needs.
mod types {
    use serde::{Deserialize, Serialize};
    use tilt_runtime as rt;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub(crate) struct Order {
        pub(crate) order_id: String,
        pub(crate) total_cents: i64,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub(crate) struct CreateOrder {
        pub(crate) location_id: String,
        pub(crate) total_cents: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) customer_name: Option<String>,
    }

    impl CreateOrder {
        pub(crate) fn new(location_id: impl Into<String>, total_cents: i64) -> Self {
            Self {
                location_id: location_id.into(),
                total_cents,
                customer_name: None,
            }
        }

        pub(crate) fn customer_name(mut self, customer_name: impl Into<String>) -> Self {
            self.customer_name = Some(customer_name.into());
            self
        }
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub(crate) struct Location {
        pub(crate) location_id: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub(crate) struct LocationPage {
        pub(crate) items: Vec<Location>,
        pub(crate) total: i64,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub(crate) struct PaymentEvent {
        pub(crate) event_id: String,
        pub(crate) event_kind: String,
    }

    impl rt::Wire for Order {}
    impl rt::Wire for CreateOrder {}
    impl rt::Wire for Location {}
    impl rt::Wire for LocationPage {}
    impl rt::Wire for PaymentEvent {}
}

/// `client.rs`
mod client {
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
            client_secret: impl Into<rt::SecretString>,
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

    /// Where the API runs.
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
        /// Read locations.
        LocationsRead,
    }

    impl Scope {
        /// As the API writes it.
        pub(crate) fn as_str(self) -> &'static str {
            match self {
                Self::PaymentsCreate => "tilt/payments:create",
                Self::LocationsRead => "tilt/locations:read",
            }
        }
    }
}

mod resources {
    /// `resources/orders.rs`
    pub(crate) mod orders {
        use super::super::types;
        use tilt_runtime as rt;

        /// Orders.
        #[derive(Debug, Clone)]
        pub(crate) struct Orders {
            client: rt::Client,
        }

        impl Orders {
            pub(crate) fn new(client: rt::Client) -> Self {
                Self { client }
            }

            /// Creates an order.
            ///
            /// `POST /pos/v1/orders`, needs `tilt/payments:create`.
            pub(crate) fn create(&self, body: types::CreateOrder) -> CreateOrderCall {
                let mut call = self.client.call(&CREATE);
                call.json("application/json", &body);
                CreateOrderCall { call }
            }

            /// Reads an order.
            ///
            /// `GET /pos/v1/orders/{order_id}`
            pub(crate) fn get(&self, order_id: impl Into<String>) -> GetOrderCall {
                let mut call = self.client.call(&GET);
                call.set(0, &order_id.into());
                GetOrderCall { call }
            }
        }

        rt::call! {
            /// A call of [`Orders::create`].
            pub(crate) struct CreateOrderCall(rt::Json<types::Order>);
        }

        impl CreateOrderCall {
            /// Makes the request safe to repeat for 24 hours. (Header `Idempotency-Key`.)
            pub(crate) fn idempotency_key(mut self, idempotency_key: impl Into<String>) -> Self {
                self.call.set(0, &idempotency_key.into());
                self
            }
        }

        static CREATE: rt::Operation = rt::Operation {
            id: "createOrder",
            method: rt::Method::Post,
            path: "/pos/v1/orders",
            parameters: &[rt::Parameter::header("Idempotency-Key")],
            accept: "application/json",
            security: &[&[(0, &["tilt/payments:create"])]],
            ..rt::Operation::NEW
        };

        rt::call! {
            /// A call of [`Orders::get`].
            pub(crate) struct GetOrderCall(rt::Json<types::Order>);
        }

        static GET: rt::Operation = rt::Operation {
            id: "getOrder",
            method: rt::Method::Get,
            path: "/pos/v1/orders/{order_id}",
            parameters: &[rt::Parameter::path("order_id")],
            accept: "application/json",
            security: &[&[(0, &["tilt/payments:read"])]],
            ..rt::Operation::NEW
        };
    }

    /// `resources/locations.rs`
    pub(crate) mod locations {
        use super::super::types;
        use tilt_runtime as rt;

        /// Locations.
        #[derive(Debug, Clone)]
        pub(crate) struct Locations {
            client: rt::Client,
        }

        impl Locations {
            pub(crate) fn new(client: rt::Client) -> Self {
                Self { client }
            }

            /// Lists locations.
            ///
            /// `GET /pos/v1/locations`, needs `tilt/locations:read`.
            pub(crate) fn list(&self) -> ListLocationsCall {
                let call = self.client.call(&LIST);
                ListLocationsCall { call }
            }
        }

        rt::call! {
            /// A call of [`Locations::list`].
            pub(crate) struct ListLocationsCall(rt::Json<types::LocationPage>);
        }

        impl ListLocationsCall {
            /// How many items to give. (Query parameter `limit`.)
            pub(crate) fn limit(mut self, limit: i64) -> Self {
                self.call.set(0, &limit);
                self
            }

            /// Part of a name. (Query parameter `search`.)
            pub(crate) fn search(mut self, search: impl Into<String>) -> Self {
                self.call.set(2, &search.into());
                self
            }

            const PAGES: rt::Pagination = rt::Pagination::new(
                rt::PageStyle::Offset {
                    offset: 1,
                    total: Some(&["total"]),
                },
                &["items"],
            );

            /// All items, over as many requests as it takes.
            pub(crate) fn items(self) -> rt::Items<types::Location> {
                self.call.items(&Self::PAGES)
            }

            /// The list page by page.
            pub(crate) fn pages(self) -> rt::Pages<rt::Json<types::LocationPage>> {
                self.call.pages(&Self::PAGES)
            }
        }

        static LIST: rt::Operation = rt::Operation {
            id: "listLocations",
            method: rt::Method::Get,
            path: "/pos/v1/locations",
            parameters: &[
                rt::Parameter::query("limit"),
                rt::Parameter::query("offset"),
                rt::Parameter::query("search"),
            ],
            accept: "application/json",
            security: &[&[(0, &["tilt/locations:read"])]],
            ..rt::Operation::NEW
        };
    }
}

/// `events.rs`
mod events {
    use super::types;
    use tilt_runtime as rt;

    /// An event.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub(crate) enum Event {
        /// A payment was approved.
        PaymentApproved(Box<types::PaymentEvent>),
        /// An event that is not documented, or not as documented.
        Unknown(rt::UnknownEvent),
    }

    impl Event {
        /// Reads the payload of an event.
        pub(crate) fn parse(body: &[u8]) -> Self {
            let kind = rt::event::property(body, &["event_kind"]);
            let event = match kind.as_deref() {
                Some(kind @ "payment.approved") => {
                    rt::event::read(body, kind, Self::PaymentApproved)
                }
                kind => Err(rt::UnknownEvent::new(body, kind)),
            };
            event.unwrap_or_else(Self::Unknown)
        }
    }

    impl rt::webhook::Events for Event {
        const SIGNATURE: rt::webhook::Signature = rt::webhook::Signature {
            header: "X-Tilt-Signature",
            prefix: "hmac-sha256=",
            encoding: rt::webhook::SignatureEncoding::Hex,
        };
        const KIND: &'static [&'static str] = &["event_kind"];
        const ID: &'static [&'static str] = &["event_id"];

        fn parse(body: &[u8]) -> Self {
            Self::parse(body)
        }
    }

    pub(crate) mod webhooks {
        /// Verifies deliveries.
        pub(crate) type Verifier = tilt_runtime::webhook::Verifier<super::Event>;
    }
}

use client::{Client, Environment, Scope};
use events::{Event, webhooks};
use types::CreateOrder;

const TOKEN: &str = r#"{"access_token":"t-1","token_type":"Bearer","expires_in":3600}"#;

async fn api() -> std::io::Result<Server> {
    Server::start(|asked| {
        let answer = match asked.target.split('?').next() {
            Some("/token") => json("200 OK", TOKEN),
            Some("/pos/v1/orders") => json(
                "201 Created",
                r#"{"order_id":"o-1","total_cents":5000,"new":1}"#,
            ),
            Some("/pos/v1/orders/o-1") => {
                json("200 OK", r#"{"order_id":"o-1","total_cents":5000}"#)
            }
            Some("/pos/v1/locations") if asked.target.contains("offset=2") => {
                json("200 OK", r#"{"items":[{"location_id":"c"}],"total":3}"#)
            }
            Some("/pos/v1/locations") => json(
                "200 OK",
                r#"{"items":[{"location_id":"a"},{"location_id":"b"}],"total":3}"#,
            ),
            _ => json(
                "404 Not Found",
                r#"{"error":"order_not_found","message":"No such order.","request_id":"req_1"}"#,
            ),
        };
        Answer::Pieces(vec![answer])
    })
    .await
}

fn client(server: &Server) -> Result<Client, tilt_runtime::Error> {
    let token_url = format!("{}/token", server.url);
    Client::builder(Environment::custom(&server.url, token_url))
        .credentials("id", "secret")
        .scopes([Scope::PaymentsCreate, Scope::LocationsRead])
        .build()
}

#[tokio::test]
async fn a_call_is_awaited() -> Tested {
    let server = api().await?;
    let tilt = client(&server)?;
    let order = tilt
        .orders()
        .create(CreateOrder::new("l-1", 5000).customer_name("Alice"))
        .idempotency_key("key-1")
        .await?;
    assert_eq!(order.order_id, "o-1");
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(
        asked[0].text(),
        "grant_type=client_credentials&client_id=id&client_secret=secret\
         &scope=tilt%2Fpayments%3Acreate%20tilt%2Flocations%3Aread"
    );
    assert_eq!(asked[1].method, "POST");
    assert_eq!(asked[1].target, "/pos/v1/orders");
    assert_eq!(asked[1].header("idempotency-key"), Some("key-1"));
    assert_eq!(asked[1].header("authorization"), Some("Bearer t-1"));
    assert_eq!(asked[1].header("content-type"), Some("application/json"));
    assert_eq!(asked[1].header("accept"), Some("application/json"));
    assert_eq!(asked[1].header("user-agent"), Some("golden/0.1.0"));
    assert_eq!(
        asked[1].text(),
        r#"{"location_id":"l-1","total_cents":5000,"customer_name":"Alice"}"#
    );
    Ok(())
}

#[tokio::test]
async fn an_answer_can_be_had_with_status_and_headers() -> Tested {
    let server = api().await?;
    let response = client(&server)?.orders().get("o-1").send().await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("Content-Type"), Some("application/json"));
    assert_eq!(response.into_body().total_cents, 5000);
    Ok(())
}

#[tokio::test]
async fn an_error_says_what_the_api_says() -> Tested {
    let server = api().await?;
    let result = client(&server)?.orders().get("o-2").await;
    let Err(error) = result else {
        return Err("there is no such order".into());
    };
    assert_eq!(
        error.to_string(),
        "GET /pos/v1/orders/{order_id} answered 404 Not Found: order_not_found: \
         No such order. (request req_1)"
    );
    let api = error.api().ok_or("the API answered")?;
    assert_eq!(api.code(), Some("order_not_found"));
    assert_eq!(api.request_id(), Some("req_1"));
    Ok(())
}

#[tokio::test]
async fn items_are_asked_for_page_by_page() -> Tested {
    let server = api().await?;
    let mut ids = Vec::new();
    let mut locations = client(&server)?
        .locations()
        .list()
        .limit(2)
        .search("main")
        .items();
    while let Some(location) = locations.try_next().await? {
        ids.push(location.location_id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let targets: Vec<_> = server.asked().into_iter().map(|it| it.target).collect();
    assert_eq!(
        targets,
        [
            "/token",
            "/pos/v1/locations?limit=2&search=main",
            "/pos/v1/locations?limit=2&offset=2&search=main"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn pages_are_had_with_all_that_they_say() -> Tested {
    let server = api().await?;
    let mut pages = client(&server)?.locations().list().limit(2).pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.try_next().await? {
        assert_eq!(page.header("Content-Type"), Some("application/json"));
        seen.push((page.body().items.len(), page.body().total));
    }
    assert_eq!(seen, [(2, 3), (1, 3)]);
    Ok(())
}

#[tokio::test]
async fn a_call_can_be_spawned() -> Tested {
    let server = api().await?;
    let call = client(&server)?.orders().get("o-1");
    let order = tokio::spawn(call.into_future()).await??;
    assert_eq!(order.order_id, "o-1");
    Ok(())
}

#[test]
fn a_delivery_is_verified_and_told_apart() -> Tested {
    let body = br#"{"event_id":"evt_1","event_kind":"payment.approved"}"#;
    // By `openssl dgst -sha256 -hmac whsec`.
    let signature = "hmac-sha256=56983e160597535b13d97b180ea0b7d4a6beeaa3ebaee09dc6c20b520b29167f";
    let mut headers = http::HeaderMap::new();
    headers.insert("X-Tilt-Signature", signature.parse()?);
    let delivery = webhooks::Verifier::new("whsec").receive(&headers, &body[..])?;
    assert_eq!(delivery.id(), Some("evt_1"));
    assert_eq!(delivery.kind(), Some("payment.approved"));
    match delivery.event() {
        Event::PaymentApproved(event) => assert_eq!(event.event_id, "evt_1"),
        Event::Unknown(event) => return Err(format!("{event:?}").into()),
    }
    let unknown = Event::parse(br#"{"event_kind":"payment.failed"}"#);
    let Event::Unknown(unknown) = unknown else {
        return Err("nobody knows that kind".into());
    };
    assert_eq!(unknown.kind(), Some("payment.failed"));
    Ok(())
}

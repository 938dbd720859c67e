//! A local Tilt, a client of it, and the judge of what passes between them.

use std::collections::BTreeSet;
use std::time::Duration;

use http::HeaderMap;
use tilt_generated::types::{CreateOrder, CreatePayment, LocationId, OrderId, PaymentId};
use tilt_generated::{Client, Environment, Error};
use tilt_sandbox::{Builder, Exchange, Sandbox};
use tilt_tests::Oracle;
use tilt_tests::api::Api;
use tilt_tests::oracle::{Answer, Request};

pub(crate) struct Tilt {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Tilt {
    /// Its clock stands still, and nobody has a rate limit.
    pub(crate) async fn start() -> Self {
        Self::with(sandbox()).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let sandbox = builder.start().await.expect("a sandbox");
        let client = client(&sandbox, &sandbox.client_secret()).expect("a client");
        Self { sandbox, client }
    }

    pub(crate) fn location(&self) -> LocationId {
        self.sandbox.locations()[0].location_id.to_string().into()
    }

    pub(crate) async fn order(&self, total_cents: i64) -> Result<OrderId, Error> {
        let order = CreateOrder::new(self.location(), total_cents);
        Ok(self.client.orders().create(order).await?.order_id)
    }

    /// An order with a payment that is processed.
    pub(crate) async fn paid(&self, total_cents: i64) -> Result<(OrderId, PaymentId), Error> {
        let order = self.order(total_cents).await?;
        let payment = CreatePayment::new(total_cents);
        let payment = self
            .client
            .payments()
            .create(order.clone(), payment)
            .await?;
        self.advance().await;
        Ok((order, payment.payment_id))
    }

    /// Lets everything happen that is about to.
    pub(crate) async fn advance(&self) {
        let second = Duration::from_secs(1);
        self.sandbox.advance(second).await.expect("a manual clock");
    }

    /// Judges everything that went over the wire; gives it as `METHOD path status`.
    pub(crate) fn judge(&self) -> BTreeSet<String> {
        let exchanges = self.sandbox.exchanges();
        judge(
            &oracle(&Api::accepted().expect("the accepted documents")),
            &exchanges,
        )
    }

    /// How many tokens were asked for.
    pub(crate) fn token_requests(&self) -> usize {
        let exchanges = self.sandbox.exchanges();
        exchanges
            .iter()
            .filter(|exchange| is_token_request(exchange))
            .count()
    }
}

pub(crate) fn sandbox() -> Builder {
    Sandbox::builder().manual_clock().rate_limit(None)
}

pub(crate) fn client(sandbox: &Sandbox, secret: &str) -> Result<Client, Error> {
    Client::builder(Environment::custom(sandbox.api_url()).with_token_url(sandbox.token_url()))
        .credentials(sandbox.client_id(), secret)
        .build()
}

pub(crate) fn oracle(api: &Api) -> Oracle {
    let (openapi, asyncapi) = (api.openapi.as_ref(), api.asyncapi.as_ref());
    Oracle::new(openapi.expect("a document"), asyncapi.expect("a document")).expect("schemas")
}

pub(crate) fn judge(oracle: &Oracle, exchanges: &[Exchange]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for exchange in exchanges
        .iter()
        .filter(|exchange| !is_token_request(exchange))
    {
        let target = exchange.uri.to_string();
        let (request_headers, answer_headers) = (
            headers(&exchange.request_headers),
            headers(&exchange.response_headers),
        );
        let request = Request {
            method: exchange.method.as_str(),
            target: &target,
            headers: &request_headers,
            body: &exchange.request_body,
        };
        let answer = Answer {
            status: exchange.status.as_u16(),
            headers: &answer_headers,
            body: &exchange.response_body,
        };
        let asked = oracle.check_request(&request);
        let answered = oracle.check_answer(request.method, &target, &answer);
        let asked = asked
            .map_err(|faults| format!("{target}: {faults}"))
            .expect("no fault");
        let answered = answered
            .map_err(|faults| format!("{target}: {faults}"))
            .expect("no fault");
        assert!(answered.starts_with(&asked));
        seen.insert(answered);
    }
    seen
}

pub(crate) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| value.to_str().expect("text").to_owned();
    let headers = headers.iter();
    headers
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

fn is_token_request(exchange: &Exchange) -> bool {
    exchange.uri.path().ends_with("/token")
}

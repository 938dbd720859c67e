//! A client for tests that has every answer judged by the oracle.

use http::{HeaderMap, Method};
use serde_json::{Value, json};
use tilt_sandbox::{Builder, Sandbox};
use uuid::Uuid;

use crate::oracle::Oracle;

pub(crate) const ORDERS: &str = "/pos/v1/orders";
pub(crate) const ORDER: &str = "/pos/v1/orders/{order_id}";
pub(crate) const PAYMENTS: &str = "/pos/v1/orders/{order_id}/payments";
pub(crate) const PAYMENT: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}";
pub(crate) const VOID: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/void";
pub(crate) const REFUNDS: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/refunds";
pub(crate) const REFUND: &str =
    "/pos/v1/orders/{order_id}/payments/{payment_id}/refunds/{refund_id}";
pub(crate) const LOCATIONS: &str = "/pos/v1/locations";
pub(crate) const LOCATION: &str = "/pos/v1/locations/{location_id}";
pub(crate) const LAUNCH_TOKENS: &str = "/pos/v1/launch-tokens";

pub(crate) struct Api {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: reqwest::Client,
    pub(crate) oracle: Oracle,
    token: Option<String>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// A property that is a string.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    pub(crate) fn id(&self, name: &str) -> Uuid {
        self.text(name).parse().expect("a UUID")
    }

    /// The status and the error code.
    pub(crate) fn error(&self) -> (u16, &str) {
        (self.status, self.text("error"))
    }
}

impl Api {
    /// A sandbox whose clock stands still and whose client has no rate limit and a token.
    pub(crate) async fn start() -> Self {
        Self::with(Sandbox::builder().manual_clock().rate_limit(None)).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let mut api = Self {
            sandbox: builder.start().await.expect("a sandbox"),
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            oracle: Oracle::new(),
            token: None,
        };
        api.token = Some(api.mint(&[]).await);
        api
    }

    /// A token with some scopes, or with all that are granted.
    pub(crate) async fn mint(&self, scopes: &[&str]) -> String {
        let id = self.sandbox.client_id();
        let secret = self.sandbox.client_secret();
        let (status, answer) = self.ask_for_token(id, &secret, &scopes.join(" ")).await;
        assert_eq!(status, 200, "{answer}");
        answer["access_token"].as_str().expect("a token").into()
    }

    pub(crate) async fn ask_for_token(&self, id: &str, secret: &str, scope: &str) -> (u16, Value) {
        let response = self
            .http
            .post(self.sandbox.token_url())
            .form(&[
                ("grant_type", "client_credentials"),
                ("client_id", id),
                ("client_secret", secret),
                ("scope", scope),
            ])
            .send()
            .await
            .expect("an answer");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }

    pub(crate) fn use_token(&mut self, token: impl Into<Option<String>>) {
        self.token = token.into();
    }

    /// The request to a route, its parameters filled in, without body.
    pub(crate) fn request(
        &self,
        method: &Method,
        route: &str,
        ids: &[&str],
    ) -> reqwest::RequestBuilder {
        let mut path = String::new();
        let mut ids = ids.iter();
        for part in route.split('/').skip(1) {
            path.push('/');
            path.push_str(if part.starts_with('{') {
                ids.next().expect("an id for each parameter")
            } else {
                part
            });
        }
        let url = format!("{}{path}", self.sandbox.api_url());
        let request = self.http.request(method.clone(), url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request, and has the answer judged.
    pub(crate) async fn send(
        &self,
        method: Method,
        route: &str,
        request: reqwest::RequestBuilder,
    ) -> Answer {
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.json().await.expect("JSON");
        self.oracle
            .check_answer(&method, route, status, &headers, &body);
        Answer {
            status,
            headers,
            body,
        }
    }

    pub(crate) async fn get(&self, route: &str, ids: &[&str]) -> Answer {
        let request = self.request(&Method::GET, route, ids);
        self.send(Method::GET, route, request).await
    }

    pub(crate) async fn post(&self, route: &str, ids: &[&str], body: &Value) -> Answer {
        let request = self.request(&Method::POST, route, ids).json(body);
        self.send(Method::POST, route, request).await
    }

    pub(crate) fn location(&self) -> Uuid {
        self.sandbox.locations()[0].location_id
    }

    pub(crate) fn order_body(&self, total_cents: i64) -> Value {
        json!({"location_id": self.location().to_string(), "total_cents": total_cents})
    }

    /// A new order's id.
    pub(crate) async fn order(&self, total_cents: i64) -> String {
        let body = self.order_body(total_cents);
        let answer = self.post(ORDERS, &[], &body).await;
        assert_eq!(answer.status, 201);
        answer.text("order_id").into()
    }

    /// A new payment's id; it is pending.
    pub(crate) async fn pay(&self, order: &str, amount_cents: i64) -> String {
        let body = json!({"method": "card", "amount_cents": amount_cents});
        let answer = self.post(PAYMENTS, &[order], &body).await;
        assert_eq!((answer.status, answer.text("status")), (201, "pending"));
        answer.text("payment_id").into()
    }

    /// A new order and its payment, processed.
    pub(crate) async fn paid(&self, total_cents: i64) -> (String, String) {
        let order = self.order(total_cents).await;
        let payment = self.pay(&order, total_cents).await;
        self.advance(1).await;
        (order, payment)
    }

    pub(crate) async fn refund(&self, order: &str, payment: &str, amount_cents: i64) -> Answer {
        let body = json!({"amount_cents": amount_cents, "reason": "customer_request"});
        self.post(REFUNDS, &[order, payment], &body).await
    }

    pub(crate) async fn payment_status(&self, order: &str, payment: &str) -> String {
        self.get(PAYMENT, &[order, payment])
            .await
            .text("status")
            .into()
    }

    pub(crate) async fn order_status(&self, order: &str) -> String {
        self.get(ORDER, &[order]).await.text("status").into()
    }

    pub(crate) async fn advance(&self, seconds: u64) {
        let duration = std::time::Duration::from_secs(seconds);
        self.sandbox
            .advance(duration)
            .await
            .expect("a manual clock");
    }
}

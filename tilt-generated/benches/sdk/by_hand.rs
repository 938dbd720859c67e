//! The code that one would write without an SDK: `reqwest`, `serde_derive`, `hmac`.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::Sha256;
use std::error::Error;
use std::fmt::Write;
use std::time::{Duration, Instant};
use tilt_generated::rt::http::HeaderMap;
use tilt_generated::rt::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use tilt_generated::rt::reqwest::{self, RequestBuilder};
use tokio::sync::Mutex;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "only decoded")]
pub(crate) enum Status {
    Open,
    Paid,
    Pending,
    Approved,
    #[serde(untagged)]
    Other(String),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only decoded")]
pub(crate) struct Order {
    order_id: String,
    location_id: String,
    status: Status,
    total_cents: i64,
    description: Option<String>,
    external_reference: Option<String>,
    customer_name: Option<String>,
    payments: Vec<Payment>,
    created_at: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only decoded")]
pub(crate) struct Payment {
    payment_id: String,
    status: Status,
    amount_cents: i64,
    method: String,
    created_at: String,
}

#[derive(Default, Serialize)]
pub(crate) struct CreateOrder {
    pub(crate) location_id: String,
    pub(crate) total_cents: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) customer_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) customer_email: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only decoded")]
pub(crate) struct CreatedOrder {
    order_id: String,
    status: Status,
    total_cents: i64,
    created_at: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only decoded")]
pub(crate) struct Event {
    v: i64,
    event_id: String,
    event_kind: Kind,
    occurred_at: String,
    partner_id: String,
    resource: Resource,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only decoded")]
enum Kind {
    #[serde(rename = "payment.approved")]
    PaymentApproved,
    #[serde(rename = "payment.refunded")]
    PaymentRefunded,
    #[serde(rename = "payment.voided")]
    PaymentVoided,
    #[serde(untagged)]
    Other(String),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only decoded")]
struct Resource {
    payment_id: String,
    order_id: String,
    status: Status,
    amount_cents: i64,
    method: String,
    external_reference: Option<String>,
}

pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    id: String,
    secret: String,
    token: Mutex<Option<(HeaderValue, Instant)>>,
}

#[derive(Deserialize)]
struct Minted {
    access_token: String,
    expires_in: u64,
}

impl Client {
    pub(crate) fn new(http: reqwest::Client, base: &str, id: &str, secret: &str) -> Self {
        Self {
            http,
            base: base.to_owned(),
            id: id.to_owned(),
            secret: secret.to_owned(),
            token: Mutex::new(None),
        }
    }

    pub(crate) async fn order(&self, id: &str) -> Result<Order> {
        let url = format!("{}/pos/v1/orders/{id}", self.base);
        self.send(self.http.get(url)).await
    }

    pub(crate) async fn create_order(&self, order: CreateOrder) -> Result<CreatedOrder> {
        let url = format!("{}/pos/v1/orders", self.base);
        let request = self.http.post(url).header(CONTENT_TYPE, "application/json");
        self.send(request.body(serde_json::to_vec(&order)?)).await
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T> {
        let response = request
            .header(AUTHORIZATION, self.token().await?)
            .header(ACCEPT, "application/json")
            .header("user-agent", "by-hand/1.0")
            .timeout(Duration::from_secs(60))
            .send()
            .await?
            .error_for_status()?;
        // As `Response::json` does it.
        Ok(serde_json::from_slice(&response.bytes().await?)?)
    }

    async fn token(&self) -> Result<HeaderValue> {
        let mut token = self.token.lock().await;
        if let Some((value, until)) = &*token
            && Instant::now() < *until
        {
            return Ok(value.clone());
        }
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            self.id, self.secret
        );
        let request = self.http.post(format!("{}/oauth2/token", self.base));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = request.body(form).send().await?.error_for_status()?;
        let minted: Minted = serde_json::from_slice(&answer.bytes().await?)?;
        let mut value = HeaderValue::try_from(format!("Bearer {}", minted.access_token))?;
        value.set_sensitive(true);
        let life = Duration::from_secs(minted.expires_in.saturating_sub(60));
        *token = Some((value.clone(), Instant::now() + life));
        Ok(value)
    }
}

pub(crate) fn signature(secret: &str, body: &[u8]) -> Result<String> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    let digest = mac.chain_update(body).finalize().into_bytes();
    let mut text = String::from("hmac-sha256=");
    for byte in digest {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

pub(crate) fn receive(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<Event> {
    let header = headers.get("x-tilt-signature").ok_or("no signature")?;
    let hex = header
        .to_str()?
        .strip_prefix("hmac-sha256=")
        .ok_or("no signature")?;
    let mut digest = [0; 32];
    if hex.len() != 64 {
        return Err("no signature".into());
    }
    for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16)?;
    }
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.chain_update(body).verify_slice(&digest)?;
    Ok(serde_json::from_slice(body)?)
}

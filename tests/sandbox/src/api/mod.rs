//! Every documented operation, as a table.

mod error;
mod fields;
mod launch_tokens;
mod locations;
mod orders;
pub(crate) mod parameters;
mod payments;
mod refunds;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use serde_json::Value;
use url::Url;
use uuid::Uuid;

pub(crate) use error::ApiError;
use parameters::Parameters;

use crate::client::scope;
use crate::state::State;

/// An operation: where it is, what it needs, what it does.
pub(crate) struct Operation {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) scope: &'static str,
    pub(crate) run: fn(&mut State, &Call<'_>) -> Result<Answer, ApiError>,
}

/// A request that may do what it asks for, as far as its token goes.
pub(crate) struct Call<'a> {
    pub(crate) partner: Uuid,
    pub(crate) now: Timestamp,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) path: Parameters,
    pub(crate) query: Parameters,
    pub(crate) body: &'a Bytes,
    /// The base of hosted pages.
    pub(crate) pos_url: &'a Url,
}

impl Call<'_> {
    /// The link to a hosted page.
    fn page(&self, path: &str, token: &str) -> String {
        let mut url = self.pos_url.clone();
        url.set_path(path);
        url.query_pairs_mut().append_pair("token", token);
        url.to_string()
    }
}

/// The answer to a successful call.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    fn ok(body: Value) -> Self {
        let status = StatusCode::OK;
        Self { status, body }
    }

    fn created(body: Value) -> Self {
        let status = StatusCode::CREATED;
        Self { status, body }
    }
}

/// All operations.
pub(crate) fn operations() -> [Operation; 10] {
    const ORDER: &str = "/pos/v1/orders/{order_id}";
    const PAYMENTS: &str = "/pos/v1/orders/{order_id}/payments";
    const PAYMENT: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}";
    const VOID: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/void";
    const REFUNDS: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/refunds";
    const REFUND: &str = "/pos/v1/orders/{order_id}/payments/{payment_id}/refunds/{refund_id}";
    let post = |path, scope, run| Operation {
        method: Method::POST,
        path,
        scope,
        run,
    };
    let get = |path, scope, run| Operation {
        method: Method::GET,
        path,
        scope,
        run,
    };
    [
        post("/pos/v1/orders", scope::PAYMENTS_CREATE, orders::create),
        get(ORDER, scope::PAYMENTS_READ, orders::read),
        post(PAYMENTS, scope::PAYMENTS_CREATE, payments::create),
        get(PAYMENT, scope::PAYMENTS_READ, payments::read),
        post(VOID, scope::PAYMENTS_CREATE, payments::void),
        post(REFUNDS, scope::PAYMENTS_REFUND, refunds::create),
        get(REFUND, scope::PAYMENTS_READ, refunds::read),
        get("/pos/v1/locations", scope::LOCATIONS_READ, locations::list),
        get(
            "/pos/v1/locations/{location_id}",
            scope::LOCATIONS_READ,
            locations::read,
        ),
        post(
            "/pos/v1/launch-tokens",
            scope::POS_LAUNCH,
            launch_tokens::create,
        ),
    ]
}

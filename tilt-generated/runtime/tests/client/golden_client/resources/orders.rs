//! Orders.

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
        super::call(call)
    }

    /// Reads an order.
    ///
    /// `GET /pos/v1/orders/{order_id}`
    pub(crate) fn get(&self, order_id: impl Into<String>) -> GetOrderCall {
        let mut call = self.client.call(&GET);
        call.set(0, &order_id.into());
        super::call(call)
    }
}

/// A call of [`Orders::create`].
pub(crate) type CreateOrderCall = super::Call<rt::Json<types::Order>, of::CreateOrderCall>;

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

/// A call of [`Orders::get`].
pub(crate) type GetOrderCall = super::Call<rt::Json<types::Order>, of::GetOrderCall>;

static GET: rt::Operation = rt::Operation {
    id: "getOrder",
    method: rt::Method::Get,
    path: "/pos/v1/orders/{order_id}",
    parameters: &[rt::Parameter::path("order_id")],
    accept: "application/json",
    security: &[&[(0, &["tilt/payments:read"])]],
    ..rt::Operation::NEW
};

/// Types that tell calls apart which are answered alike.
mod of {
    pub enum CreateOrderCall {}
    pub enum GetOrderCall {}
}

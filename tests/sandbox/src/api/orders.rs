//! Orders: create and read.

use http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use super::fields::{Fields, check_level3, parse};
use super::parameters::parse_uuid;
use super::{Answer, ApiError, Call};
use crate::state::{Lookup, Order, State};

/// Bytes that an order takes up in memory besides its request, roughly.
const RECORD_BYTES: usize = 1024;

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let key = idempotency_key(call)?;
    let request: [u8; 32] = Sha256::digest(call.body).into();
    if let Some(key) = key {
        match state
            .idempotency
            .look_up(call.partner, key, &request, call.now)
        {
            Lookup::New => {}
            Lookup::Repeated(answer) => return Ok(Answer::created(answer)),
            Lookup::Reused => {
                return Err(ApiError::new(
                    StatusCode::CONFLICT,
                    "idempotency_key_reused",
                    "this Idempotency-Key came with another body within the last 24 hours",
                ));
            }
        }
    }
    let body = parse(call.headers, call.body)?;
    let (order, hosted) = read_order(&body, call)?;
    if state.location(call.partner, order.location_id).is_none() {
        return Err(location_not_found());
    }
    let mut answer = json!({
        "order_id": order.order_id.to_string(),
        "status": order.status(),
        "total_cents": order.total_cents,
        "created_at": order.created_at.to_string(),
    });
    if let Some(Hosted {
        return_url,
        cancel_url,
    }) = hosted
    {
        let opened = state
            .hosted
            .open(order.order_id, return_url, cancel_url, call.now);
        let (token, expires_at) = opened;
        answer["hosted_checkout_url"] = call.page("/checkout", &token).into();
        answer["expires_at"] = expires_at.to_string().into();
    }
    state.add_order(order);
    if let Some(key) = key {
        state
            .idempotency
            .remember(call.partner, key, request, answer.clone(), call.now);
    }
    Ok(Answer::created(answer))
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let id = call.path.id("order_id")?;
    Ok(Answer::ok(find(state, call, id)?.to_json()))
}

pub(super) fn find<'a>(state: &'a State, call: &Call<'_>, id: Uuid) -> Result<&'a Order, ApiError> {
    state
        .order(call.partner, id)
        .ok_or_else(|| ApiError::not_found("order_not_found", "there is no such order"))
}

pub(super) fn location_not_found() -> ApiError {
    ApiError::not_found("location_not_found", "there is no such location")
}

fn idempotency_key(call: &Call<'_>) -> Result<Option<Uuid>, ApiError> {
    let Some(value) = call.headers.get("idempotency-key") else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .and_then(parse_uuid)
        .map(Some)
        .ok_or_else(|| ApiError::invalid("Idempotency-Key is not a UUID"))
}

/// The ways back from a hosted payment form.
struct Hosted {
    return_url: Url,
    cancel_url: Url,
}

/// The order that a body asks for, and its hosted payment form if it wants one.
fn read_order(body: &Value, call: &Call<'_>) -> Result<(Order, Option<Hosted>), ApiError> {
    let fields = Fields::of(body)?;
    let order = Order {
        order_id: Uuid::new_v4(),
        partner: call.partner,
        location_id: fields.required("location_id", Fields::uuid)?,
        total_cents: fields.required("total_cents", |fields, name| fields.integer_from(name, 1))?,
        description: fields.text("description")?,
        external_reference: fields.text("external_reference")?,
        customer_name: fields.text("customer_name")?,
        payments: Vec::new(),
        created_at: call.now,
        bytes: call.body.len() + RECORD_BYTES,
    };
    fields.text("external_source")?;
    fields.text("external_id")?;
    fields.phone("customer_phone")?;
    fields.email("customer_email")?;
    fields.uuid("department_id")?;
    fields.object("metadata")?;
    check_level3(&fields)?;
    let return_url = fields.page_url("return_url")?;
    let cancel_url = fields.page_url("cancel_url")?;
    let hosted = return_url.zip(cancel_url);
    let hosted = hosted.map(|(return_url, cancel_url)| Hosted {
        return_url,
        cancel_url,
    });
    Ok((order, hosted))
}

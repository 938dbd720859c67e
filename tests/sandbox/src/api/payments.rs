//! Payments: initiate, read, void.

use serde_json::json;

use super::fields::{Fields, check_level3, parse};
use super::orders::find;
use super::{Answer, ApiError, Call};
use crate::state::{Payment, State};

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let order = call.path.id("order_id")?;
    let body = parse(call.headers, call.body)?;
    let fields = Fields::of(&body)?;
    fields.required("method", |fields, name| fields.one_of(name, &["card"]))?;
    let amount = fields.required("amount_cents", |fields, name| fields.integer_from(name, 1))?;
    check_level3(&fields)?;
    find(state, call, order)?;
    let payment = state
        .create_payment(order, amount, call.now)
        .map_err(|refusal| ApiError::refused(&refusal, "payment_not_possible"))?;
    Ok(Answer::created(payment.to_json(order)))
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let order = call.path.id("order_id")?;
    Ok(Answer::ok(find_payment(state, call)?.to_json(order)))
}

pub(super) fn void(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let order = call.path.id("order_id")?;
    let payment = find_payment(state, call)?.payment_id;
    state
        .void_payment(order, payment, call.now)
        .map_err(|refusal| ApiError::refused(&refusal, "payment_not_voidable"))?;
    Ok(Answer::ok(json!({
        "payment_id": payment.to_string(),
        "status": "voided",
        "voided_at": call.now.to_string(),
    })))
}

/// The payment that the path names.
pub(super) fn find_payment<'a>(state: &'a State, call: &Call<'_>) -> Result<&'a Payment, ApiError> {
    let order = call.path.id("order_id")?;
    let payment = call.path.id("payment_id")?;
    find(state, call, order)?
        .payment(payment)
        .ok_or_else(|| ApiError::not_found("payment_not_found", "there is no such payment"))
}

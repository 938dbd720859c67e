//! Refunds: issue and read.

use super::fields::{Fields, parse};
use super::payments::find_payment;
use super::{Answer, ApiError, Call};
use crate::state::State;

const REASONS: [&str; 4] = ["customer_request", "duplicate", "fraudulent", "other"];

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let order = call.path.id("order_id")?;
    let payment = call.path.id("payment_id")?;
    let body = parse(call.headers, call.body)?;
    let fields = Fields::of(&body)?;
    let amount = fields.required("amount_cents", |fields, name| fields.integer_from(name, 1))?;
    let reason = fields.one_of("reason", &REASONS)?;
    find_payment(state, call)?;
    let refund = state
        .create_refund(order, payment, amount, reason, call.now)
        .map_err(|refusal| ApiError::refused(&refusal, "payment_not_refundable"))?;
    Ok(Answer::created(refund.to_json(order, payment)))
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let order = call.path.id("order_id")?;
    let id = call.path.id("refund_id")?;
    let payment = find_payment(state, call)?;
    let refund = payment
        .refund(id)
        .ok_or_else(|| ApiError::not_found("refund_not_found", "there is no such refund"))?;
    Ok(Answer::ok(refund.to_json(order, payment.payment_id)))
}

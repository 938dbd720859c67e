//! The content of an event.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::json;

use crate::state::{Order, Payment};

pub(super) fn body(
    event_id: &str,
    kind: &str,
    order: &Order,
    payment: &Payment,
    now: Timestamp,
) -> Bytes {
    let mut event = json!({
        "v": 1,
        "event_id": event_id,
        "event_kind": kind,
        "occurred_at": now.to_string(),
        "partner_id": order.partner.to_string(),
        "resource": {
            "payment_id": payment.payment_id.to_string(),
            "order_id": order.order_id.to_string(),
            "status": payment.status.as_str(),
            "amount_cents": payment.amount_cents,
            "method": "card",
        },
    });
    if let Some(reference) = &order.external_reference {
        event["resource"]["external_reference"] = reference.as_str().into();
    }
    event.to_string().into()
}

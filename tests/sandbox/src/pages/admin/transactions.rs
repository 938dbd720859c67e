//! Orders with their payments and refunds, the latest first.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Request, State as Shared};
use http::StatusCode;
use jiff::Timestamp;

use super::door::{self, Answered, Frame};
use crate::api::parameters::{Parameters, parse_uuid};
use crate::app::App;
use crate::pages::{money, page};
use crate::state::{Order, Payment, PaymentStatus, State};

pub(super) const PATH: &str = "/admin/transactions";

/// So many orders are shown.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "admin_transactions.html")]
struct Transactions {
    frame: Frame,
    reference: String,
    orders: Vec<OrderRow>,
}

struct OrderRow {
    id: String,
    created_at: String,
    reference: String,
    location: String,
    amount: String,
    status: &'static str,
    payments: Vec<PaymentRow>,
}

struct PaymentRow {
    id: String,
    amount: String,
    status: String,
    is_pending: bool,
    refunds: Vec<String>,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let query = Parameters::query(request.uri().query());
    let reference = query.text("reference").ok().flatten().unwrap_or_default();
    let frame = door::frame(&app, &request, PATH)?;
    let wanted = reference.trim().to_lowercase();
    let orders = app.read(|state| {
        let has_reference = |order: &&Order| {
            let own = order.external_reference.as_deref().unwrap_or_default();
            wanted.is_empty() || own.to_lowercase().contains(&wanted)
        };
        let found = state.orders.iter().rev().filter(has_reference);
        found.take(SHOWN).map(|order| row(state, order)).collect()
    });
    let transactions = Transactions {
        frame,
        reference: reference.to_owned(),
        orders,
    };
    Ok(page(StatusCode::OK, &transactions, None))
}

pub(super) async fn cancel(
    Shared(app): Shared<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Answered {
    let form = door::form(&app, request).await?;
    let id = parse_uuid(&id).unwrap_or_default();
    let cancelled = app.change(|state, now| {
        let order = state.orders.of_payment(id).map(|order| order.order_id)?;
        let status = PaymentStatus::Cancelled;
        Some(state.abandon_payment(order, id, status, "payment.cancelled", now))
    });
    match cancelled {
        Some(Ok(())) => form.done(&app, PATH, format!("Payment {id} is cancelled.")),
        Some(Err(refusal)) => form.refused(&app, PATH, format!("Not cancelled: {refusal}.")),
        None => form.refused(&app, PATH, "There is no such payment."),
    }
}

fn row(state: &State, order: &Order) -> OrderRow {
    let location = state.location(order.partner, order.location_id);
    let currency = state.currency(order.partner, order.location_id);
    let payments = order.payments.iter().map(|it| payment(it, currency));
    OrderRow {
        id: order.order_id.to_string(),
        created_at: minute(order.created_at),
        reference: order.external_reference.clone().unwrap_or_default(),
        location: location.map(|it| it.name.clone()).unwrap_or_default(),
        amount: money::shown(order.total_cents, currency),
        status: order.status(),
        payments: payments.collect(),
    }
}

fn payment(payment: &Payment, currency: &str) -> PaymentRow {
    let refunds = payment.refunds.iter().map(|refund| {
        let amount = money::shown(refund.amount_cents, currency);
        format!("{amount} {}", refund.status.as_str())
    });
    PaymentRow {
        id: payment.payment_id.to_string(),
        amount: money::shown(payment.amount_cents, currency),
        status: payment.status.to_string(),
        is_pending: payment.status == PaymentStatus::Pending,
        refunds: refunds.collect(),
    }
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

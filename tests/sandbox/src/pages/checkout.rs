//! The hosted payment form: a customer pays an order by card, and is sent back to the shop.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State as Shared};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::Timestamp;
use url::Url;

use super::card::{CardForm, CardRead, FAULTY, UNKNOWN, test_cards};
use super::{money, notice, page, see_other};
use crate::api::parameters::Parameters;
use crate::app::App;
use crate::server::read_form;
use crate::state::{HostedForm, Order, PaymentStatus, Refusal, State};

/// For a customer whose bank says no.
const DECLINED: &str = "The card was declined: do not honor. Try another one.";
const FAILED: &str = "The payment could not be processed. Try again.";

#[derive(Template)]
#[template(path = "checkout.html")]
struct Checkout {
    merchant: String,
    amount: String,
    description: Option<String>,
    reference: Option<String>,
    problem: Option<String>,
    token: String,
    cancel_url: String,
    expires_at: String,
    card: CardForm,
    test_cards: Vec<(String, &'static str)>,
}

/// Why a link leads to no form.
enum Closed {
    Unknown,
    /// A payment was made by it: it stays closed when that is voided or refunded.
    Used,
    Paid,
    Expired,
    TakesNoPayments,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    let query = Parameters::query(request.uri().query());
    let token = token(&query);
    let now = app.clock.now();
    app.read(|state| match open(state, token, now) {
        Ok((form, order)) => form_page(
            StatusCode::OK,
            &checkout(state, (token, form, order), CardForm::empty(), None),
            form,
        ),
        Err(closed) => closed.page(),
    })
}

pub(super) async fn pay(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    let query = Parameters::query(request.uri().query());
    let token = token(&query).to_owned();
    let form = match read_form(request).await {
        Ok(form) => form,
        Err(error) => return error.into_response(),
    };
    app.change(|state, now| match pay_by_form(state, &token, &form, now) {
        Ok(response) => response,
        Err(closed) => closed.page(),
    })
}

fn token(query: &Parameters) -> &str {
    query.text("token").ok().flatten().unwrap_or_default()
}

/// The form and the order that a link leads to.
fn open<'s>(
    state: &'s State,
    token: &str,
    now: Timestamp,
) -> Result<(&'s HostedForm, &'s Order), Closed> {
    let form = state.hosted.get(token).ok_or(Closed::Unknown)?;
    let order = state.orders.get(form.order).ok_or(Closed::Unknown)?;
    if form.is_used {
        return Err(Closed::Used);
    }
    if order.status() == "paid" {
        return Err(Closed::Paid);
    }
    if now >= form.expires_at {
        return Err(Closed::Expired);
    }
    let location = state.location(order.partner, order.location_id);
    if !location.is_some_and(|location| location.takes_payments()) {
        return Err(Closed::TakesNoPayments);
    }
    Ok((form, order))
}

fn pay_by_form(
    state: &mut State,
    token: &str,
    form: &Parameters,
    now: Timestamp,
) -> Result<Response, Closed> {
    let (hosted, order) = open(state, token, now)?;
    let (hosted, order_id) = (hosted.clone(), order.order_id);
    let (card, fields) = match CardForm::read(form, now) {
        CardRead::Read(card, fields) => (card, fields),
        CardRead::Faulty(fields) => {
            let problem = FAULTY.to_owned();
            return again(state, token, fields, problem, now);
        }
    };
    let Some(card) = card else {
        return again(state, token, fields, UNKNOWN.to_owned(), now);
    };
    let problem = match state.pay_by(order_id, card, now) {
        Ok(PaymentStatus::Approved) => {
            state.hosted.use_up(token);
            return Ok(see_other(
                back(&hosted.return_url, &order_id.to_string()).as_str(),
            ));
        }
        Ok(PaymentStatus::Declined) => DECLINED.to_owned(),
        Ok(_) => FAILED.to_owned(),
        Err(Refusal::AmountTooHigh { .. }) => {
            "Another payment of this order is under way. Wait for it, and look again.".to_owned()
        }
        Err(refusal) => format!("Not possible: {refusal}."),
    };
    again(state, token, fields, problem, now)
}

/// The form once more, with what was wrong.
fn again(
    state: &State,
    token: &str,
    fields: CardForm,
    problem: String,
    now: Timestamp,
) -> Result<Response, Closed> {
    let (form, order) = open(state, token, now)?;
    let shown = checkout(state, (token, form, order), fields, Some(problem));
    Ok(form_page(StatusCode::UNPROCESSABLE_ENTITY, &shown, form))
}

fn checkout(
    state: &State,
    (token, form, order): (&str, &HostedForm, &Order),
    card: CardForm,
    problem: Option<String>,
) -> Checkout {
    let location = state.location(order.partner, order.location_id);
    let currency = state.currency(order.partner, order.location_id);
    let due = order.total_cents - order.paid_cents();
    Checkout {
        merchant: location
            .map(|location| location.name.clone())
            .unwrap_or_default(),
        amount: money::shown(due, currency),
        description: order.description.clone(),
        reference: order.external_reference.clone(),
        problem,
        token: token.to_owned(),
        cancel_url: form.cancel_url.to_string(),
        expires_at: form.expires_at.strftime("%H:%M:%S UTC").to_string(),
        card,
        test_cards: test_cards(),
    }
}

/// Payment leads to the shop, which the page's policy must allow.
fn form_page(status: StatusCode, template: &Checkout, form: &HostedForm) -> Response {
    let url = &form.return_url;
    let onward = match url.origin() {
        url::Origin::Tuple(..) => url.origin().ascii_serialization(),
        url::Origin::Opaque(_) => format!("{}:", url.scheme()),
    };
    page(status, template, Some(&onward))
}

/// `{return_url}?order_id=…&status=paid`, beside what the shop's own query says.
fn back(return_url: &Url, order: &str) -> Url {
    let mut url = return_url.clone();
    url.query_pairs_mut()
        .append_pair("order_id", order)
        .append_pair("status", "paid");
    url
}

impl Closed {
    fn page(&self) -> Response {
        match self {
            Self::Unknown => notice(
                StatusCode::NOT_FOUND,
                "No such payment",
                "This link leads to no payment. Ask the shop for a new one.",
            ),
            Self::Used => notice(
                StatusCode::GONE,
                "Already paid",
                "A payment was made by this link, which has done its work.",
            ),
            Self::Paid => notice(
                StatusCode::GONE,
                "Already paid",
                "This order is paid, and the link has done its work.",
            ),
            Self::Expired => notice(
                StatusCode::GONE,
                "This link has expired",
                "A payment link works for five minutes. Nothing was charged by this one: ask the shop for a new one.",
            ),
            Self::TakesNoPayments => notice(
                StatusCode::CONFLICT,
                "No payments here",
                "This location takes no payments.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_keeps_the_shops_own_query() {
        for (url, expected) in [
            (
                "https://shop.example/done",
                "https://shop.example/done?order_id=7&status=paid",
            ),
            (
                "https://shop.example/?a=b#top",
                "https://shop.example/?a=b&order_id=7&status=paid#top",
            ),
        ] {
            let url = Url::parse(url).expect("a URL");
            assert_eq!(back(&url, "7").as_str(), expected);
        }
    }
}

//! The POS: one sale after another, by whoever was launched, at the location of the launch.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State as Shared};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;

use super::card::{CardForm, CardRead, FAULTY, UNKNOWN, test_cards};
use super::launch::SESSION;
use super::{cookie, money, notice, page, see_other};
use crate::api::parameters::{Parameters, parse_uuid};
use crate::app::App;
use crate::server::read_form;
use crate::state::{Launch, Order, PaymentStatus, State};

type Session = crate::state::Session<Launch>;

/// So many of the location's orders are shown.
const RECENT: usize = 10;

#[derive(Template)]
#[template(path = "sale.html")]
struct Sale {
    user: String,
    role: String,
    location: String,
    currency: String,
    form_token: String,
    amount: String,
    amount_error: Option<&'static str>,
    description: String,
    card: CardForm,
    problem: Option<String>,
    sold: Option<String>,
    recent: Vec<Recent>,
    test_cards: Vec<(String, &'static str)>,
}

struct Recent {
    id: String,
    amount: String,
    status: &'static str,
    description: String,
}

/// The fields beside the card.
#[derive(Default)]
struct Entry {
    amount: String,
    amount_error: Option<&'static str>,
    description: String,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    let now = app.clock.now();
    app.read(|state| match signed_in(state, request.headers(), now) {
        Some(session) => {
            let query = Parameters::query(request.uri().query());
            let sold = paid_here(state, session, &query);
            let sold = sold.map(|order| format!("Order {} is paid.", order.order_id));
            let sale = sale(state, session, (Entry::default(), CardForm::empty()));
            page(StatusCode::OK, &Sale { sold, ..sale }, None)
        }
        None => signed_out(),
    })
}

/// The order that a link names, where it is one of this location and paid.
fn paid_here<'s>(state: &'s State, session: &Session, query: &Parameters) -> Option<&'s Order> {
    let id = parse_uuid(query.text("order").ok().flatten()?)?;
    let order = state.order(session.of.partner, id)?;
    let is_here = order.location_id == session.of.location;
    (is_here && order.status() == "paid").then_some(order)
}

pub(super) async fn sell(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let form = match read_form(request).await {
        Ok(form) => form,
        Err(error) => return error.into_response(),
    };
    app.change(|state, now| {
        let Some(session) = signed_in(state, &headers, now).cloned() else {
            return signed_out();
        };
        match is_own(&session, &form) {
            true => sold(state, &session, &form, now),
            false => foreign(),
        }
    })
}

pub(super) async fn sign_out(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let form = match read_form(request).await {
        Ok(form) => form,
        Err(error) => return error.into_response(),
    };
    app.change(|state, now| {
        let is_own = signed_in(state, &headers, now).map(|session| is_own(session, &form));
        if is_own == Some(false) {
            return foreign();
        }
        if let Some(name) = cookie::session(&headers, SESSION) {
            state.launches.leave(name);
        }
        cookie::forget(signed_out(), SESSION)
    })
}

fn signed_in<'s>(state: &'s State, headers: &HeaderMap, now: Timestamp) -> Option<&'s Session> {
    state
        .launches
        .session(cookie::session(headers, SESSION)?, now)
}

/// A form from a page of this session has its token; one from elsewhere cannot know it.
fn is_own(session: &Session, form: &Parameters) -> bool {
    form.text("form_token").ok().flatten() == Some(session.form_token.as_str())
}

fn foreign() -> Response {
    notice(
        StatusCode::FORBIDDEN,
        "Not sent",
        "This form did not come from your own page. Nothing was done: go back to the sale and try again.",
    )
}

fn signed_out() -> Response {
    notice(
        StatusCode::UNAUTHORIZED,
        "Signed out",
        "Launch the POS from your own system to sign in.",
    )
}

fn sold(state: &mut State, session: &Session, form: &Parameters, now: Timestamp) -> Response {
    let text = |name: &str| form.text(name).ok().flatten().unwrap_or_default().trim();
    let amount = money::read(text("amount"));
    let entry = Entry {
        amount: text("amount").to_owned(),
        amount_error: amount
            .is_none()
            .then_some("Enter an amount above nothing, such as 49.90."),
        description: text("description").chars().take(200).collect(),
    };
    let (amount, card, fields) = match (amount, CardForm::read(form, now)) {
        (Some(amount), CardRead::Read(card, fields)) => (amount, card, fields),
        (_, CardRead::Read(_, fields) | CardRead::Faulty(fields)) => {
            let problem = FAULTY.to_owned();
            return refused(state, session, (entry, fields), problem);
        }
    };
    let Some(card) = card else {
        let problem = UNKNOWN.to_owned();
        return refused(state, session, (entry, fields), problem);
    };
    let order = order(session, amount, &entry, now);
    let order_id = order.order_id;
    state.add_order(order);
    let problem = match state.pay_by(order_id, card, now) {
        Ok(PaymentStatus::Approved) => return see_other(&format!("/sale?order={order_id}")),
        Ok(PaymentStatus::Declined) => "The card was declined: do not honor.".to_owned(),
        Ok(_) => "The payment could not be processed.".to_owned(),
        Err(refusal) => format!("Not possible: {refusal}."),
    };
    refused(state, session, (entry, fields), problem)
}

fn order(session: &Session, total_cents: i64, entry: &Entry, now: Timestamp) -> Order {
    /// Bytes that an order takes up in memory, roughly.
    const BYTES: usize = 1024;
    Order {
        order_id: Uuid::new_v4(),
        partner: session.of.partner,
        location_id: session.of.location,
        total_cents,
        description: Some(entry.description.clone()).filter(|text| !text.is_empty()),
        external_reference: None,
        customer_name: None,
        payments: Vec::new(),
        created_at: now,
        bytes: BYTES + entry.description.len(),
    }
}

fn refused(
    state: &State,
    session: &Session,
    entered: (Entry, CardForm),
    problem: String,
) -> Response {
    let sale = Sale {
        problem: Some(problem),
        ..sale(state, session, entered)
    };
    page(StatusCode::UNPROCESSABLE_ENTITY, &sale, None)
}

fn sale(state: &State, session: &Session, (entry, card): (Entry, CardForm)) -> Sale {
    let launch = &session.of;
    let user = state.users.get(launch.partner, &launch.external_user_id);
    let name = user.and_then(|user| user.display_name.clone());
    let location = state.location(launch.partner, launch.location);
    let currency = state.currency(launch.partner, launch.location);
    let orders: Vec<&Order> = state.orders.iter().collect();
    let here = orders
        .into_iter()
        .rev()
        .filter(|order| order.partner == launch.partner && order.location_id == launch.location);
    let recent = here.take(RECENT).map(|order| Recent {
        id: order.order_id.to_string(),
        amount: money::shown(order.total_cents, currency),
        status: order.status(),
        description: order.description.clone().unwrap_or_default(),
    });
    Sale {
        user: name.unwrap_or_else(|| launch.external_user_id.clone()),
        role: user.map(|user| user.role_slug.clone()).unwrap_or_default(),
        location: location
            .map(|location| location.name.clone())
            .unwrap_or_default(),
        currency: currency.to_owned(),
        form_token: session.form_token.clone(),
        amount: entry.amount,
        amount_error: entry.amount_error,
        description: entry.description,
        card,
        problem: None,
        sold: None,
        recent: recent.collect(),
        test_cards: test_cards(),
    }
}

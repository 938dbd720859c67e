//! The admin portal: a person at this machine provisions clients, sees charges, and switches faults on.

mod clients;
mod clock;
mod door;
mod faults;
mod inventory;
mod places;
mod transactions;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::see_other;
use crate::app::App;

/// The pages, by their paths.
pub(crate) const TABS: &[(&str, &str)] = &[
    (clients::PATH, "API clients"),
    (webhooks::PATH, "Webhooks"),
    (transactions::PATH, "Transactions"),
    (places::PATH, "Locations and users"),
    (inventory::PATH, "Inventory"),
    (clock::PATH, "Clock"),
    (faults::PATH, "Faults"),
];

pub(super) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/", get(async || see_other("/admin")))
        .route("/admin", get(door::show))
        .route("/admin/sign-in", post(door::sign_in))
        .route("/admin/sign-out", post(door::sign_out))
        .route(clients::PATH, get(clients::show).post(clients::create))
        .route("/admin/clients/{id}/rotate", post(clients::rotate))
        .route("/admin/clients/{id}/revoke", post(clients::revoke))
        .route(webhooks::PATH, get(webhooks::show).post(webhooks::register))
        .route("/admin/webhooks/remove", post(webhooks::remove))
        .route("/admin/deliveries/{id}/replay", post(webhooks::replay))
        .route(transactions::PATH, get(transactions::show))
        .route("/admin/payments/{id}/cancel", post(transactions::cancel))
        .route(places::PATH, get(places::show))
        .route("/admin/locations/{id}/card", post(places::present))
        .route(inventory::PATH, get(inventory::show))
        .route("/admin/inventory/pull", post(inventory::pull_now))
        .route(clock::PATH, get(clock::show).post(clock::put_forward))
        .route("/admin/clock/midnight", post(clock::run_to_midnight))
        .route(faults::PATH, get(faults::show).post(faults::switch_on))
        .route("/admin/faults/clear", post(faults::clear))
        .route_layer(from_fn_with_state(app.clone(), door::by_own_name))
}

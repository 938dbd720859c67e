//! A small server of `tests/fixtures/dms/openapi.json`, with the faults that one can have.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Query, State};
use axum::http::header::{AUTHORIZATION, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The token that it asks for.
pub(crate) const TOKEN: &str = "dealer-token-7";

/// The vehicles on a page.
const PAGE: usize = 2;

/// A server that runs as long as the test.
#[derive(Clone)]
pub(crate) struct Dealer {
    pub(crate) url: String,
    lot: Arc<Mutex<Lot>>,
}

/// All of its state.
#[derive(Default)]
pub(crate) struct Lot {
    pub(crate) vehicles: Vec<Value>,
    /// Grows with each change.
    pub(crate) version: u32,
    /// Answers 500 from the second page on.
    pub(crate) breaks: bool,
    /// Leads from each page to the second.
    pub(crate) circles: bool,
    /// The queries so far.
    pub(crate) queries: Vec<String>,
}

impl Dealer {
    pub(crate) async fn start(vehicles: &[Value]) -> Self {
        let lot = Lot {
            vehicles: vehicles.to_vec(),
            ..Lot::default()
        };
        let lot = Arc::new(Mutex::new(lot));
        let router = Router::new()
            .route("/vehicles", get(list))
            .with_state(lot.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url: format!("http://{address}"),
            lot,
        }
    }

    /// Changes its state, which gives the list another `ETag`.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Lot)) {
        let mut lot = lock(&self.lot);
        change(&mut lot);
        lot.version += 1;
    }

    /// The queries since this was asked for last.
    pub(crate) fn queries(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.lot).queries)
    }
}

fn lock(lot: &Mutex<Lot>) -> MutexGuard<'_, Lot> {
    lot.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn list(
    State(lot): State<Arc<Mutex<Lot>>>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(AUTHORIZATION) != Some(&format!("Bearer {TOKEN}")) {
        return problem(StatusCode::UNAUTHORIZED, "Who are you?");
    }
    let mut lot = lock(&lot);
    let etag = format!("\"{}\"", lot.version);
    let known = text(IF_NONE_MATCH);
    let cursor = query.iter().find(|(name, _)| name == "cursor");
    let cursor = cursor.map(|(_, value)| value.as_str());
    lot.queries.push(format!(
        "{} {}",
        cursor.unwrap_or("first"),
        known.unwrap_or("all")
    ));
    if known == Some(&etag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let start: usize = cursor.and_then(|it| it.parse().ok()).unwrap_or(0);
    if start > 0 && lot.breaks {
        return problem(StatusCode::INTERNAL_SERVER_ERROR, "The disk is full");
    }
    let vehicles: Vec<&Value> = lot.vehicles.iter().skip(start).take(PAGE).collect();
    let mut page = json!({ "vehicles": vehicles });
    if lot.circles {
        page["next_cursor"] = PAGE.to_string().into();
    } else if start + PAGE < lot.vehicles.len() {
        page["next_cursor"] = (start + PAGE).to_string().into();
    }
    ([(ETAG, etag)], Json(page)).into_response()
}

fn problem(status: StatusCode, title: &str) -> Response {
    (status, Json(json!({ "title": title }))).into_response()
}

/// A vehicle with this VIN and price.
pub(crate) fn vehicle(vin: &str, cents: i64) -> Value {
    json!({
        "vin": vin, "year": 2024, "make": "Honda", "model": "Accord", "pricing": {"list_cents": cents},
        "status": "available",
    })
}

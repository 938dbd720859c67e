//! The vehicles that were pulled, and what came of each pull.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State as Shared};
use http::StatusCode;
use jiff::Timestamp;

use super::door::{self, Answered, Frame};
use crate::app::App;
use crate::inventory::{self, Change, ChangeKind, Difference, Pull, PullOutcome, Refused, Stocked};
use crate::pages::{money, page};

pub(super) const PATH: &str = "/admin/inventory";

/// So many vehicles are shown.
const SHOWN: usize = 200;

/// So many lines are shown of each pull.
const LINES: usize = 50;

#[derive(Template)]
#[template(path = "admin_inventory.html")]
struct InventoryPage {
    frame: Frame,
    source: Option<SourceRow>,
    vehicles: Vec<VehicleRow>,
    total: usize,
    pulls: Vec<PullRow>,
}

struct SourceRow {
    name: String,
    every: String,
}

struct VehicleRow {
    vin: String,
    name: String,
    price: String,
    status: String,
    changed_at: String,
    differences: Vec<String>,
}

struct PullRow {
    at: String,
    summary: String,
    is_bad: bool,
    lines: Vec<String>,
    more: usize,
    refused: Vec<Refused>,
    more_refused: usize,
}

pub(super) async fn show(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let frame = door::frame(&app, &request, PATH)?;
    let source = app.inventory.as_ref().map(|inventory| SourceRow {
        name: inventory.name(),
        every: inventory::shown(inventory.every),
    });
    let shown = app.read(|state| {
        let stock = &state.stock;
        InventoryPage {
            frame,
            source,
            vehicles: stock.vehicles().take(SHOWN).map(vehicle).collect(),
            total: stock.vehicles().count(),
            pulls: stock.pulls().rev().map(pull).collect(),
        }
    });
    Ok(page(StatusCode::OK, &shown, None))
}

pub(super) async fn pull_now(Shared(app): Shared<Arc<App>>, request: Request) -> Answered {
    let form = door::form(&app, request).await?;
    let Some(done) = inventory::pull(&app).await else {
        return form.refused(&app, PATH, "There is nothing to pull from.");
    };
    let row = pull(&done);
    match row.is_bad {
        true => form.refused(&app, PATH, row.summary),
        false => form.done(&app, PATH, row.summary),
    }
}

fn vehicle(stocked: &Stocked) -> VehicleRow {
    let it = &stocked.vehicle;
    VehicleRow {
        vin: it.vin.clone(),
        name: format!("{} {} {}", it.year, it.make, it.model),
        price: price(it.price_cents),
        status: it.status.clone(),
        changed_at: minute(stocked.changed_at),
        differences: stocked.differences.iter().map(difference).collect(),
    }
}

fn pull(pull: &Pull) -> PullRow {
    let mut row = PullRow {
        at: minute(pull.at),
        summary: String::new(),
        is_bad: false,
        lines: Vec::new(),
        more: 0,
        refused: Vec::new(),
        more_refused: 0,
    };
    match &pull.outcome {
        PullOutcome::Unchanged => row.summary = "Nothing has changed since the last pull.".into(),
        PullOutcome::Failed { why } => {
            row.summary = format!("The pull failed, and everything stays as it was. {why}");
            row.is_bad = true;
        }
        PullOutcome::Read {
            pages,
            vehicles,
            changes,
            more_changes,
            refused,
            more_refused,
        } => {
            row.summary = format!(
                "Pages read: {pages}; vehicles taken: {vehicles}; changes: {}; faults of refused vehicles: {}.",
                changes.len() + more_changes,
                refused.len() + more_refused,
            );
            row.lines = changes.iter().take(LINES).map(change).collect();
            row.more = more_changes + changes.len().saturating_sub(LINES);
            row.refused = refused.iter().take(LINES).cloned().collect();
            row.more_refused = more_refused + refused.len().saturating_sub(LINES);
        }
    }
    row
}

fn change(change: &Change) -> String {
    let vin = &change.vin;
    match &change.kind {
        ChangeKind::New => format!("{vin} is new"),
        ChangeKind::Gone => format!("{vin} is gone"),
        ChangeKind::Changed(differences) => {
            let differences: Vec<String> = differences.iter().map(difference).collect();
            format!("{vin}: {}", differences.join(", "))
        }
    }
}

fn difference(it: &Difference) -> String {
    let shown = |text: &str| match it.property.as_str() {
        "price" => text.parse().map_or_else(|_| text.to_owned(), price),
        _ => text.to_owned(),
    };
    format!("{} {} → {}", it.property, shown(&it.from), shown(&it.to))
}

/// An amount without a currency, which no document of a dealer's system has to name.
fn price(cents: i64) -> String {
    money::shown(cents, "").trim_end().to_owned()
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

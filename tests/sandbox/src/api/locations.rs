//! Locations: list and read.

use serde_json::{Value, json};

use super::orders::location_not_found;
use super::{Answer, ApiError, Call};
use crate::state::{Location, State};

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let limit = call.query.integer("limit", 50, 1..=200)?;
    let offset = call
        .query
        .integer("offset", 0, 0..=isize::MAX.unsigned_abs())?;
    let search = call.query.text("search")?.unwrap_or_default();
    let found: Vec<&Location> = state
        .locations
        .iter()
        .filter(|location| location.partner == call.partner && location.is_named(search))
        .collect();
    let items: Value = found
        .iter()
        .skip(offset)
        .take(limit)
        .map(|location| location.item())
        .collect();
    Ok(Answer::ok(json!({
        "items": items,
        "total": found.len(),
        "limit": limit,
        "offset": offset,
    })))
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let id = call.path.id("location_id")?;
    state
        .location(call.partner, id)
        .map(|location| Answer::ok(location.detail()))
        .ok_or_else(location_not_found)
}

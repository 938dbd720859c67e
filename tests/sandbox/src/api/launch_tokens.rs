//! POS launch links.

use http::StatusCode;
use serde_json::json;

use super::fields::{Fields, parse};
use super::orders::location_not_found;
use super::{Answer, ApiError, Call};
use crate::state::{Launch, PosUser, State};

const ROLES: [&str; 2] = ["location_cashier", "location_supervisor"];

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, ApiError> {
    let body = parse(call.headers, call.body)?;
    let fields = Fields::of(&body)?;
    let location = fields.required("location_id", Fields::uuid)?;
    let user = PosUser {
        partner: call.partner,
        external_user_id: fields.required("external_user_id", Fields::text)?,
        display_name: fields.text("display_name")?,
        role_slug: fields
            .one_of("role_slug", &ROLES)?
            .unwrap_or_else(|| ROLES[0].into()),
    };
    if state.location(call.partner, location).is_none() {
        return Err(location_not_found());
    }
    // In the form that the document asks for, and no key that a user could be known by.
    if user.external_user_id.is_empty() {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "empty_user_id",
            "external_user_id is empty",
        ));
    }
    let launch = Launch {
        partner: call.partner,
        external_user_id: user.external_user_id.clone(),
        location,
    };
    state.users.launch(user);
    let (token, expires_at) = state.launches.open(launch, call.now);
    Ok(Answer::created(json!({
        "launch_url": call.page("/launch", &token),
        "expires_at": expires_at.to_string(),
    })))
}

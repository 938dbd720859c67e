//! POS launch links.

use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::fields::{Fields, parse};
use super::orders::location_not_found;
use super::{Answer, ApiError, Call};
use crate::clock::after;
use crate::state::{PosUser, State};

const LIFETIME: Duration = Duration::from_secs(10 * 60);
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
    state.users.launch(user);
    let mut url = call.pos_url.clone();
    url.set_path("/launch");
    url.query_pairs_mut()
        .append_pair("token", &Uuid::new_v4().simple().to_string());
    Ok(Answer::created(json!({
        "launch_url": url.to_string(),
        "expires_at": after(call.now, LIFETIME).to_string(),
    })))
}

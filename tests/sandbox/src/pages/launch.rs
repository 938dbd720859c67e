//! The POS deep link: somebody known to a partner's system is signed in.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::response::Response;
use http::StatusCode;

use super::cookie;
use super::{notice, see_other};
use crate::api::parameters::Parameters;
use crate::app::App;
use crate::state::DeadLink;

/// The cookie of the POS.
pub(super) const SESSION: &str = "tilt_pos";

pub(super) async fn enter(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    let query = Parameters::query(request.uri().query());
    let token = query.text("token").ok().flatten().unwrap_or_default();
    let entered = app.change(|state, now| state.launches.enter(token, now));
    match entered {
        Ok(session) => cookie::keep(see_other("/sale"), SESSION, &session, cookie::From::Links),
        Err(DeadLink::Unknown) => notice(
            StatusCode::NOT_FOUND,
            "No such link",
            "This link signs nobody in. Launch the POS from your own system again.",
        ),
        Err(DeadLink::Used) => notice(
            StatusCode::GONE,
            "This link was used",
            "A launch link works once. Launch the POS from your own system again.",
        ),
        Err(DeadLink::Expired) => notice(
            StatusCode::GONE,
            "This link has expired",
            "A launch link works for ten minutes. Launch the POS from your own system again.",
        ),
    }
}

//! The POS deep link: somebody known to a partner's system is signed in.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::response::Response;
use http::{Method, StatusCode};

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
    // HEAD is safe (RFC 9110, 9.2.1): previews of links send it.
    let entered = match *request.method() {
        Method::HEAD => {
            let now = app.clock.now();
            app.read(|state| state.launches.look(token, now).map(|()| None))
        }
        _ => app.change(|state, now| state.launches.enter(token, now).map(Some)),
    };
    match entered {
        Ok(Some(session)) => {
            cookie::keep(see_other("/sale"), SESSION, &session, cookie::From::Links)
        }
        Ok(None) => see_other("/sale"),
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

//! Pages for people, rendered here: they need no script, and no network but this server.

pub(crate) mod admin;
mod card;
mod checkout;
mod cookie;
mod launch;
mod money;
mod sale;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, StatusCode};

use crate::app::App;

/// All pages.
pub(crate) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/checkout", get(checkout::show).post(checkout::pay))
        .route("/launch", get(launch::enter))
        .route("/sale", get(sale::show).post(sale::sell))
        .route("/sign-out", post(sale::sign_out))
        .route("/assets/style.css", get(style))
        .route("/assets/live.js", get(script))
        .merge(admin::routes(app))
}

async fn style() -> Response {
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    (
        [(CONTENT_TYPE, css)],
        include_str!("../../assets/style.css"),
    )
        .into_response()
}

async fn script() -> Response {
    let script = HeaderValue::from_static("text/javascript; charset=utf-8");
    (
        [(CONTENT_TYPE, script)],
        include_str!("../../assets/live.js"),
    )
        .into_response()
}

/// A page that only says something.
#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'a> {
    title: &'a str,
    text: &'a str,
}

fn notice(status: StatusCode, title: &str, text: &str) -> Response {
    page(status, &Notice { title, text }, None)
}

/// A page whose forms go nowhere but here. `onward` is where an answer to one may lead: browsers hold that against the
/// policy as well.
fn page(status: StatusCode, template: &impl Template, onward: Option<&str>) -> Response {
    let Ok(html) = template.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    let onward = onward
        .map(|origin| format!(" {origin}"))
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self'{onward}"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    // The address of a page may have a token in it.
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Sends a browser on, by GET.
fn see_other(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let Ok(to) = HeaderValue::from_str(to) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = response.headers_mut();
    headers.insert(LOCATION, to);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

//! The cookie of a signed-in person (RFC 6265).

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use axum::response::Response;

/// The session that a browser names under `name`.
pub(super) fn session<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
}

/// From where a request is that a browser shows a session in.
#[derive(Debug, Clone, Copy)]
pub(super) enum From {
    /// From pages of this server alone.
    Here,
    /// By links of other sites as well: a session that such a link begins is shown in the next request already.
    Links,
}

/// Has a browser keep a session until it is closed.
pub(super) fn keep(mut response: Response, name: &str, session: &str, from: From) -> Response {
    let same_site = match from {
        From::Here => "Strict",
        From::Links => "Lax",
    };
    let cookie = format!("{name}={session}; Path=/; HttpOnly; SameSite={same_site}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Has a browser forget a session.
pub(super) fn forget(mut response: Response, name: &str) -> Response {
    let cookie = format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

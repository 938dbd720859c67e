//! Bodies of requests, within a limit.

use super::limits::Limits;
use super::problem::Problem;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

/// The place of a body in problems.
pub(super) const BODY: &str = "body";

/// Reads a body to its end. Of one that is too long by what it says itself, nothing is read.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    limits: Limits,
) -> Result<Bytes, Problem> {
    let limit = limits.body;
    check_length(headers, limit as u64)?;
    to_bytes(body, limit).await.map_err(|error| {
        let is_limit = std::error::Error::source(&error)
            .is_some_and(|error| error.is::<http_body_util::LengthLimitError>());
        match is_limit {
            true => too_large(limit as u64),
            false => Problem::unreadable(BODY, "breaks off"),
        }
    })
}

/// Refuses a body that is too long by what it says itself.
pub(super) fn check_length(headers: &HeaderMap, limit: u64) -> Result<(), Problem> {
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    match length {
        Some(length) if length > limit => Err(too_large(limit)),
        _ => Ok(()),
    }
}

pub(super) fn too_large(limit: u64) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE)
        .at(BODY)
        .detail(format!("has more than {limit} bytes"))
}

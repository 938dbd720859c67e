//! Bodies of requests, within a limit.

use super::limits::Limits;
use super::operation::{Input, Operation};
use super::problem::Problem;
use crate::data::described::Location;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, StatusCode};

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

/// Refuses a body that is compressed, unless the operation has the header for it and is given the bytes: layers before a
/// service that undo it take the header away. Clients are told what they may send instead, as RFC 9110, 15.5.16 has it.
pub(super) fn check_coding(
    operation: &Operation,
    headers: &HeaderMap,
    is_upload: bool,
) -> Result<(), Problem> {
    let is_plain = |value: &HeaderValue| {
        let codings = value.to_str().unwrap_or("?").split(',').map(str::trim);
        let mut others = codings.filter(|it| !it.is_empty());
        others.all(|it| it.eq_ignore_ascii_case("identity"))
    };
    let is_its = |it: &Input| {
        let parameter = &it.parameter;
        parameter.location == Location::Header
            && parameter
                .name
                .eq_ignore_ascii_case(CONTENT_ENCODING.as_str())
    };
    let is_left_to_it = is_upload && operation.parameters.iter().any(is_its);
    if is_left_to_it || headers.get_all(CONTENT_ENCODING).iter().all(is_plain) {
        return Ok(());
    }
    let problem = Problem::unsupported("header.Content-Encoding").detail("expected no encoding");
    Err(problem.header(ACCEPT_ENCODING, HeaderValue::from_static("identity")))
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

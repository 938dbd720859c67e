//! Deliveries as arguments of handlers of the server axum.

use super::delivery::{Delivery, Events};
use super::error::WebhookError;
use super::verifier::Verifier;
use crate::inbox::Outcome;
use axum::body::to_bytes;
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, RETRY_AFTER};
use axum::response::{IntoResponse, Response};

/// A genuine delivery, or an answer that refuses it: 413 before a body beyond the limit is read, 401 where it is not
/// genuine. The verifier is in the router's state. As the body's only reader, it goes last among a handler's arguments.
impl<E, S> FromRequest<S> for Delivery<E>
where
    E: Events,
    S: Send + Sync,
    Verifier<E>: FromRef<S>,
{
    type Rejection = WebhookError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookError> {
        let verifier = Verifier::<E>::from_ref(state);
        let (parts, body) = request.into_parts();
        let length = parts.headers.get(CONTENT_LENGTH);
        let length = length.and_then(|it| it.to_str().ok()?.parse().ok());
        verifier.check_size(length.unwrap_or_default())?;
        let limit = verifier.largest_body();
        let body = to_bytes(body, limit).await.map_err(|error| {
            let is_limit = std::error::Error::source(&error)
                .is_some_and(|error| error.is::<http_body_util::LengthLimitError>());
            match is_limit {
                true => WebhookError::TooLarge { limit },
                false => WebhookError::Unread,
            }
        })?;
        verifier.receive(&parts.headers, body)
    }
}

impl IntoResponse for WebhookError {
    fn into_response(self) -> Response {
        let status = self.status();
        // The sender need not know about the receiver's own settings.
        if status.is_server_error() || self == Self::BlanksAroundSecret {
            return status.into_response();
        }
        (status, self.to_string()).into_response()
    }
}

/// The status of the outcome, with `Retry-After` where it has one. The handler logs its own errors.
impl<E> IntoResponse for Outcome<E> {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

//! The envelope that every error is in.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde_json::json;
use uuid::Uuid;

use crate::state::Refusal;

/// An error of the API.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after: Option<u64>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            retry_after: None,
        }
    }

    /// The request breaks a rule that it could have kept by itself.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", message)
    }

    pub(crate) fn unauthorized(code: &'static str, message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, message)
    }

    pub(crate) fn missing_scope(scope: &str) -> Self {
        let message = format!("the token lacks the scope {scope}");
        Self::new(StatusCode::FORBIDDEN, "insufficient_scope", message)
    }

    pub(crate) fn not_found(code: &'static str, message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    pub(crate) fn too_many_requests(retry_after: u64) -> Self {
        let message = format!("rate limit exceeded: try again in {retry_after} s");
        Self {
            retry_after: Some(retry_after),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", message)
        }
    }

    /// Why a payment cannot be changed as asked.
    pub(crate) fn refused(refusal: &Refusal, code: &'static str) -> Self {
        let (status, code) = match refusal {
            Refusal::NoSuchOrder => (StatusCode::NOT_FOUND, "order_not_found"),
            Refusal::NoSuchPayment => (StatusCode::NOT_FOUND, "payment_not_found"),
            Refusal::OrderPaid => (StatusCode::CONFLICT, "order_already_paid"),
            Refusal::LocationTakesNoPayments => {
                (StatusCode::UNPROCESSABLE_ENTITY, "payments_not_enabled")
            }
            Refusal::AmountTooHigh { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "amount_too_high"),
            Refusal::State(_) => (StatusCode::CONFLICT, code),
        };
        Self::new(status, code, refusal.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({
            "error": self.code,
            "message": self.message,
            "request_id": format!("req_{}", Uuid::new_v4().simple()),
        });
        let json = HeaderValue::from_static("application/json");
        let mut response = (self.status, [(CONTENT_TYPE, json)], body.to_string()).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            // RFC 6750, 3: a scheme has a parameter at least.
            let scheme = HeaderValue::from_static("Bearer realm=\"Tilt\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

//! The HTTP face: documents, token endpoint, API.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, RawPathParams, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use crate::access::Denial;
use crate::api::parameters::Parameters;
use crate::api::{ApiError, Call, Operation, operations};
use crate::app::App;
use crate::connection::Connection;
use crate::documents::{self, Document};
use crate::exchange::Exchange;
use crate::fault::Fault;
use crate::lock::lock;
use crate::{pages, token};

/// Where tokens are minted.
pub(crate) const TOKEN_PATH: &str = "/oauth2/token";

/// The largest request body.
const BODY_LIMIT: usize = 64 << 10;

pub(crate) fn router(app: &Arc<App>) -> Router {
    let mut router = pages::routes(app).route(TOKEN_PATH, post(mint));
    for document in [Document::OpenApi, Document::AsyncApi] {
        router = router.route(
            document.path(),
            get(
                async move |State(app): State<Arc<App>>, headers: HeaderMap| {
                    let bytes = lock(&app.documents).get(document);
                    documents::answer(bytes, &headers)
                },
            ),
        );
    }
    for operation in operations() {
        let filter = if operation.method == Method::GET {
            MethodFilter::GET
        } else {
            MethodFilter::POST
        };
        let path = operation.path;
        let operation = Arc::new(operation);
        router = router.route(
            path,
            on(
                filter,
                async move |State(app): State<Arc<App>>, path: RawPathParams, request: Request| {
                    call(&app, &operation, &path, request).await
                },
            ),
        );
    }
    router
        .fallback(async || ApiError::not_found("not_found", "there is nothing here"))
        .method_not_allowed_fallback(async || {
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this resource has no such method",
            )
        })
        .layer(from_fn_with_state(app.clone(), exchange))
        .with_state(app.clone())
}

/// Runs an operation of the API.
async fn call(
    app: &App,
    operation: &Operation,
    path: &RawPathParams,
    request: Request,
) -> Result<Response, ApiError> {
    let (head, body) = request.into_parts();
    let body = read_body(body).await?;
    let now = app.clock.now();
    let partner = lock(&app.access).authorize(&head.headers, operation.scope, now)?;
    let url = app.url_for(&head.headers);
    let answer = app.change(|state, now| {
        let call = Call {
            partner,
            now,
            headers: &head.headers,
            path: Parameters::new(path),
            query: Parameters::query(head.uri.query()),
            body: &body,
            pos_url: &url,
        };
        (operation.run)(state, &call)
    })?;
    Ok(json_response(answer.status, &answer.body))
}

/// The token endpoint: client credentials in a form.
async fn mint(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let media_type = head
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    let Ok(body) = read_body(body).await else {
        return token_error(StatusCode::BAD_REQUEST, "invalid_request", None);
    };
    if media_type != Some("application/x-www-form-urlencoded") {
        return token_error(StatusCode::BAD_REQUEST, "invalid_request", None);
    }
    let form = Parameters::new(url::form_urlencoded::parse(&body));
    let (Ok(grant), Ok(id), Ok(secret), Ok(scope)) = (
        form.text("grant_type"),
        form.text("client_id"),
        form.text("client_secret"),
        form.text("scope"),
    ) else {
        return token_error(StatusCode::BAD_REQUEST, "invalid_request", None);
    };
    match grant {
        None => return token_error(StatusCode::BAD_REQUEST, "invalid_request", None),
        Some("client_credentials") => {}
        Some(_) => return token_error(StatusCode::BAD_REQUEST, "unsupported_grant_type", None),
    }
    let (Some(id), Some(secret)) = (id, secret) else {
        return token_error(StatusCode::BAD_REQUEST, "invalid_request", None);
    };
    let scopes: Vec<&str> = scope.unwrap_or_default().split_whitespace().collect();
    let now = app.clock.now();
    match lock(&app.access).mint(id, secret, &scopes, now) {
        Ok(token) => no_store(json_response(
            StatusCode::OK,
            &json!({
                "access_token": token,
                "expires_in": token::LIFETIME,
                "token_type": "Bearer",
            }),
        )),
        Err(Denial::UnknownClient) => token_error(StatusCode::BAD_REQUEST, "invalid_client", None),
        Err(Denial::UnknownScope) => token_error(StatusCode::BAD_REQUEST, "invalid_scope", None),
        Err(Denial::TooManyRequests { retry_after }) => token_error(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            Some(retry_after),
        ),
    }
}

/// Records every exchange, and lets faults happen to it.
async fn exchange(
    State(app): State<Arc<App>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let (mut head, body) = request.into_parts();
    let body = match read_body(body).await {
        Ok(body) => body,
        Err(error) => return error.into_response(),
    };
    if let Some(token) = head.headers.get_mut(AUTHORIZATION) {
        token.set_sensitive(true);
    }
    let route = head.extensions.get::<MatchedPath>();
    let route = route.map(|path| path.as_str().to_owned());
    let mut exchange = Exchange {
        method: head.method.clone(),
        uri: head.uri.clone(),
        route,
        request_headers: head.headers.clone(),
        request_body: body.clone(),
        status: StatusCode::OK,
        response_headers: HeaderMap::new(),
        response_body: Bytes::new(),
    };
    let fault = lock(&app.faults).meet(&exchange.method, exchange.route.as_deref());
    let answer = match &fault {
        Some(Fault::Answer {
            status,
            headers,
            body,
        }) => prepared(*status, headers, body, exchange.uri.path()),
        Some(Fault::LostRequest) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => next.run(Request::from_parts(head, Body::from(body))).await,
    };
    let (head, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    exchange.status = head.status;
    exchange.response_headers = head.headers.clone();
    exchange.response_body = body.clone();
    lock(&app.exchanges).record(exchange);
    match fault {
        Some(Fault::LostRequest | Fault::LostAnswer) => connection.cut(),
        Some(Fault::TruncatedAnswer) => connection.cut_in_body(body.len() / 2),
        Some(Fault::Delay(time)) => tokio::time::sleep(time).await,
        Some(Fault::Answer { .. }) | None => {}
    }
    Response::from_parts(head, Body::from(body))
}

/// The answer that a fault gives instead.
fn prepared(status: u16, headers: &[(&'static str, String)], body: &str, path: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if !body.is_empty() {
        (status, body.to_owned()).into_response()
    } else if path == TOKEN_PATH {
        token_error(status, "temporarily_unavailable", None)
    } else {
        ApiError::new(status, "injected_fault", "a test asked for this error").into_response()
    };
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

async fn read_body(body: Body) -> Result<Bytes, ApiError> {
    axum::body::to_bytes(body, BODY_LIMIT).await.map_err(|_| {
        ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request_too_large",
            "the request body is longer than 64 KiB",
        )
    })
}

/// Why a request has no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormError {
    TooLarge,
    OtherMediaType,
}

impl IntoResponse for FormError {
    fn into_response(self) -> Response {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::OtherMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response(),
        }
    }
}

/// The fields of a form that a page sends.
pub(crate) async fn read_form(request: Request) -> Result<Parameters, FormError> {
    let (head, body) = request.into_parts();
    let body = read_body(body).await.map_err(|_| FormError::TooLarge)?;
    let media_type = head.headers.get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let is_form = media_type.and_then(|value| value.split(';').next())
        == Some("application/x-www-form-urlencoded");
    match is_form {
        true => Ok(Parameters::new(url::form_urlencoded::parse(&body))),
        false => Err(FormError::OtherMediaType),
    }
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    let json = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, json)], body.to_string()).into_response()
}

fn token_error(status: StatusCode, error: &str, retry_after: Option<u64>) -> Response {
    let mut response = no_store(json_response(status, &json!({"error": error})));
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

fn no_store(mut response: Response) -> Response {
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, no_store);
    response
}

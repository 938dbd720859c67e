//! Refusals, as problem documents (RFC 9457).

use crate::data::given::{Misfit, MisfitKind};
use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::fmt;

/// An answer that says what is wrong with a request: `application/problem+json`.
///
/// It shows no value of the request. `place` is where in it: `query.limit`, `body#/items/0/quantity`.
#[derive(Debug, Clone)]
pub struct Problem(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    status: StatusCode,
    kind: Cow<'static, str>,
    title: Cow<'static, str>,
    detail: Option<Cow<'static, str>>,
    place: Option<String>,
    headers: HeaderMap,
}

impl Problem {
    /// A problem of a status, whose reason phrase is its title.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self(Box::new(Parts {
            status,
            kind: Cow::Borrowed("about:blank"),
            title: Cow::Borrowed(status.canonical_reason().unwrap_or("Problem")),
            detail: None,
            place: None,
            headers: HeaderMap::new(),
        }))
    }

    /// The kind of problem, as a URI, with a title that is the same for all of that kind.
    #[must_use]
    pub fn kind(
        mut self,
        kind: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.0.kind = kind.into();
        self.0.title = title.into();
        self
    }

    /// Says what is wrong this time.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Says where in the request.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.0.place = Some(place.into());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// The operation is not implemented (501): what methods of a trait answer that are left out.
    #[must_use]
    pub fn not_implemented() -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED)
    }

    /// Something is wrong with the server (500), of which clients learn nothing more.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The place in the request that it is about.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The refusal of a request for what stands at a place.
    pub(super) fn of(misfit: Misfit, place: &str) -> Self {
        let place = match misfit.pointer.is_empty() {
            true => place.to_owned(),
            false => format!("{place}#{}", misfit.pointer),
        };
        match misfit.kind {
            MisfitKind::Unreadable => Self::unreadable(place, misfit.reason),
            MisfitKind::Unfit => Self::unfit(place, misfit.reason),
            MisfitKind::Unsupported => Self::unsupported(place).detail(misfit.reason),
        }
    }

    /// Something that is there, and has no form that is read (400).
    pub(super) fn unreadable(
        place: impl Into<String>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(StatusCode::BAD_REQUEST).at(place).detail(detail)
    }

    /// Something that must be there (400).
    pub(super) fn missing(place: impl Into<String>) -> Self {
        Self::unreadable(place, "is missing")
    }

    /// A value that is read, and is none of its type (422).
    pub(super) fn unfit(place: impl Into<String>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY)
            .at(place)
            .detail(detail)
    }

    /// Something in a format that is not known here, or not documented (415).
    pub(super) fn unsupported(place: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).at(place)
    }

    /// Another method than those of a path (405).
    pub(super) fn other_method(allowed: &[&'static str]) -> Self {
        let problem = Self::new(StatusCode::METHOD_NOT_ALLOWED);
        match HeaderValue::from_str(&allowed.join(", ")) {
            Ok(allowed) => problem.header(ALLOW, allowed),
            Err(_) => problem,
        }
    }

    /// Credentials that are missing or wrong (401), with the challenges of RFC 9110, 11.6.1.
    pub(super) fn unauthorized(challenges: &[String]) -> Self {
        let problem = Self::new(StatusCode::UNAUTHORIZED);
        let challenges = challenges.iter();
        let challenges = challenges.filter_map(|it| HeaderValue::from_str(it).ok());
        challenges.fold(problem, |problem, challenge| {
            problem.header(WWW_AUTHENTICATE, challenge)
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.0.title)?;
        if let Some(place) = &self.0.place {
            write!(f, ": {place}")?;
        }
        match &self.0.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.0.kind)?;
        map.serialize_entry("title", &self.0.title)?;
        map.serialize_entry("status", &self.0.status.as_u16())?;
        if let Some(detail) = &self.0.detail {
            map.serialize_entry("detail", detail)?;
        }
        if let Some(place) = &self.0.place {
            map.serialize_entry("place", place)?;
        }
        map.end()
    }
}

impl axum::response::IntoResponse for Problem {
    fn into_response(self) -> Response {
        // It is made of texts and a number, which JSON has forms for.
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.0.status;
        *response.headers_mut() = self.0.headers;
        response.headers_mut().insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }
}

//! Answers: what an implementation gives, and how it is written.

use super::problem::Problem;
use crate::data::{charset, media_type};
use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

/// Any answer of the server axum.
pub type Response = axum::response::Response;

/// A body with the headers that go with it. It is `From` the body alone.
#[derive(Clone, Default)]
pub struct Reply<T> {
    body: T,
    headers: HeaderMap,
}

impl<T> From<T> for Reply<T> {
    fn from(body: T) -> Self {
        let headers = HeaderMap::new();
        Self { body, headers }
    }
}

impl<T> Reply<T> {
    /// A body without headers.
    #[must_use]
    pub fn new(body: T) -> Self {
        Self::from(body)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The answer with a body that is made of this one.
    pub(super) fn with_body(
        self,
        status: u16,
        content_type: &str,
        body: impl FnOnce(T) -> Result<Body, Problem>,
    ) -> Result<Response, Problem> {
        let mut response = Response::new(body(self.body)?);
        *response.status_mut() = StatusCode::from_u16(status).map_err(|_| Problem::internal())?;
        *response.headers_mut() = self.headers;
        if !content_type.is_empty() && !response.headers().contains_key(CONTENT_TYPE) {
            let value = HeaderValue::from_str(content_type).map_err(|_| Problem::internal())?;
            response.headers_mut().insert(CONTENT_TYPE, value);
        }
        Ok(response)
    }
}

#[doc(hidden)]
impl<T: Serialize> Reply<T> {
    /// The answer with a body of JSON.
    pub fn json(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        self.with_body(status, content_type, |body| {
            let body = serde_json::to_vec(&body).map_err(|_| Problem::internal())?;
            Ok(body.into())
        })
    }
}

#[doc(hidden)]
impl Reply<()> {
    /// The answer without a body.
    pub fn empty(self, status: u16) -> Result<Response, Problem> {
        self.with_body(status, "", |()| Ok(Body::empty()))
    }
}

#[doc(hidden)]
impl Reply<String> {
    /// The answer with a body of text, in the encoding that its media type names.
    pub fn text(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        self.with_body(status, content_type, |body| {
            let text = charset::encode(body, media_type::charset(content_type));
            Ok(text.map_err(|_| Problem::internal())?.into())
        })
    }
}

#[doc(hidden)]
impl Reply<Body> {
    /// The answer with a body as it is.
    pub fn bytes(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        self.with_body(status, content_type, Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn text_is_in_the_encoding_that_its_media_type_names() {
        let text =
            |text: &str| Reply::new(text.to_owned()).text(200, "text/plain; charset=iso-8859-1");
        let body = text("é").expect("it has that letter").into_body();
        let bytes = to_bytes(body, 9).await.expect("it is there");
        assert_eq!(&bytes[..], b"\xe9");
        let refused = text("€").expect_err("it has no such sign");
        assert_eq!(refused.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}

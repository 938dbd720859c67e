//! Answers: what an implementation gives, and how it is written.

use super::problem::Problem;
use crate::data::{Header, HeaderError, ToHeader};
use crate::data::{charset, framing, media_type};
use axum::body::Body;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

/// Any answer of the server axum.
pub type Response = axum::response::Response;

/// A body with the headers that go with it. It is `From` the body alone.
#[derive(Clone, Default)]
pub struct Reply<T> {
    body: T,
    headers: HeaderMap,
    /// The first header that could not be written.
    fault: Option<HeaderError>,
}

impl<T> From<T> for Reply<T> {
    fn from(body: T) -> Self {
        let headers = HeaderMap::new();
        let fault = None;
        Self {
            body,
            headers,
            fault,
        }
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

    /// Sets a header that the API documents: generated crates have a constant for each. `Set-Cookie` is added to those that
    /// are there.
    ///
    /// A value that no header can hold, such as a text of two lines, is a fault of the server, and so are the headers that say
    /// how an answer is sent (`Content-Length`, `Transfer-Encoding`, `Connection`): the answer is a problem (500) that names
    /// the header.
    #[must_use]
    pub fn with<H: ToHeader>(mut self, header: Header<H>, value: H) -> Self {
        let unwritable = HeaderError::Unwritable {
            name: header.name(),
        };
        let name = HeaderName::from_bytes(header.name().as_bytes()).map_err(|_| unwritable);
        let value = header.write(&value);
        let value = value.and_then(|it| HeaderValue::try_from(it).map_err(|_| unwritable));
        let framing = HeaderError::Framing {
            name: header.name(),
        };
        let name = name.and_then(|it| match framing::is_of_answer(&it) {
            true => Err(framing),
            false => Ok(it),
        });
        match name.and_then(|name| Ok((name, value?))) {
            Ok((name, mut value)) => {
                value.set_sensitive(H::IS_SECRET);
                if name == SET_COOKIE {
                    self.headers.append(name, value);
                } else {
                    self.headers.insert(name, value);
                }
            }
            Err(fault) => self.fault = self.fault.or(Some(fault)),
        }
        self
    }

    /// The reply, of which the document says that it always has these headers.
    #[doc(hidden)]
    pub fn requires(mut self, names: &[&'static str]) -> Self {
        let mut missing = names.iter().filter(|it| !self.headers.contains_key(**it));
        if self.fault.is_none() {
            self.fault = missing.next().map(|name| HeaderError::Missing { name });
        }
        self
    }

    /// The answer with a body that is made of this one.
    pub(super) fn with_body(
        self,
        status: u16,
        content_type: &str,
        body: impl FnOnce(T) -> Result<Body, Problem>,
    ) -> Result<Response, Problem> {
        if let Some(fault) = self.fault {
            return Err(Problem::internal().detail(format!("of the answer, {fault}")));
        }
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
    /// The answer with a body of text, in the encoding that the media type names.
    pub fn text(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        self.with_body(status, content_type, |body| {
            let body = charset::encode(body, media_type::charset(content_type));
            let fault = |fault| Problem::internal().detail(format!("the answer {fault}"));
            Ok(body.map_err(fault)?.into())
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
    use crate::data::SecretText;
    use axum::body::to_bytes;

    const LEFT: Header<u64> = Header::new("X-Left");
    const LENGTH: Header<u64> = Header::new("Content-Length");
    const NOTE: Header<String> = Header::new("X-Note");
    const COOKIE: Header<SecretText> = Header::new("Set-Cookie");

    fn values(response: &Response, name: &str) -> Vec<String> {
        let values = response.headers().get_all(name).iter();
        let values = values.filter_map(|it| it.to_str().ok());
        values.map(str::to_owned).collect()
    }

    #[test]
    fn a_documented_header_has_the_last_value_and_cookies_have_all() {
        let reply = Reply::new(()).with(LEFT, 5).with(LEFT, 4);
        let reply = reply.with(COOKIE, "a=1".into()).with(COOKIE, "b=2".into());
        let response = reply.requires(&["x-left"]).empty(204).expect("an answer");
        assert_eq!(values(&response, "x-left"), ["4"]);
        assert_eq!(values(&response, "set-cookie"), ["a=1", "b=2"]);
        let mut cookies = response.headers().get_all("set-cookie").iter();
        assert!(cookies.all(HeaderValue::is_sensitive));
    }

    #[test]
    fn a_header_that_cannot_be_written_or_is_not_there_is_a_fault_of_the_server() {
        let unwritable = Reply::new(()).with(NOTE, "hunter2\n".to_owned());
        let missing = Reply::new(()).with(LEFT, 5).requires(&["X-Left", "X-Note"]);
        for (reply, detail) in [
            (
                unwritable.requires(&["X-Left"]),
                "of the answer, the value of the header `X-Note` cannot stand in a header",
            ),
            (missing, "of the answer, the header `X-Note` is missing"),
            (
                Reply::new(()).with(LENGTH, 5),
                "of the answer, the header `Content-Length` is said by the server itself",
            ),
        ] {
            let problem = reply.empty(204).expect_err("a problem");
            assert_eq!(problem.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let shown = format!("{problem:?}");
            assert!(
                shown.contains(detail) && !shown.contains("hunter2"),
                "{shown}"
            );
        }
    }

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

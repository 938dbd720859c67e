//! Answers, whole and broken.

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Frame};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, TRANSFER_ENCODING};
use hyper::{HeaderMap, Response, StatusCode};
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(super) type Sent = Response<BoxBody<Bytes, io::Error>>;

/// An answer of the local Tilt, or in its place.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    /// An error as Tilt writes it.
    pub(super) fn error(status: StatusCode, code: &str) -> Self {
        let body = serde_json::json!({
            "error": code,
            "message": "the proxy answers in place of Tilt",
            "request_id": "req_proxy",
        });
        Self::json(status, &body.to_string())
    }

    pub(super) fn json(status: StatusCode, body: &str) -> Self {
        let mut headers = HeaderMap::new();
        if let Ok(json) = "application/json".parse() {
            headers.insert(CONTENT_TYPE, json);
        }
        Self {
            status,
            headers,
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    pub(super) fn retry_after(mut self, value: &str) -> Self {
        if let Ok(value) = value.parse() {
            self.headers.insert(RETRY_AFTER, value);
        }
        self
    }

    pub(super) fn whole(self) -> Sent {
        let body = self.body.clone();
        let never = |it: Infallible| match it {};
        self.with(Full::new(body).map_err(never).boxed())
    }

    /// Breaks off in the middle of the body.
    pub(super) fn broken(self) -> Sent {
        let half = self.body.slice(..self.body.len() / 2);
        self.with(Broken { half: Some(half) }.boxed())
    }

    fn with(self, body: BoxBody<Bytes, io::Error>) -> Sent {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        let headers = response.headers_mut();
        headers.remove(TRANSFER_ENCODING);
        headers.insert(CONTENT_LENGTH, self.body.len().into());
        response
    }
}

/// A body that ends with an error.
struct Broken {
    half: Option<Bytes>,
}

impl Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(Some(match self.half.take() {
            Some(half) => Ok(Frame::data(half)),
            None => Err(io::ErrorKind::ConnectionReset.into()),
        }))
    }
}

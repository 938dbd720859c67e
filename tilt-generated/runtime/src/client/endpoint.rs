//! Endpoints that the API's document does not have.

use super::answer::{Answer, Response};
use super::call::{Call, Sending};
use super::encode::percent::{self, Keep};
use super::encode::url::is_dots;
use super::error::Error;
use super::executor::Client;
use super::operation::{Operation, Retry};
use super::reply::Reply;
use crate::data::Upload;
use crate::data::described::{Method, Security};
use crate::journal::Note;
use bytes::Bytes;
use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// A call of an endpoint that the API's document does not have: awaiting it sends the request, with the credentials,
/// the retries and the errors of all other calls. A POST or PATCH is sent once.
#[must_use = "nothing is sent until the call is awaited"]
pub struct EndpointCall {
    call: Call<Whole>,
    path: String,
    query: String,
}

/// Shows neither path nor query, which may have secrets.
impl fmt::Debug for EndpointCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointCall").finish_non_exhaustive()
    }
}

/// Answers as they come.
enum Whole {}

impl Reply for Whole {
    type Output = Bytes;

    fn read(answer: Answer) -> Result<Bytes, Error> {
        answer.bytes()
    }
}

/// The first scheme that the client has credentials for; none, where it has none.
static WAYS: [Security; 17] = [
    &[(0, &[])],
    &[(1, &[])],
    &[(2, &[])],
    &[(3, &[])],
    &[(4, &[])],
    &[(5, &[])],
    &[(6, &[])],
    &[(7, &[])],
    &[(8, &[])],
    &[(9, &[])],
    &[(10, &[])],
    &[(11, &[])],
    &[(12, &[])],
    &[(13, &[])],
    &[(14, &[])],
    &[(15, &[])],
    &[],
];

const fn endpoint(method: Method, retry: Retry) -> Operation {
    Operation {
        id: "an endpoint that is not documented",
        method,
        path: "(an endpoint that is not documented)",
        accept: "application/json, */*;q=0.5",
        security: &WAYS,
        retry,
        ..Operation::NEW
    }
}

/// By method, as HTTP says what may be repeated (RFC 9110, section 9.2.2).
fn operation(method: Method) -> &'static Operation {
    static GET: Operation = endpoint(Method::Get, Retry::Repeatable);
    static PUT: Operation = endpoint(Method::Put, Retry::Repeatable);
    static POST: Operation = endpoint(Method::Post, Retry::Once);
    static DELETE: Operation = endpoint(Method::Delete, Retry::Repeatable);
    static OPTIONS: Operation = endpoint(Method::Options, Retry::Repeatable);
    static HEAD: Operation = endpoint(Method::Head, Retry::Repeatable);
    static PATCH: Operation = endpoint(Method::Patch, Retry::Once);
    static TRACE: Operation = endpoint(Method::Trace, Retry::Repeatable);
    match method {
        Method::Get => &GET,
        Method::Put => &PUT,
        Method::Post => &POST,
        Method::Delete => &DELETE,
        Method::Options => &OPTIONS,
        Method::Head => &HEAD,
        Method::Patch => &PATCH,
        Method::Trace => &TRACE,
    }
}

impl Client {
    /// A call of an endpoint that the API's document does not have. The path begins with `/` and is appended to the
    /// API's URL; what is not allowed in URLs is percent-encoded in it already.
    pub fn request(&self, method: Method, path: impl Into<String>) -> EndpointCall {
        EndpointCall {
            call: self.call(operation(method)),
            path: path.into(),
            query: String::new(),
        }
    }
}

impl EndpointCall {
    /// Adds a parameter to the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        percent::encode(name, Keep::Unreserved, &mut self.query);
        self.query.push('=');
        percent::encode(value, Keep::Unreserved, &mut self.query);
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.header(name, value);
        self
    }

    /// Sends this as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.call.json("application/json", body);
        self
    }

    /// Sends these bytes, which may be read while they are sent.
    pub fn body(mut self, content_type: &'static str, body: impl Into<Upload>) -> Self {
        self.call.body(content_type, body);
        self
    }

    /// Limits how long this call may take in all: with its token, its waits and all of its attempts.
    pub fn within(mut self, time: Duration) -> Self {
        self.call = self.call.within(time);
        self
    }

    /// Limits how often this call may be sent, where it may be sent again.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.call = self.call.attempts(attempts);
        self
    }

    /// Notes something in the client's journal beside this call. In the journal, calls of endpoints are told apart by
    /// their reference and their [target](crate::journal::JournaledCall::target); they have no key, so that none is sent again.
    pub fn journaled(mut self, note: Note) -> Self {
        self.call = self.call.journaled(note);
        self
    }

    /// Sends the request. [`Response::body_as`] reads the answer as JSON of a type.
    pub fn send(mut self) -> Sending<Response<Bytes>> {
        let path = self.path;
        if let Some(reason) = fault(&path) {
            self.call.request.fail("path", reason);
        } else {
            let and = match (self.query.is_empty(), path.contains('?')) {
                (true, _) => "",
                (false, true) => "&",
                (false, false) => "?",
            };
            self.call.request.suffix = Some(format!("{path}{and}{}", self.query));
        }
        self.call.send()
    }
}

/// Why a path cannot be appended to the API's URL.
fn fault(path: &str) -> Option<&'static str> {
    let steps = path.split(['?', '#']).next().unwrap_or_default();
    if !path.starts_with('/') {
        Some("does not begin with `/`")
    } else if path.contains('#') {
        Some("has a fragment, which no server sees")
    } else if !path.bytes().all(|byte| byte.is_ascii_graphic()) || path.contains('\\') {
        Some("has a character that is to be percent-encoded")
    } else if steps.split('/').any(is_dots) {
        Some("has a step of dots alone, which would lead elsewhere")
    } else {
        None
    }
}

impl IntoFuture for EndpointCall {
    type Output = Result<Response<Bytes>, Error>;
    type IntoFuture = Sending<Response<Bytes>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_url_of_the_api() {
        for path in ["/", "/a/b", "/a?b=c/../d", "/a%20b", "//a"] {
            assert_eq!(fault(path), None, "{path}");
        }
        for path in [
            "",
            "a",
            "https://e.com/",
            "/a#b",
            "/a b",
            "/a\n",
            "/é",
            "/a/../b",
            "/%2e%2E/b",
            "/.",
            "/\\",
        ] {
            assert!(fault(path).is_some(), "{path}");
        }
    }
}

//! One call of an operation, in the making.

use super::answer::Response;
use super::body_text::BodyText;
use super::encode::{form, multipart};
use super::error::Error;
use super::executor::{Boxed, Client, Request, RequestBody};
use super::idempotency;
use super::journaled::Journaled;
use super::media_type;
use super::operation::Operation;
use super::payload::Payload;
use super::reply::Reply;
use super::text_sequence::Framing;
use crate::constraints::Constraints;
use crate::data::Upload;
use crate::data::charset;
use crate::data::described::{Encoding, Location, PartEncoding};
use crate::data::framing::{self, is_of_request};
use crate::data::media_type::SEPARATOR;
use crate::data::tree::Tree;
use crate::data::tree_faults::Fault;
use crate::journal::{JournaledCall, Note};
use crate::validation::{self, BODY, Violation};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::fmt::{self, Display};
use std::io::Write;
use std::marker::PhantomData;
use std::time::Duration;

/// A call of an operation whose answer is read by `R`: awaiting it sends the request. Where an
/// operation has optional parameters, a struct with setters wraps it, see [`call!`](crate::call).
#[must_use = "nothing is sent until the call is awaited"]
pub struct Call<R> {
    pub(crate) client: Client,
    pub(crate) request: Request,
    reply: PhantomData<fn() -> R>,
}

/// The answer to a call, on its way.
pub type Sending<T> = Boxed<T>;

impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values may be secrets.
        f.debug_struct("Call")
            .field("operation", &self.request.operation.id)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A call of an operation, without values yet.
    #[doc(hidden)]
    pub fn call<R>(&self, operation: &'static Operation) -> Call<R> {
        let (key, failure) = match self.new_key(operation) {
            Ok(key) => (key, None),
            Err(failure) => (None, Some(failure)),
        };
        Call {
            client: self.clone(),
            request: Request {
                operation,
                values: Vec::new(),
                headers: HeaderMap::new(),
                body: None,
                url: None,
                suffix: None,
                timeout: None,
                attempts: None,
                stream_bytes: None,
                key,
                journaled: Journaled::default(),
                failure,
                header_failure: None,
                violations: Vec::new(),
                validates: self.0.validates(),
            },
            reply: PhantomData,
        }
    }
}

impl Request {
    pub(crate) fn fail(&mut self, what: &str, reason: impl Into<String>) {
        let operation = self.operation;
        self.failure
            .get_or_insert_with(|| Error::invalid(operation, what, reason));
    }

    /// The same of a header.
    fn fail_header(&mut self, name: &str, reason: &str) {
        let operation = self.operation;
        self.header_failure
            .get_or_insert_with(|| Error::invalid(operation, name, reason));
        self.fail(name, reason);
    }

    /// A value as a tree. All that cannot be written of it fails the request.
    fn tree(&mut self, what: &str, value: &(impl Serialize + ?Sized)) -> Tree {
        let (tree, faults) = Tree::of_all(value);
        self.faulty(what, faults);
        tree
    }

    fn faulty(&mut self, what: &str, faults: Vec<Fault>) {
        if !faults.is_empty() {
            let faults = faults.into_iter();
            let faults = faults
                .map(|fault| Violation::of_fault(what, fault))
                .collect();
            self.failure = Some(match self.failure.take() {
                None => Error::broken(self.operation, faults),
                Some(Error::InvalidRequest(invalid)) => {
                    Error::InvalidRequest(Box::new(invalid.and(faults)))
                }
                Some(other) => other,
            });
        }
    }

    /// Tells all that is wrong with JSON that cannot be written.
    fn no_json(
        &mut self,
        content_type: &str,
        body: &(impl Serialize + ?Sized),
        error: impl Display,
    ) {
        let mut tree = self.tree(BODY, body);
        self.check(|constraints| validation::body(constraints, content_type, &tree));
        tree.wipe();
        // Where the tree has it all, JSON alone has no form for it.
        self.fail(BODY, format!("cannot be written: {error}"));
    }

    fn body(&mut self, content_type: &str, payload: impl Into<Payload>) {
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => {
                self.body = Some(RequestBody {
                    content_type,
                    payload: payload.into(),
                });
            }
            Err(_) => self.fail("Content-Type", "does not fit a header"),
        }
    }

    /// Holds a body against the constraints of the API's document, if it is to be.
    fn check(&mut self, body: impl FnOnce(&'static Constraints) -> Vec<Violation>) {
        if let Some(constraints) = self.operation.constraints.filter(|_| self.validates) {
            self.violations.extend(body(constraints));
        }
    }

    fn form(&mut self, content_type: &str, tree: &Tree, encodings: &[(&'static str, Encoding)]) {
        self.check(|constraints| validation::body(constraints, content_type, tree));
        match form::write(tree, encodings) {
            Ok(form) => self.body(content_type, BodyText::from(form)),
            Err(error) => self.fail(BODY, error.reason()),
        }
    }

    fn multipart(
        &mut self,
        content_type: &str,
        tree: Tree,
        encodings: &[(&'static str, PartEncoding)],
    ) {
        self.check(|constraints| validation::body(constraints, content_type, &tree));
        match multipart::write(content_type, tree, encodings) {
            Ok(form) => self.body(&form.content_type, Payload::of(form.parts)),
            Err(error) => self.fail(BODY, error.reason()),
        }
    }
}

/// Whether a parameter, by its index, goes into headers that are a resumed call's own.
fn is_own_header(operation: &Operation, parameter: usize) -> bool {
    let known = operation.parameters.get(parameter);
    let location = known.map(|parameter| parameter.location);
    matches!(location, Some(Location::Header | Location::Cookie))
        && !idempotency::is_key(operation, parameter)
}

/// The parts that generated code makes a request of.
#[doc(hidden)]
impl<R> Call<R> {
    /// Sets a parameter by its index in the operation.
    pub fn set<T: Serialize + ?Sized>(&mut self, parameter: usize, value: &T) {
        let known = self.request.operation.parameters.get(parameter);
        let name = known.map_or("parameter", |parameter| parameter.name);
        let (tree, faults) = Tree::of_all(value);
        let is_written = faults.is_empty();
        self.request.faulty(name, faults);
        if !is_written && is_own_header(self.request.operation, parameter) {
            self.request.fail_header(name, "cannot be written");
        }
        self.request.values.push((parameter, tree));
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, body: &T) {
        let mut json = BodyText::default();
        if let Err(error) = serde_json::to_writer(&mut json, body) {
            return self.request.no_json(content_type, body, error);
        }
        self.request
            .check(|constraints| validation::json(constraints, content_type, json.as_bytes()));
        self.request.body(content_type, json);
    }

    /// Sets a body of JSON lines, or of a sequence of JSON texts, as the media type says.
    pub fn json_lines<T: Serialize>(&mut self, content_type: &'static str, lines: &[T]) {
        let mut out = BodyText::default();
        let before: &[u8] = match Framing::of(content_type) {
            Framing::Lines => b"",
            Framing::Sequence => &[SEPARATOR],
        };
        for line in lines {
            let written = out.write_all(before).and_then(|()| {
                serde_json::to_writer(&mut out, line)?;
                out.write_all(b"\n")
            });
            if let Err(error) = written {
                self.request.tree(BODY, lines);
                return self
                    .request
                    .fail(BODY, format!("cannot be written: {error}"));
            }
        }
        self.request
            .check(|constraints| validation::json_lines(constraints, content_type, out.as_bytes()));
        self.request.body(content_type, out);
    }

    /// Sets an `application/x-www-form-urlencoded` body; `encodings` are those of properties that
    /// differ from the default.
    pub fn form<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        body: &T,
        encodings: &[(&'static str, Encoding)],
    ) {
        let mut tree = self.request.tree(BODY, body);
        self.request.form(content_type, &tree, encodings);
        tree.wipe();
    }

    /// Sets a body of parts, such as `multipart/form-data`; `encodings` are those of properties that differ from the
    /// default.
    pub fn multipart<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        body: &T,
        encodings: &[(&'static str, PartEncoding)],
    ) {
        let tree = self.request.tree(BODY, body);
        self.request.multipart(content_type, tree, encodings);
    }

    /// Sets a body of text, in the encoding that the media type names.
    pub fn text(&mut self, content_type: &'static str, text: String) {
        self.request
            .check(|constraints| validation::text(constraints, content_type, &text));
        match charset::encode(text, media_type::charset(content_type)) {
            Ok(bytes) => self.request.body(content_type, Upload::from(bytes)),
            Err(reason) => self.request.fail(BODY, reason),
        }
    }

    /// Sets a body as it is: bytes, or what is read while it is sent. Of a range of media types, the body says which
    /// it is.
    pub fn body(&mut self, content_type: &'static str, body: impl Into<Upload>) {
        let mut body = body.into();
        let own = body.content_type.take();
        match media_type::chosen(content_type, own.as_deref()) {
            Ok(chosen) => self.request.body(chosen, body),
            Err(reason) => self.request.fail("Content-Type", reason),
        }
    }
}

impl<R> Call<R> {
    /// Adds a header to this request alone. Those by which requests are told apart on a connection, such as
    /// `Content-Length` and `Host`, are refused when the call is sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let key = HeaderName::from_bytes(name.as_bytes());
        match (key, HeaderValue::from_str(value)) {
            (Ok(key), _) if is_of_request(&key) => self.request.fail_header(name, framing::REASON),
            (Ok(key), Ok(value)) => {
                self.request.headers.insert(key, value);
            }
            _ => self.request.fail_header(name, "does not fit a header"),
        }
        self
    }

    /// Limits how long this call may take in all: with its token, its waits and all of its attempts, and with a body that is
    /// streamed, whether or not it goes on.
    pub fn within(mut self, time: Duration) -> Self {
        self.request.timeout = Some(time);
        self
    }

    /// Limits how often this call may be sent, where it may be sent again.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.request.attempts = Some(attempts);
        self
    }

    /// Limits how many bytes an answer to this call may have that is read while it arrives, in place of what the client
    /// allows.
    pub fn stream_limit(mut self, bytes: u64) -> Self {
        self.request.stream_bytes = Some(bytes);
        self
    }

    /// Notes something in the client's journal beside this call, such as the caller's own name for it, or what was there
    /// before.
    pub fn journaled(mut self, note: Note) -> Self {
        self.request.journaled.note = Some(note);
        self
    }

    /// Resumes a call that a [journal](crate::journal) has, in place of a new one: the path, the query, the body and the
    /// idempotency key are those that were stored. The arguments of this call stand for them; headers are this call's.
    ///
    /// A call without an idempotency key, and one whose key is over, is not sent: it is [`Error::OutcomeUnknown`], with
    /// what was noted before. A resumed call that is refused is that too, for it may have been carried out before.
    pub fn resuming(mut self, call: JournaledCall) -> Self {
        self.request.journaled.resumed = Some(call);
        self
    }

    /// Sends what breaks constraints of the API's document as well: the API decides. Whether a request can be
    /// written at all is checked nevertheless.
    pub fn without_validation(mut self) -> Self {
        self.request.validates = false;
        self
    }

    /// The idempotency key that the call goes with: the one that was set, or else one that it was made with. `None`
    /// where the operation takes none.
    #[must_use]
    pub fn retry_key(&self) -> Option<&str> {
        let request = &self.request;
        let given = idempotency::given(request.operation, &request.values, &request.headers);
        given.or(request.key.as_deref())
    }
}

impl<R: Reply> Call<R> {
    /// Sends the request, and gives the body together with the status and the headers.
    pub fn send(self) -> Sending<Response<R::Output>> {
        let answer = self.client.execute(self.request);
        Box::pin(async move { Response::read(answer.await?, R::read) })
    }
}

impl<R: Reply> IntoFuture for Call<R> {
    type Output = Result<R::Output, Error>;
    type IntoFuture = Sending<R::Output>;

    /// Sends the request; the answer's body alone.
    fn into_future(self) -> Sending<R::Output> {
        let answer = self.client.execute(self.request);
        Box::pin(async move { R::read(answer.await?) })
    }
}

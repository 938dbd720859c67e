//! An answer of the API, before and after it is read.

use super::async_runtime;
use super::clock::Clock;
use super::deadline;
use super::error::{Discloses, Error, Origin, TransportKind};
use super::media_type;
use super::operation::Operation;
use super::transport::Incoming;
use super::transport_cause::cause;
use crate::data::described::Status;
use crate::data::{FromHeader, Header, Wire, charset, json, mark};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use http_body::Body as _;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A successful answer that nobody has read yet. Implementations of [`Reply`](super::Reply) read it.
pub struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// How long one event or line of a stream may be.
    pub(crate) limit: usize,
    /// The idempotency key that the request had.
    pub(crate) key: Option<Box<str>>,
    /// Whether a text repeats a secret that the client has, or that the request had.
    pub(crate) discloses: Option<Discloses>,
}

/// Shows neither the body nor the values of headers: cookies and links are secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .finish_non_exhaustive()
    }
}

/// The names of headers.
struct Names<'h>(&'h HeaderMap);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

pub(crate) enum Body {
    Whole(Bytes),
    Arriving(Arriving),
    /// As they would arrive.
    #[cfg(any(test, fuzzing))]
    Pieces(std::collections::VecDeque<Bytes>),
}

impl Body {
    /// The next piece of a body that is read piece by piece, or all of one that is not.
    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Error>> {
        match self {
            Self::Whole(body) => {
                let body = std::mem::take(body);
                Poll::Ready(Ok(Some(body).filter(|body| !body.is_empty())))
            }
            Self::Arriving(body) => body.poll_chunk(context),
            #[cfg(any(test, fuzzing))]
            Self::Pieces(pieces) => Poll::Ready(Ok(pieces.pop_front())),
        }
    }

    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// The length of what is not read yet, where it is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Whole(body) => Some(body.len() as u64),
            Self::Arriving(body) => body.length(),
            #[cfg(any(test, fuzzing))]
            Self::Pieces(_) => None,
        }
    }
}

/// A body that is read piece by piece.
pub(crate) struct Arriving {
    operation: &'static Operation,
    body: Incoming,
    patience: Duration,
    clock: Arc<dyn Clock>,
    /// The end of patience with the next piece.
    end: Option<Sleep>,
    /// It may have so many bytes, of which so many were not read yet.
    most: u64,
    left: u64,
}

type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Arriving {
    pub(crate) fn new(
        operation: &'static Operation,
        body: Incoming,
        patience: Duration,
        clock: &Arc<dyn Clock>,
    ) -> Self {
        Self {
            operation,
            body,
            patience,
            clock: clock.clone(),
            end: None,
            most: u64::MAX,
            left: u64::MAX,
        }
    }

    /// The same body, which is an error where it is longer.
    pub(crate) fn within(self, most: u64) -> Self {
        Self {
            most,
            left: most,
            ..self
        }
    }

    /// The length that the server has announced.
    pub(crate) fn length(&self) -> Option<u64> {
        self.body.length()
    }

    /// The next piece, if the whole is no longer than it may be. It has so much time as it is waited for, however long the whole
    /// takes.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Error>> {
        let (operation, most) = (self.operation, self.most);
        let too_large = || Poll::Ready(Err(Error::too_large(operation, most)));
        // A length that is announced need not be waited for.
        if self.length().is_some_and(|length| length > self.left) {
            return too_large();
        }
        let piece = ready!(self.poll_any(context))?;
        let length = piece.as_ref().map_or(0, Bytes::len) as u64;
        match self.left.checked_sub(length) {
            Some(left) => self.left = left,
            None => return too_large(),
        }
        Poll::Ready(Ok(piece))
    }

    fn poll_any(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Error>> {
        async_runtime::required()?;
        let (body, lease) = match &mut self.body {
            Incoming::Http(body, lease) => (body, lease),
            Incoming::Whole(body) => {
                let body = std::mem::take(body);
                return Poll::Ready(Ok(Some(body).filter(|it| !it.is_empty())));
            }
        };
        let lost = |kind, source| Error::transport(self.operation, kind, source);
        loop {
            match Pin::new(&mut *body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.end = None;
                    // Of trailers, nothing is said in documents.
                    match frame.into_data() {
                        Ok(data) if !data.is_empty() => return Poll::Ready(Ok(Some(data))),
                        _ => {}
                    }
                }
                Poll::Ready(None) => return Poll::Ready(Ok(None)),
                Poll::Ready(Some(Err(error))) => {
                    let kind = match error.is_timeout() {
                        true => TransportKind::Timeout,
                        false => TransportKind::Body,
                    };
                    return Poll::Ready(Err(lost(kind, Some(cause(error)))));
                }
                Poll::Pending => {
                    let (clock, patience) = (&self.clock, self.patience);
                    let end = self.end.get_or_insert_with(|| clock.sleep(patience));
                    ready!(end.as_mut().poll(context));
                    self.end = None;
                    lease.retire();
                    return Poll::Ready(Err(lost(TransportKind::Timeout, None)));
                }
            }
        }
    }

    /// All pieces, unless they are more than `limit` bytes, or come too late.
    pub(crate) async fn whole(mut self, limit: usize, time: Duration) -> Result<Bytes, Error> {
        let (operation, clock) = (self.operation, self.clock.clone());
        if self.length().unwrap_or(0) > limit as u64 {
            return Err(Error::too_large(operation, limit as u64));
        }
        let collecting = collect(operation, limit, |context| self.poll_chunk(context));
        match deadline::limit(&*clock, time, collecting).await {
            Some(body) => body,
            None => {
                if let Incoming::Http(_, lease) = &self.body {
                    lease.retire();
                }
                Err(Error::transport(operation, TransportKind::Timeout, None))
            }
        }
    }
}

/// All pieces of a body, unless they are more than `limit` bytes.
pub(crate) async fn collect(
    operation: &'static Operation,
    limit: usize,
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<Result<Option<Bytes>, Error>>,
) -> Result<Bytes, Error> {
    let Some(first) = poll_fn(&mut poll).await? else {
        return Ok(Bytes::new());
    };
    if first.len() > limit {
        return Err(Error::too_large(operation, limit as u64));
    }
    let Some(second) = poll_fn(&mut poll).await? else {
        return Ok(first);
    };
    let mut body = BytesMut::from(&first[..]);
    let mut next = Some(second);
    while let Some(chunk) = next {
        if chunk.len() > limit - body.len() {
            return Err(Error::too_large(operation, limit as u64));
        }
        body.extend_from_slice(&chunk);
        next = poll_fn(&mut poll).await?;
    }
    Ok(body.freeze())
}

impl Answer {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The kind of answer that this one is, of these: the status of each, and its media types, of which there are none
    /// where no body is documented. One status goes before a class of them, and a media type before a range. A body that
    /// says nothing of its type is of the first kind of the status; one that says what no kind is, or what several are
    /// alike, is of none.
    #[must_use]
    pub fn which(&self, kinds: &[(Status, &[&str])]) -> Option<usize> {
        media_type::which(self.status, media_type::of(&self.headers), kinds)
    }

    /// The body as it came; empty where it is a stream.
    pub(crate) fn whole(&self) -> Bytes {
        match &self.body {
            Body::Whole(body) => body.clone(),
            _ => Bytes::new(),
        }
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is not JSON, or not of this type.
    pub fn json<T: Wire>(self) -> Result<T, Error> {
        let body = self.body_bytes()?;
        if mark::without(&body).trim_ascii().is_empty() {
            return Err(self.undecodable(body, "it is empty, and JSON is documented"));
        }
        json::read(&body).map_err(|source| self.origin().no_such_json(body, &source))
    }

    /// Reads the body as text.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is not in the encoding that its media type names, or else UTF-8, or when it comes as what is
    /// neither text nor documented.
    pub fn text(self) -> Result<String, Error> {
        self.check(media_type::may_be_text)?;
        let body = self.body_bytes()?;
        let charset = media_type::of(&self.headers).and_then(media_type::charset);
        charset::decode(&body, charset).map_err(|problem| self.undecodable(body, &problem))
    }

    /// The body as it came.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the body is a stream.
    pub fn bytes(self) -> Result<Bytes, Error> {
        self.body_bytes()
    }

    pub(crate) fn body_bytes(&self) -> Result<Bytes, Error> {
        match &self.body {
            Body::Whole(body) => Ok(body.clone()),
            _ => Err(self.undecodable(Bytes::new(), "the body is a stream")),
        }
    }

    /// Whether the body comes as something that can be what is documented, by this rule. One that says nothing of what it
    /// is, is believed to be that.
    pub(crate) fn check(&self, fits: fn(&Operation, &str) -> bool) -> Result<(), Error> {
        match media_type::of(&self.headers) {
            Some(came) if !fits(self.operation, came) => {
                Err(self.undecodable(self.whole(), "it is of another media type"))
            }
            _ => Ok(()),
        }
    }

    fn undecodable(&self, body: Bytes, problem: &str) -> Error {
        self.origin().unreadable(body, problem)
    }

    /// The answer, as errors of reading it know it.
    pub(crate) fn origin(&self) -> Origin {
        let head = (self.status, &self.headers);
        let key = self.key.as_deref();
        Origin::new(self.operation, head, key, self.discloses.as_ref())
    }

    /// The error for an answer that is none of the documented ones.
    #[must_use]
    pub fn undocumented(self) -> Error {
        let body = self.whole();
        self.undecodable(body, "no such answer is documented")
    }
}

/// A body together with the status and the headers that it came with.
#[derive(Clone)]
pub struct Response<T> {
    origin: Origin,
    headers: HeaderMap,
    bytes: Bytes,
    body: T,
}

/// Shows of the headers their names: a cookie or a link that one sets is a secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.origin.status)
            .field("headers", &Names(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl<T> Response<T> {
    /// Reads an answer, and keeps what it came with.
    pub(crate) fn read(
        answer: Answer,
        read: impl FnOnce(Answer) -> Result<T, Error>,
    ) -> Result<Self, Error> {
        Ok(Self {
            origin: answer.origin(),
            headers: answer.headers.clone(),
            bytes: answer.whole(),
            body: read(answer)?,
        })
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.origin.status
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A header as the API documents it: generated crates have constants for that. `None` where it is not
    /// there.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it has another form.
    pub fn header_as<H: FromHeader>(&self, header: Header<H>) -> Result<Option<H>, Error> {
        header
            .read_all(self.headers.get_all(header.name()))
            .map_err(|problem| {
                self.origin
                    .unreadable(self.bytes.clone(), problem.to_string())
            })
    }

    /// The body as it came, also where none is documented. Empty where it is read as a stream.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body as JSON of a type that you choose, for where none is documented.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is not JSON, or not of this type.
    pub fn body_as<J: Wire>(&self) -> Result<J, Error> {
        json::read(&self.bytes)
            .map_err(|source| self.origin.no_such_json(self.bytes.clone(), &source))
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

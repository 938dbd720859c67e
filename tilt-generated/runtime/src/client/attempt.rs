//! One attempt of a call: with credentials, to the server and back. Nothing here is generic over the operation.

use super::answer::{Answer, Arriving, Body};
use super::deadline::Deadline;
use super::echo;
use super::error::{ApiError, Discloses, Error, Received, TransportKind};
use super::executor::{Core, Prepared, parse};
use super::idempotency::Life;
use super::journaled::Ends;
use super::media_type;
use super::observe::{AttemptOutcome, AttemptStart};
use super::operation::{Operation, Retry};
use super::payload::Outgoing;
use super::retry::is_refusal;
use super::security::Applied;
use super::tls::Connections;
use super::token::Minted;
use super::transport::{Failure, Head, Outbound, Patience};
use crate::data::described::Status;
use crate::data::framing::is_of_request;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// An attempt that was not answered with success.
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// The token that it had, if it was minted.
    pub(crate) minted: Option<Minted>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self {
            error,
            minted: None,
        }
    }
}

impl Core {
    /// Sends a request once. `most` is the time for it, where another attempt may follow.
    pub(crate) async fn attempt(
        &self,
        prepared: &Prepared,
        number: u32,
        (deadline, life): (&Deadline<'_>, &Life<'_>),
        most: Option<Duration>,
    ) -> Result<Answer, Failed> {
        let operation = prepared.operation;
        let credentials = &self.credentials;
        let mut url = prepared.url.clone();
        let mut headers = prepared.headers.clone();
        let applied = self
            .admit(prepared, number, (deadline, life), &mut headers)
            .await?;
        carry(operation, &applied, &mut url, &mut headers)?;
        let url = parse(operation, &url)?;
        // Hooks that are told of a beginning are told of the end.
        let body = self.open(prepared, deadline).await?;
        let start = AttemptStart {
            operation,
            number,
            url: &url,
        };
        self.add_headers(&start, &mut headers);
        let request = Outbound {
            method: operation.method.to_http(),
            url: url.clone(),
            headers,
            body,
        };
        let began = self.clock.monotonic();
        let mut result = self.exchange(prepared, request, deadline, most).await;
        let minted = applied.minted.clone();
        let known = credentials.clone();
        let discloses = move |text: &str| known.are_disclosed_by(text, &applied);
        let discloses: Discloses = Arc::new(discloses);
        match &mut result {
            Err(Error::Api(error)) => error.leave_out(&discloses),
            Err(Error::Decode(error)) => error.leave_out(|text| discloses(text)),
            _ => {}
        }
        #[cfg(feature = "rate-limit")]
        self.heed(&result);
        let duration = self.clock.monotonic().saturating_sub(began);
        self.tell(&start, &result, duration);
        match result {
            Ok(mut answer) => {
                answer.discloses = Some(discloses);
                Ok(answer)
            }
            Err(error) => Err(Failed { error, minted }),
        }
    }

    /// Gives a request its turn, then credentials, which do not wait, and looks for the last time whether it may still be sent.
    async fn admit(
        &self,
        prepared: &Prepared,
        number: u32,
        (deadline, life): (&Deadline<'_>, &Life<'_>),
        headers: &mut HeaderMap,
    ) -> Result<Applied, Error> {
        let operation = prepared.operation;
        #[cfg(feature = "rate-limit")]
        if let Some(limiter) = &self.rate_limit
            && !limiter.turn(deadline).await
        {
            return Err(Error::rate_limited(operation));
        }
        let credentials = &self.credentials;
        let applied = deadline
            .limit(credentials.apply(self.api, operation, &self.carrier, headers))
            .await
            .ok_or_else(|| Error::deadline(operation, false))??;
        // The token and the turn may have taken their time.
        let is_over = (number > 1 || life.is_resumed()) && !life.lasts(Duration::ZERO);
        let is_late = prepared.ends.as_ref().is_some_and(Ends::is_over);
        match is_over || is_late || deadline.left().is_zero() {
            true => Err(Error::deadline(operation, false)),
            false => Ok(applied),
        }
    }

    /// Lets all requests of the client wait where the API says that they are too many.
    #[cfg(feature = "rate-limit")]
    fn heed(&self, result: &Result<Answer, Error>) {
        if let (Some(limiter), Err(Error::Api(error))) = (&self.rate_limit, result)
            && error.status() == StatusCode::TOO_MANY_REQUESTS
            && let Some(time) = error.retry_after()
        {
            limiter.pause(time);
        }
    }

    /// Adds what hooks bring.
    fn add_headers(&self, start: &AttemptStart<'_>, headers: &mut HeaderMap) {
        for observer in &self.observers {
            let mut added = HeaderMap::new();
            observer.before(start, &mut added);
            for (name, value) in &added {
                if !is_of_request(name) && !headers.contains_key(name) {
                    headers.insert(name, value.clone());
                }
            }
        }
    }

    fn tell(&self, start: &AttemptStart<'_>, result: &Result<Answer, Error>, duration: Duration) {
        if self.observers.is_empty() {
            return;
        }
        let answer = result.as_ref().ok();
        let error = result.as_ref().err();
        let request_id = answer.and_then(|answer| super::error::request_id(&answer.headers));
        let outcome = AttemptOutcome {
            status: answer.map_or_else(|| error?.status(), |answer| Some(answer.status)),
            request_id: request_id.as_deref().or_else(|| error?.request_id()),
            error,
            duration,
        };
        for observer in &self.observers {
            observer.after(start, &outcome);
        }
    }

    async fn exchange(
        &self,
        prepared: &Prepared,
        request: Outbound,
        deadline: &Deadline<'_>,
        most: Option<Duration>,
    ) -> Result<Answer, Error> {
        let operation = prepared.operation;
        let is_streamed = matches!(request.body, Some(Outgoing::Streamed(_)));
        // The time that what goes on has beyond the deadline.
        let idle = match prepared.is_limited {
            true => Duration::ZERO,
            false => self.limits.read_timeout,
        };
        let head = self
            .head(operation, request, (deadline, idle), most)
            .await?;
        let Head {
            status,
            headers,
            body,
        } = head;
        let arriving = Arriving::new(operation, body, self.limits.read_timeout, &self.clock);
        let size = self.limits.response_bytes;
        // A request that was streamed may have taken all the time that there was.
        let time = match is_streamed {
            true => deadline.left().max(idle),
            false => deadline.left(),
        };
        if !operation.is_success(status) {
            // The status is known, and says more than a body that broke off or is late.
            let received = Received {
                status,
                headers,
                body: arriving.whole(size, time).await.unwrap_or_default(),
                at: self.clock.now(),
                refused: is_refusal(status, self.api.refused),
            };
            let error = ApiError::new(operation, &self.api.errors, received);
            return Err(Error::Api(Box::new(error)));
        }
        let body = if is_stream(operation, status, media_type::of(&headers)) {
            Body::Arriving(arriving.within(prepared.stream_bytes))
        } else {
            let body = arriving.whole(size, time).await;
            Body::Whole(body.map_err(|error| error.carried_out(status))?)
        };
        let answer = Answer {
            operation,
            status,
            headers,
            body,
            limit: size,
            key: prepared.key.clone(),
            discloses: None,
        };
        echo::check(&answer, prepared)?;
        Ok(answer)
    }

    /// The beginning of the answer.
    async fn head(
        &self,
        operation: &'static Operation,
        request: Outbound,
        (deadline, idle): (&Deadline<'_>, Duration),
        most: Option<Duration>,
    ) -> Result<Head, Error> {
        let left = deadline.left();
        let time = most.map_or(left, |most| most.min(left));
        let on = match operation.retry {
            Retry::Once if !operation.method.is_safe() => Connections::New,
            _ => Connections::Kept,
        };
        let patience = Patience {
            clock: &*self.clock,
            time,
            idle,
        };
        let sent = self.carrier.send(request, on, &patience).await;
        sent.map_err(|failure| match failure {
            Failure::Unconfigured(error) => error,
            Failure::Unsendable(error) => Error::unsendable(operation, &*error),
            Failure::Unreadable(error) => unreadable(operation, &error),
            Failure::Lost(lost) => Error::transport(operation, lost.kind, lost.source),
            Failure::Late if time < left => {
                Error::transport(operation, TransportKind::Timeout, None)
            }
            Failure::Late => Error::deadline(operation, true),
        })
    }

    /// The body for one attempt.
    async fn open(
        &self,
        prepared: &Prepared,
        deadline: &Deadline<'_>,
    ) -> Result<Option<Outgoing>, Error> {
        let operation = prepared.operation;
        let Some(body) = &prepared.body else {
            return Ok(None);
        };
        match deadline.limit(body.open(&self.clock)).await {
            Some(opened) => opened
                .map(Some)
                .map_err(|error| unreadable(operation, &error)),
            None => Err(Error::deadline(operation, false)),
        }
    }
}

/// A body that was not sent, since it cannot be read.
fn unreadable(operation: &'static Operation, error: &io::Error) -> Error {
    Error::invalid(operation, "body", format!("cannot be read: {error}"))
}

fn carry(
    operation: &'static Operation,
    applied: &Applied,
    url: &mut String,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    for pair in &applied.query {
        // Links to the next page may repeat it.
        if url.split(['?', '&']).any(|it| it == pair.as_str()) {
            continue;
        }
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(pair);
    }
    if !applied.cookies.is_empty() {
        let before = headers.get(COOKIE).and_then(|it| it.to_str().ok());
        let mut cookies: Vec<&str> = before.into_iter().collect();
        cookies.extend(applied.cookies.iter().map(|it| it.as_str()));
        let unfit = |_| Error::invalid(operation, "cookie", "does not fit a header");
        let mut value = HeaderValue::try_from(cookies.join("; ")).map_err(unfit)?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    Ok(())
}

/// Whether a body is handed out before it is whole.
fn is_stream(operation: &Operation, status: StatusCode, came: Option<&str>) -> bool {
    let is_binary = |(of, wanted): &(Status, &str)| {
        of.includes(status)
            && match *wanted {
                "*" => came.is_none_or(|came| media_type::may_be_bytes(operation, came)),
                wanted => came.is_some_and(|came| media_type::is(came, wanted)),
            }
    };
    let is_sequence = |came: &str| {
        let mut whole = operation.whole.iter();
        media_type::is_sequence(operation, came)
            && !whole.any(|(of, it)| of.includes(status) && media_type::is(came, it))
    };
    operation.streams && came.is_some_and(is_sequence) || operation.binary.iter().any(is_binary)
}

//! One request through the proxy, and the fault that it meets.

use super::super::plan::{Fault, MintFault, Plan, reads};
use super::super::tag::{self, Tag};
use super::answer::{Answer, Sent};
use super::traffic::Traffic;
use super::upstream::{Passed, Upstream};
use super::{Connection, Protocol, Reins};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::{HeaderMap, Request, StatusCode};
use std::error::Error;
use std::fmt::{Display, Write as _};
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::mpsc;

/// The faults of a round, at work.
pub(super) struct Breaking {
    plan: Plan,
    pub(super) upstream: Arc<Upstream>,
    traffic: Mutex<Traffic>,
    reins: Mutex<Option<Reins>>,
    kill: mpsc::UnboundedSender<()>,
}

type Answered = Result<Sent, Box<dyn Error + Send + Sync>>;

/// A request that is passed on when the client has given it up.
struct Late(Arc<Upstream>, Option<Passed>);

impl Drop for Late {
    fn drop(&mut self) {
        if let Some(passed) = self.1.take() {
            self.0.pass_late(passed);
        }
    }
}

/// Ends the stream of HTTP/2, or the connection of HTTP/1.1, without an answer.
fn dropped() -> Answered {
    Err(io::Error::from(io::ErrorKind::ConnectionAborted).into())
}

impl Breaking {
    pub(super) fn new(
        plan: Plan,
        upstream: Arc<Upstream>,
        kill: mpsc::UnboundedSender<()>,
    ) -> Self {
        Self {
            plan,
            upstream,
            traffic: Mutex::default(),
            reins: Mutex::default(),
            kill,
        }
    }

    /// Nothing panics while it is locked.
    pub(super) fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn hold_by(&self, reins: Option<Reins>) {
        *self.reins.lock().unwrap_or_else(PoisonError::into_inner) = reins;
    }

    /// Tells the client's clock that an answer is held back, and never gives one.
    async fn hold(&self, what: impl Display) -> Answered {
        if let Some(reins) = &mut *self.reins.lock().unwrap_or_else(PoisonError::into_inner) {
            // A process that was killed needs no time.
            let _ = writeln!(reins, "hold {what}").and_then(|()| reins.flush());
        }
        pending().await
    }

    pub(super) async fn answer(
        self: Arc<Self>,
        connection: Connection,
        request: Request<Incoming>,
    ) -> Answered {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        self.look(&head.headers, &body);
        let tag = head.headers.get(tag::HEADER);
        let tag: Option<Tag> = tag.and_then(|it| it.to_str().ok()?.parse().ok());
        let mut headers = head.headers;
        headers.remove(tag::HEADER);
        let stated = headers.remove(tag::METHOD);
        let stated = stated.and_then(|it| it.as_bytes().try_into().ok());
        let passed = Passed {
            method: stated.unwrap_or(head.method),
            path: head
                .uri
                .path_and_query()
                .map_or("/", |it| it.as_str())
                .into(),
            headers,
            body,
            at: tag.map(|tag| tag.at),
        };
        match tag {
            Some(tag) => self.call(connection, tag, passed).await,
            None => self.mint(passed).await,
        }
    }

    async fn call(&self, connection: Connection, tag: Tag, passed: Passed) -> Answered {
        let (number, is_down) = {
            let mut traffic = self.traffic();
            traffic.requests += 1;
            let is_down = traffic.is_down(self.plan.outage(), &tag, connection.0);
            (traffic.requests, is_down)
        };
        if let Some(takes_effect) = self.plan.kill(number) {
            if takes_effect {
                self.pass(&tag, passed).await;
            }
            self.traffic().processes_killed += 1;
            // Nobody listens where the round is over.
            let _ = self.kill.send(());
            return pending().await;
        }
        if is_down {
            return Ok(Answer::error(StatusCode::SERVICE_UNAVAILABLE, "unavailable").whole());
        }
        match self.plan.fault(&tag) {
            Some(fault) if self.happens(fault, connection.0, &tag) => {
                self.traffic().met(fault);
                self.fail(fault, connection, tag, passed).await
            }
            _ => Ok(self.pass(&tag, passed).await.whole()),
        }
    }

    /// Whether a request can meet a fault here.
    fn happens(&self, fault: Fault, protocol: Protocol, tag: &Tag) -> bool {
        match fault {
            // These were counted where the connection was made, if they were met.
            fault if fault.is_of_connections() => false,
            Fault::RefusedStream => protocol == Protocol::Http2,
            Fault::AnotherAnswer => self.traffic().another(tag).is_some(),
            _ => true,
        }
    }

    async fn fail(
        &self,
        fault: Fault,
        (protocol, wire): Connection,
        tag: Tag,
        passed: Passed,
    ) -> Answered {
        let held = format!("{} {}", tag.lane, tag.serial);
        match fault {
            Fault::ClosedWhereIdle => {
                let answer = self.pass(&tag, passed).await;
                match protocol {
                    Protocol::Http1 => wire.close_after_answer(),
                    Protocol::Http2 => wire.shut_down(),
                }
                Ok(answer.whole())
            }
            Fault::ResetUnprocessed => {
                wire.reset();
                dropped()
            }
            Fault::ResetAfter => {
                self.pass(&tag, passed).await;
                wire.reset();
                dropped()
            }
            Fault::ResetWithin => Ok(self.pass(&tag, passed).await.broken()),
            Fault::AnswerDropped => {
                self.pass(&tag, passed).await;
                dropped()
            }
            Fault::Silence => self.hold(held).await,
            Fault::LateAnswer => {
                self.pass(&tag, passed).await;
                self.hold(held).await
            }
            Fault::LateRequest => {
                let _late = Late(self.upstream.clone(), Some(passed));
                self.hold(held).await
            }
            Fault::RefusedStream => Err(h2::Error::from(h2::Reason::REFUSED_STREAM).into()),
            Fault::AnotherAnswer => {
                let own = self.pass(&tag, passed).await;
                Ok(self.traffic().another(&tag).unwrap_or(own).whole())
            }
            fault => Ok(self.replaced(fault, tag, passed).await.whole()),
        }
    }

    /// An answer in place of Tilt's.
    async fn replaced(&self, fault: Fault, tag: Tag, passed: Passed) -> Answer {
        let status = match fault {
            Fault::TooManyRequests | Fault::TooManyRequestsUntil => {
                let answer = Answer::error(StatusCode::TOO_MANY_REQUESTS, "rate_limited");
                let seconds = 1 + u64::from(tag.subject.order % 3);
                if fault == Fault::TooManyRequests {
                    return answer.retry_after(&seconds.to_string());
                }
                let start = Duration::from_secs(super::super::clock::START);
                let until = SystemTime::UNIX_EPOCH + start + tag.at + Duration::from_secs(seconds);
                return answer.retry_after(&httpdate::fmt_http_date(until));
            }
            Fault::Unauthorized => {
                return Answer::error(StatusCode::UNAUTHORIZED, "token_expired");
            }
            Fault::InternalError => StatusCode::INTERNAL_SERVER_ERROR,
            Fault::BadGateway => StatusCode::BAD_GATEWAY,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        if self.plan.takes_effect(&tag) {
            self.pass(&tag, passed).await;
        }
        Answer::error(status, "injected")
    }

    /// Tilt's answer.
    async fn pass(&self, tag: &Tag, passed: Passed) -> Answer {
        if reads(tag.subject.step) {
            self.upstream.caught_up().await;
        }
        let answer = self.upstream.answer(passed).await;
        self.look(&answer.headers, &answer.body);
        if answer.status.is_success() {
            let last = (tag.subject.order, answer.clone());
            let mut traffic = self.traffic();
            // Of the order before it, so that there is another one's.
            if traffic.another(tag).is_none() || tag.subject.order.is_multiple_of(2) {
                traffic.last.insert(tag.subject.step, last);
            }
        }
        answer
    }

    async fn mint(&self, passed: Passed) -> Answered {
        let number = {
            let mut traffic = self.traffic();
            traffic.mints += 1;
            traffic.mints
        };
        let fault = self.plan.mint_fault(number);
        if let Some(fault) = fault {
            *self.traffic().mint_faults.entry(fault).or_default() += 1;
        }
        let refused = r#"{"error":"temporarily_unavailable"}"#;
        Ok(match fault {
            None => {
                let answer = self.upstream.answer(passed).await;
                self.look(&answer.headers, &answer.body);
                self.traffic().tokens += u64::from(answer.status.is_success());
                answer.whole()
            }
            Some(MintFault::InternalError) => {
                Answer::json(StatusCode::INTERNAL_SERVER_ERROR, refused).whole()
            }
            Some(MintFault::Unavailable) => {
                Answer::json(StatusCode::SERVICE_UNAVAILABLE, refused).whole()
            }
            Some(MintFault::TooManyRequests) => {
                let answer = Answer::json(StatusCode::TOO_MANY_REQUESTS, refused);
                answer.retry_after("2").whole()
            }
            Some(MintFault::Garbage) => Answer::json(StatusCode::OK, "<html>").whole(),
            Some(MintFault::Dropped) => return dropped(),
            Some(MintFault::Silence) => return self.hold("mint").await,
        })
    }

    /// Looks for secrets that go over the wire.
    fn look(&self, headers: &HeaderMap, body: &[u8]) {
        let mut text = String::from_utf8_lossy(body).into_owned();
        for value in headers.values() {
            let value = String::from_utf8_lossy(value.as_bytes());
            let _ = write!(text, "\n{value}");
        }
        self.traffic().markers.look(&text);
    }
}

//! Sends a call: as often as is allowed, useful and in time. Nothing here is generic over the operation.

use super::answer::Answer;
use super::attempt::Failed;
use super::deadline::Deadline;
use super::error::{AttemptEnd, Error};
use super::executor::{Core, Prepared, Request, path_texts};
use super::idempotency::Life;
use super::journaling::{Begun, Entered};
use super::operation::Retry;
use super::payload::Payload;
use super::retry::{Backoff, Course, Earlier, may_help};
use crate::journal::{Entry, JournaledCall, State};
use http::StatusCode;
use std::time::Duration;

impl Core {
    /// Sends a request, and again where that is allowed.
    pub(crate) async fn send(&self, mut request: Request) -> Result<Answer, Error> {
        let timeout = request.timeout.unwrap_or(self.limits.timeout);
        let deadline = Deadline::after(&*self.clock, timeout);
        match request.journaled.resumed.take() {
            Some(resumed) => self.send_resumed(request, resumed, deadline).await,
            None => {
                let begun = self.begin(request, &deadline).await?;
                self.send_begun(begun, deadline).await
            }
        }
    }

    /// Sends a call again that was begun before.
    async fn send_resumed(
        &self,
        request: Request,
        resumed: JournaledCall,
        deadline: Deadline<'_>,
    ) -> Result<Answer, Error> {
        let operation = request.operation;
        let Entry { intent, state, .. } = &resumed.entry;
        let open = (*state == State::Open).then(|| intent.clone());
        let result = match self.resume(request, resumed, &deadline).await {
            Ok(begun) => self.send_begun(begun, deadline).await,
            Err(error) => Err(error),
        };
        result.map_err(|error| match open {
            Some(intent) => error.of_begun(operation, intent),
            None => error,
        })
    }

    async fn send_begun(
        &self,
        (prepared, entered): Begun,
        deadline: Deadline<'_>,
    ) -> Result<Answer, Error> {
        let result = self.attempts(&prepared, entered.as_ref(), deadline).await;
        let result = result.map_err(|error| error.keyed(prepared.key.as_deref()));
        match entered {
            Some(entered) => self.leave(entered, result).await,
            None => result,
        }
    }

    async fn attempts(
        &self,
        prepared: &Prepared,
        entered: Option<&Entered>,
        deadline: Deadline<'_>,
    ) -> Result<Answer, Error> {
        let operation = prepared.operation;
        let life = match (entered, prepared.earlier) {
            (Some(entered), Earlier::Interrupted) => Life::resume(&entered.intent, &*self.clock),
            _ => Life::begin(operation.retry, &*self.clock),
        };
        let mut course = Course::new(operation, prepared.earlier);
        let retry = retry_class(prepared);
        // From the budget.
        let mut taken = 0;
        let mut renewed = false;
        loop {
            let number = course.attempts() + 1;
            let is_last = number >= prepared.attempts;
            // To cut an attempt short that nothing may follow would only leave its outcome open.
            let is_once = prepared.body.as_ref().is_some_and(Payload::is_once);
            let repeats = !is_last && retry != Retry::Once && !is_once;
            let most = repeats.then_some(self.limits.attempt_timeout);
            let failed = match self
                .attempt(prepared, number, (&deadline, &life), most)
                .await
            {
                Ok(answer) => {
                    self.budget.succeeded(taken, self.clock.monotonic());
                    return Ok(answer);
                }
                Err(failed) => failed,
            };
            let is_renewable = self.is_renewable(&failed);
            let Failed { error, .. } = failed;
            let end = error.end();
            let wait = match () {
                () if is_last => None,
                // Of what was read there is no more.
                () if prepared.body.as_ref().is_some_and(Payload::is_spent) => None,
                () if is_renewable && !renewed => {
                    renewed = true;
                    Some(Duration::ZERO)
                }
                () if may_help(retry, end) => {
                    let wait = self.wait(number, &error, &deadline, &life);
                    taken += u32::from(wait.is_some());
                    wait
                }
                () => None,
            };
            let Some(wait) = wait else {
                return Err(course.end(error, end, || path_texts(prepared)));
            };
            course.failed(error, end);
            if !wait.is_zero() {
                self.clock.sleep(wait).await;
            }
        }
    }

    /// Whether the token was refused, and another one may do.
    fn is_renewable(&self, failed: &Failed) -> bool {
        let is_refused = failed.error.end() == AttemptEnd::Refused(Some(StatusCode::UNAUTHORIZED));
        let minted = failed.minted.as_ref().filter(|_| is_refused);
        minted.is_some_and(|minted| self.credentials.refused(minted))
    }

    /// The wait before the next attempt, if there is time, and the budget allows it.
    fn wait(
        &self,
        attempts: u32,
        error: &Error,
        deadline: &Deadline<'_>,
        life: &Life<'_>,
    ) -> Option<Duration> {
        let asked = error.api().and_then(|error| error.retry_after());
        let wait = Backoff::DEFAULT.after(attempts, asked, &*self.random);
        let in_time = wait < deadline.left() && life.lasts(wait);
        (in_time && self.budget.take(self.clock.monotonic())).then_some(wait)
    }
}

/// One key goes with the same bytes each time, and of what is read anew for each attempt nobody knows that they are.
fn retry_class(prepared: &Prepared) -> Retry {
    let is_streamed = prepared
        .body
        .as_ref()
        .is_some_and(|body| body.as_bytes().is_none());
    match prepared.operation.retry {
        Retry::Keyed { .. } if is_streamed => Retry::Once,
        other => other,
    }
}

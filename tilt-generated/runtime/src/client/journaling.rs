//! Calls in a journal: stored before they are sent, marked when their outcome is known, and resumed.

use super::answer::Answer;
use super::deadline::{Deadline, limit};
use super::error::{Error, JournalProblem, OutcomeUnknown};
use super::executor::{Core, Prepared, Request, path_texts};
use super::idempotency::{self, Life};
use super::journaled::Ends;
use super::operation::{Operation, Retry};
use crate::journal::{Calls, Intent, IntentKey, JournalError, JournaledCall, Note, State};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::runtime::Handle;

/// The time for which the answer to a call waits until the journal has it marked.
const MARKING: Duration = Duration::from_secs(5);

/// A call that stands in a journal.
#[derive(Debug)]
pub(crate) struct Entered {
    calls: Calls,
    pub(crate) intent: Intent,
    /// That it was carried out is marked already, where it is resumed to have its answer.
    state: State,
}

/// A request that is ready to be sent, and its place in a journal, if it has one.
pub(crate) type Begun = (Prepared, Option<Entered>);

impl Core {
    /// Writes a request, and stores it before it is sent, where there is a journal and it is not safe to repeat without one.
    pub(crate) async fn begin(
        &self,
        mut request: Request,
        deadline: &Deadline<'_>,
    ) -> Result<Begun, Error> {
        if let Some(fault) = request.fault() {
            return Err(fault);
        }
        let operation = request.operation;
        let note = request.journaled.note.take();
        let mut prepared = self.prepare(request)?;
        let is_repeatable = operation.retry == Retry::Repeatable || operation.method.is_safe();
        let unfit = |reason| Error::invalid(operation, "journal", reason);
        let (calls, note) = match (&self.journal, note) {
            (Some(calls), note) if !is_repeatable => (calls.clone(), note.unwrap_or_default()),
            (None, Some(_)) => return Err(unfit("is not there: give the client's builder one")),
            (Some(_), Some(_)) => {
                let reason = "has no call that is safe to repeat: leave the note out";
                return Err(unfit(reason));
            }
            (_, None) => return Ok((prepared, None)),
        };
        let time = deadline.left();
        let intent = intent(&prepared, (&calls, time), note)?;
        let stored = deadline.limit(Storing::begin(&calls, &intent, time)).await;
        let stored = stored.ok_or_else(|| Error::deadline(operation, false))?;
        stored.map_err(|error| unstored(operation, error))?;
        prepared.ends = Some(Ends {
            calls: calls.clone(),
            at: intent.ends_by,
        });
        let state = State::Open;
        let entered = Entered {
            calls,
            intent,
            state,
        };
        Ok((prepared, Some(entered)))
    }

    /// The request of a call that was stored, if it may be sent again.
    pub(crate) async fn resume(
        &self,
        mut request: Request,
        resumed: JournaledCall,
        deadline: &Deadline<'_>,
    ) -> Result<Begun, Error> {
        let operation = request.operation;
        let JournaledCall { calls, entry } = resumed;
        let (intent, state) = (entry.intent, entry.state);
        let unfit = |reason| Error::invalid(operation, "resumed call", reason);
        if intent.operation != operation.id {
            return Err(unfit("is one of another operation"));
        }
        if state == State::NotCarriedOut {
            return Err(unfit("was certainly not carried out: make a new call"));
        }
        let lives = Life::resume(&intent, &*self.clock).lasts(Duration::ZERO);
        let key = intent.key.as_ref().filter(|_| lives);
        let Some(key) = key.filter(|_| idempotency::header(operation).is_some()) else {
            return Err(interrupted(operation, intent, state));
        };
        if let Some(error) = request.header_failure.take() {
            return Err(error);
        }
        let mut prepared = self.prepare_stored(request, &intent, &key.value)?;
        if state == State::Open {
            let time = deadline.left();
            prepared.ends = Some(Ends {
                calls: calls.clone(),
                at: calls.now().checked_add(time).unwrap_or(intent.ends_by),
            });
            let held = deadline.limit(calls.hold(&intent.id, time)).await;
            let held = held.ok_or_else(|| Error::deadline(operation, false))?;
            held.map_err(|error| unstored(operation, error))?;
        }
        let entered = Entered {
            calls,
            intent,
            state,
        };
        Ok((prepared, Some(entered)))
    }

    /// Marks a call whose outcome is known, and gives that.
    pub(crate) async fn leave(
        &self,
        entered: Entered,
        result: Result<Answer, Error>,
    ) -> Result<Answer, Error> {
        let end = match &result {
            Ok(_) => Some(State::CarriedOut),
            // Of this kind is a resumed call that was refused: it may have been carried out before.
            Err(Error::OutcomeUnknown(_)) => None,
            Err(error) if error.end().is_carried_out() => Some(State::CarriedOut),
            Err(error) if error.may_have_been_sent() => None,
            Err(_) => Some(State::NotCarriedOut),
        };
        let Entered {
            calls,
            intent,
            state,
        } = entered;
        if let Some(end) = end.filter(|_| state == State::Open) {
            // The outcome is known whether or not it is marked: one that is not stays open, and is resumed.
            let marked = limit(&*self.clock, MARKING, calls.end(&intent.id, end)).await;
            let late = || Err(JournalError::store("it does not answer"));
            if let Err(error) = &marked.unwrap_or_else(late) {
                let observers = self.observers.iter();
                observers.for_each(|it| it.not_marked(intent.operation.as_str(), error));
            }
        }
        result.map_err(|error| error.journaled(intent))
    }
}

/// A call on its way into a journal. One that is given up before it is there, and one that a database failed at and may have
/// all the same, is marked as not carried out: nothing of it is sent, so it must not come back as one to resume.
struct Storing {
    calls: Calls,
    id: String,
    step: Step,
}

enum Step {
    UnderWay(Pin<Box<dyn Future<Output = Result<(), JournalError>> + Send>>),
    Failed,
    Over,
}

impl Storing {
    fn begin(calls: &Calls, intent: &Intent, time: Duration) -> Self {
        let (calls, intent, id) = (calls.clone(), intent.clone(), intent.id.clone());
        let storing = calls.clone();
        let step = Box::pin(async move { storing.begin(&intent, time).await });
        let step = Step::UnderWay(step);
        Self { calls, id, step }
    }
}

impl Future for Storing {
    type Output = Result<(), JournalError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Step::UnderWay(step) = &mut self.step else {
            return Poll::Pending;
        };
        let stored = ready!(step.as_mut().poll(context));
        self.step = match &stored {
            Err(JournalError::Store(_)) => Step::Failed,
            _ => Step::Over,
        };
        Poll::Ready(stored)
    }
}

impl Drop for Storing {
    fn drop(&mut self) {
        let step = match std::mem::replace(&mut self.step, Step::Over) {
            Step::UnderWay(step) => Some(step),
            Step::Failed => None,
            Step::Over => return,
        };
        let (calls, id) = (self.calls.clone(), std::mem::take(&mut self.id));
        calls.give_up(&id);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if let Some(step) = step {
                    // Of a call that was not stored there is nothing to mark.
                    let _: Result<(), JournalError> = step.await;
                }
                calls.mark_given_up(&id).await;
            });
        }
    }
}

/// A call that may take so long, as a journal has it.
fn intent(
    prepared: &Prepared,
    (calls, time): (&Calls, Duration),
    note: Note,
) -> Result<Intent, Error> {
    let body = match &prepared.body {
            None => None,
            Some(body) => Some(body.as_bytes().ok_or_else(|| {
                let reason = "is read while it is sent, and a journal has calls whole: give its bytes, or use a \
                              client without a journal";
                Error::invalid(prepared.operation, "body", reason)
            })?),
        };
    let now = calls.now();
    let header = |name| {
        let value: Option<&HeaderValue> = prepared.headers.get(name);
        value.and_then(|it| it.to_str().ok()).map(str::to_owned)
    };
    let path = path_texts(prepared).into_iter();
    let life = idempotency::most(prepared.operation.retry);
    let key = prepared.key.as_deref().zip(life);
    let (server, target) = prepared.url.split_at(prepared.server);
    Ok(Intent {
        id: calls.new_id(),
        operation: prepared.operation.id.to_owned(),
        reference: note.reference,
        known_before: note.known_before,
        key: key.map(|(key, life)| IntentKey {
            value: key.to_owned(),
            until: now.checked_add(life).unwrap_or(now),
        }),
        server: server.to_owned(),
        target: target.to_owned(),
        path: path.map(|(name, value)| (name.to_owned(), value)).collect(),
        content_type: header(CONTENT_TYPE),
        body,
        begun_at: now,
        ends_by: now.checked_add(time).unwrap_or(now),
    })
}

/// The error of a call that was begun before, and is not sent again.
fn interrupted(operation: &'static Operation, intent: Intent, state: State) -> Error {
    if state == State::CarriedOut {
        return Error::journal(operation, JournalProblem::AnswerGone);
    }
    let last = Error::journal(operation, JournalProblem::Interrupted);
    let unknown = OutcomeUnknown::interrupted(operation, intent, last);
    Error::OutcomeUnknown(Box::new(unknown))
}

fn unstored(operation: &'static Operation, error: JournalError) -> Error {
    Error::journal(operation, JournalProblem::NotStored(error))
}

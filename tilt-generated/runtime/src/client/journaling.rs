//! Calls in a journal: stored before they are sent, marked when their outcome is known, and resumed.

use super::answer::Answer;
use super::deadline::{Deadline, limit};
use super::error::{Error, JournalProblem, OutcomeUnknown};
use super::executor::{Core, Prepared, path_texts};
use super::idempotency::{self, Life};
use super::journaled::{Ends, Journaled};
use super::operation::{Operation, Retry};
use super::retry::Earlier;
use crate::data::Upload;
use crate::journal::{Calls, Intent, IntentKey, JournalError, JournaledCall, Note, State};
use http::HeaderValue;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use std::time::Duration;

/// The time for which the answer to a call waits until the journal has it marked.
const MARKING: Duration = Duration::from_secs(5);

/// A call that stands in a journal.
#[derive(Debug)]
pub(crate) struct Entered {
    calls: Calls,
    pub(crate) intent: Intent,
    /// Begun before, and sent again now.
    pub(crate) is_resumed: bool,
}

impl Core {
    /// Stores a call before it is sent, or takes the one that it resumes. None: there is no journal, or the call is safe
    /// to repeat without one.
    pub(crate) async fn enter(
        &self,
        prepared: &mut Prepared,
        journaled: Journaled,
        deadline: &Deadline<'_>,
    ) -> Result<Option<Entered>, Error> {
        let operation = prepared.operation;
        let is_repeatable = operation.retry == Retry::Repeatable || operation.method.is_safe();
        if let Some(resumed) = journaled.resumed {
            return self.resume(prepared, resumed, deadline).await.map(Some);
        }
        let calls = match (&self.journal, journaled.note) {
            (Some(calls), note) if !is_repeatable => {
                let intent = self.intent(prepared, calls, note.unwrap_or_default())?;
                let stored = deadline.limit(calls.begin(&intent, deadline.left())).await;
                let stored = stored.ok_or_else(|| Error::deadline(operation, false))?;
                stored.map_err(|error| unstored(operation, error))?;
                prepared.ends = Some(Ends {
                    calls: calls.clone(),
                    at: intent.ends_by,
                });
                Entered {
                    calls: calls.clone(),
                    intent,
                    is_resumed: false,
                }
            }
            (None, Some(_)) => {
                let reason = "is not there: give the client's builder one";
                return Err(Error::invalid(operation, "journal", reason));
            }
            (Some(_), Some(_)) => {
                let reason = "has no call that is safe to repeat: leave the note out";
                return Err(Error::invalid(operation, "journal", reason));
            }
            (_, None) => return Ok(None),
        };
        Ok(Some(calls))
    }

    fn intent(&self, prepared: &Prepared, calls: &Calls, note: Note) -> Result<Intent, Error> {
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
            ends_by: now.checked_add(prepared.timeout).unwrap_or(now),
        })
    }

    /// Makes a request what it was when it was stored, if it may be sent again.
    async fn resume(
        &self,
        prepared: &mut Prepared,
        resumed: JournaledCall,
        deadline: &Deadline<'_>,
    ) -> Result<Entered, Error> {
        let operation = prepared.operation;
        let JournaledCall { calls, entry } = resumed;
        let (intent, state) = (entry.intent, entry.state);
        let unfit = |reason| Error::invalid(operation, "resumed call", reason);
        if intent.operation != operation.id {
            return Err(unfit("is one of another operation"));
        }
        if state == State::NotCarriedOut {
            return Err(unfit("was certainly not carried out: make a new call"));
        }
        let is_over = |intent: &Intent| !Life::resume(intent, &*self.clock).lasts(Duration::ZERO);
        let key = intent.key.as_ref().filter(|_| !is_over(&intent));
        let (Some(header), Some(key)) = (idempotency::header(operation), key) else {
            return Err(interrupted(operation, intent, state));
        };
        let server = &prepared.url[..prepared.server];
        if intent.server != server {
            return Err(unfit("went to another server than this client's"));
        }
        let unwritable = |_| unfit("has a header that cannot be written");
        prepared.body = intent.body.clone().map(|body| Upload::from(body).into());
        prepared.key = Some(key.value.as_str().into());
        let value = HeaderValue::from_str(&key.value).map_err(unwritable)?;
        prepared.headers.insert(header, value);
        match &intent.content_type {
            Some(media_type) => {
                let value = HeaderValue::from_str(media_type).map_err(unwritable)?;
                prepared.headers.remove(CONTENT_LENGTH);
                prepared.headers.insert(CONTENT_TYPE, value);
            }
            None => drop(prepared.headers.remove(CONTENT_TYPE)),
        }
        if state == State::Open {
            prepared.ends = Some(Ends {
                calls: calls.clone(),
                at: calls
                    .now()
                    .checked_add(deadline.left())
                    .unwrap_or(intent.ends_by),
            });
            let held = deadline
                .limit(calls.hold(&intent.id, deadline.left()))
                .await;
            let held = held.ok_or_else(|| Error::deadline(operation, false))?;
            held.map_err(|error| unstored(operation, error))?;
        }
        Ok(Entered {
            calls,
            intent,
            is_resumed: true,
        })
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
        let Entered { calls, intent, .. } = entered;
        if let Some(end) = end {
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

/// The earlier attempts of a call that may have arrived.
pub(crate) fn earlier(prepared: &Prepared, entered: Option<&Entered>) -> Earlier {
    match entered {
        Some(entered) if entered.is_resumed => Earlier::Interrupted,
        _ if prepared.is_key_given => Earlier::KeyGiven,
        _ => Earlier::None,
    }
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

//! The attempts of a call, and what all of them say together.

use crate::client::error::{AttemptEnd, Attempted, Error, OutcomeUnknown};
use crate::client::operation::Operation;
use http::StatusCode;

/// The times that a request may have been sent before the attempts of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// None: its key was made for it, or it has none.
    None,
    /// Its caller set the key, and may have used it before.
    KeyGiven,
    /// A process began the same call, and did not come to its end.
    Interrupted,
}

/// The attempts of a call so far.
#[derive(Debug)]
pub(crate) struct Course {
    operation: &'static Operation,
    earlier: Earlier,
    attempts: Vec<Attempted>,
    /// Says that the request was carried out, although its answer was not had.
    carried_out: Option<Error>,
}

impl Course {
    pub(crate) fn new(operation: &'static Operation, earlier: Earlier) -> Self {
        Self {
            operation,
            earlier,
            attempts: Vec::new(),
            carried_out: None,
        }
    }

    /// The number of attempts.
    pub(crate) fn attempts(&self) -> u32 {
        u32::try_from(self.attempts.len()).unwrap_or(u32::MAX)
    }

    /// An attempt has failed, after which there is another one.
    pub(crate) fn failed(&mut self, error: Error, end: AttemptEnd) {
        self.attempts.push(Attempted { end });
        if matches!(end, AttemptEnd::CarriedOut { .. }) {
            self.carried_out.get_or_insert(error);
        }
    }

    /// The error of a call whose last attempt failed like this. Once a request may have arrived, no later error
    /// hides it; of requests that only read, the last error says enough.
    pub(crate) fn end(
        mut self,
        error: Error,
        end: AttemptEnd,
        path: impl FnOnce() -> Vec<(&'static str, String)>,
    ) -> Error {
        if self.operation.method.is_safe() || matches!(end, AttemptEnd::CarriedOut { .. }) {
            return error;
        }
        // An answer was had that says so, and what came after is of no more interest.
        if let Some(carried_out) = self.carried_out {
            return carried_out;
        }
        if self.earlier == Earlier::Interrupted {
            let end = AttemptEnd::Interrupted;
            self.attempts.insert(0, Attempted { end });
        }
        // The API may have had the key before: of that request, this says nothing.
        let is_used = self.earlier == Earlier::KeyGiven && is_about_key(end);
        let is_open = |attempted: &Attempted| attempted.end.may_have_arrived();
        let was_open = self.attempts.iter().any(is_open);
        self.attempts.push(Attempted { end });
        let is_lost = is_used || self.attempts.iter().any(|it| it.end.is_lost());
        if !is_lost && (!was_open || end.may_have_arrived()) {
            return error;
        }
        Error::OutcomeUnknown(Box::new(OutcomeUnknown {
            operation: self.operation,
            path: path(),
            key: None,
            attempts: self.attempts,
            journal: None,
            last: error,
        }))
    }
}

/// Whether an answer may speak of another request with the same key: it is under way (409), or had another body (422), as
/// the draft for the header `Idempotency-Key` has it (draft-ietf-httpapi-idempotency-key-header, section 2.7).
fn is_about_key(end: AttemptEnd) -> bool {
    const OF_KEYS: [StatusCode; 2] = [StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY];
    matches!(end, AttemptEnd::Answered(status) if OF_KEYS.contains(&status))
}

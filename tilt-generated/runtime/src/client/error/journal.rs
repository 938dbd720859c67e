//! Calls that a journal cannot store, or that it has from before.

use super::{AttemptEnd, Error, Name};
use crate::client::operation::Operation;
use crate::journal::{Intent, JournalError};
use std::fmt::{self, Display};

/// A call that its journal cannot store, or has from before.
#[derive(Debug)]
pub struct JournalFailure {
    operation: &'static Operation,
    problem: JournalProblem,
}

#[derive(Debug)]
pub(crate) enum JournalProblem {
    /// Nothing was sent.
    NotStored(JournalError),
    /// It was begun by a process that came to no end of it, and is not to be sent again.
    Interrupted,
    /// It was carried out, and is not to be sent again to have its answer.
    AnswerGone,
}

impl JournalFailure {
    /// The journal's fault, for which the call was not sent.
    #[must_use]
    pub fn journal_error(&self) -> Option<&JournalError> {
        match &self.problem {
            JournalProblem::NotStored(error) => Some(error),
            _ => None,
        }
    }

    pub(super) fn end(&self) -> AttemptEnd {
        match self.problem {
            JournalProblem::NotStored(_) => AttemptEnd::NotSent,
            JournalProblem::Interrupted => AttemptEnd::Interrupted,
            JournalProblem::AnswerGone => AttemptEnd::CarriedOut { again: false },
        }
    }

    /// Whether the same call may go well later.
    pub(super) fn passes(&self) -> bool {
        matches!(
            self.problem,
            JournalProblem::NotStored(JournalError::Store(_))
        )
    }

    pub(super) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.journal_error().and_then(std::error::Error::source)
    }
}

impl Display for JournalFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Name(self.operation);
        match &self.problem {
            JournalProblem::NotStored(error) => write!(f, "{name} was not sent: {error}"),
            JournalProblem::Interrupted => {
                write!(
                    f,
                    "{name} has no idempotency key that lives, and is not sent again"
                )
            }
            JournalProblem::AnswerGone => write!(
                f,
                "{name} was carried out before, and is not sent again to have its answer: it has no idempotency key that lives"
            ),
        }
    }
}

impl Error {
    pub(crate) fn journal(operation: &'static Operation, problem: JournalProblem) -> Self {
        Self::Journal(Box::new(JournalFailure { operation, problem }))
    }

    /// The same error of a call that stands in a journal.
    pub(crate) fn journaled(mut self, intent: Intent) -> Self {
        if let Self::OutcomeUnknown(error) = &mut self {
            error.journal = Some(intent);
        }
        self
    }
}

//! The contract of a journal.

use super::error::JournalError;
use super::hold::Hold;
use super::intent::Intent;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::SystemTime;

/// The result of a step of a journal, on its way.
pub type Storing<'j, T> = Pin<Box<dyn Future<Output = Result<T, JournalError>> + Send + 'j>>;

/// Keeps calls across the end of a process. A method that has returned has stored: nothing is held back in memory.
///
/// Each method is one step for all processes that share the journal: of two that take the same call at once, one
/// gets it.
pub trait Journal: Debug + Send + Sync + 'static {
    /// Stores a call as open and held, before it is sent.
    ///
    /// [`JournalError::ReferenceTaken`] where a call with its reference is there that is not
    /// [`State::NotCarriedOut`].
    fn begin<'j>(&'j self, intent: &'j Intent, hold: &'j Hold) -> Storing<'j, ()>;

    /// Takes or keeps one open call, and says whether that went well: it does where the same run holds it already, and
    /// where [`Hold::may_be_taken_by`] says so.
    fn hold<'j>(&'j self, id: &'j str, hold: &'j Hold, now: SystemTime) -> Storing<'j, bool>;

    /// Takes open calls that [`Hold::may_be_taken_by`] allows to, oldest first, so many at most. One that cannot be read
    /// is a [`JournalError::Unreadable`] among the others.
    fn take<'j>(
        &'j self,
        hold: &'j Hold,
        now: SystemTime,
        most: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>>;

    /// The call with a reference; the latest, where earlier ones were not carried out.
    fn find<'j>(&'j self, reference: &'j str) -> Storing<'j, Option<Entry>>;

    /// Marks a call that is open and held by this run, and says whether there was one.
    fn end<'j>(&'j self, id: &'j str, run: &'j str, end: State) -> Storing<'j, bool>;

    /// Deletes calls that are not open and were begun before, and says how many.
    fn forget(&self, before: SystemTime) -> Storing<'_, u64>;
}

/// A call in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The call.
    pub intent: Intent,
    /// Its state.
    pub state: State,
}

impl Entry {
    /// A call in a state.
    #[must_use]
    pub fn new(intent: Intent, state: State) -> Self {
        Self { intent, state }
    }

    /// A call in the state of a number.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(super) fn of_code(intent: Intent, code: i16) -> Result<Self, JournalError> {
        match State::of_code(code) {
            Some(state) => Ok(Self::new(intent, state)),
            None => {
                let problem = format!("{code} is the number of no state");
                Err(JournalError::unreadable(intent.id, problem))
            }
        }
    }
}

/// The state of a call in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// It may have been carried out.
    Open,
    /// It was carried out.
    CarriedOut,
    /// It was certainly not carried out.
    NotCarriedOut,
}

impl State {
    /// The number by which it is stored.
    #[must_use]
    pub fn code(self) -> i16 {
        match self {
            Self::Open => 0,
            Self::CarriedOut => 1,
            Self::NotCarriedOut => 2,
        }
    }

    /// The state of a number, if it is that of one.
    #[must_use]
    pub fn of_code(code: i16) -> Option<Self> {
        match code {
            0 => Some(Self::Open),
            1 => Some(Self::CarriedOut),
            2 => Some(Self::NotCarriedOut),
            _ => None,
        }
    }
}

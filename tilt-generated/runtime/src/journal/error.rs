//! Faults of a journal.

use std::error::Error;
use std::fmt::{self, Display};

/// Why a journal cannot do what it is for.
#[derive(Debug)]
#[non_exhaustive]
pub enum JournalError {
    /// The database failed, could not be reached, or cannot be written.
    Store(Box<dyn Error + Send + Sync>),
    /// A call with this reference is open, or was carried out.
    ReferenceTaken,
    /// Another process has the call, or it has ended meanwhile.
    NotHeld,
    /// A call is not as this version writes it, or not what it is taken for.
    Unreadable {
        /// The id of its entry.
        id: String,
        /// The fault.
        problem: String,
    },
    /// A table has a name other than letters, digits, `_` and a `.` after a schema.
    TableName(String),
}

impl JournalError {
    /// The database failed.
    pub fn store(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Store(error.into())
    }

    /// The call in the entry of this id cannot be read.
    pub fn unreadable(id: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Unreadable {
            id: id.into(),
            problem: problem.into(),
        }
    }
}

impl Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(_) => f.write_str("the journal's database failed"),
            Self::ReferenceTaken => f.write_str(
                "the journal has a call with this reference that is open or was carried out: find it there",
            ),
            Self::NotHeld => f.write_str("another process has the call, or it has ended meanwhile"),
            Self::Unreadable { id, problem } => {
                write!(f, "the call {id} in the journal cannot be read: {problem}")
            }
            Self::TableName(name) => write!(
                f,
                "`{}` is no name of a table: expected letters, digits and `_`, and a `.` after a schema",
                name.escape_debug()
            ),
        }
    }
}

impl Error for JournalError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(error) => Some(&**error),
            _ => None,
        }
    }
}

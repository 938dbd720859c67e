//! Faults of an inbox.

use std::error::Error;
use std::fmt::{self, Display};
use std::time::Duration;

/// Why an inbox cannot say whether an event was handled, or not remember that it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum InboxError {
    /// The database failed, or could not be reached.
    Store(Box<dyn Error + Send + Sync>),
    /// The lease of the work ran out before it was committed, and another may have begun it.
    LeaseLost,
    /// The work was committed or released before.
    Finished,
    /// Handled events would be forgotten while they may still be delivered.
    WindowTooShort {
        /// The window that was asked for.
        window: Duration,
        /// The shortest one.
        shortest: Duration,
    },
    /// A table has a name other than letters, digits, `_` and a `.` after a schema.
    TableName(String),
}

impl InboxError {
    /// The database failed.
    pub fn store(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Store(error.into())
    }
}

impl Display for InboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(_) => f.write_str("the inbox's database failed"),
            Self::LeaseLost => f.write_str("the lease of the work ran out before it was committed"),
            Self::Finished => f.write_str("the work was committed or released before"),
            Self::WindowTooShort { window, shortest } => write!(
                f,
                "handled events would be forgotten after {} s: expected {} s or more, for they may be delivered again",
                window.as_secs(),
                shortest.as_secs()
            ),
            Self::TableName(name) => write!(
                f,
                "`{}` is no name of a table: expected letters, digits and `_`, and a `.` after a schema",
                name.escape_debug()
            ),
        }
    }
}

impl Error for InboxError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(error) => Some(&**error),
            _ => None,
        }
    }
}

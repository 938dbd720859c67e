//! A journal in an SQLite database.

use super::error::JournalError;
use super::hold::Hold;
use super::intent::{Intent, milliseconds, time};
use super::store::{Entry, Journal, State, Storing};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::fmt;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

#[doc(no_inline)]
pub use rusqlite;

/// The time for which another process is waited for that writes into the database.
const BUSY: Duration = Duration::from_secs(2);

/// A journal in the table `calls` of an SQLite database, for any number of processes on one machine. Each step is on the
/// disk before a request goes out.
#[derive(Clone)]
pub struct Sqlite {
    connection: Arc<Mutex<Connection>>,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sqlite").finish_non_exhaustive()
    }
}

impl Sqlite {
    /// A journal in a file, which is made where there is none: on Unix as one that nobody but its owner reads, for bodies are
    /// in it.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, is no database, or cannot be written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        make(path.as_ref()).map_err(JournalError::store)?;
        let connection = Connection::open(path).map_err(JournalError::store)?;
        connection.busy_timeout(BUSY).map_err(JournalError::store)?;
        Self::new(connection)
    }

    /// A journal in a database, which may have other tables. The connection is for the journal alone; its own `busy_timeout`
    /// says for how long another process is waited for.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn new(connection: Connection) -> Result<Self, JournalError> {
        // Else it would be told by the first call, which is not sent.
        if connection
            .is_readonly("main")
            .map_err(JournalError::store)?
        {
            return Err(JournalError::store("the database cannot be written"));
        }
        let schema = "PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS calls (
                id TEXT PRIMARY KEY,
                reference TEXT,
                state INTEGER NOT NULL,
                owner TEXT,
                run TEXT NOT NULL,
                held_until INTEGER NOT NULL,
                begun_at INTEGER NOT NULL,
                details TEXT NOT NULL,
                body BLOB
            ) STRICT;
            CREATE UNIQUE INDEX IF NOT EXISTS calls_reference ON calls (reference) WHERE state <> 2;
            CREATE INDEX IF NOT EXISTS calls_open ON calls (begun_at) WHERE state = 0;";
        connection
            .execute_batch(schema)
            .map_err(JournalError::store)?;
        let connection = Arc::new(Mutex::new(connection));
        Ok(Self { connection })
    }

    /// Does this where it may block.
    fn with<'j, T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, JournalError> + Send + 'static,
    ) -> Storing<'j, T> {
        let connection = self.connection.clone();
        Box::pin(async move {
            let task = tokio::task::spawn_blocking(move || {
                // Each statement is a transaction of its own: a panic leaves none behind.
                work(&connection.lock().unwrap_or_else(PoisonError::into_inner))
            });
            task.await.map_err(JournalError::store)?
        })
    }
}

/// Whether a call may be taken: `?1` is the owner, `?2` the run, `?3` the time.
const FREE: &str = "state = 0 AND (held_until <= ?3 OR (owner = ?1 AND run <> ?2))";
const COLUMNS: &str = "id, reference, begun_at, details, body";

/// The call in a row: an error of the database is one of all rows.
fn intent(row: &Row<'_>) -> rusqlite::Result<Result<Intent, JournalError>> {
    let id: String = row.get(0)?;
    let columns = || -> rusqlite::Result<_> {
        let body: Option<Vec<u8>> = row.get(4)?;
        Ok((row.get(1)?, row.get(2)?, row.get::<_, String>(3)?, body))
    };
    Ok(match columns() {
        Ok((reference, begun_at, details, body)) => {
            let body = body.map(Into::into);
            Intent::of_details(&details, (id, reference), time(begun_at), body)
        }
        Err(error) => Err(JournalError::unreadable(id, error.to_string())),
    })
}

/// Makes a file that is private, unless it is there. The files that SQLite keeps beside it are as private as it is.
fn make(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

impl Journal for Sqlite {
    fn begin<'j>(&'j self, intent: &'j Intent, hold: &'j Hold) -> Storing<'j, ()> {
        let (intent, hold) = (intent.clone(), hold.clone());
        self.with(move |connection| {
            let sql = "INSERT INTO calls VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8)
                ON CONFLICT (reference) WHERE state <> 2 DO NOTHING";
            let values = params![
                intent.id,
                intent.reference,
                hold.owner,
                hold.run,
                milliseconds(hold.until),
                milliseconds(intent.begun_at),
                intent.details(),
                intent.body.as_deref(),
            ];
            match connection.execute(sql, values) {
                Ok(0) => Err(JournalError::ReferenceTaken),
                Ok(_) => Ok(()),
                Err(error) => Err(JournalError::store(error)),
            }
        })
    }

    fn hold<'j>(&'j self, id: &'j str, hold: &'j Hold, now: SystemTime) -> Storing<'j, bool> {
        let (id, hold) = (id.to_owned(), hold.clone());
        self.with(move |connection| {
            let sql = format!(
                "UPDATE calls SET owner = ?1, run = ?2, held_until = ?4
                WHERE id = ?5 AND state = 0 AND (run = ?2 OR ({FREE}))"
            );
            let until = milliseconds(hold.until);
            let values = params![hold.owner, hold.run, milliseconds(now), until, id];
            let held = connection.execute(&sql, values);
            held.map(|held| held > 0).map_err(JournalError::store)
        })
    }

    fn take<'j>(
        &'j self,
        hold: &'j Hold,
        now: SystemTime,
        most: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>> {
        let hold = hold.clone();
        self.with(move |connection| {
            let sql = format!(
                "UPDATE calls SET owner = ?1, run = ?2, held_until = ?4
                WHERE id IN (SELECT id FROM calls WHERE {FREE} ORDER BY begun_at LIMIT ?5)
                RETURNING {COLUMNS}"
            );
            let (until, most) = (milliseconds(hold.until), i64::try_from(most));
            let most = most.unwrap_or(i64::MAX);
            let values = params![hold.owner, hold.run, milliseconds(now), until, most];
            let mut statement = connection.prepare(&sql).map_err(JournalError::store)?;
            let rows = statement
                .query_map(values, intent)
                .map_err(JournalError::store)?;
            // All of them, before one that cannot be read: the statement is done when its last row was had.
            let rows: Vec<_> = rows.collect();
            let taken = rows.into_iter().map(|row| row.map_err(JournalError::store));
            let mut taken: Vec<_> = taken.collect::<Result<_, _>>()?;
            taken.sort_by_key(Intent::age_of);
            Ok(taken)
        })
    }

    fn find<'j>(&'j self, reference: &'j str) -> Storing<'j, Option<Entry>> {
        let reference = reference.to_owned();
        self.with(move |connection| {
            let sql = format!(
                "SELECT {COLUMNS}, state FROM calls WHERE reference = ?1 ORDER BY state = 2, begun_at DESC LIMIT 1"
            );
            let row = connection.query_row(&sql, [reference], |row| {
                Ok((intent(row)?, row.get::<_, i16>(5)?))
            });
            let row = row.optional().map_err(JournalError::store)?;
            let entry = |(intent, state): (Result<_, _>, _)| Entry::of_code(intent?, state);
            row.map(entry).transpose()
        })
    }

    fn end<'j>(&'j self, id: &'j str, run: &'j str, end: State) -> Storing<'j, bool> {
        let (id, run) = (id.to_owned(), run.to_owned());
        self.with(move |connection| {
            let sql = "UPDATE calls SET state = ?3 WHERE id = ?1 AND run = ?2 AND state = 0";
            let ended = connection.execute(sql, params![id, run, end.code()]);
            ended.map(|ended| ended > 0).map_err(JournalError::store)
        })
    }

    fn forget(&self, before: SystemTime) -> Storing<'_, u64> {
        self.with(move |connection| {
            let sql = "DELETE FROM calls WHERE state <> 0 AND begun_at < ?1";
            let forgotten = connection.execute(sql, [milliseconds(before)]);
            let forgotten = forgotten.map_err(JournalError::store)?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
    }
}

//! An inbox in an SQLite database, with the handler's effects.

use super::error::InboxError;
use super::handling::{Claim, Inbox, Work};
use super::key::key;
use super::lease::{Lease, SHORTEST_WINDOW};
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::{Mutex, OwnedMutexGuard};

#[doc(no_inline)]
pub use rusqlite;

/// The time for which another process is waited for that writes into the database.
const BUSY: Duration = Duration::from_secs(2);
/// When a delivery of what is in work comes again.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// An inbox in an SQLite database. SQLite has one writer at a time, and so one event is handled at a time: others wait
/// in this process, and are answered with 409 by others on the machine.
///
/// A killed process leaves no claim behind: its transaction is rolled back.
#[derive(Clone)]
pub struct Sqlite {
    connection: Arc<Mutex<Connection>>,
    lease: Lease,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sqlite").finish_non_exhaustive()
    }
}

impl Sqlite {
    /// An inbox in a file, which is made where there is none.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, is no database, or cannot be written.
    pub fn open(path: impl AsRef<Path>, lease: Lease) -> Result<Self, InboxError> {
        let connection = Connection::open(path).map_err(InboxError::store)?;
        connection.busy_timeout(BUSY).map_err(InboxError::store)?;
        Self::new(connection, lease)
    }

    /// An inbox in the table `inbox` of a database, which is made where there is none. The connection's own `busy_timeout`
    /// says for how long another process is waited for.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn new(connection: Connection, lease: Lease) -> Result<Self, InboxError> {
        let schema = "PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY, done_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;";
        connection
            .execute_batch(schema)
            .map_err(InboxError::store)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            lease,
        })
    }

    /// Forgets events that were handled longer ago, and says how many.
    ///
    /// # Errors
    ///
    /// When it is less than seven days, within which events may be delivered again, or the database failed.
    pub async fn forget(&self, window: Duration) -> Result<u64, InboxError> {
        if window < SHORTEST_WINDOW {
            let shortest = SHORTEST_WINDOW;
            return Err(InboxError::WindowTooShort { window, shortest });
        }
        let before = seconds(&self.lease).saturating_sub_unsigned(window.as_secs());
        let connection = self.connection.clone().lock_owned().await;
        let forgotten = blocking(move || {
            let sql = "DELETE FROM inbox WHERE done_at < ?1";
            connection.execute(sql, [before])
        });
        let forgotten = forgotten.await?.map_err(InboxError::store)?;
        Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
    }
}

/// The time of day, in seconds since 1970.
fn seconds(lease: &Lease) -> i64 {
    let now = lease.clock().now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(now.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, InboxError> {
    let task = tokio::task::spawn_blocking(work);
    task.await.map_err(InboxError::store)
}

impl Inbox for Sqlite {
    type Work = SqliteWork;

    async fn claim(&self, id: Option<&str>) -> Result<Claim<SqliteWork>, InboxError> {
        let lock = self.connection.clone().lock_owned();
        // For less than the lease, at the end of which the claim itself is given up.
        let Some(connection) = self.lease.half().within(lock).await else {
            let retry_after = RETRY_AFTER;
            return Ok(Claim::InWork { retry_after });
        };
        let id = id.map(|id| key(id).into_owned());
        let now = seconds(&self.lease);
        // Made where it is begun: dropped unfinished, it is rolled back.
        blocking(move || begin(connection, id.as_deref(), now)).await?
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

fn begin(
    connection: OwnedMutexGuard<Connection>,
    id: Option<&str>,
    now: i64,
) -> Result<Claim<SqliteWork>, InboxError> {
    match connection.execute_batch("BEGIN IMMEDIATE") {
        Ok(()) => {}
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            let retry_after = RETRY_AFTER;
            return Ok(Claim::InWork { retry_after });
        }
        Err(error) => return Err(InboxError::store(error)),
    }
    let work = SqliteWork { connection };
    let Some(id) = id else {
        return Ok(Claim::New(work));
    };
    let there = "SELECT 1 FROM inbox WHERE id = ?1";
    let there = work.connection.query_row(there, [id], |_| Ok(()));
    if there.optional().map_err(InboxError::store)?.is_some() {
        return Ok(Claim::Done);
    }
    let mark = "INSERT INTO inbox (id, done_at) VALUES (?1, ?2)";
    work.connection
        .execute(mark, (id, now))
        .map_err(InboxError::store)?;
    Ok(Claim::New(work))
}

/// An open transaction that has the mark of an event.
pub struct SqliteWork {
    connection: OwnedMutexGuard<Connection>,
}

impl fmt::Debug for SqliteWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteWork").finish_non_exhaustive()
    }
}

impl SqliteWork {
    /// The connection with the open transaction, which is not to be ended here. It is given by a `&mut`, so that it
    /// can be used in a handler that awaits something.
    pub fn connection(&mut self) -> &Connection {
        &self.connection
    }
}

impl Work for SqliteWork {
    async fn commit(self) -> Result<(), InboxError> {
        blocking(move || {
            if self.connection.is_autocommit() {
                return Err(InboxError::Finished);
            }
            let committed = self.connection.execute_batch("COMMIT");
            committed.map_err(InboxError::store)
        })
        .await?
    }

    async fn release(self) -> Result<(), InboxError> {
        Ok(())
    }
}

impl Drop for SqliteWork {
    fn drop(&mut self) {
        if !self.connection.is_autocommit() {
            // SQLite rolls back by itself where this fails.
            let _: rusqlite::Result<()> = self.connection.execute_batch("ROLLBACK");
        }
    }
}

//! Inboxes as they are often written, which lose events: controls that the reconciliation has to find. They are wrong in what
//! they decide when an event is claimed; the rest is the SDK's.

use std::sync::Arc;
use tilt_generated::rt::inbox::sqlite::rusqlite::{Connection, Result as Sql};
use tilt_generated::rt::inbox::{Claim, Inbox, InboxError, Lease, Work};
use tokio::sync::{Mutex, OwnedMutexGuard};
use xtask::cli::Control;

/// An inbox that is wrong.
#[derive(Clone)]
pub(super) struct WrongInbox {
    mistake: Mistake,
    database: Arc<Mutex<Connection>>,
    lease: Lease,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mistake {
    /// The mark is there before the effect, and stays when that fails.
    MarkFirst,
    /// Success is answered while the event is in work.
    AcceptInWork,
}

impl WrongInbox {
    /// The inbox of a control, where it is one of receivers; else the database.
    pub(super) fn of(
        control: Option<Control>,
        database: Connection,
        lease: &Lease,
    ) -> Sql<Result<Self, Connection>> {
        let mistake = match control {
            Some(Control::MarkFirst) => Mistake::MarkFirst,
            Some(Control::AcceptInWork) => Mistake::AcceptInWork,
            _ => return Ok(Err(database)),
        };
        database.execute_batch(
            "PRAGMA journal_mode = WAL;
             CREATE TABLE IF NOT EXISTS marks (event TEXT PRIMARY KEY);
             CREATE TABLE IF NOT EXISTS in_work (event TEXT PRIMARY KEY);",
        )?;
        Ok(Ok(Self {
            mistake,
            database: Arc::new(Mutex::new(database)),
            lease: lease.clone(),
        }))
    }
}

impl Inbox for WrongInbox {
    type Work = WrongWork;

    async fn claim(&self, id: Option<&str>) -> Result<Claim<WrongWork>, InboxError> {
        let database = self.database.clone().lock_owned().await;
        let id = id.unwrap_or_default().to_owned();
        begin(database, id, self.mistake).map_err(InboxError::store)
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

fn begin(
    database: OwnedMutexGuard<Connection>,
    id: String,
    mistake: Mistake,
) -> Sql<Claim<WrongWork>> {
    let has = |table: &str| {
        let sql = format!("SELECT count(*) > 0 FROM {table} WHERE event = ?1");
        database.query_row(&sql, [&id], |row| row.get::<_, bool>(0))
    };
    if has("marks")? || has("in_work")? {
        return Ok(Claim::Done);
    }
    let table = match mistake {
        Mistake::MarkFirst => "marks",
        Mistake::AcceptInWork => "in_work",
    };
    database.execute(&format!("INSERT INTO {table} VALUES (?1)"), [&id])?;
    database.execute_batch("BEGIN IMMEDIATE")?;
    Ok(Claim::New(WrongWork { database, id }))
}

/// An open transaction, in which the effects are.
pub(super) struct WrongWork {
    database: OwnedMutexGuard<Connection>,
    id: String,
}

impl WrongWork {
    pub(super) fn connection(&mut self) -> &Connection {
        &self.database
    }

    fn commit_all(&self) -> Sql<()> {
        let mark = "INSERT OR IGNORE INTO marks VALUES (?1)";
        self.database.execute(mark, [&self.id])?;
        self.database.execute_batch("COMMIT")
    }
}

impl Work for WrongWork {
    async fn commit(self) -> Result<(), InboxError> {
        self.commit_all().map_err(InboxError::store)
    }

    async fn release(self) -> Result<(), InboxError> {
        Ok(())
    }
}

impl Drop for WrongWork {
    fn drop(&mut self) {
        if !self.database.is_autocommit() {
            // SQLite rolls back by itself where this fails.
            let _: Sql<()> = self.database.execute_batch("ROLLBACK");
        }
        let done = "DELETE FROM in_work WHERE event = ?1";
        let _: Sql<usize> = self.database.execute(done, [&self.id]);
    }
}

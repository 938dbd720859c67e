//! An inbox in a PostgreSQL database, with the handler's effects.

use super::error::InboxError;
use super::handling::{Claim, Inbox, Work};
use super::key::key;
use super::lease::{Lease, SHORTEST_WINDOW};
use crate::table::{self, is_table_name};
use deadpool_postgres::tokio_postgres::{Client, GenericClient};
use deadpool_postgres::{Object, Pool};
use std::fmt;
use std::time::Duration;

#[doc(no_inline)]
pub use deadpool_postgres;

/// When a delivery of what is in work comes again.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// An inbox in a PostgreSQL database, for any number of replicas. Work holds a connection of the pool for as long as
/// the handler takes.
///
/// A killed process leaves no claim behind: the server ends its transaction, which is also ended when it stands idle
/// for longer than the lease.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    table: String,
    lease: Lease,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres")
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}

impl Postgres {
    /// An inbox in a table, such as `inbox` or `shop.inbox`.
    ///
    /// # Errors
    ///
    /// When the table's name is not made of letters, digits, `_` and a `.`.
    pub fn new(pool: Pool, table: &str, lease: Lease) -> Result<Self, InboxError> {
        if !is_table_name(table) {
            return Err(InboxError::TableName(table.to_owned()));
        }
        let table = table.to_owned();
        Ok(Self { pool, table, lease })
    }

    /// The statement that makes the table, for the migrations of a database.
    #[must_use]
    pub fn schema(&self) -> String {
        format!(
            "CREATE TABLE IF NOT EXISTS {} (id text PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now())",
            self.table
        )
    }

    /// Makes the table where there is none.
    ///
    /// # Errors
    ///
    /// When the database failed, or the user may make none.
    pub async fn create_table(&self) -> Result<(), InboxError> {
        let client = self.pool.get().await.map_err(InboxError::store)?;
        let made = table::make(client, &self.table, &self.schema()).await;
        made.map_err(InboxError::store)
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
        let client = self.pool.get().await.map_err(InboxError::store)?;
        let sql = format!(
            "DELETE FROM {} WHERE done_at < now() - make_interval(secs => $1)",
            self.table
        );
        let forgotten = client.execute(&sql, &[&window.as_secs_f64()]).await;
        forgotten.map_err(InboxError::store)
    }

    /// Marks an event in a transaction of the caller's own, which has begun and reads what others commit
    /// (`READ COMMITTED`, as by default). The mark is there when that is committed.
    ///
    /// # Errors
    ///
    /// When the database failed. The transaction is then to be rolled back.
    pub async fn mark(
        &self,
        transaction: &impl GenericClient,
        id: &str,
    ) -> Result<Claim<()>, InboxError> {
        let id = key(id);
        // Held until the end of the transaction: who does not get it does not wait.
        let lock = "SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 1))";
        let locked = transaction.query_one(lock, &[&self.table, &id]).await;
        if !locked.map_err(InboxError::store)?.get::<_, bool>(0) {
            let retry_after = RETRY_AFTER;
            return Ok(Claim::InWork { retry_after });
        }
        let mark = format!(
            "INSERT INTO {} (id) VALUES ($1) ON CONFLICT (id) DO NOTHING",
            self.table
        );
        let marked = transaction.execute(&mark, &[&id]).await;
        Ok(match marked.map_err(InboxError::store)? {
            0 => Claim::Done,
            _ => Claim::New(()),
        })
    }

    async fn begin(&self) -> Result<PostgresWork, InboxError> {
        let client = self.pool.get().await.map_err(InboxError::store)?;
        let work = PostgresWork {
            client: Some(client),
        };
        // The longest time that the server takes, in milliseconds, is that of an `i32`.
        let idle = self.lease.time().as_millis().clamp(1, i32::MAX as u128);
        // A statement that goes on would keep the event after the handler was given up.
        let begin = format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = {idle}; \
             SET LOCAL statement_timeout = {idle}"
        );
        let client = work.client()?;
        client
            .batch_execute(&begin)
            .await
            .map_err(InboxError::store)?;
        Ok(work)
    }
}

impl Inbox for Postgres {
    type Work = PostgresWork;

    async fn claim(&self, id: Option<&str>) -> Result<Claim<PostgresWork>, InboxError> {
        let work = self.begin().await?;
        let Some(id) = id else {
            return Ok(Claim::New(work));
        };
        let claim = self.mark(work.client()?, id).await?;
        Ok(match claim {
            Claim::New(()) => Claim::New(work),
            Claim::Done => {
                work.release().await?;
                Claim::Done
            }
            Claim::InWork { retry_after } => {
                work.release().await?;
                Claim::InWork { retry_after }
            }
        })
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

/// An open transaction that has the mark of an event.
pub struct PostgresWork {
    client: Option<Object>,
}

impl fmt::Debug for PostgresWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresWork").finish_non_exhaustive()
    }
}

impl PostgresWork {
    /// The connection with the open transaction, which is not to be ended here.
    ///
    /// # Errors
    ///
    /// When the work was committed or released.
    pub fn client(&self) -> Result<&Client, InboxError> {
        let client = self.client.as_ref().ok_or(InboxError::Finished)?;
        Ok(client)
    }

    /// Ends the transaction. A connection that fails at it is closed, and not given back to the pool.
    async fn end(mut self, statement: &str) -> Result<(), InboxError> {
        let client = self.client()?;
        client
            .batch_execute(statement)
            .await
            .map_err(InboxError::store)?;
        drop(self.client.take());
        Ok(())
    }
}

impl Work for PostgresWork {
    async fn commit(self) -> Result<(), InboxError> {
        // A transaction in which a statement failed is rolled back by COMMIT, without an error, and one that was ended
        // has no mark: this one fails in both.
        self.client()?
            .batch_execute("SAVEPOINT before_commit")
            .await
            .map_err(InboxError::store)?;
        self.end("COMMIT").await
    }

    async fn release(self) -> Result<(), InboxError> {
        self.end("ROLLBACK").await
    }
}

impl Drop for PostgresWork {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // Closed, so that the server rolls back.
            drop(Object::take(client));
        }
    }
}

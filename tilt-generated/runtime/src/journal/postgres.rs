//! A journal in a PostgreSQL database.

use super::error::JournalError;
use super::hold::Hold;
use super::intent::{Intent, milliseconds, time};
use super::store::{Entry, Journal, State, Storing};
use crate::table::{self, is_table_name};
use bytes::BytesMut;
use deadpool_postgres::tokio_postgres::types::{IsNull, ToSql, Type};
use deadpool_postgres::tokio_postgres::{Error, Row};
use deadpool_postgres::{Object, Pool};
use std::fmt;
use std::time::SystemTime;

#[doc(no_inline)]
pub use deadpool_postgres;

/// A journal in a PostgreSQL database, for any number of machines. Each step is committed before a request goes out:
/// connections are not to have `synchronous_commit` off.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    table: String,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres")
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}

impl Postgres {
    /// A journal in a table, such as `calls` or `shop.calls`.
    ///
    /// # Errors
    ///
    /// When the table's name is not made of letters, digits, `_` and a `.`.
    pub fn new(pool: Pool, table: &str) -> Result<Self, JournalError> {
        if !is_table_name(table) {
            return Err(JournalError::TableName(table.to_owned()));
        }
        let table = table.to_owned();
        Ok(Self { pool, table })
    }

    /// The statements that make the table, for the migrations of a database.
    #[must_use]
    pub fn schema(&self) -> String {
        let table = &self.table;
        // An index is in the schema of its table.
        let name = table.rsplit('.').next().unwrap_or(table);
        format!(
            "CREATE TABLE IF NOT EXISTS {table} (id text PRIMARY KEY, reference text, state smallint NOT NULL, \
             owner text, run text NOT NULL, held_until bigint NOT NULL, begun_at bigint NOT NULL, \
             details text NOT NULL, body bytea); \
             CREATE UNIQUE INDEX IF NOT EXISTS {name}_reference ON {table} (reference) WHERE state <> 2; \
             CREATE INDEX IF NOT EXISTS {name}_open ON {table} (begun_at) WHERE state = 0"
        )
    }

    /// Makes the table where there is none.
    ///
    /// # Errors
    ///
    /// When the database failed, or the user may make none.
    pub async fn create_table(&self) -> Result<(), JournalError> {
        let client = self.client().await?;
        let made = table::make(client, &self.table, &self.schema()).await;
        made.map_err(failed)
    }

    async fn client(&self) -> Result<Object, JournalError> {
        self.pool.get().await.map_err(JournalError::store)
    }
}

/// Whether a call may be taken: `$1` is the owner, `$2` the run, `$3` the time.
const FREE: &str = "state = 0 AND (held_until <= $3 OR (owner = $1 AND run <> $2))";
const COLUMNS: &str = "id, reference, begun_at, details, body";

/// A value of a statement. The driver logs what it is given, as `Debug` shows it, and of calls nothing is shown.
struct Unshown<T>(T);

impl<T> fmt::Debug for Unshown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<T: ToSql> ToSql for Unshown<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        self.0.to_sql(ty, out)
    }

    fn accepts(ty: &Type) -> bool {
        T::accepts(ty)
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        self.0.to_sql_checked(ty, out)
    }
}

type BoxError = Box<dyn std::error::Error + Sync + Send>;

/// The database failed. Its own error may repeat the row, and with it the call: the message and the code do not.
fn failed(error: Error) -> JournalError {
    JournalError::store(match error.as_db_error() {
        Some(error) => format!("{} (SQLSTATE {})", error.message(), error.code().code()).into(),
        None => BoxError::from(error),
    })
}

fn intent(row: &Row) -> Result<Intent, JournalError> {
    let id: String = row.try_get(0).map_err(failed)?;
    let unreadable = |error: Error| JournalError::unreadable(&id, error.to_string());
    let reference = row.try_get(1).map_err(unreadable)?;
    let begun_at = row.try_get(2).map_err(unreadable)?;
    let details: String = row.try_get(3).map_err(unreadable)?;
    let body: Option<Vec<u8>> = row.try_get(4).map_err(unreadable)?;
    let body = body.map(Into::into);
    Intent::of_details(&details, (id.clone(), reference), time(begun_at), body)
}

impl Journal for Postgres {
    fn begin<'j>(&'j self, intent: &'j Intent, hold: &'j Hold) -> Storing<'j, ()> {
        Box::pin(async move {
            let sql = format!(
                "INSERT INTO {} VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8) \
                 ON CONFLICT (reference) WHERE state <> 2 DO NOTHING",
                self.table
            );
            let client = self.client().await?;
            let stored = client
                .execute(
                    &sql,
                    &[
                        &intent.id,
                        &Unshown(&intent.reference),
                        &hold.owner,
                        &hold.run,
                        &milliseconds(hold.until),
                        &milliseconds(intent.begun_at),
                        &Unshown(intent.details()),
                        &Unshown(intent.body.as_deref()),
                    ],
                )
                .await;
            match stored.map_err(failed)? {
                0 => Err(JournalError::ReferenceTaken),
                _ => Ok(()),
            }
        })
    }

    fn hold<'j>(&'j self, id: &'j str, hold: &'j Hold, now: SystemTime) -> Storing<'j, bool> {
        Box::pin(async move {
            let sql = format!(
                "UPDATE {} SET owner = $1, run = $2, held_until = $4 \
                 WHERE id = $5 AND state = 0 AND (run = $2 OR ({FREE}))",
                self.table
            );
            let (now, until) = (milliseconds(now), milliseconds(hold.until));
            let client = self.client().await?;
            let held = client
                .execute(&sql, &[&hold.owner, &hold.run, &now, &until, &id])
                .await;
            held.map(|held| held > 0).map_err(failed)
        })
    }

    fn take<'j>(
        &'j self,
        hold: &'j Hold,
        now: SystemTime,
        most: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>> {
        Box::pin(async move {
            let table = &self.table;
            let sql = format!(
                "UPDATE {table} SET owner = $1, run = $2, held_until = $4 WHERE id IN \
                 (SELECT id FROM {table} WHERE {FREE} ORDER BY begun_at LIMIT $5 FOR UPDATE SKIP LOCKED) \
                 RETURNING {COLUMNS}"
            );
            let (now, until) = (milliseconds(now), milliseconds(hold.until));
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let client = self.client().await?;
            let rows = client
                .query(&sql, &[&hold.owner, &hold.run, &now, &until, &most])
                .await
                .map_err(failed)?;
            let mut taken: Vec<_> = rows.iter().map(intent).collect();
            taken.sort_by_key(Intent::age_of);
            Ok(taken)
        })
    }

    fn find<'j>(&'j self, reference: &'j str) -> Storing<'j, Option<Entry>> {
        Box::pin(async move {
            let sql = format!(
                "SELECT {COLUMNS}, state FROM {} WHERE reference = $1 ORDER BY state = 2, begun_at DESC LIMIT 1",
                self.table
            );
            let client = self.client().await?;
            let row = client.query_opt(&sql, &[&Unshown(reference)]).await;
            let Some(row) = row.map_err(failed)? else {
                return Ok(None);
            };
            let state = row.try_get(5).map_err(failed)?;
            Entry::of_code(intent(&row)?, state).map(Some)
        })
    }

    fn end<'j>(&'j self, id: &'j str, run: &'j str, end: State) -> Storing<'j, bool> {
        Box::pin(async move {
            let sql = format!(
                "UPDATE {} SET state = $3 WHERE id = $1 AND run = $2 AND state = 0",
                self.table
            );
            let client = self.client().await?;
            let ended = client.execute(&sql, &[&id, &run, &end.code()]).await;
            ended.map(|ended| ended > 0).map_err(failed)
        })
    }

    fn forget(&self, before: SystemTime) -> Storing<'_, u64> {
        Box::pin(async move {
            let sql = format!(
                "DELETE FROM {} WHERE state <> 0 AND begun_at < $1",
                self.table
            );
            let client = self.client().await?;
            let forgotten = client.execute(&sql, &[&milliseconds(before)]).await;
            forgotten.map_err(failed)
        })
    }
}

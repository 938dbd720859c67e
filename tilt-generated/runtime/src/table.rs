//! Tables in PostgreSQL databases.

use deadpool_postgres::Object;
use deadpool_postgres::tokio_postgres::Error;

/// Whether this is letters, digits and `_`, and one `.` at most, after a schema.
pub(crate) fn is_table_name(name: &str) -> bool {
    let is_name = |part: &str| {
        let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
        part.starts_with(letter) && part.chars().all(|c| letter(c) || c.is_ascii_digit())
    };
    name.split('.').count() <= 2 && name.split('.').all(is_name)
}

/// Makes a table by its statements. A connection on which that fails is given up.
pub(crate) async fn make(client: Object, table: &str, schema: &str) -> Result<(), Error> {
    // Two that make the same table at once fail: the lock is held until the end of this text.
    let lock = format!("SELECT pg_advisory_xact_lock(hashtextextended('{table}', 0))");
    let made = client
        .batch_execute(&format!("BEGIN; {lock}; {schema}; COMMIT"))
        .await;
    if made.is_err() {
        drop(Object::take(client));
    }
    made
}

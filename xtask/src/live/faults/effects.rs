//! The effects of events, in the database that the receivers share.

use std::collections::BTreeMap;
use std::path::Path;
use tilt_generated::rt::inbox::sqlite::rusqlite::{Connection, OptionalExtension, Result as Sql};
use tilt_generated::types::{EventResource, PaymentStatus};
use tilt_generated::webhooks::Delivery;
use tilt_generated::{Event, Follows};

/// The tables of the effects, which are made where there are none.
pub(super) fn open(path: &Path) -> Sql<Connection> {
    let database = Connection::open(path)?;
    database.execute_batch(
        "PRAGMA synchronous = OFF;
         CREATE TABLE IF NOT EXISTS effects (event TEXT NOT NULL);
         CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, status TEXT NOT NULL);",
    )?;
    Ok(database)
}

/// The effects of an event: a line for each time that it has any, and the payment's status, unless a later one is known.
pub(super) fn record(database: &Connection, delivery: &Delivery) -> Sql<()> {
    let id = delivery.id().unwrap_or_default();
    database.execute("INSERT INTO effects VALUES (?1)", [id])?;
    match delivery.event() {
        // A kind that the documents do not list. Its resource is as that of the others.
        Event::Unknown(_) => {
            let raw: serde_json::Value = serde_json::from_slice(delivery.raw()).unwrap_or_default();
            let text = |name: &str| {
                raw["resource"][name]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            status(database, &text("payment_id"), &text("status").into())
        }
        event => match event.resource() {
            Some(EventResource {
                payment_id,
                status: told,
                ..
            }) => status(database, payment_id.as_str(), told),
            None => Ok(()),
        },
    }
}

fn status(database: &Connection, payment: &str, told: &PaymentStatus) -> Sql<()> {
    let known = "SELECT status FROM payments WHERE id = ?1";
    let known: Option<String> = database
        .query_row(known, [payment], |row| row.get(0))
        .optional()?;
    let known = known.map(PaymentStatus::from);
    let follows = known.map(|known| told.may_follow(&known));
    if matches!(follows, None | Some(Follows::Yes)) {
        let take = "INSERT OR REPLACE INTO payments VALUES (?1, ?2)";
        database.execute(take, (payment, told.to_string()))?;
    }
    Ok(())
}

/// The effects that events had, and the statuses of payments that they told.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// By event: how often.
    pub(super) times: BTreeMap<String, u64>,
    pub(super) statuses: BTreeMap<String, String>,
}

pub(super) fn all(database: &Path) -> Sql<Effects> {
    let database = Connection::open(database)?;
    let mut statement = database.prepare("SELECT event, count(*) FROM effects GROUP BY event")?;
    let times = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, u32>(1)?.into())))?;
    let mut statuses = database.prepare("SELECT id, status FROM payments")?;
    let statuses = statuses.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Effects {
        times: times.collect::<Sql<_>>()?,
        statuses: statuses.collect::<Sql<_>>()?,
    })
}

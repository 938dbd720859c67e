//! A webhook endpoint that handles each event once, in a file that is made where there is none:
//!
//! ```console
//! SIGNING_SECRET=… cargo run -p tilt-generated --example webhook_receiver --features axum,sqlite
//! ```

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use std::error::Error;
use tilt_generated::rt::inbox::sqlite::rusqlite::{self, Connection, OptionalExtension};
use tilt_generated::rt::inbox::sqlite::{Sqlite, SqliteWork};
use tilt_generated::rt::inbox::{Lease, Outcome, handle};
use tilt_generated::types::{EventResource, PaymentStatus};
use tilt_generated::webhooks::{Delivery, Verifier};
use tilt_generated::{Event, Follows};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = std::env::var("SIGNING_SECRET")?;
    let router = receiver(Verifier::new(secret), Connection::open("payments.db")?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router).await?;
    Ok(())
}

#[derive(Clone)]
struct Receiver {
    verifier: Verifier,
    inbox: Sqlite,
}

impl FromRef<Receiver> for Verifier {
    fn from_ref(receiver: &Receiver) -> Self {
        receiver.verifier.clone()
    }
}

/// The endpoint, and the tables of its database.
pub(crate) fn receiver(verifier: Verifier, database: Connection) -> Result<Router, Box<dyn Error>> {
    database.execute_batch(
        "CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, status TEXT NOT NULL);
         CREATE TABLE IF NOT EXISTS to_do (what TEXT NOT NULL, event TEXT NOT NULL);",
    )?;
    let inbox = Sqlite::new(database, Lease::default())?;
    Ok(Router::new()
        .route("/webhooks", post(receive))
        .with_state(Receiver { verifier, inbox }))
}

/// The delivery is genuine, or this is not called. The outcome is the answer: 200 when the event was handled, now or
/// before, and else what makes Tilt deliver it again.
async fn receive(State(receiver): State<Receiver>, delivery: Delivery) -> Outcome<rusqlite::Error> {
    let outcome = handle(
        &receiver.inbox,
        delivery.id(),
        async |work: &mut SqliteWork| record(work.connection(), &delivery),
    )
    .await;
    if let Outcome::Failed(error) = &outcome {
        eprintln!("event {:?} could not be handled: {error}", delivery.id());
    }
    outcome
}

/// The effects of an event, in the transaction that marks it as handled.
fn record(database: &Connection, delivery: &Delivery) -> rusqlite::Result<()> {
    match delivery.event() {
        Event::PaymentReversalFailed(event) => {
            to_do(database, "a reversal was rejected", delivery)?;
            payment(database, &event.resource, delivery)
        }
        Event::Unknown(_) => to_do(
            database,
            "an event that this version does not know",
            delivery,
        ),
        event => match event.resource() {
            Some(resource) => payment(database, resource, delivery),
            None => to_do(database, "an event of no payment", delivery),
        },
    }
}

/// Takes the status of a payment, unless a later one is known.
fn payment(
    database: &Connection,
    resource: &EventResource,
    delivery: &Delivery,
) -> rusqlite::Result<()> {
    let id = resource.payment_id.to_string();
    let known = "SELECT status FROM payments WHERE id = ?1";
    let known: Option<String> = database
        .query_row(known, [&id], |row| row.get(0))
        .optional()?;
    let known = known.map(PaymentStatus::from);
    let follows = known.map(|known| resource.status.may_follow(&known));
    match follows {
        None | Some(Follows::Yes) => {
            let take = "INSERT OR REPLACE INTO payments VALUES (?1, ?2)";
            database.execute(take, (&id, resource.status.to_string()))?;
            Ok(())
        }
        Some(Follows::No) => Ok(()),
        Some(Follows::Read) => to_do(database, "read the payment", delivery),
    }
}

/// Leaves something for a person, or for a program that calls Tilt: not here, where the sender waits.
fn to_do(database: &Connection, what: &str, delivery: &Delivery) -> rusqlite::Result<()> {
    let event = String::from_utf8_lossy(delivery.raw());
    database.execute("INSERT INTO to_do VALUES (?1, ?2)", (what, event))?;
    Ok(())
}

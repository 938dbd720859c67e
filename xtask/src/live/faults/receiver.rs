//! Receivers of webhooks: two of them share a database, and each event is to have its effect once.

use super::effects::{self, record};
use super::mishap::{LeaseClock, Mishap, Stage};
use super::wrong_inbox::WrongInbox;
use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use std::collections::BTreeMap;
use std::error::Error;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tilt_generated::rt::inbox::sqlite::{Sqlite, SqliteWork};
use tilt_generated::rt::inbox::{Lease, Outcome, handle};
use tilt_generated::webhooks::{Delivery, Verifier};
use tokio::net::TcpListener;
use xtask::cli::Control;

/// The answers to deliveries, and how often each was given.
pub(super) type Answers = Arc<Mutex<BTreeMap<&'static str, u64>>>;

/// Remembers which events were handled.
#[derive(Clone)]
enum Handling {
    Inbox(Sqlite),
    Wrong(WrongInbox),
}

/// A receiver that is running.
pub(super) struct Receiver {
    pub(super) url: String,
    pub(super) stage: Arc<Stage>,
}

#[derive(Clone)]
struct Receiving {
    verifier: Verifier,
    handling: Handling,
    stage: Arc<Stage>,
    answers: Answers,
}

impl FromRef<Receiving> for Verifier {
    fn from_ref(receiving: &Receiving) -> Self {
        receiving.verifier.clone()
    }
}

/// Starts receivers that share a database.
pub(super) async fn start(
    database: &Path,
    secret: &str,
    control: Option<Control>,
    answers: &Answers,
) -> Result<[Receiver; 2], Box<dyn Error>> {
    let wrong = WrongInbox::of(control, database)?;
    let first = start_one(database, secret, wrong.as_ref(), answers).await?;
    let second = start_one(database, secret, wrong.as_ref(), answers).await?;
    Ok([first, second])
}

async fn start_one(
    path: &Path,
    secret: &str,
    wrong: Option<&WrongInbox>,
    answers: &Answers,
) -> Result<Receiver, Box<dyn Error>> {
    let database = effects::open(path)?;
    let stage = Arc::new(Stage::default());
    let lease = Lease::of(Duration::from_secs(60)).by(LeaseClock(stage.clone()));
    let handling = match wrong {
        Some(wrong) => Handling::Wrong(wrong.clone()),
        None => Handling::Inbox(Sqlite::new(database, lease)?),
    };
    let receiving = Receiving {
        verifier: Verifier::new(secret),
        handling,
        stage: stage.clone(),
        answers: answers.clone(),
    };
    let router = Router::new()
        .route("/webhooks", post(receive))
        .with_state(receiving);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/webhooks", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(Receiver { url, stage })
}

async fn receive(
    State(receiving): State<Receiving>,
    headers: HeaderMap,
    delivery: Delivery,
) -> Response {
    let mishap = Mishap::of(&headers);
    let (answer, response) = match &receiving.handling {
        Handling::Inbox(inbox) => {
            let outcome = handle(inbox, delivery.id(), async |work: &mut SqliteWork| {
                record(work.connection(), &delivery).map_err(|_| ())?;
                receiving.stage.play(mishap).await
            });
            let outcome = outcome.await;
            (name(&outcome), outcome.into_response())
        }
        Handling::Wrong(inbox) => {
            // It has no lease that could be over.
            let mishap = match mishap {
                Mishap::Slow => Mishap::Fails,
                mishap => mishap,
            };
            let status = inbox.handle(&delivery, receiving.stage.play(mishap)).await;
            let answer = match status {
                StatusCode::OK => "answered 200",
                _ => "failed",
            };
            (answer, status.into_response())
        }
    };
    let mut answers = receiving
        .answers
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    *answers.entry(answer).or_default() += 1;
    response
}

pub(super) const DEDUPLICATED: &str = "deduplicated";

fn name(outcome: &Outcome<()>) -> &'static str {
    match outcome {
        Outcome::Handled => "handled",
        Outcome::AlreadyHandled => DEDUPLICATED,
        Outcome::InWork { .. } => "in work elsewhere",
        Outcome::LeaseOver => "lease over",
        Outcome::Failed(()) => "failed",
        _ => "inbox unavailable",
    }
}

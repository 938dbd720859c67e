//! A receiver's process: two of them share a database, each event is to have its effect once, and either may be killed at
//! any time.

use super::effects::{self, record};
use super::mishap::{LeaseClock, Mishap, Stage};
use super::telling::Told;
use super::wrong_inbox::{WrongInbox, WrongWork};
use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::io::{BufRead, stdin};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tilt_generated::rt::inbox::sqlite::rusqlite::Connection;
use tilt_generated::rt::inbox::sqlite::{Sqlite, SqliteWork};
use tilt_generated::rt::inbox::{Inbox, Lease, Outcome, handle};
use tilt_generated::webhooks::{Delivery, Verifier};
use tokio::net::TcpListener;
use xtask::cli::Control;

/// The first argument of a process that is a receiver of the harness.
pub(super) const ARGUMENT: &str = "faults-receiver";
/// The time for which the other receiver is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The task of a receiver's process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Task {
    /// The database that receivers share.
    pub(super) database: PathBuf,
    pub(super) secret: String,
    pub(super) control: Option<Control>,
}

/// Work in which effects are recorded.
trait Recording {
    fn database(&mut self) -> &Connection;
}

impl Recording for SqliteWork {
    fn database(&mut self) -> &Connection {
        self.connection()
    }
}

impl Recording for WrongWork {
    fn database(&mut self) -> &Connection {
        self.connection()
    }
}

#[derive(Clone)]
struct Receiving<I> {
    verifier: Verifier,
    inbox: I,
    stage: Arc<Stage>,
}

impl<I> FromRef<Receiving<I>> for Verifier {
    fn from_ref(receiving: &Receiving<I>) -> Self {
        receiving.verifier.clone()
    }
}

pub(super) async fn run(task: Task) -> Result<(), Box<dyn Error>> {
    let database = effects::open(&task.database)?;
    database.busy_timeout(PATIENCE)?;
    let stage = Arc::new(Stage::default());
    let lease = Lease::of(Duration::from_secs(60)).by(LeaseClock(stage.clone()));
    let reins = stage.clone();
    // Each line lets a handler go on that waits; the end of them is that of the harness.
    std::thread::spawn(move || {
        let lines = stdin().lock().lines();
        lines
            .map_while(Result::ok)
            .for_each(|_| reins.go.notify_one());
        std::process::exit(0);
    });
    match WrongInbox::of(task.control, database, &lease)? {
        Ok(wrong) => serve(&task, wrong, stage).await,
        Err(database) => serve(&task, Sqlite::new(database, lease)?, stage).await,
    }
}

async fn serve<I>(task: &Task, inbox: I, stage: Arc<Stage>) -> Result<(), Box<dyn Error>>
where
    I: Inbox<Work: Recording> + Clone + 'static,
{
    let receiving = Receiving {
        verifier: Verifier::new(task.secret.as_str()),
        inbox,
        stage,
    };
    let router = Router::new()
        .route("/webhooks", post(receive::<I>))
        .with_state(receiving);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    Told::Listening(format!("http://{}/webhooks", listener.local_addr()?)).tell();
    axum::serve(listener, router).await.map_err(Into::into)
}

async fn receive<I: Inbox<Work: Recording>>(
    State(receiving): State<Receiving<I>>,
    headers: HeaderMap,
    delivery: Delivery,
) -> Response {
    let mishap = Mishap::of(&headers);
    let outcome = handle(
        &receiving.inbox,
        delivery.id(),
        async |work: &mut I::Work| {
            record(work.database(), &delivery).map_err(|_| ())?;
            receiving.stage.play(mishap).await
        },
    );
    let outcome = outcome.await;
    Told::Answered(name(&outcome).to_owned()).tell();
    outcome.into_response()
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

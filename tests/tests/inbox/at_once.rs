//! Processes that resume the same call of a journal at one moment: exactly one sends.

use std::env::{current_exe, var};
use std::error::Error;
use std::io::{BufRead, BufReader, Write, stdin};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use tilt_generated::rt::journal::sqlite::Sqlite;
use tilt_generated::rt::journal::{Calls, Note, State};
use tilt_generated::types::CreateOrder;
use tilt_generated::{Client, Environment, rt};
use tilt_sandbox::{Fault, Sandbox, Trigger};

use crate::journal_in_postgres::machine;
use crate::services::{self, until_ready};

type Tested = Result<(), Box<dyn Error>>;

const ORDERS: &str = "/pos/v1/orders";
const INVOICE: &str = "invoice-1";
/// Processes that resume at one moment.
const PROCESSES: usize = 3;
/// In a line that a process writes.
const READY: &str = "ready to resume";
const MADE: &str = "the order was made";
const HELD: &str = "another has it";

/// The system's clock, an hour later: nobody holds the call any more.
#[derive(Debug, Clone, Copy)]
struct Later;

impl rt::Clock for Later {
    fn now(&self) -> SystemTime {
        SystemTime::now() + Duration::from_secs(3600)
    }
    fn monotonic(&self) -> Duration {
        rt::SystemClock.monotonic()
    }
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        rt::SystemClock.sleep(time)
    }
}

/// The journal that processes share.
#[derive(Clone)]
enum Shared {
    File(String),
    Postgres(u16),
}

impl Shared {
    fn calls(&self) -> Result<Calls, Box<dyn Error>> {
        Ok(match self {
            Self::File(path) => Calls::new(Sqlite::open(path)?),
            Self::Postgres(port) => Calls::new(machine(*port)?),
        })
    }

    fn variable(&self) -> (&'static str, String) {
        match self {
            Self::File(path) => ("JOURNAL_FILE", path.clone()),
            Self::Postgres(port) => ("JOURNAL_PORT", port.to_string()),
        }
    }

    fn of_variables() -> Result<Self, Box<dyn Error>> {
        Ok(match var("JOURNAL_FILE") {
            Ok(path) => Self::File(path),
            Err(_) => Self::Postgres(var("JOURNAL_PORT")?.parse()?),
        })
    }
}

fn client(
    [api, token]: [&str; 2],
    [id, secret]: [&str; 2],
    calls: &Calls,
) -> Result<Client, rt::Error> {
    let builder =
        Client::builder(Environment::custom(api).with_token_url(token)).credentials(id, secret);
    builder.journal(calls.clone()).build()
}

#[tokio::test]
#[ignore = "the process that other tests start"]
async fn the_process_that_resumes() -> Tested {
    let calls = Shared::of_variables()?.calls()?.clock(Later);
    let urls = [var("TILT_API")?, var("TILT_TOKEN_URL")?];
    let credentials = [var("CLIENT_ID")?, var("CLIENT_SECRET")?];
    let tilt = client(
        urls.each_ref().map(String::as_str),
        credentials.each_ref().map(String::as_str),
        &calls,
    )?;
    let begun = calls.find(INVOICE).await?.ok_or("it was begun")?;
    assert_eq!(begun.state(), State::Open);
    // A token is not what they are to wait for.
    tilt.locations().list().items().try_next().await?;
    eprintln!("{READY}");
    stdin().read_line(&mut String::new())?;
    let order = CreateOrder::new(var("LOCATION")?, 5000);
    match tilt.orders().create(order).resuming(begun).await {
        Ok(_) => eprintln!("{MADE}"),
        Err(error) if error.kind() == rt::ErrorKind::OutcomeUnknown => eprintln!("{HELD}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn start(tilt: &Sandbox, location: &str, journal: &Shared) -> std::io::Result<Child> {
    let (name, value) = journal.variable();
    Command::new(current_exe()?)
        .args(["at_once::the_process_that_resumes", "--exact"])
        .args(["--ignored", "--nocapture"])
        .env(name, value)
        .env("TILT_API", tilt.api_url())
        .env("TILT_TOKEN_URL", tilt.token_url())
        .env("CLIENT_ID", tilt.client_id())
        .env("CLIENT_SECRET", tilt.client_secret())
        .env("LOCATION", location)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
}

/// The last lines of processes that all waited for the same moment.
fn resumed_at_once(processes: &mut [Child]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut lines = Vec::new();
    for process in &mut *processes {
        let mut told = BufReader::new(process.stderr.take().ok_or("a pipe")?).lines();
        let is_ready = told.by_ref().any(|line| line.is_ok_and(|it| it == READY));
        assert!(is_ready, "it ended before");
        lines.push(told);
    }
    for process in &mut *processes {
        process.stdin.take().ok_or("a pipe")?.write_all(b"go\n")?;
    }
    let ends = lines.into_iter().map(|mut told| {
        let end = told.find(|line| matches!(line.as_deref(), Ok(MADE | HELD)));
        Ok(end.ok_or("it said nothing")??)
    });
    ends.collect()
}

async fn exactly_one_sends(journal: &Shared) -> Tested {
    let tilt = Sandbox::builder().rate_limit(None).start().await?;
    let location = tilt.locations()[0].location_id.to_string();
    let calls = journal.calls()?;
    let secret = tilt.client_secret();
    let urls = [tilt.api_url(), tilt.token_url()];
    let urls = urls.each_ref().map(AsRef::as_ref);
    let first = client(urls, [tilt.client_id(), &secret], &calls)?;
    let trigger = Trigger::to(http::Method::POST, ORDERS);
    tilt.inject(trigger, Fault::LostRequest);
    let order = CreateOrder::new(location.as_str(), 5000);
    let order = first.orders().create(order).attempts(1);
    let lost = order.journaled(Note::new().reference(INVOICE)).await;
    assert!(lost.is_err_and(|it| it.outcome_unknown().is_some()));
    let posts = || {
        let exchanges = tilt.exchanges();
        let posts = exchanges.iter().filter(|it| it.uri.path() == ORDERS);
        posts.count()
    };
    let before = posts();

    let processes = (0..PROCESSES).map(|_| start(&tilt, &location, journal));
    let mut processes = processes.collect::<Result<Vec<_>, _>>()?;
    let wait = tokio::task::spawn_blocking(move || {
        let ends = resumed_at_once(&mut processes).map_err(|error| error.to_string());
        for mut process in processes {
            let _ = process.kill();
            let _ = process.wait();
        }
        ends
    });
    let mut ends = wait.await??;
    ends.sort();
    assert_eq!(ends, [HELD, HELD, MADE]);
    assert_eq!((posts() - before, tilt.orders().len()), (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_processes_that_share_a_file_exactly_one_sends() -> Tested {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("calls.db");
    exactly_one_sends(&Shared::File(path.to_string_lossy().into_owned())).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_machines_that_share_a_journal_in_postgres_exactly_one_sends() -> Tested {
    let Some(service) = services::postgres() else {
        services::not_run("Postgres");
        return Ok(());
    };
    let port = service.address.port();
    until_ready(async || {
        let made = machine(port)?.create_table().await;
        made.map_err(|it| tilt_generated::rt::journal::JournalError::store(format!("{it:?}")))
    })
    .await;
    exactly_one_sends(&Shared::Postgres(port)).await
}

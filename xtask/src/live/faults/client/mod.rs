//! The client's process: it pays orders, believes what it is told, and may be killed at any time.

mod journal;
mod lane;
mod logs;
mod orders;
mod payments;
mod reversals;
mod tagging;
mod wrong_class;

use super::books::Books;
use super::clock::{LANE, LaneClock};
use super::dice::Dice;
use super::markers::CLIENT_SECRET;
use super::plan::Plan;
use super::proxy::Ports;
use journal::Watched;
use lane::Lane;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::error::Error;
use std::fmt::Display;
use std::io::{self, BufRead};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tagging::{HTTP1, HTTP2, Tagging};
use tilt_generated::rt::journal::Calls;
use tilt_generated::rt::journal::sqlite::Sqlite;
use tilt_generated::rt::reqwest::ClientBuilder;
use tilt_generated::rt::{Clock, Random, RetryBudget, TraceAttempts};
use tilt_generated::{Client, Environment, Scope};
use tokio::task::LocalSet;
use wrong_class::WrongClass;
use xtask::cli::Control;
use xtask::terminal::say;

/// The first argument of a process that is a client of the harness.
pub(super) const ARGUMENT: &str = "faults-client";
/// Orders are paid in so many lanes at once.
pub(super) const LANES: usize = 16;
/// Before the last quarter of the orders nothing happens for so long: tokens of Tilt live an hour, and are renewed in the
/// last minute of it.
const LULL: Duration = Duration::from_secs(3570);

/// The job of a client's process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) seed: u64,
    pub(super) orders: u32,
    pub(super) control: Option<Control>,
    pub(super) ports: Ports,
    /// Files that outlive the process.
    pub(super) books: PathBuf,
    pub(super) journal: PathBuf,
    pub(super) client_id: String,
    pub(super) location_id: String,
    /// The number of this process: one more after each kill.
    pub(super) process: u32,
    /// The time at which it begins, since the round did.
    pub(super) now: Duration,
}

pub(super) async fn start(job: Job) -> Result<(), Box<dyn Error>> {
    LocalSet::new().run_until(run(job)).await
}

/// Tells the harness.
fn tell(text: impl Display) {
    // Without the harness, nobody listens, and this process is about to be killed.
    let _ = say(format_args!("{text}\n"));
}

async fn run(job: Job) -> Result<(), Box<dyn Error>> {
    if job.control.is_none() {
        logs::search();
    }
    let clock = LaneClock::new(LANES, job.now);
    let plan = Plan::new(Dice::new(job.seed), job.orders);
    let tagging = Tagging::new(LANES, clock.clone(), plan, job.ports);
    let reins = clock.clone();
    std::thread::spawn(move || follow(&reins));
    let journal = Watched::new(Sqlite::open(&job.journal)?, clock.clone());
    let calls = Calls::new(journal).owner("client").clock(clock.clone());
    let books = Rc::new(Books::open(&job.books)?);
    let open = books.open_orders(job.orders)?;
    let open = Rc::new(RefCell::new(VecDeque::from(open)));
    let clients = [HTTP1, HTTP2].map(|host| client(&job, host, &clock, &tagging, &calls));
    let [http1, http2] = clients;
    let clients = Rc::new([http1?, http2?]);
    let wrong = Rc::new(WrongClass::new(&job, &clock, &tagging)?);
    let job = Rc::new(job);
    let keeper = tokio::task::spawn_local(clock.clone().run());
    let mut lanes = Vec::new();
    for number in 0..LANES {
        let lane = Lane {
            clients: clients.clone(),
            wrong: wrong.clone(),
            clock: clock.clone(),
            tagging: tagging.clone(),
            calls: calls.clone(),
            books: books.clone(),
            job: job.clone(),
        };
        let work = work(number, lane, open.clone());
        lanes.push(tokio::task::spawn_local(LANE.scope(number, work)));
    }
    for lane in lanes {
        lane.await?.map_err(|error| error.to_string())?;
    }
    keeper.abort();
    logs::tell_rest();
    tell("done");
    Ok(())
}

async fn work(
    number: usize,
    lane: Lane,
    open: Rc<RefCell<VecDeque<u32>>>,
) -> Result<(), lane::Broken> {
    let mut is_rested = false;
    loop {
        let next = open.borrow_mut().pop_front();
        let Some(order) = next else {
            lane.clock.done(number);
            return Ok(());
        };
        if !is_rested && order >= lane.job.orders / 4 * 3 {
            is_rested = true;
            lane.clock.sleep(LULL).await;
        }
        lane.pay_order(order).await?;
    }
}

/// Follows what the proxy says of answers that it holds back.
fn follow(clock: &LaneClock) {
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else {
            return;
        };
        let mut words = line.split(' ').skip(1);
        match (words.next(), words.next()) {
            (Some("mint"), _) => clock.hold_mint(),
            (Some(lane), Some(serial)) => {
                if let (Ok(lane), Ok(serial)) = (lane.parse(), serial.parse()) {
                    clock.hold(lane, serial);
                }
            }
            _ => {}
        }
    }
}

fn client(
    job: &Job,
    host: &'static str,
    clock: &LaneClock,
    tagging: &Tagging,
    calls: &Calls,
) -> Result<Client, tilt_generated::Error> {
    let url = format!("http://{host}");
    let environment = Environment::custom(&url).with_token_url(format!("{url}/oauth2/token"));
    let mut builder = Client::builder(environment)
        .allow_plain_http()
        .credentials(&job.client_id, CLIENT_SECRET)
        .scopes([
            Scope::PaymentsCreate,
            Scope::PaymentsRead,
            Scope::PaymentsRefund,
        ])
        .clock(clock.clone())
        .random(random(job, host))
        .observe(tagging.clone())
        .observe(TraceAttempts)
        .http_client(http(host, tagging));
    if uses_journal(job.control) {
        builder = builder.journal(calls.clone());
    }
    if job.control == Some(Control::NoBudget) {
        builder = builder.retry_budget(RetryBudget::reserve(u32::MAX));
    }
    builder.build()
}

/// The configuration of an HTTP client that connects to this name of the proxy.
fn http(host: &'static str, tagging: &Tagging) -> impl Fn(ClientBuilder) -> ClientBuilder + use<> {
    let resolver = Arc::new(tagging.clone());
    move |http| {
        let http = http.dns_resolver(resolver.clone());
        match host {
            HTTP2 => http.http2_prior_knowledge(),
            _ => http,
        }
    }
}

fn random(job: &Job, host: &str) -> SeededRandom {
    SeededRandom {
        dice: Dice::new(job.seed).of(host, job.process),
        asked: AtomicU64::new(0),
    }
}

/// The client that an order is paid by, in each process the same.
fn of_order<C>([http1, http2]: &[C; 2], number: u32) -> &C {
    match number / 2 % 2 {
        0 => http1,
        _ => http2,
    }
}

/// Clients that are wrong in how they pay keep no journal either.
fn uses_journal(control: Option<Control>) -> bool {
    !matches!(
        control,
        Some(Control::RetryEverything | Control::RetryNothing)
    )
}

/// The mistakes of one client are about orders and payments alone.
pub(super) fn reverses(control: Option<Control>) -> bool {
    control != Some(Control::RetryEverything)
}

/// Randomness by the seed.
#[derive(Debug)]
struct SeededRandom {
    dice: Dice,
    asked: AtomicU64,
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        for (index, byte) in bytes.iter_mut().enumerate() {
            let number = self.dice.below(256, &format!("{asked} {index}"));
            *byte = u8::try_from(number).unwrap_or_default();
        }
        Ok(())
    }
}

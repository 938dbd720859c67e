//! A round: some orders against a Tilt of their own, through the proxy, up to the last event.

use super::books::Books;
use super::client::{Job, reverses};
use super::delivery::Deliverer;
use super::dice::Dice;
use super::effects;
use super::ledger::{HeldOrder, HeldPayment, HeldRefund, Ledger};
use super::markers::{CLIENT_SECRET, SIGNING_SECRET};
use super::plan::{Fault, Plan};
use super::process::{Process, Told};
use super::proxy::Proxy;
use super::receiver::Task;
use super::replica::{Answers, Replica};
use super::{FaultsError, clock};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tilt_sandbox::{Client, DeliveryStatus, Sandbox};
use tokio::sync::mpsc;
use xtask::cli::Control;

/// The client that the local Tilt knows.
const CLIENT_ID: &str = "faults-client";
/// Between the end of a process and the next one.
const RESTART: Duration = Duration::from_secs(10);
/// Longer than Tilt tries to deliver.
const LONGEST: Duration = Duration::from_secs(15 * 60 * 60);
/// Replays of dead letters, after which one counts as lost.
const REPLAYS: usize = 20;

/// A round that is under way.
pub(super) struct Round {
    job: Job,
    folder: TempDir,
    sandbox: Arc<Sandbox>,
    proxy: Proxy,
    kill: mpsc::UnboundedReceiver<()>,
    deliverer: Deliverer,
    answers: Answers,
    /// Secrets that were found, and where.
    secrets: Vec<String>,
    lines: u64,
    processes: u32,
    /// The time that passed for the client.
    time: Duration,
}

impl Round {
    pub(super) async fn start(
        dice: Dice,
        orders: u32,
        control: Option<Control>,
    ) -> Result<Self, FaultsError> {
        let folder = tempfile::tempdir().map_err(FaultsError::io("make a folder"))?;
        let (sandbox, location_id) = tilt().await?;
        let sandbox = Arc::new(sandbox);
        let answers = Answers::default();
        let database = folder.path().join("receivers.db");
        let task = Task {
            database,
            secret: SIGNING_SECRET.to_owned(),
            control,
        };
        let receiver = |number: u8| {
            let file = folder.path().join(format!("receiver-{number}.json"));
            Replica::start(&task, &file, &answers)
        };
        // One after the other: the first makes the tables.
        let receivers = receiver(1).and_then(|first| Ok([first, receiver(2)?]));
        let receivers = receivers.map_err(FaultsError::io("start the receivers"))?;
        let most_in_work = match control {
            Some(Control::AcceptInWork | Control::MarkFirst) => u64::MAX,
            _ => 1 + u64::from(orders) / 1000,
        };
        let deliveries = dice.of("deliveries", 0);
        let deliverer = Deliverer::start(deliveries, receivers, most_in_work).await;
        let (deliverer, url) = deliverer.map_err(FaultsError::io("start the deliveries"))?;
        sandbox.register_webhook(&url)?;
        let (killing, kill) = mpsc::unbounded_channel();
        let plan = Plan::new(dice, orders);
        let proxy = Proxy::start(plan, sandbox.clone(), killing).await;
        let proxy = proxy.map_err(FaultsError::io("start the proxy"))?;
        let job = Job {
            seed: dice.seed(),
            orders,
            control,
            ports: proxy.ports,
            books: folder.path().join("books.db"),
            journal: folder.path().join("journal.db"),
            client_id: CLIENT_ID.to_owned(),
            location_id,
            process: 0,
            now: Duration::ZERO,
        };
        Ok(Self {
            job,
            folder,
            sandbox,
            proxy,
            kill,
            deliverer,
            answers,
            secrets: Vec::new(),
            lines: 0,
            processes: 0,
            time: Duration::ZERO,
        })
    }

    /// Pays all orders, whatever happens to the client's process.
    pub(super) async fn pay(&mut self) -> Result<(), FaultsError> {
        while !self.run_process().await? {
            self.proxy.hold_by(None);
            self.proxy.quiet().await;
            self.job.process += 1;
            self.job.now = self.proxy.now() + RESTART;
        }
        self.proxy.hold_by(None);
        self.proxy.quiet().await;
        self.time = self.proxy.now();
        Ok(())
    }

    /// Whether the client came to its end, and was not killed.
    async fn run_process(&mut self) -> Result<bool, FaultsError> {
        let file = self.folder.path().join("job.json");
        let failed = FaultsError::io("run the client's process");
        let (mut process, reins) = Process::start(&self.job, &file).map_err(failed)?;
        self.processes += 1;
        self.proxy.hold_by(Some(reins));
        let mut is_done = false;
        loop {
            let told = tokio::select! {
                biased;
                told = process.told() => told,
                _ = self.kill.recv() => {
                    process.kill().map_err(FaultsError::io("kill the client's process"))?;
                    // It may have told something before.
                    while let Some(told) = process.told().await {
                        self.note(told);
                    }
                    return Ok(false);
                }
            };
            match told {
                Some(Told::Done) => is_done = true,
                Some(told) => self.note(told),
                None => break,
            }
        }
        let is_well = process.is_well();
        match is_done && is_well.map_err(FaultsError::io("run the client's process"))? {
            true => Ok(true),
            false => Err(FaultsError::Odd("the client's process ended by itself")),
        }
    }

    fn note(&mut self, told: Told) {
        match told {
            Told::Refused => self.proxy.traffic().met(Fault::ConnectionRefused),
            Told::Secret(found) => self.secrets.push(found),
            Told::Lines(lines) => self.lines += lines,
            Told::Done => {}
        }
    }

    /// Lets time pass until every event was delivered, or is a dead letter although it was replayed by hand.
    pub(super) async fn deliver(&self) -> Result<(), FaultsError> {
        for _ in 0..REPLAYS {
            self.sandbox.advance(LONGEST).await?;
            self.deliverer.deliver_again().await;
            let deliveries = self.sandbox.deliveries();
            let mut left = deliveries
                .iter()
                .filter(|it| it.status != DeliveryStatus::Delivered)
                .peekable();
            if left.peek().is_none() {
                break;
            }
            for dead in left.filter(|it| it.status == DeliveryStatus::DeadLetter) {
                self.sandbox.replay(dead.id)?;
            }
        }
        Ok(())
    }

    /// The end of the round, on all sides.
    pub(super) fn ledger(self) -> Result<Ledger, FaultsError> {
        let failed = |error| FaultsError::Database("read the client's books", error);
        let books = Books::open(&self.job.books).map_err(failed)?;
        let failed = |error| FaultsError::Database("read what the receivers did", error);
        let receivers_killed = self.deliverer.end();
        let receivers_killed = receivers_killed.map_err(FaultsError::io("run the receivers"))?;
        let effects = effects::all(&self.folder.path().join("receivers.db"));
        let orders = self.sandbox.orders();
        let held = orders.iter().map(HeldOrder::of).collect::<Vec<_>>();
        let deliveries = self.sandbox.deliveries();
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let delivered = std::mem::take(&mut *self.deliverer.delivered());
        let traffic = std::mem::take(&mut *self.proxy.traffic());
        Ok(Ledger {
            orders: self.job.orders,
            believed: books
                .believed()
                .map_err(|error| FaultsError::Database("read the client's books", error))?,
            is_to_reverse: reverses(self.job.control),
            held,
            events: deliveries.into_iter().map(|it| it.event_id).collect(),
            effects: effects.map_err(failed)?,
            answers: answers.clone(),
            delivered,
            traffic,
            secrets: self.secrets,
            lines: self.lines,
            processes: self.processes,
            receivers_killed,
            time: self.time,
        })
    }
}

/// A local Tilt, and its location that takes payments.
async fn tilt() -> Result<(Sandbox, String), FaultsError> {
    let client = Client::new(CLIENT_ID, CLIENT_SECRET).rate_limit(None);
    let sandbox = Sandbox::builder()
        .manual_clock()
        .client(client)
        .signing_secret(SIGNING_SECRET)
        .start()
        .await?;
    let location = sandbox.locations().into_iter().next();
    let location = location.ok_or(FaultsError::Odd("the local Tilt has no location"))?;
    if u64::try_from(sandbox.now().as_second()) != Ok(clock::START) {
        return Err(FaultsError::Odd("the local Tilt begins at another time"));
    }
    Ok((sandbox, location.location_id.to_string()))
}

impl HeldOrder {
    fn of(order: &tilt_sandbox::Order) -> Self {
        let payments = order.payments.iter().map(|payment| HeldPayment {
            id: payment.payment_id.to_string(),
            amount_cents: payment.amount_cents,
            status: payment.status.to_string(),
            refunds: payment
                .refunds
                .iter()
                .filter(|it| it.status != tilt_sandbox::RefundStatus::Failed)
                .map(|it| HeldRefund {
                    id: it.refund_id.to_string(),
                    amount_cents: it.amount_cents,
                })
                .collect(),
        });
        Self {
            id: order.order_id.to_string(),
            reference: order.external_reference.clone().unwrap_or_default(),
            total_cents: order.total_cents,
            payments: payments.collect(),
        }
    }
}

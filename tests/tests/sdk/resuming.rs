//! The SDK's examples of a journal, with processes that are killed: exactly one order, and a verdict on each payment.

use std::error::Error;
use std::path::Path;
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use http::Method;
use tilt_generated::recovery::{Undecided, Verdict};
use tilt_generated::rt::journal::sqlite::Sqlite;
use tilt_generated::rt::journal::sqlite::rusqlite::{Connection, OpenFlags};
use tilt_generated::rt::journal::{Calls, State};
use tilt_generated::types::{CreateOrder, OrderId};
use tilt_generated::{Client, Environment, rt};
use tilt_sandbox::{Fault, Trigger};

use crate::tilt::Tilt;

#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../../tilt-generated/examples/reconcile.rs"]
mod reconcile;
#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../../tilt-generated/examples/resume.rs"]
mod resume;

type Tested = Result<(), Box<dyn Error>>;

const ORDERS: &str = "/pos/v1/orders";
const PAYMENTS: &str = "/pos/v1/orders/{order_id}/payments";
/// Longer than anybody waits: the process is killed before.
const FOREVER: Duration = Duration::from_secs(600);

/// The system's clock, so much later.
#[derive(Debug, Clone, Copy)]
struct Later(u64);

impl rt::Clock for Later {
    fn now(&self) -> SystemTime {
        SystemTime::now() + Duration::from_secs(self.0)
    }
    fn monotonic(&self) -> Duration {
        rt::SystemClock.monotonic()
    }
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        rt::SystemClock.sleep(time)
    }
}

fn client(environment: Environment, (id, secret): (&str, &str), calls: &Calls) -> Client {
    let builder = Client::builder(environment).credentials(id, secret);
    builder.journal(calls.clone()).build().expect("a client")
}

/// A process with a journal in this file.
fn process(tilt: &Tilt, journal: &Path, owner: &str) -> Result<(Client, Calls), Box<dyn Error>> {
    let calls = Calls::new(Sqlite::open(journal)?).owner(owner);
    let (sandbox, secret) = (&tilt.sandbox, tilt.sandbox.client_secret());
    let local = Environment::custom(sandbox.api_url()).with_token_url(sandbox.token_url());
    let client = client(local, (sandbox.client_id(), &secret), &calls);
    Ok((client, calls))
}

fn an_order(tilt: &Tilt) -> CreateOrder {
    CreateOrder::new(tilt.location(), 5000)
}

#[tokio::test]
#[ignore = "the process that other tests start and kill"]
async fn the_process_that_is_killed() -> Tested {
    let var = |name: &str| std::env::var(name);
    let calls = Calls::new(Sqlite::open(var("JOURNAL")?)?).owner("till");
    let local = Environment::custom(var("TILT_API")?).with_token_url(var("TILT_TOKEN_URL")?);
    let tilt = client(local, (&var("CLIENT_ID")?, &var("CLIENT_SECRET")?), &calls);
    match var("ORDER") {
        Ok(order) => drop(reconcile::pay(&tilt, order.into(), 5000, "pay-1").await?),
        Err(_) => {
            let order = CreateOrder::new(var("LOCATION")?, 5000);
            resume::order_for(&tilt, &calls, "invoice-1", order).await?;
        }
    }
    Ok(())
}

/// Starts a process that makes an order, or pays one, and kills it (`kill -9`) as soon as something is so.
async fn killed(
    tilt: &Tilt,
    journal: &Path,
    pays: Option<&OrderId>,
    when: impl AsyncFn() -> bool,
) -> Tested {
    let sandbox = &tilt.sandbox;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args([
            "resuming::the_process_that_is_killed",
            "--exact",
            "--ignored",
        ])
        .env("JOURNAL", journal)
        .env("TILT_API", sandbox.api_url())
        .env("TILT_TOKEN_URL", sandbox.token_url())
        .env("CLIENT_ID", sandbox.client_id())
        .env("CLIENT_SECRET", sandbox.client_secret())
        .env("LOCATION", tilt.location().to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(order) = pays {
        command.env("ORDER", order.to_string());
    }
    let mut child = command.spawn()?;
    // It ends by itself where what it waits for does not come.
    while !when().await && child.try_wait()?.is_none() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let is_so = when().await;
    let ended = child.try_wait()?;
    child.kill()?;
    child.wait()?;
    assert!(
        is_so && ended.is_none(),
        "it waits for the answer: {ended:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_process_that_is_killed_before_the_answer_makes_one_order() -> Tested {
    let (tilt, folder) = (Tilt::start().await, tempfile::tempdir()?);
    let journal = folder.path().join("calls.db");
    let trigger = Trigger::to(Method::POST, ORDERS);
    tilt.sandbox.inject(trigger, Fault::Delay(FOREVER));
    let is_made = async || tilt.sandbox.orders().len() == 1;
    killed(&tilt, &journal, None, is_made).await?;

    // As often as it is asked for, also by another order: what was sent first counts.
    let (client, calls) = process(&tilt, &journal, "till")?;
    for cents in [5000, 5000, 1] {
        let order = CreateOrder::new(tilt.location(), cents);
        let order = resume::order_for(&client, &calls, "invoice-1", order).await?;
        let made = tilt.sandbox.orders();
        assert_eq!(made.len(), 1);
        assert_eq!(order.order_id.to_string(), made[0].order_id.to_string());
        assert_eq!(order.total_cents, 5000);
    }
    assert!(calls.open().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_process_that_is_killed_before_it_sends_makes_one_order() -> Tested {
    let (tilt, folder) = (Tilt::start().await, tempfile::tempdir()?);
    let journal = folder.path().join("calls.db");
    // It waits for a token, and has stored the call.
    tilt.sandbox.inject(Trigger::next(), Fault::Delay(FOREVER));
    let (client, calls) = process(&tilt, &journal, "till")?;
    let is_stored = async || calls.find("invoice-1").await.is_ok_and(|it| it.is_some());
    killed(&tilt, &journal, None, is_stored).await?;
    // It may have been killed even before it asked for the token.
    tilt.sandbox.clear_faults();
    assert!(tilt.sandbox.orders().is_empty());
    resume::order_for(&client, &calls, "invoice-1", an_order(&tilt)).await?;
    assert_eq!(tilt.sandbox.orders().len(), 1);
    Ok(())
}

#[tokio::test]
async fn of_two_processes_that_resume_at_once_one_does() -> Tested {
    let (tilt, folder) = (Tilt::start().await, tempfile::tempdir()?);
    let journal = folder.path().join("calls.db");
    let trigger = Trigger::to(Method::POST, ORDERS);
    tilt.sandbox.inject(trigger, Fault::Delay(FOREVER));
    let is_made = async || tilt.sandbox.orders().len() == 1;
    killed(&tilt, &journal, None, is_made).await?;

    let replica = |owner| process(&tilt, &journal, owner);
    let [(client, one), (_, two)] = [replica("one")?, replica("two")?];
    assert!(
        one.open().await?.is_empty(),
        "it is held by the dead one still"
    );
    let (one, two) = (one.clock(Later(3600)), two.clock(Later(3600)));
    let (first, second) = tokio::join!(one.open(), two.open());
    let mut open = first?;
    open.extend(second?);
    assert_eq!(open.len(), 1);
    let orders = client.orders();
    orders
        .create(an_order(&tilt))
        .resuming(open.remove(0)?)
        .await?;
    assert_eq!(tilt.sandbox.orders().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_payment_of_a_killed_process_is_found_and_not_made_again() -> Tested {
    let (tilt, folder) = (Tilt::start().await, tempfile::tempdir()?);
    let journal = folder.path().join("calls.db");
    let order = tilt.order(5000).await?;
    let trigger = Trigger::to(Method::POST, PAYMENTS);
    tilt.sandbox.inject(trigger, Fault::Delay(FOREVER));
    let payments = || tilt.sandbox.orders()[0].payments.len();
    killed(&tilt, &journal, Some(&order), async || payments() == 1).await?;

    let (client, calls) = process(&tilt, &journal, "till")?;
    let again = reconcile::pay(&client, order.clone(), 5000, "pay-1").await;
    let again = again.expect_err("the first one is open");
    assert_eq!(again.kind(), rt::ErrorKind::Journal, "{again}");
    let verdicts = reconcile::reconcile(&client, &calls).await?;
    let [(Some(reference), Verdict::Happened(made))] = &verdicts[..] else {
        panic!("it was made: {verdicts:?}");
    };
    assert_eq!(reference, "pay-1");
    let there = client.orders().get(order).await?;
    assert_eq!(there.payments.len(), 1);
    assert_eq!(&there.payments[0].payment_id, made);
    assert!(reconcile::reconcile(&client, &calls).await?.is_empty());
    let state = calls.find("pay-1").await?.map(|it| it.state());
    assert_eq!(state, Some(State::CarriedOut));
    Ok(())
}

#[tokio::test]
async fn a_payment_that_was_not_made_can_be_made_after_the_verdict() -> Tested {
    let (tilt, folder) = (Tilt::start().await, tempfile::tempdir()?);
    let journal = folder.path().join("calls.db");
    let order = tilt.order(5000).await?;
    let trigger = Trigger::to(Method::POST, PAYMENTS);
    tilt.sandbox.inject(trigger, Fault::LostRequest);
    let (client, calls) = process(&tilt, &journal, "till")?;
    let pay = || reconcile::pay(&client, order.clone(), 5000, "pay-1");
    assert!(
        pay()
            .await
            .expect_err("it is lost")
            .outcome_unknown()
            .is_some()
    );

    let sweep = async |later: u64| {
        // Each comes after the lease of the one before.
        let calls = calls.clone().clock(Later(later));
        reconcile::reconcile(&client, &calls).await
    };
    assert!(sweep(0).await?.is_empty(), "its time is not over");
    let early = sweep(200).await?;
    let is_early = |it: &Verdict<_>| matches!(it, Verdict::Undecided(Undecided::TooEarly(_)));
    assert!(is_early(&early[0].1), "{early:?}");
    assert!(pay().await.is_err());
    let late = sweep(1000).await?;
    assert_eq!(late, [(Some("pay-1".to_owned()), Verdict::DidNotHappen)]);
    pay().await?;
    assert_eq!(tilt.sandbox.orders()[0].payments.len(), 1);
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_where_the_disk_of_the_journal_is_full_or_read_only() -> Tested {
    let (tilt, folder) = (Tilt::start().await, tempfile::tempdir()?);
    let path = folder.path().join("calls.db");
    let full = Connection::open(&path)?;
    let calls = Calls::new(Sqlite::new(Connection::open(&path)?)?);
    let pages: i64 = full.pragma_query_value(None, "page_count", |it| it.get(0))?;
    full.pragma_update(None, "max_page_count", pages)?;
    let full = Calls::new(Sqlite::new(full)?);
    let builder = || {
        let sandbox = &tilt.sandbox;
        let local = Environment::custom(sandbox.api_url()).with_token_url(sandbox.token_url());
        Client::builder(local).credentials(sandbox.client_id(), sandbox.client_secret())
    };
    let client = builder().journal(full).build()?;
    let long = an_order(&tilt).description("x".repeat(20_000));
    let error = client.orders().create(long).await.expect_err("full");
    assert_eq!(error.kind(), rt::ErrorKind::Journal, "{error}");
    assert!(!error.may_have_been_sent());
    assert!(tilt.sandbox.exchanges().is_empty());
    assert!(calls.open().await?.is_empty());

    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let read_only = Sqlite::new(Connection::open_with_flags(&path, flags)?);
    assert!(read_only.is_err(), "said before anything is sent");
    Ok(())
}

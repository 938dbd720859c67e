//! Laws of any inbox, on the one in memory and the one in a file.

use super::*;
use crate::clock::Clock;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime};
use tokio::sync::Notify;

/// A clock that is moved by hand, and wakes who sleeps.
#[derive(Debug, Clone, Default)]
struct ByHand(Arc<(AtomicU64, Notify)>);

impl ByHand {
    fn advance(&self, time: Duration) {
        self.0.0.fetch_add(time.as_secs(), Ordering::SeqCst);
        self.0.1.notify_waiters();
    }
}

impl Clock for ByHand {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        Duration::from_secs(self.0.0.load(Ordering::SeqCst))
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (clock, end) = (self.clone(), self.monotonic() + time);
        Box::pin(async move {
            loop {
                let moved = clock.0.1.notified();
                if clock.monotonic() >= end {
                    return;
                }
                moved.await;
            }
        })
    }
}

const LEASE: Duration = Duration::from_secs(60);

type Counted = Arc<Mutex<u32>>;

async fn count<I: Inbox>(inbox: &I, id: Option<&str>, handled: &Counted) -> Outcome<()> {
    handle(inbox, id, async |_: &mut I::Work| {
        *handled.lock().unwrap() += 1;
        Ok(())
    })
    .await
}

async fn laws<I: Inbox + Clone + 'static>(inbox: I) {
    let handled = Counted::default();
    for expected in [200, 200] {
        assert_eq!(count(&inbox, Some("e1"), &handled).await.status(), expected);
    }
    assert_eq!(*handled.lock().unwrap(), 1, "handled once");

    // Failed, and then handled by the next delivery.
    let failed = handle(&inbox, Some("e2"), async |_: &mut I::Work| Err("no")).await;
    assert!(matches!(failed, Outcome::Failed("no")));
    assert_eq!(failed.status(), 500);
    assert!(matches!(
        count(&inbox, Some("e2"), &handled).await,
        Outcome::Handled
    ));

    // Panicked.
    let panicking = inbox.clone();
    let here = tokio::task::LocalSet::new();
    let panicked = here.run_until(async move {
        let work = async move {
            let handler = async |_: &mut I::Work| panic!("the handler's own fault");
            handle::<I, _, ()>(&panicking, Some("e3"), handler).await
        };
        tokio::task::spawn_local(work).await
    });
    assert!(panicked.await.unwrap_err().is_panic());
    assert!(matches!(
        count(&inbox, Some("e3"), &handled).await,
        Outcome::Handled
    ));

    // Without an id, or with a blank one: each time.
    let before = *handled.lock().unwrap();
    for id in [None, None, Some(" "), Some(" ")] {
        assert!(matches!(
            count(&inbox, id, &handled).await,
            Outcome::Handled
        ));
    }
    assert_eq!(*handled.lock().unwrap(), before + 4);
}

/// While work is under way: not handled, not lost, and 409 to who delivers again.
async fn in_work<I: Inbox + Clone>(inbox: &I, other: &I) {
    let Ok(Claim::New(work)) = inbox.claim(Some("w1")).await else {
        panic!("the first delivery is new")
    };
    let meanwhile = handle(other, Some("w1"), async |_: &mut I::Work| Err(())).await;
    assert_eq!(meanwhile.status(), 409, "{meanwhile:?}");
    assert!(meanwhile.retry_after().is_some_and(|seconds| seconds > 0));
    drop(work);
    let handled = Counted::default();
    assert!(matches!(
        count(other, Some("w1"), &handled).await,
        Outcome::Handled
    ));
    assert!(matches!(
        count(inbox, Some("w1"), &handled).await,
        Outcome::AlreadyHandled
    ));
}

async fn lease<I: Inbox + Clone>(inbox: I, clock: ByHand) {
    let begun = Notify::new();
    let stuck = handle(&inbox, Some("s1"), async |_: &mut I::Work| {
        begun.notify_one();
        std::future::pending::<Result<(), ()>>().await
    });
    let meanwhile = async {
        begun.notified().await;
        clock.advance(LEASE);
    };
    let (outcome, ()) = tokio::join!(stuck, meanwhile);
    assert!(matches!(outcome, Outcome::LeaseOver));
    assert_eq!(outcome.status(), 503);
    assert!(matches!(
        count(&inbox, Some("s1"), &Counted::default()).await,
        Outcome::Handled
    ));
}

fn by_hand() -> (Lease, ByHand) {
    let clock = ByHand::default();
    (Lease::of(LEASE).by(clock.clone()), clock)
}

#[tokio::test]
async fn an_inbox_in_memory_handles_each_event_once() {
    let (lease, clock) = by_hand();
    let inbox = Memory::new(lease);
    laws(inbox.clone()).await;
    in_work(&inbox, &inbox).await;
    self::lease(inbox, clock).await;
}

#[tokio::test]
async fn a_lease_may_be_without_end() {
    let inbox = Memory::new(Lease::of(Duration::MAX));
    let outcome = count(&inbox, Some("e1"), &Counted::default()).await;
    assert!(matches!(outcome, Outcome::Handled));
}

#[tokio::test]
async fn work_whose_lease_is_over_is_not_committed() {
    let (lease, clock) = by_hand();
    let inbox = Memory::new(lease);
    let Ok(Claim::New(late)) = inbox.claim(Some("e1")).await else {
        panic!("new")
    };
    clock.advance(LEASE);
    let Ok(Claim::New(next)) = inbox.claim(Some("e1")).await else {
        panic!("the lease is over")
    };
    assert!(matches!(late.commit().await, Err(InboxError::LeaseLost)));
    next.commit().await.unwrap();
    assert!(matches!(inbox.claim(Some("e1")).await, Ok(Claim::Done)));
}

/// An inbox whose database falls silent, as one that a network no longer reaches.
struct Silent {
    lease: Lease,
    /// At a claim, else later.
    at_once: bool,
    asked: Arc<Notify>,
}

struct SilentWork(Arc<Notify>);

async fn nothing<T>(asked: &Notify) -> T {
    asked.notify_one();
    std::future::pending().await
}

impl Inbox for Silent {
    type Work = SilentWork;

    async fn claim(&self, _: Option<&str>) -> Result<Claim<SilentWork>, InboxError> {
        match self.at_once {
            true => nothing(&self.asked).await,
            false => Ok(Claim::New(SilentWork(self.asked.clone()))),
        }
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

impl Work for SilentWork {
    async fn commit(self) -> Result<(), InboxError> {
        nothing(&self.0).await
    }

    async fn release(self) -> Result<(), InboxError> {
        nothing(&self.0).await
    }
}

#[tokio::test]
async fn a_silent_database_is_given_up_and_its_deliveries_are_answered() {
    for (at_once, result, status) in [
        (true, Ok(()), 503),
        (false, Ok(()), 503),
        (false, Err(()), 500),
    ] {
        let (lease, clock) = by_hand();
        let asked = Arc::new(Notify::new());
        let inbox = Silent {
            lease,
            at_once,
            asked: asked.clone(),
        };
        let handling = handle(&inbox, Some("e1"), async |_: &mut SilentWork| result);
        let meanwhile = async {
            asked.notified().await;
            clock.advance(LEASE);
        };
        let (outcome, ()) = tokio::join!(handling, meanwhile);
        assert_eq!(outcome.status(), status, "{outcome:?}");
    }
}

#[cfg(feature = "sqlite")]
mod in_a_file {
    use super::sqlite::{Sqlite, SqliteWork};
    use super::*;

    fn inbox(folder: &tempfile::TempDir, lease: Lease) -> Sqlite {
        let path = folder.path().join("inbox.db");
        let connection = sqlite::rusqlite::Connection::open(path).unwrap();
        // Nobody waits for another's work.
        connection.busy_timeout(Duration::ZERO).unwrap();
        Sqlite::new(connection, lease).unwrap()
    }

    #[tokio::test]
    async fn an_inbox_in_a_file_handles_each_event_once() {
        let folder = tempfile::tempdir().unwrap();
        let (lease, clock) = by_hand();
        let (one, other) = (inbox(&folder, lease.clone()), inbox(&folder, lease));
        laws(one.clone()).await;
        in_work(&one, &other).await;
        self::lease(other, clock).await;
    }

    #[tokio::test]
    async fn effect_and_mark_are_both_there_or_neither() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = inbox(&folder, Lease::default());
        let paid = async |inbox: &Sqlite, fails: bool| {
            handle(inbox, Some("e1"), async |work: &mut SqliteWork| {
                let connection = work.connection();
                connection.execute_batch("CREATE TABLE IF NOT EXISTS paid (n INTEGER)")?;
                connection.execute_batch("INSERT INTO paid VALUES (1)")?;
                match fails {
                    true => Err(sqlite::rusqlite::Error::InvalidQuery),
                    false => Ok(()),
                }
            })
            .await
        };
        assert!(matches!(paid(&inbox, true).await, Outcome::Failed(_)));
        assert!(matches!(paid(&inbox, false).await, Outcome::Handled));
        assert!(matches!(paid(&inbox, false).await, Outcome::AlreadyHandled));
        let Ok(Claim::New(mut work)) = inbox.claim(None).await else {
            panic!("without an id")
        };
        let rows = "SELECT count(*) FROM paid";
        let rows: i64 = work
            .connection()
            .query_row(rows, [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 1);
    }

    #[tokio::test]
    async fn who_waits_for_work_in_the_same_process_is_told_that_it_is_in_work() {
        let folder = tempfile::tempdir().unwrap();
        let (lease, clock) = by_hand();
        let inbox = inbox(&folder, lease);
        let Ok(Claim::New(_work)) = inbox.claim(Some("e1")).await else {
            panic!("the first delivery is new")
        };
        let mut again = std::pin::pin!(handle(&inbox, Some("e1"), async |_: &mut SqliteWork| Err(
            ()
        )));
        let first = std::future::poll_fn(|it| Poll::Ready(again.as_mut().poll(it).is_pending()));
        assert!(first.await);
        // Before the lease is over, at which nobody could tell why there was no claim.
        clock.advance(LEASE / 2);
        let told = std::future::poll_fn(|it| Poll::Ready(again.as_mut().poll(it))).await;
        let Poll::Ready(outcome) = told else {
            panic!("it is told in time")
        };
        assert_eq!(outcome.status(), 409, "{outcome:?}");
        assert!(outcome.retry_after().is_some());
    }

    #[tokio::test]
    async fn a_handler_that_ends_the_transaction_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = inbox(&folder, Lease::default());
        let outcome = handle(&inbox, Some("e1"), async |work: &mut SqliteWork| {
            work.connection().execute_batch("ROLLBACK")
        });
        assert!(matches!(
            outcome.await,
            Outcome::Unavailable(InboxError::Finished)
        ));
    }

    #[tokio::test]
    async fn what_may_come_again_is_not_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let (lease, clock) = by_hand();
        let inbox = inbox(&folder, lease);
        let day = Duration::from_secs(24 * 60 * 60);
        let handled = Counted::default();
        assert_eq!(count(&inbox, Some("e1"), &handled).await.status(), 200);
        let early = inbox.forget(6 * day).await;
        assert!(matches!(early, Err(InboxError::WindowTooShort { .. })));
        clock.advance(7 * day);
        assert_eq!(inbox.forget(7 * day).await.unwrap(), 0);
        clock.advance(day);
        assert_eq!(inbox.forget(7 * day).await.unwrap(), 1);
    }
}

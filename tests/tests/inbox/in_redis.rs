//! An inbox in Redis.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tilt_generated::rt::inbox::redis::redis::aio::MultiplexedConnection;
use tilt_generated::rt::inbox::redis::redis::{self, Client};
use tilt_generated::rt::inbox::redis::{Redis, RedisWork};
use tilt_generated::rt::inbox::{Claim, Inbox, InboxError, Lease, Work};

use crate::services::{self, until_ready};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

type Replica = Redis<MultiplexedConnection>;

#[tokio::test]
async fn two_replicas_share_an_inbox_in_redis() {
    let Some(service) = services::redis() else {
        return services::not_run("Redis");
    };
    let client = Client::open(format!("redis://{}", service.address)).expect("an address");
    let connect = async || client.get_multiplexed_async_connection().await;
    let (one, other) = (until_ready(connect).await, until_ready(connect).await);
    let server = one.clone();
    let replica = |connection| Redis::new(connection, "inbox:", Lease::default());
    let replicas = [replica(one), replica(other)];

    effects_are_made_once(&replicas).await;
    let next = replicas[0].clone();
    let heard = async || {
        // A task of its own gives up dropped work, before what is sent by this one on the same connection.
        tokio::task::yield_now().await;
        assert!(matches!(
            next.claim(Some("evt_other")).await,
            Ok(Claim::New(_))
        ));
    };
    crate::taken_over(&replicas, "evt_taken", heard).await;
    crate::without_id(&replicas[0]).await;
    a_claim_is_not_committed_after_its_lease(&replicas, server.clone()).await;
    handled_events_are_remembered_for_the_window(&replicas[0], server).await;
}

async fn effects_are_made_once(replicas: &[Replica; 2]) {
    let working = Rc::new(Cell::new(0));
    let handled = crate::storm(
        replicas,
        async move |_: &mut RedisWork<MultiplexedConnection>, id: &str| {
            // One handler of this event at a time; others may work on others.
            let first = id == "evt_0";
            if first {
                assert_eq!(working.replace(1), 0, "two handlers of one event");
            }
            tokio::task::yield_now().await;
            if first {
                working.set(0);
            }
            Ok(())
        },
    );
    let handled = handled.await;
    assert_eq!(handled.len(), 25);
    assert!(handled.values().all(|times| *times == 1), "{handled:?}");
}

async fn a_claim_is_not_committed_after_its_lease(
    [one, other]: &[Replica; 2],
    mut server: MultiplexedConnection,
) {
    let Ok(Claim::New(late)) = one.claim(Some("evt_late")).await else {
        panic!("new")
    };
    let left: i64 = redis::cmd("PTTL")
        .arg("inbox:evt_late")
        .query_async(&mut server)
        .await
        .expect("a time");
    assert!(
        (1..=70_000).contains(&left),
        "the lease is one minute, and the time for the mark: {left}"
    );
    // Its end, brought forward.
    let ended: i64 = redis::cmd("PEXPIRE")
        .arg("inbox:evt_late")
        .arg(0)
        .query_async(&mut server)
        .await
        .expect("an end");
    assert_eq!(ended, 1);
    let Ok(Claim::New(next)) = other.claim(Some("evt_late")).await else {
        panic!("the lease is over")
    };
    assert!(matches!(late.commit().await, Err(InboxError::LeaseLost)));
    assert!(matches!(
        one.claim(Some("evt_late")).await,
        Ok(Claim::InWork { .. })
    ));
    next.commit().await.expect("committed");
    assert!(matches!(one.claim(Some("evt_late")).await, Ok(Claim::Done)));
}

async fn handled_events_are_remembered_for_the_window(
    inbox: &Replica,
    mut server: MultiplexedConnection,
) {
    let inbox = inbox.clone().window(7 * DAY).expect("seven days");
    let Ok(Claim::New(work)) = inbox.claim(Some("evt_window")).await else {
        panic!("new")
    };
    work.commit().await.expect("committed");
    let left: i64 = redis::cmd("TTL")
        .arg("inbox:evt_window")
        .query_async(&mut server)
        .await
        .expect("a time");
    assert!((6 * 86_400..=7 * 86_400).contains(&left), "{left}");
    let short = inbox.window(6 * DAY);
    assert!(matches!(short, Err(InboxError::WindowTooShort { .. })));
}

//! An inbox in Postgres.

use std::time::Duration;

use tilt_generated::rt::inbox::postgres::deadpool_postgres::tokio_postgres::{Config, NoTls};
use tilt_generated::rt::inbox::postgres::deadpool_postgres::{Manager, Pool};
use tilt_generated::rt::inbox::postgres::{Postgres, PostgresWork};
use tilt_generated::rt::inbox::{Claim, Inbox, InboxError, Lease, Outcome, handle};

use crate::services::{self, Service, until_ready};

const LEASE: Duration = Duration::from_secs(45);

fn replica(service: &Service) -> Postgres {
    let mut config = Config::new();
    config.host("127.0.0.1").port(service.address.port());
    config.user("test").dbname("postgres");
    let pool = Pool::builder(Manager::new(config, NoTls))
        .max_size(8)
        .build();
    Postgres::new(pool.expect("a pool"), "public.inbox", Lease::of(LEASE)).expect("a name")
}

async fn number(inbox: &Postgres, sql: &str) -> i64 {
    let Ok(Claim::New(work)) = inbox.claim(None).await else {
        panic!("without an id, it is new")
    };
    let row = work.client().expect("open").query_one(sql, &[]).await;
    row.expect("a row").get(0)
}

/// Waits for the end of the transactions whose connections were closed: the locks of claims are the only advisory ones.
async fn no_claim_is_left(inbox: &Postgres) {
    let claims = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
    while number(inbox, claims).await > 0 {}
}

#[tokio::test]
async fn two_replicas_share_an_inbox_in_postgres() {
    let Some(service) = services::postgres() else {
        return services::not_run("Postgres");
    };
    let replicas = [replica(&service), replica(&service)];
    until_ready(async || {
        replicas[0]
            .create_table()
            .await
            .map_err(|it| format!("{it:?}"))
    })
    .await;
    let made = tokio::join!(replicas[0].create_table(), replicas[1].create_table());
    assert!(made.0.is_ok() && made.1.is_ok(), "{made:?}");

    let setup = handle(&replicas[0], None, async |work: &mut PostgresWork| {
        let client = work.client()?;
        let made = client
            .batch_execute("CREATE TABLE effects (event text)")
            .await;
        made.map_err(|error| InboxError::Store(error.into()))
    });
    assert!(matches!(setup.await, Outcome::Handled));

    effects_are_made_once(&replicas).await;
    for id in ["evt_taken", "long\0"] {
        crate::taken_over(&replicas, id, async || no_claim_is_left(&replicas[1]).await).await;
    }
    crate::without_id(&replicas[0]).await;
    a_failed_statement_is_not_committed(&replicas[0]).await;
    a_transaction_ends_with_the_lease(&replicas[0]).await;
    the_mark_is_in_a_transaction_of_ones_own(&replicas[0]).await;
    a_transaction_that_the_handler_ended_is_not_committed(&replicas[0]).await;
    early_is_not_forgotten(&replicas[0]).await;
}

async fn effects_are_made_once(replicas: &[Postgres; 2]) {
    let handled = crate::storm(replicas, async |work: &mut PostgresWork, id: &str| {
        let client = work.client().expect("open");
        let effect = client
            .execute("INSERT INTO effects VALUES ($1)", &[&id])
            .await;
        assert_eq!(effect.expect("an effect"), 1);
        Ok(())
    });
    let handled = handled.await;
    assert_eq!(handled.len(), 25);
    assert!(handled.values().all(|times| *times == 1), "{handled:?}");
    // Those of handlers that failed were rolled back.
    assert_eq!(
        number(&replicas[0], "SELECT count(*) FROM effects").await,
        25
    );
    let different = "SELECT count(DISTINCT event) FROM effects";
    assert_eq!(number(&replicas[0], different).await, 25);
}

/// Postgres answers the COMMIT of such a transaction with a rollback, and no error.
async fn a_failed_statement_is_not_committed(inbox: &Postgres) {
    let outcome = handle(
        inbox,
        Some("evt_swallowed"),
        async |work: &mut PostgresWork| {
            let client = work.client()?;
            assert!(
                client
                    .execute("INSERT INTO nowhere VALUES (1)", &[])
                    .await
                    .is_err()
            );
            Ok::<(), InboxError>(())
        },
    );
    let outcome = outcome.await;
    assert!(matches!(outcome, Outcome::Unavailable(_)), "{outcome:?}");
    let marks = "SELECT count(*) FROM inbox WHERE id = 'evt_swallowed'";
    assert_eq!(number(inbox, marks).await, 0);
}

/// One that stands idle, and one whose statement goes on: the server ends both.
async fn a_transaction_ends_with_the_lease(inbox: &Postgres) {
    for limit in ["idle_in_transaction_session_timeout", "statement_timeout"] {
        let limit = format!("SELECT setting::bigint FROM pg_settings WHERE name = '{limit}'");
        assert_eq!(number(inbox, &limit).await, 45_000);
    }
}

async fn the_mark_is_in_a_transaction_of_ones_own(inbox: &Postgres) {
    let Ok(Claim::New(own)) = inbox.claim(None).await else {
        panic!("without an id, it is new")
    };
    let marked = inbox.mark(own.client().expect("open"), "evt_own").await;
    assert!(matches!(marked, Ok(Claim::New(()))));
    assert!(matches!(
        inbox.claim(Some("evt_own")).await,
        Ok(Claim::InWork { .. })
    ));
    tilt_generated::rt::inbox::Work::commit(own)
        .await
        .expect("committed");
    assert!(matches!(
        inbox.claim(Some("evt_own")).await,
        Ok(Claim::Done)
    ));
}

async fn early_is_not_forgotten(inbox: &Postgres) {
    let day = Duration::from_secs(24 * 60 * 60);
    let early = inbox.forget(6 * day).await;
    assert!(matches!(early, Err(InboxError::WindowTooShort { .. })));
    assert_eq!(inbox.forget(7 * day).await.expect("forgotten"), 0);
    let aged = handle(inbox, None, async |work: &mut PostgresWork| {
        let age = "UPDATE inbox SET done_at = now() - interval '8 days' WHERE id = 'evt_own'";
        let aged = work.client()?.execute(age, &[]).await;
        aged.map(|_| ())
            .map_err(|error| InboxError::Store(error.into()))
    });
    assert!(matches!(aged.await, Outcome::Handled));
    assert_eq!(inbox.forget(7 * day).await.expect("forgotten"), 1);
}

#[test]
fn a_table_has_a_plain_name() {
    let pool = || {
        let manager = Manager::new(Config::new(), NoTls);
        Pool::builder(manager).build().expect("a pool")
    };
    for name in ["inbox", "shop.inbox_2"] {
        assert!(
            Postgres::new(pool(), name, Lease::default()).is_ok(),
            "{name}"
        );
    }
    for name in ["", "a b", "a;b", "a.b.c", "2a", ".a", "\"a\""] {
        let refused = Postgres::new(pool(), name, Lease::default());
        assert!(matches!(refused, Err(InboxError::TableName(_))), "{name}");
    }
}

/// The effect may be there, and the mark may be gone with the transaction.
async fn a_transaction_that_the_handler_ended_is_not_committed(inbox: &Postgres) {
    let ended = handle(inbox, Some("evt_ended"), async |work: &mut PostgresWork| {
        let ended = work.client()?.batch_execute("ROLLBACK").await;
        ended.map_err(|error| InboxError::Store(error.into()))
    });
    let ended = ended.await;
    assert!(matches!(ended, Outcome::Unavailable(_)), "{ended:?}");
    assert!(matches!(
        inbox.claim(Some("evt_ended")).await,
        Ok(Claim::New(_))
    ));
}

//! A journal in Postgres, which several machines share.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use tilt_generated::rt::journal::postgres::Postgres;
use tilt_generated::rt::journal::postgres::deadpool_postgres::tokio_postgres::{Config, NoTls};
use tilt_generated::rt::journal::postgres::deadpool_postgres::{Manager, Pool};
use tilt_generated::rt::journal::{Calls, Hold, Intent, Journal, JournalError, State};

use crate::services::{self, until_ready};

const MINUTE: Duration = Duration::from_secs(60);

fn pool(port: u16) -> Result<Pool, JournalError> {
    let mut config = Config::new();
    config.host("127.0.0.1").port(port);
    config.user("test").dbname("postgres");
    let pool = Pool::builder(Manager::new(config, NoTls)).max_size(4);
    pool.build().map_err(JournalError::store)
}

pub(crate) fn machine(port: u16) -> Result<Postgres, JournalError> {
    Postgres::new(pool(port)?, "public.calls")
}

fn at(minutes: u32) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480) + MINUTE * minutes
}

fn intent(id: &str, reference: Option<&str>, begun: u32) -> Result<Intent, JournalError> {
    let details = r#"{"operation": "pay", "known_before": ["p-1"], "key": {"value": "k", "until": 7},
        "server": "https://api.example.com", "target": "/orders?a=%22", "path": [["order_id", "\u0000ü"]],
        "content_type": null, "ends_by": 9}"#;
    let ids = (id.to_owned(), reference.map(str::to_owned));
    Intent::of_details(details, ids, at(begun), Some((&b"\x00\xff{}"[..]).into()))
}

fn hold(owner: Option<&str>, run: &str, until: u32) -> Hold {
    Hold::new(owner.map(str::to_owned), run.to_owned(), at(until))
}

#[tokio::test]
async fn two_machines_share_a_journal_in_postgres() -> Result<(), JournalError> {
    let Some(service) = services::postgres() else {
        services::not_run("Postgres");
        return Ok(());
    };
    let port = service.address.port();
    let [one, two] = [machine(port)?, machine(port)?];
    until_ready(async || one.create_table().await.map_err(|it| format!("{it:?}"))).await;
    let made = tokio::join!(one.create_table(), two.create_table());
    assert!(made.0.is_ok() && made.1.is_ok(), "{made:?}");

    // Of machines that take at once, one gets each call, whole.
    for number in 0..30 {
        let intent = intent(&format!("c{number:02}"), None, number)?;
        one.begin(&intent, &hold(None, "gone", 60)).await?;
    }
    let early = two.take(&hold(None, "two", 99), at(59), 9).await?;
    assert!(early.is_empty());
    let taking = async |journal: &Postgres, run: &str| {
        let mut taken: Vec<Intent> = Vec::new();
        loop {
            let more = journal.take(&hold(None, run, 99), at(60), 2).await?;
            if more.is_empty() {
                return Ok::<_, JournalError>(taken);
            }
            for intent in more {
                taken.push(intent?);
            }
        }
    };
    let (by_one, by_two) = tokio::join!(taking(&one, "one"), taking(&two, "two"));
    let mut all = [by_one?, by_two?].concat();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(all.len(), 30);
    assert_eq!(all[7], intent("c07", None, 7)?);

    the_rules_of_holds_and_references(&one, &two).await?;
    nothing_shows_a_call(&one, port).await?;

    let calls = Calls::new(two);
    assert!(
        calls
            .find("invoice-1")
            .await?
            .is_some_and(|it| it.state() == State::CarriedOut)
    );
    Ok(())
}

async fn the_rules_of_holds_and_references(
    one: &Postgres,
    two: &Postgres,
) -> Result<(), JournalError> {
    let begin = async |journal: &Postgres, id: &str| {
        let own = hold(Some("till"), "before", 60);
        journal
            .begin(&intent(id, Some("invoice-1"), 40)?, &own)
            .await
    };
    let (first, second) = tokio::join!(begin(one, "r1"), begin(two, "r2"));
    let (begun, refused) = match first {
        Ok(()) => ("r1", second),
        Err(_) => ("r2", first),
    };
    assert!(
        matches!(refused, Err(JournalError::ReferenceTaken)),
        "{refused:?}"
    );
    // Held by one that lives, and by the earlier run of a name.
    let (desk, after) = (hold(Some("desk"), "d", 70), hold(Some("till"), "after", 70));
    assert!(!two.hold(begun, &desk, at(41)).await?);
    assert!(!two.end(begun, "d", State::CarriedOut).await?);
    assert!(two.hold(begun, &after, at(41)).await?);
    assert!(!one.end(begun, "before", State::NotCarriedOut).await?);
    assert!(two.end(begun, "after", State::NotCarriedOut).await?);
    begin(one, "r3").await?;
    assert!(one.end("r3", "before", State::CarriedOut).await?);
    assert!(
        !one.end("r3", "before", State::NotCarriedOut).await?,
        "once"
    );
    assert!(begin(two, "r4").await.is_err());
    assert_eq!(one.forget(at(40)).await?, 0);
    let found = two.find("invoice-1").await?;
    let found = found.map(|it| (it.intent.id, it.state));
    assert_eq!(found, Some(("r3".to_owned(), State::CarriedOut)));
    Ok(())
}

/// Drivers log the values of statements, and databases repeat rows in errors.
async fn nothing_shows_a_call(journal: &Postgres, port: u16) -> Result<(), JournalError> {
    static LOGS: Logs = Logs(Mutex::new(String::new()));
    struct Logs(Mutex<String>);

    impl log::Log for Logs {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            let mut logs = self.0.lock().expect("logs");
            logs.push_str(&format!("{} {}\n", record.target(), record.args()));
        }
        fn flush(&self) {}
    }

    log::set_logger(&LOGS).expect("the only one");
    log::set_max_level(log::LevelFilter::Trace);
    let mark = |id: &str| {
        let mut intent = intent(id, Some("mark-reference"), 50)?;
        intent.target = "/mark-target".to_owned();
        intent.body = Some((&b"mark-body"[..]).into());
        Ok::<_, JournalError>(intent)
    };
    let own = hold(None, "mark", 60);
    journal.begin(&mark("m1")?, &own).await?;
    journal.find("mark-reference").await?;
    journal.hold("m1", &own, at(50)).await?;
    journal.end("m1", "mark", State::NotCarriedOut).await?;
    // One that the database does not take.
    let wrong = "ALTER TABLE calls ADD CHECK (length(body) <> 9) NOT VALID";
    let client = pool(port)?.get().await.map_err(JournalError::store)?;
    let changed = client.batch_execute(wrong).await;
    changed.map_err(JournalError::store)?;
    let refused = journal.begin(&mark("m2")?, &own).await;
    let refused = refused.expect_err("the table takes none");
    log::set_max_level(log::LevelFilter::Off);
    let logs = LOGS.0.lock().expect("logs").clone();
    assert!(logs.contains("with parameters"), "{logs}");
    let mut shown = format!("{logs}{refused:?} {refused}");
    let mut source = std::error::Error::source(&refused);
    assert!(
        source.is_some_and(|it| it.to_string().contains("23514")),
        "{refused:?}"
    );
    while let Some(error) = source {
        shown.push_str(&format!("{error} {error:?}\n"));
        source = error.source();
    }
    for form in ["mark-", "6d61726b"] {
        assert!(!shown.contains(form), "{shown}");
    }
    Ok(())
}

//! A journal in Postgres, which several machines share.

use std::time::{Duration, SystemTime};

use tilt_generated::rt::journal::postgres::Postgres;
use tilt_generated::rt::journal::postgres::deadpool_postgres::tokio_postgres::{Config, NoTls};
use tilt_generated::rt::journal::postgres::deadpool_postgres::{Manager, Pool};
use tilt_generated::rt::journal::{Calls, Hold, Intent, Journal, JournalError, State};

use crate::services::{self, until_ready};

const MINUTE: Duration = Duration::from_secs(60);

pub(crate) fn machine(port: u16) -> Result<Postgres, JournalError> {
    let mut config = Config::new();
    config.host("127.0.0.1").port(port);
    config.user("test").dbname("postgres");
    let pool = Pool::builder(Manager::new(config, NoTls)).max_size(4);
    Postgres::new(pool.build().map_err(JournalError::store)?, "public.calls")
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

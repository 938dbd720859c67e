//! Laws of any journal, on the one in memory and the one in a file.

use super::*;
use bytes::Bytes;
use std::time::{Duration, SystemTime};

const MINUTE: Duration = Duration::from_secs(60);

/// So many minutes after some time.
fn at(minutes: u32) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480) + MINUTE * minutes
}

fn intent(id: &str, reference: Option<&str>, begun: u32) -> Intent {
    Intent {
        id: id.to_owned(),
        operation: "pay".to_owned(),
        reference: reference.map(str::to_owned),
        known_before: Some(vec!["p-1".to_owned(), "ü".to_owned()]),
        key: Some(IntentKey {
            value: "k".to_owned(),
            until: at(begun + 9),
        }),
        server: "https://api.example.com".to_owned(),
        target: "/orders/%20?a=%22".to_owned(),
        path: vec![("order_id".to_owned(), " ".to_owned())],
        content_type: Some("application/json".to_owned()),
        body: Some(Bytes::from_static(b"\x00\xff{\"a\": 1 }")),
        begun_at: at(begun),
        ends_by: at(begun + 1),
    }
}

fn hold(owner: Option<&str>, run: &str, until: u32) -> Hold {
    Hold {
        owner: owner.map(str::to_owned),
        run: run.to_owned(),
        until: at(until),
    }
}

fn ids(intents: &[Intent]) -> Vec<&str> {
    intents.iter().map(|it| it.id.as_str()).collect()
}

fn readable(taken: Vec<Result<Intent, JournalError>>) -> Result<Vec<Intent>, JournalError> {
    taken.into_iter().collect()
}

async fn laws(journal: impl Journal) -> Result<(), JournalError> {
    a_call_comes_back_as_it_was_stored(&journal).await?;
    what_is_held_is_taken_by_nobody_else(&journal).await?;
    a_restarted_owner_takes_what_it_held(&journal).await?;
    a_reference_is_of_one_call(&journal).await?;
    what_has_ended_is_forgotten_and_what_is_open_is_not(&journal).await
}

async fn a_call_comes_back_as_it_was_stored(journal: &impl Journal) -> Result<(), JournalError> {
    let full = intent("full", Some("r-full"), 0);
    let bare = Intent {
        key: None,
        known_before: None,
        reference: None,
        content_type: None,
        body: None,
        path: Vec::new(),
        ..intent("bare", None, 1)
    };
    for it in [&bare, &full] {
        journal.begin(it, &hold(None, "one", 2)).await?;
    }
    let taken = readable(journal.take(&hold(None, "two", 9), at(2), 9).await?)?;
    assert_eq!(taken, [full.clone(), bare.clone()], "oldest first");
    let entry = journal.find("r-full").await?;
    assert_eq!(entry, Some(Entry::new(full, State::Open)));
    assert_eq!(journal.find("r").await?, None);
    for id in ["full", "bare"] {
        assert!(journal.end(id, "two", State::CarriedOut).await?);
    }
    Ok(())
}

async fn what_is_held_is_taken_by_nobody_else(journal: &impl Journal) -> Result<(), JournalError> {
    for (id, begun) in [("h1", 0), ("h2", 1), ("h3", 2)] {
        let own = hold(None, "one", 5);
        journal.begin(&intent(id, None, begun), &own).await?;
    }
    let two = hold(None, "two", 20);
    assert!(readable(journal.take(&two, at(4), 9).await?)?.is_empty());
    assert!(!journal.hold("h1", &two, at(4)).await?);
    assert!(!journal.end("h1", "two", State::CarriedOut).await?);
    // The hold is over.
    assert_eq!(
        ids(&readable(journal.take(&two, at(5), 2).await?)?),
        ["h1", "h2"]
    );
    assert_eq!(ids(&readable(journal.take(&two, at(5), 2).await?)?), ["h3"]);
    // The one that held it has lost it, and the other one keeps it.
    let one = hold(None, "one", 30);
    assert!(!journal.hold("h1", &one, at(6)).await?);
    assert!(!journal.end("h1", "one", State::NotCarriedOut).await?);
    assert!(journal.hold("h1", &hold(None, "two", 40), at(6)).await?);
    assert!(readable(journal.take(&one, at(20), 1).await?)?[0].id == "h2");
    for (id, run) in [("h1", "two"), ("h2", "one"), ("h3", "two")] {
        assert!(journal.end(id, run, State::NotCarriedOut).await?);
        assert!(!journal.end(id, run, State::CarriedOut).await?, "once");
        assert!(!journal.hold(id, &hold(None, run, 99), at(99)).await?);
    }
    assert!(readable(journal.take(&one, at(99), 9).await?)?.is_empty());
    Ok(())
}

async fn a_restarted_owner_takes_what_it_held(journal: &impl Journal) -> Result<(), JournalError> {
    let before = hold(Some("till"), "before", 50);
    journal.begin(&intent("o1", None, 0), &before).await?;
    let nobody = hold(None, "other", 50);
    journal.begin(&intent("o2", None, 0), &nobody).await?;
    for other in [
        hold(Some("till"), "before", 60),
        hold(Some("desk"), "after", 60),
        nobody,
    ] {
        assert!(
            readable(journal.take(&other, at(1), 9).await?)?.is_empty(),
            "{other:?}"
        );
    }
    let after = hold(Some("till"), "after", 60);
    assert_eq!(
        ids(&readable(journal.take(&after, at(1), 9).await?)?),
        ["o1"]
    );
    assert!(readable(journal.take(&after, at(1), 9).await?)?.is_empty());
    assert!(journal.end("o1", "after", State::CarriedOut).await?);
    assert!(journal.end("o2", "other", State::CarriedOut).await?);
    Ok(())
}

async fn a_reference_is_of_one_call(journal: &impl Journal) -> Result<(), JournalError> {
    let own = hold(None, "one", 5);
    let begin = async |id: &str| journal.begin(&intent(id, Some("invoice-1"), 0), &own).await;
    begin("r1").await?;
    let taken = |result| matches!(result, Err(JournalError::ReferenceTaken));
    assert!(taken(begin("r2").await));
    assert!(journal.end("r1", "one", State::NotCarriedOut).await?);
    begin("r3").await?;
    assert!(journal.end("r3", "one", State::CarriedOut).await?);
    assert!(taken(begin("r4").await));
    let entry = journal.find("invoice-1").await?;
    let entry = entry.map(|it| (it.intent.id, it.state));
    assert_eq!(entry, Some(("r3".to_owned(), State::CarriedOut)));
    Ok(())
}

async fn what_has_ended_is_forgotten_and_what_is_open_is_not(
    journal: &impl Journal,
) -> Result<(), JournalError> {
    journal.forget(at(1000)).await?;
    let own = hold(None, "one", 5);
    for (id, begun) in [("f1", 1), ("f2", 1), ("f3", 3)] {
        journal.begin(&intent(id, Some(id), begun), &own).await?;
    }
    for id in ["f1", "f3"] {
        assert!(journal.end(id, "one", State::CarriedOut).await?);
    }
    assert_eq!(journal.forget(at(3)).await?, 1);
    for (id, is_there) in [("f1", false), ("f2", true), ("f3", true)] {
        assert_eq!(journal.find(id).await?.is_some(), is_there, "{id}");
    }
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_something_else_is_told_without_its_values() -> Result<(), JournalError> {
    let calls = Calls::new(Memory::new());
    let mut stored = intent("i", Some("r"), 0);
    stored.body = Some(Bytes::from_static(br#"[5, "hunter2"]"#));
    calls.begin(&stored, MINUTE).await?;
    let found = calls.find("r").await?.expect("it is there");
    let error = found.body_as::<Vec<i64>>().expect_err("no number");
    assert_eq!(
        error.to_string(),
        "the call i in the journal cannot be read: its body: invalid type: string …, expected an integer that fits i64 at `/1`"
    );
    assert!(!format!("{error:?} {found:?}").contains("hunter2"));
    Ok(())
}

#[tokio::test]
async fn a_journal_in_memory_keeps_the_laws() -> Result<(), JournalError> {
    laws(Memory::new()).await
}

#[cfg(feature = "sqlite")]
mod in_a_file {
    use super::*;
    use crate::journal::sqlite::Sqlite;

    #[tokio::test]
    async fn a_journal_in_a_file_keeps_the_laws() -> Result<(), JournalError> {
        let folder = tempfile::tempdir().map_err(JournalError::store)?;
        laws(Sqlite::open(folder.path().join("calls.db"))?).await
    }

    #[cfg(unix)]
    #[test]
    fn a_journal_in_a_file_is_read_by_its_owner_alone() -> Result<(), JournalError> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().map_err(JournalError::store)?;
        let _journal = Sqlite::open(folder.path().join("calls.db"))?;
        let files = std::fs::read_dir(folder.path()).map_err(JournalError::store)?;
        let mut modes = Vec::new();
        for file in files {
            let metadata = file.and_then(|file| file.metadata());
            modes.push(metadata.map_err(JournalError::store)?.permissions().mode() & 0o777);
        }
        assert!(
            !modes.is_empty() && modes.iter().all(|mode| *mode == 0o600),
            "{modes:?}"
        );
        Ok(())
    }

    #[tokio::test]
    async fn of_two_processes_that_take_at_once_one_gets_each_call() -> Result<(), JournalError> {
        let folder = tempfile::tempdir().map_err(JournalError::store)?;
        let path = folder.path().join("calls.db");
        let [one, two] = [Sqlite::open(&path)?, Sqlite::open(&path)?];
        for number in 0..40 {
            let intent = intent(&format!("c{number}"), None, number);
            one.begin(&intent, &hold(None, "gone", 1)).await?;
        }
        let taking = async |journal: &Sqlite, run: &str| {
            let mut taken = Vec::new();
            loop {
                let more = readable(journal.take(&hold(None, run, 99), at(50), 3).await?)?;
                if more.is_empty() {
                    return Ok::<_, JournalError>(taken);
                }
                taken.extend(more.into_iter().map(|it| it.id));
            }
        };
        let (one, two) = tokio::join!(taking(&one, "one"), taking(&two, "two"));
        let mut all = [one?, two?].concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 40);
        Ok(())
    }

    #[tokio::test]
    async fn a_call_that_cannot_be_read_is_told_by_its_id_beside_the_others()
    -> Result<(), JournalError> {
        let folder = tempfile::tempdir().map_err(JournalError::store)?;
        let path = folder.path().join("calls.db");
        let journal = Sqlite::open(&path)?;
        for (number, id) in ["one", "two", "three", "four"].into_iter().enumerate() {
            let intent = intent(id, Some(id), u32::try_from(number).unwrap_or_default());
            journal.begin(&intent, &hold(None, "gone", 5)).await?;
        }
        let broken = "UPDATE calls SET details = '{}' WHERE id = 'two';
            UPDATE calls SET details = x'ff' || details WHERE id = 'three';";
        let database = rusqlite::Connection::open(&path).map_err(JournalError::store)?;
        database
            .execute_batch(broken)
            .map_err(JournalError::store)?;
        let taken = Calls::new(journal.clone()).open().await?;
        let taken = taken.into_iter().map(|it| match it {
            Ok(call) => Ok(call.id().to_owned()),
            Err(JournalError::Unreadable { id, problem }) => Err((id, problem)),
            Err(other) => Err((String::new(), other.to_string())),
        });
        let (readable, unreadable): (Vec<_>, Vec<_>) = taken.partition(Result::is_ok);
        assert_eq!(readable, [Ok("one".to_owned()), Ok("four".to_owned())]);
        let mut ids: Vec<_> = unreadable
            .into_iter()
            .filter_map(Result::err)
            .map(|(id, _)| id)
            .collect();
        ids.sort();
        assert_eq!(ids, ["three", "two"]);
        let found = journal.find("two").await;
        assert!(
            matches!(&found, Err(JournalError::Unreadable { id, .. }) if id == "two"),
            "{found:?}"
        );
        Ok(())
    }

    #[tokio::test]
    async fn what_is_stored_is_there_for_the_next_process() -> Result<(), JournalError> {
        let folder = tempfile::tempdir().map_err(JournalError::store)?;
        let path = folder.path().join("calls.db");
        let journal = Sqlite::open(&path)?;
        let it = intent("one", None, 0);
        journal.begin(&it, &hold(None, "one", 5)).await?;
        // Not closed: a killed process does not either.
        let next = Sqlite::open(&path)?;
        assert_eq!(
            readable(next.take(&hold(None, "two", 9), at(5), 9).await?)?,
            [it]
        );
        Ok(())
    }
}

//! Calls of a journal that are resumed after the end of the process that began them.

use super::journal::{Suspending, client, killed, states};
use super::script::{KEYED, NO_CONNECTION, ONCE, Script, Stepping, TIMEOUT, call, status};
use crate::server::{OPEN, Tested, error_of};
use std::time::Duration;
use tilt_runtime as rt;
use tilt_runtime::Clock as _;
use tilt_runtime::journal::{Calls, Hold, Journal as _, JournalError, Memory, Note, State};

#[tokio::test]
async fn a_killed_call_that_has_a_key_is_sent_again_with_the_same_key_and_bytes() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &KEYED, Note::new()).await?;
    let stored = journal.entries()[0].intent.clone();
    let script = Script::new([TIMEOUT, status(201)]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let open = calls.open().await?;
    assert_eq!(open.len(), 1);
    for open in open {
        // Another body and a key of its own: those that were stored count.
        let mut resumed = client.call::<rt::Empty>(&KEYED);
        resumed.json("application/merge-patch+json", &vec![1]);
        resumed.set(0, "another");
        resumed.resuming(open?).await?;
    }
    let sent = script.sent();
    assert_eq!(sent.len(), 2);
    for request in sent {
        let key = stored.key.as_ref().ok_or("a key")?;
        assert_eq!(request.headers()["idempotency-key"], key.value.as_str());
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.body().as_ref(), b"[5000]");
        assert_eq!(request.uri().path(), "/v1/orders");
    }
    assert_eq!(states(&journal), [State::CarriedOut]);
    assert!(calls.open().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_killed_call_without_a_key_is_never_sent_again() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    let note = Note::new().known_before(["p-1", "p-2"]);
    killed(&clock, &journal, &ONCE, note).await?;
    let script = Script::new([]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let open = calls.open().await?.remove(0)?;
    assert_eq!(open.path_parameter("order_id"), Some("o-1"));
    let resumed = call(&client, &ONCE).resuming(open.clone());
    let error = error_of(resumed.await)?;
    let unknown = error.outcome_unknown().ok_or("unknown")?;
    assert_eq!(
        unknown.known_before(),
        Some(&["p-1".to_owned(), "p-2".to_owned()][..])
    );
    assert_eq!(unknown.path_parameter("order_id"), Some("o-1"));
    assert_eq!(unknown.journal_entry(), Some(open.id()));
    assert_eq!(unknown.attempts()[0].end(), rt::AttemptEnd::Interrupted);
    assert_eq!(states(&journal), [State::Open]);
    open.mark_carried_out().await?;
    assert_eq!(states(&journal), [State::CarriedOut]);
    Ok(())
}

#[tokio::test]
async fn a_killed_call_is_not_sent_again_beyond_the_life_of_its_key() -> Tested {
    // The key lives for 100 s, of which the last 10 are not used.
    for (passed, is_sent) in [(89, true), (90, false), (1_000, false)] {
        let (clock, journal) = (Stepping::default(), Memory::new());
        killed(&clock, &journal, &KEYED, Note::new()).await?;
        clock.sleep(Duration::from_secs(passed)).await;
        let script = Script::new([status(201)]);
        let (client, calls) = client(&script, &clock, &journal)?;
        let open = calls.open().await?.remove(0)?;
        let result = call(&client, &KEYED).resuming(open).await;
        assert_eq!(script.sent().len(), usize::from(is_sent), "{passed}");
        assert_eq!(result.is_ok(), is_sent);
        if let Err(error) = result {
            assert!(error.outcome_unknown().is_some(), "{error}");
            assert_eq!(states(&journal), [State::Open]);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_resumed_call_that_is_refused_may_have_been_carried_out_before() -> Tested {
    for step in [
        status(409),
        status(422),
        status(429),
        NO_CONNECTION,
        status(500),
        TIMEOUT,
    ] {
        let (clock, journal) = (Stepping::default(), Memory::new());
        killed(&clock, &journal, &KEYED, Note::new()).await?;
        let script = Script::new([step.clone(), status(201)]);
        let (client, calls) = client(&script, &clock, &journal)?;
        let open = calls.open().await?.remove(0)?;
        let resumed = call(&client, &KEYED).attempts(1).resuming(open.clone());
        let error = error_of(resumed.await)?;
        assert!(error.outcome_unknown().is_some(), "{step:?}: {error}");
        assert!(
            error.to_string().contains("did not come to its end"),
            "{error}"
        );
        assert_eq!(states(&journal), [State::Open], "{step:?}");
        // And it can be resumed once more.
        call(&client, &KEYED).resuming(open).await?;
        assert_eq!(states(&journal), [State::CarriedOut]);
    }
    Ok(())
}

#[tokio::test]
async fn what_was_carried_out_is_found_by_its_reference_and_its_answer_had_again() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    let script = Script::new([status(201), status(201), status(200)]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let note = |reference: &str| Note::new().reference(reference);
    call(&client, &KEYED).journaled(note("a")).await?;
    let error = error_of(call(&client, &KEYED).journaled(note("a")).await)?;
    assert!(
        matches!(&error, rt::Error::Journal(it) if matches!(it.journal_error(), Some(JournalError::ReferenceTaken))),
        "{error}"
    );
    assert!(!error.may_have_been_sent() && !error.is_retryable());
    let found = calls.find("a").await?.ok_or("it is there")?;
    assert_eq!(found.state(), State::CarriedOut);
    call(&client, &KEYED).resuming(found).await?;
    let keys = script
        .sent()
        .into_iter()
        .map(|it| it.headers()["idempotency-key"].clone());
    let keys: Vec<_> = keys.collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
    // Without a key there is no answer, and it was carried out all the same.
    call(&client, &ONCE).journaled(note("b")).await?;
    let found = calls.find("b").await?.ok_or("it is there")?;
    let error = error_of(call(&client, &ONCE).resuming(found).await)?;
    assert!(
        error.may_have_been_sent() && error.outcome_unknown().is_none(),
        "{error}"
    );
    assert_eq!(script.sent().len(), 1);
    Ok(())
}

/// That it is not sent now says nothing of the process that began it.
#[track_caller]
fn assert_unknown(error: &rt::Error, reason: &str) {
    assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{error}");
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let mut told = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        told = format!("{told}: {error}");
        source = error.source();
    }
    assert!(told.contains(reason), "{told}");
}

#[tokio::test]
async fn a_call_is_resumed_whatever_the_arguments_that_stand_for_it() -> Tested {
    static LIMITED: rt::Operation = rt::Operation {
        constraints: Some(&CONSTRAINTS),
        ..KEYED
    };
    static CONSTRAINTS: rt::Constraints = rt::Constraints::new(
        r#"{"properties": {"body application/json": {"items": {"minimum": 1000}}}}"#,
        &[],
    );
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &LIMITED, Note::new()).await?;
    let script = Script::new([status(201)]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let mut blank = client.call::<rt::Empty>(&LIMITED);
    blank.set(0, " ");
    blank.json("application/json", &vec![0]);
    blank.resuming(calls.open().await?.remove(0)?).await?;
    assert_eq!(script.sent()[0].body().as_ref(), b"[5000]");
    Ok(())
}

#[tokio::test]
async fn a_call_is_resumed_by_one_process_as_what_it_is_and_where_it_went() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &KEYED, Note::new().reference("a")).await?;
    let script = Script::new([status(201)]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let open = calls.open().await?.remove(0)?;
    // Another process finds it, and may not resume it.
    let other = Calls::new(journal.clone())
        .owner("desk")
        .clock(clock.clone());
    assert!(other.open().await?.is_empty());
    let found = other.find("a").await?.ok_or("it is there")?;
    let error = error_of(call(&client, &KEYED).resuming(found.clone()).await)?;
    assert_unknown(&error, "another process has the call");
    let marked = found.mark_not_carried_out().await;
    assert!(matches!(marked, Err(JournalError::NotHeld)), "{marked:?}");
    // Nor as another operation, nor at another server.
    let error = error_of(call(&client, &ONCE).resuming(open.clone()).await)?;
    assert_unknown(&error, "another operation");
    let elsewhere = script
        .builder(&clock)
        .base_url("https://else.example.com".to_owned());
    let error = error_of(
        call(&elsewhere.build()?, &KEYED)
            .resuming(open.clone())
            .await,
    )?;
    assert_unknown(&error, "another server");
    assert!(script.sent().is_empty());
    // Nor what was certainly not carried out.
    open.mark_not_carried_out().await?;
    let found = calls.find("a").await?.ok_or("it is there")?;
    let error = error_of(call(&client, &KEYED).resuming(found).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    Ok(())
}

#[tokio::test]
async fn a_stored_call_without_a_path_goes_to_no_other_host() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &KEYED, Note::new()).await?;
    let mut intent = journal.entries().remove(0).intent;
    intent.target.insert_str(0, ".evil.example");
    let journal = Memory::new();
    let hold = Hold::new(None, "run".to_owned(), clock.now());
    journal.begin(&intent, &hold).await?;
    let script = Script::new([]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let open = calls.open().await?.remove(0)?;
    let error = error_of(call(&client, &KEYED).resuming(open).await)?;
    assert_unknown(&error, "another host");
    assert!(script.sent().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_resumed_call_is_not_sent_once_others_may_take_it_either() -> Tested {
    static API: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "token",
            kind: rt::SchemeKind::Bearer,
        }],
        ..OPEN
    };
    static ORDER: rt::Operation = rt::Operation {
        security: &[&[(0, &[])]],
        ..KEYED
    };
    for (seconds, is_sent) in [(59, true), (60, false)] {
        let (day, journal) = (Stepping::default(), Memory::new());
        killed(&day, &journal, &KEYED, Note::new()).await?;
        let script = Script::new([status(201)]);
        let calls = Calls::new(journal.clone()).owner("till").clock(day.clone());
        let token = Suspending(day.clone(), Duration::from_secs(seconds));
        let environment = rt::Environment::custom("https://api.example.com/v1", None);
        let client = rt::Client::builder(&API, environment)
            .transport(script.clone())
            .clock(Stepping::default())
            .token(0, rt::Token::provided(token))
            .journal(calls.clone())
            .build()?;
        let open = calls.open().await?.remove(0)?;
        let result = call(&client, &ORDER).resuming(open).await;
        assert_eq!(script.sent().len(), usize::from(is_sent), "{seconds}");
        assert_eq!(result.is_ok(), is_sent);
    }
    Ok(())
}

#[tokio::test]
async fn a_resumed_call_whose_own_header_cannot_be_written_is_not_sent_without_it() -> Tested {
    static TRACED: rt::Operation = rt::Operation {
        parameters: &[
            rt::Parameter::header("idempotency-key"),
            rt::Parameter::header("tenant"),
        ],
        ..KEYED
    };
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &TRACED, Note::new()).await?;
    let script = Script::new([]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let open = calls.open().await?.remove(0)?;
    let given = call(&client, &TRACED).header("tenant", "a\nb");
    let mut set = call(&client, &TRACED);
    set.set(1, &std::collections::BTreeMap::from([(vec![0], 0)]));
    for resumed in [given, set] {
        let error = error_of(resumed.resuming(open.clone()).await)?;
        assert_unknown(&error, "tenant");
        assert!(script.sent().is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_had_again_is_not_marked_again() -> Tested {
    #[derive(Debug)]
    struct Marked;
    impl rt::Observe for Marked {
        fn not_marked(&self, operation: &str, error: &JournalError) {
            panic!("{operation}: {error}");
        }
    }
    let (clock, journal) = (Stepping::default(), Memory::new());
    let script = Script::new([status(201), status(200)]);
    let calls = Calls::new(journal.clone()).clock(clock.clone());
    let builder = script.builder(&clock).observe(Marked);
    let client = builder.journal(calls.clone()).build()?;
    let note = Note::new().reference("a");
    call(&client, &KEYED).journaled(note).await?;
    let found = calls.find("a").await?.ok_or("it is there")?;
    call(&client, &KEYED).resuming(found).await?;
    assert_eq!(states(&journal), [State::CarriedOut]);
    Ok(())
}

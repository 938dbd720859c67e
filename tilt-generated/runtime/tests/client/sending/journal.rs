//! Calls in a journal: stored before they are sent, marked by their outcome, and resumed with the same bytes and key.

use super::script::{
    DELETE, GET, KEYED, NO_CONNECTION, ONCE, Script, Step, Stepping, TIMEOUT, call, status,
};
use crate::server::{OPEN, Tested, error_of};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, SystemTime};
use tilt_runtime as rt;
use tilt_runtime::Clock as _;
use tilt_runtime::journal::{
    Calls, Entry, Hold, Intent, Journal, JournalError, Memory, Note, State, Storing,
};

/// A client whose journal is this, as the process that has this name.
fn client(
    script: &Script,
    clock: &Stepping,
    journal: &Memory,
) -> Result<(rt::Client, Calls), rt::Error> {
    let calls = Calls::new(journal.clone())
        .owner("till")
        .clock(clock.clone());
    let builder = script.builder(clock).random(rt::SystemRandom);
    Ok((builder.journal(calls.clone()).build()?, calls))
}

fn states(journal: &Memory) -> Vec<State> {
    journal.entries().iter().map(|it| it.state).collect()
}

/// The same clock, on which no wait is ever over.
#[derive(Debug)]
struct Standing(Stepping);

impl rt::Clock for Standing {
    fn now(&self) -> SystemTime {
        self.0.now()
    }
    fn monotonic(&self) -> Duration {
        self.0.monotonic()
    }
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

/// Begins a call, and ends the process while it waits for the answer.
async fn killed(
    clock: &Stepping,
    journal: &Memory,
    operation: &'static rt::Operation,
    note: Note,
) -> Tested {
    let script = Script::new([Step::Silence]);
    let calls = Calls::new(journal.clone())
        .owner("till")
        .clock(clock.clone());
    let builder = script.builder(clock).clock(Standing(clock.clone()));
    let client = builder.journal(calls).build()?;
    let mut sending = call(&client, operation).journaled(note).into_future();
    let waits =
        std::future::poll_fn(|context| Poll::Ready(sending.as_mut().poll(context).is_pending()));
    assert!(waits.await && script.sent().len() == 1);
    Ok(())
}

#[tokio::test]
async fn a_call_stands_in_the_journal_before_it_is_sent() -> Tested {
    #[derive(Debug)]
    struct Looking(Memory, Script);
    impl rt::Observe for Looking {
        fn before(&self, _: &rt::AttemptStart<'_>, _: &mut http::HeaderMap) {
            let entries = self.0.entries();
            assert_eq!(entries.len(), 1);
            assert_eq!(entries[0].state, State::Open);
            assert_eq!(entries[0].intent.body.as_deref(), Some(&b"[5000]"[..]));
            assert!(self.1.sent().is_empty());
        }
    }
    let (script, journal) = (Script::new([status(200)]), Memory::new());
    let builder = script.builder(&Stepping::default());
    let builder = builder.observe(Looking(journal.clone(), script.clone()));
    let client = builder.journal(journal.clone().into()).build()?;
    let note = Note::new().reference("invoice-1").known_before(["p-1"]);
    call(&client, &ONCE).journaled(note).await?;
    let intent = &journal.entries()[0].intent;
    assert_eq!(intent.operation, "pay");
    assert_eq!(intent.server, "https://api.example.com/v1");
    assert_eq!(intent.target, "/orders/o-1/payments");
    assert_eq!(intent.path, [("order_id".to_owned(), "o-1".to_owned())]);
    assert_eq!(intent.content_type.as_deref(), Some("application/json"));
    assert_eq!(intent.known_before, Some(vec!["p-1".to_owned()]));
    assert_eq!(intent.reference.as_deref(), Some("invoice-1"));
    assert_eq!(intent.key, None);
    Ok(())
}

#[tokio::test]
async fn calls_are_marked_by_their_outcome() -> Tested {
    for (operation, step, expected) in [
        (&ONCE, status(200), State::CarriedOut),
        (&KEYED, status(201), State::CarriedOut),
        (&ONCE, status(422), State::NotCarriedOut),
        (&ONCE, status(401), State::NotCarriedOut),
        (&KEYED, status(409), State::NotCarriedOut),
        (&ONCE, status(500), State::Open),
        (&ONCE, status(504), State::Open),
        (&ONCE, TIMEOUT, State::Open),
        (&KEYED, TIMEOUT, State::Open),
        (&ONCE, NO_CONNECTION, State::NotCarriedOut),
        (&ONCE, Step::Lost(rt::TransportKind::Body), State::Open),
    ] {
        let (script, journal) = (Script::new([step.clone()]), Memory::new());
        let (client, _) = client(&script, &Stepping::default(), &journal)?;
        let result = call(&client, operation).attempts(1).await;
        assert_eq!(states(&journal), [expected], "{operation:?} {step:?}");
        let unknown = result.as_ref().err().and_then(rt::Error::outcome_unknown);
        let entry = unknown.and_then(rt::OutcomeUnknown::journal_entry);
        let entries = journal.entries();
        assert_eq!(entry, unknown.map(|_| entries[0].intent.id.as_str()));
    }
    Ok(())
}

#[tokio::test]
async fn what_is_safe_to_repeat_stands_in_no_journal() -> Tested {
    let (script, journal) = (Script::new([status(200), status(200)]), Memory::new());
    let (client, _) = client(&script, &Stepping::default(), &journal)?;
    for operation in [&GET, &DELETE] {
        client.call::<rt::Empty>(operation).await?;
        let noted = client.call::<rt::Empty>(operation).journaled(Note::new());
        let error = error_of(noted.await)?;
        assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    }
    assert!(journal.entries().is_empty());
    let without = Script::new([]).client()?;
    let error = error_of(call(&without, &ONCE).journaled(Note::new()).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    Ok(())
}

/// A disk that cannot be written, or is slow for ever.
#[derive(Debug)]
struct Broken {
    is_silent: bool,
    begins: bool,
}

impl Broken {
    fn fail<T: Send + 'static>(&self) -> Storing<'_, T> {
        if self.is_silent {
            return Box::pin(std::future::pending());
        }
        Box::pin(async { Err(JournalError::store("attempt to write a readonly database")) })
    }
}

impl Journal for Broken {
    fn begin<'j>(&'j self, _: &'j Intent, _: &'j Hold) -> Storing<'j, ()> {
        match self.begins {
            true => Box::pin(async { Ok(()) }),
            false => self.fail(),
        }
    }
    fn hold<'j>(&'j self, _: &'j str, _: &'j Hold, _: SystemTime) -> Storing<'j, bool> {
        self.fail()
    }
    fn take<'j>(&'j self, _: &'j Hold, _: SystemTime, _: usize) -> Storing<'j, Vec<Intent>> {
        self.fail()
    }
    fn find<'j>(&'j self, _: &'j str) -> Storing<'j, Option<Entry>> {
        self.fail()
    }
    fn end<'j>(&'j self, _: &'j str, _: &'j str, _: State) -> Storing<'j, bool> {
        self.fail()
    }
    fn forget(&self, _: SystemTime) -> Storing<'_, u64> {
        self.fail()
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_stored_is_not_sent() -> Tested {
    for is_silent in [false, true] {
        let script = Script::new([]);
        let journal = Broken {
            is_silent,
            begins: false,
        };
        let builder = script.builder(&Stepping::default());
        let client = builder.journal(journal.into()).build()?;
        for operation in [&ONCE, &KEYED] {
            let error = error_of(call(&client, operation).await)?;
            assert!(
                !error.may_have_been_sent() && error.is_retryable(),
                "{error}"
            );
            let expected = match is_silent {
                true => rt::ErrorKind::Deadline,
                false => rt::ErrorKind::Journal,
            };
            assert_eq!(error.kind(), expected, "{error}");
        }
        assert!(script.sent().is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn a_known_outcome_is_given_although_it_cannot_be_marked() -> Tested {
    #[derive(Debug, Clone, Default)]
    struct Told(Arc<std::sync::Mutex<Vec<String>>>);
    impl rt::Observe for Told {
        fn not_marked(&self, operation: &str, error: &JournalError) {
            let mut told = self.0.lock().expect("no panic");
            told.push(format!("{operation}: {error}"));
        }
    }
    for (is_silent, step) in [
        (false, status(200)),
        (true, status(200)),
        (false, status(422)),
    ] {
        let (script, told) = (Script::new([step.clone()]), Told::default());
        let journal = Broken {
            is_silent,
            begins: true,
        };
        let builder = script.builder(&Stepping::default()).observe(told.clone());
        let client = builder.journal(journal.into()).build()?;
        let result = call(&client, &ONCE).await;
        let status = result.err().and_then(|error| error.status());
        let expected = matches!(step, Step::Answer(422, ..)).then_some(422);
        assert_eq!(status.map(|it| it.as_u16()), expected);
        assert_eq!(told.0.lock().expect("no panic").len(), 1);
    }
    Ok(())
}

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
        resumed.resuming(open).await?;
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
    let open = calls.open().await?.remove(0);
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
        let open = calls.open().await?.remove(0);
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
        let open = calls.open().await?.remove(0);
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
    blank.resuming(calls.open().await?.remove(0)).await?;
    assert_eq!(script.sent()[0].body().as_ref(), b"[5000]");
    Ok(())
}

#[tokio::test]
async fn a_call_is_resumed_by_one_process_as_what_it_is_and_where_it_went() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &KEYED, Note::new().reference("a")).await?;
    let script = Script::new([status(201)]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let open = calls.open().await?.remove(0);
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
async fn a_call_that_is_sent_is_taken_by_nobody_until_its_time_is_over() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &KEYED, Note::new()).await?;
    let other = Calls::new(journal.clone()).clock(clock.clone());
    // 60 s for the call, and a minute more.
    clock.sleep(Duration::from_secs(119)).await;
    assert!(other.open().await?.is_empty());
    clock.sleep(Duration::from_secs(1)).await;
    let open = other.open().await?;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].passed(), Duration::from_secs(60));
    Ok(())
}

/// A token that takes so long that the machine is suspended meanwhile.
#[derive(Debug)]
struct Suspending(Stepping, Duration);

impl rt::TokenProvider for Suspending {
    fn token(
        &self,
    ) -> Pin<Box<dyn Future<Output = Result<rt::SecretString, rt::BoxError>> + Send + '_>> {
        Box::pin(async {
            self.0.sleep(self.1).await;
            Ok("t".into())
        })
    }
}

#[tokio::test]
async fn a_call_is_not_sent_once_others_may_take_it_by_the_clock_of_the_day() -> Tested {
    static API: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "token",
            kind: rt::SchemeKind::Bearer,
        }],
        ..OPEN
    };
    static PAY: rt::Operation = rt::Operation {
        security: &[&[(0, &[])]],
        ..ONCE
    };
    for (seconds, is_sent) in [(59, true), (60, false)] {
        let (script, journal) = (Script::new([status(200)]), Memory::new());
        // The client's clock is the monotonic one, as it were: it stands still while the machine sleeps.
        let day = Stepping::default();
        let calls = Calls::new(journal.clone()).clock(day.clone());
        let token = Suspending(day.clone(), Duration::from_secs(seconds));
        let environment = rt::Environment::custom("https://api.example.com", None);
        let client = rt::Client::builder(&API, environment)
            .transport(script.clone())
            .clock(Stepping::default())
            .token(0, rt::Token::provided(token))
            .journal(calls)
            .build()?;
        let result = call(&client, &PAY).await;
        assert_eq!(script.sent().len(), usize::from(is_sent), "{seconds}");
        let state = match result {
            Ok(()) => State::CarriedOut,
            Err(error) => {
                assert!(!error.may_have_been_sent(), "{error}");
                State::NotCarriedOut
            }
        };
        assert_eq!(states(&journal), [state]);
    }
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
        let open = calls.open().await?.remove(0);
        let result = call(&client, &ORDER).resuming(open).await;
        assert_eq!(script.sent().len(), usize::from(is_sent), "{seconds}");
        assert_eq!(result.is_ok(), is_sent);
    }
    Ok(())
}

#[tokio::test]
async fn calls_of_endpoints_are_told_apart_by_target_and_reference() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    let script = Script::new([TIMEOUT]);
    let (client, calls) = client(&script, &clock, &journal)?;
    let note = Note::new().reference("a");
    let paid = client.request(rt::Method::Post, "/pay").query("by", "card");
    error_of(paid.journaled(note).await)?;
    let found = calls.find("a").await?.ok_or("it is there")?;
    assert_eq!(found.target(), "/pay?by=card");
    assert_eq!(found.state(), State::Open);
    Ok(())
}

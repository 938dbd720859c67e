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
pub(super) fn client(
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

pub(super) fn states(journal: &Memory) -> Vec<State> {
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
pub(super) async fn killed(
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
    fn take<'j>(
        &'j self,
        _: &'j Hold,
        _: SystemTime,
        _: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>> {
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
async fn a_call_that_is_sent_is_taken_by_nobody_until_its_time_is_over() -> Tested {
    let (clock, journal) = (Stepping::default(), Memory::new());
    killed(&clock, &journal, &KEYED, Note::new()).await?;
    let other = Calls::new(journal.clone()).clock(clock.clone());
    // 60 s for the call, and a minute more.
    clock.sleep(Duration::from_secs(119)).await;
    assert!(other.open().await?.is_empty());
    clock.sleep(Duration::from_secs(1)).await;
    let mut open = other.open().await?;
    assert_eq!(open.len(), 1);
    assert_eq!(open.remove(0)?.passed(), Duration::from_secs(60));
    Ok(())
}

/// A token that takes so long that the machine is suspended meanwhile.
#[derive(Debug)]
pub(super) struct Suspending(pub(super) Stepping, pub(super) Duration);

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

/// A database that has a call a while before it says so, or never does.
#[derive(Debug)]
struct Late {
    journal: Memory,
    told: Arc<tokio::sync::Notify>,
    fails: bool,
}

impl Journal for Late {
    fn begin<'j>(&'j self, intent: &'j Intent, hold: &'j Hold) -> Storing<'j, ()> {
        Box::pin(async {
            self.journal.begin(intent, hold).await?;
            if self.fails {
                return Err(JournalError::store("the connection was closed"));
            }
            self.told.notified().await;
            Ok(())
        })
    }
    fn hold<'j>(&'j self, id: &'j str, hold: &'j Hold, now: SystemTime) -> Storing<'j, bool> {
        self.journal.hold(id, hold, now)
    }
    fn take<'j>(
        &'j self,
        hold: &'j Hold,
        now: SystemTime,
        most: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>> {
        self.journal.take(hold, now, most)
    }
    fn find<'j>(&'j self, reference: &'j str) -> Storing<'j, Option<Entry>> {
        self.journal.find(reference)
    }
    fn end<'j>(&'j self, id: &'j str, run: &'j str, end: State) -> Storing<'j, bool> {
        self.journal.end(id, run, end)
    }
    fn forget(&self, before: SystemTime) -> Storing<'_, u64> {
        self.journal.forget(before)
    }
}

#[tokio::test]
async fn a_call_that_was_stored_too_late_to_be_sent_is_not_resumed() -> Tested {
    for fails in [false, true] {
        let (script, journal) = (Script::new([]), Memory::new());
        let told = Arc::new(tokio::sync::Notify::new());
        let late = Late {
            journal: journal.clone(),
            told: told.clone(),
            fails,
        };
        let calls = Calls::new(late);
        let builder = script.builder(&Stepping::default());
        let client = builder.journal(calls.clone()).build()?;
        let note = Note::new().reference("a");
        let error = error_of(call(&client, &KEYED).journaled(note).await)?;
        assert!(
            !error.may_have_been_sent() && error.is_retryable(),
            "{error}"
        );
        // It is there, and nobody resumes it before it is marked.
        let found = calls.find("a").await?.ok_or("it is there")?;
        let early = error_of(call(&client, &KEYED).resuming(found).await)?;
        assert_eq!(early.kind(), rt::ErrorKind::OutcomeUnknown, "{early}");
        told.notify_one();
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(states(&journal), [State::NotCarriedOut]);
        assert!(script.sent().is_empty());
    }
    Ok(())
}

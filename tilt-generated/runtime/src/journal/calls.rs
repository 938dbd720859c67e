//! The calls of a journal, as a process works on them.

use super::error::JournalError;
use super::hold::Hold;
use super::intent::Intent;
use super::store::{Entry, Journal, State};
use crate::clock::{Clock, SystemClock};
use crate::data::{Wire, json, locate};
use bytes::Bytes;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The time for which a call is held that was taken to be resumed, unless set.
const LEASE: Duration = Duration::from_secs(600);
/// A call is held for longer than it may take: clocks differ, and its end is stored.
const MARGIN: Duration = Duration::from_secs(60);
/// Of calls that are taken at once.
const MOST: usize = 100;

/// The calls of a journal: clients are built with it, and what is open is resumed from it. Clones share one journal and are one
/// holder; a process needs one.
///
/// ```ignore
/// let calls = Calls::new(Sqlite::open("calls.db")?).owner("till-7");
/// let client = Client::builder(environment).journal(calls.clone()).build()?;
/// for open in calls.open().await? {
///     match open {
///         Ok(open) if open.operation() == "createOrder" => {
///             let order = client.orders().create(open.body_as::<CreateOrder>()?).resuming(open).await?;
///         }
///         Ok(other) => println!("{} is to be looked at", other.operation()),
///         Err(unreadable) => println!("{unreadable}"),
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Calls {
    journal: Arc<dyn Journal>,
    clock: Arc<dyn Clock>,
    owner: Option<String>,
    run: Arc<str>,
    lease: Duration,
    begun: Arc<AtomicU64>,
    /// Calls that were given up before they were sent, until they are marked so: nobody here resumes them meanwhile.
    given_up: Arc<Mutex<BTreeSet<String>>>,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls")
            .field("journal", &self.journal)
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

impl<J: Journal> From<J> for Calls {
    fn from(journal: J) -> Self {
        Self::new(journal)
    }
}

impl Calls {
    /// Those of a journal.
    pub fn new(journal: impl Journal) -> Self {
        Self {
            journal: Arc::new(journal),
            clock: Arc::new(SystemClock),
            owner: None,
            run: run().into(),
            lease: LEASE,
            begun: Arc::default(),
            given_up: Arc::default(),
        }
    }

    /// Names this process, so that after a restart it takes at once what it held before. **No other process may have this
    /// name at the same time**, nor this one another `Calls` of that name: both would be given the same calls.
    #[must_use]
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.owner = Some(name.into());
        self
    }

    /// The time for which calls that are taken are held: ten minutes unless set. It is to be longer than deciding what
    /// became of one takes.
    #[must_use]
    pub fn lease(mut self, time: Duration) -> Self {
        self.lease = time;
        self
    }

    /// The clock by which calls are held, and idempotency keys end.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes the open calls that no process holds, oldest first, a hundred at most. They are this process's until the end
    /// of the lease, and are given again after it where they are still open.
    ///
    /// One that cannot be read is a [`JournalError::Unreadable`] with its id, for a person to look at, among the others.
    ///
    /// # Errors
    ///
    /// When the journal's database failed.
    pub async fn open(&self) -> Result<Vec<Result<JournaledCall, JournalError>>, JournalError> {
        let now = self.clock.now();
        let hold = self.holding(self.lease);
        let intents = self.journal.take(&hold, now, MOST).await?;
        let taken = intents.into_iter();
        let taken = taken.map(|intent| Ok(self.call(Entry::new(intent?, State::Open))));
        Ok(taken.collect())
    }

    /// The call with a reference, whatever its state, for the caller to see what became of it and to resume it. It is not
    /// taken from a process that holds it.
    ///
    /// # Errors
    ///
    /// When the journal's database failed, or has what cannot be read.
    pub async fn find(&self, reference: &str) -> Result<Option<JournaledCall>, JournalError> {
        let entry = self.journal.find(reference).await?;
        Ok(entry.map(|entry| self.call(entry)))
    }

    /// Deletes calls that have ended and were begun longer ago, and says how many. A reference of a deleted call can be
    /// used anew.
    ///
    /// # Errors
    ///
    /// When the journal's database failed.
    pub async fn forget(&self, age: Duration) -> Result<u64, JournalError> {
        let before = self.clock.now().checked_sub(age);
        self.journal
            .forget(before.unwrap_or(SystemTime::UNIX_EPOCH))
            .await
    }

    fn call(&self, entry: Entry) -> JournaledCall {
        JournaledCall {
            calls: self.clone(),
            entry,
        }
    }

    /// The time by the journal's clock.
    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// An id for a new entry.
    pub(crate) fn new_id(&self) -> String {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number}", self.run)
    }

    fn holding(&self, time: Duration) -> Hold {
        let until = self.clock.now().checked_add(time);
        Hold {
            owner: self.owner.clone(),
            run: self.run.to_string(),
            // A time that cannot be written is never over.
            until: until.unwrap_or(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40)),
        }
    }

    /// Stores a call that may take so long. It is held a minute longer.
    pub(crate) async fn begin(&self, intent: &Intent, time: Duration) -> Result<(), JournalError> {
        let hold = self.holding(time.saturating_add(MARGIN));
        self.journal.begin(intent, &hold).await
    }

    /// Takes note that a call is not sent, which the journal may have by now, or may yet get.
    pub(crate) fn give_up(&self, id: &str) {
        self.given_up().insert(id.to_owned());
    }

    /// Marks a call that was given up as not carried out, if it is there.
    pub(crate) async fn mark_given_up(&self, id: &str) {
        let ended = self.end(id, State::NotCarriedOut).await;
        if !matches!(ended, Err(JournalError::Store(_))) {
            self.given_up().remove(id);
        }
    }

    /// Nothing panics while it is locked.
    fn given_up(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes or keeps a call that may take so long.
    pub(crate) async fn hold(&self, id: &str, time: Duration) -> Result<(), JournalError> {
        if self.given_up().contains(id) {
            return Err(JournalError::NotHeld);
        }
        let hold = self.holding(time.saturating_add(MARGIN));
        match self.journal.hold(id, &hold, self.clock.now()).await? {
            true => Ok(()),
            false => Err(JournalError::NotHeld),
        }
    }

    /// Marks a call.
    pub(crate) async fn end(&self, id: &str, end: State) -> Result<(), JournalError> {
        match self.journal.end(id, &self.run, end).await? {
            true => Ok(()),
            false => Err(JournalError::NotHeld),
        }
    }
}

/// A name that no other run has.
fn run() -> String {
    let random = RandomState::new();
    let half = |half: u8| random.hash_one((half, std::process::id(), SystemTime::now()));
    format!("{:016x}{:016x}", half(0), half(1))
}

/// A call in a journal. A new call resumes it by `resuming`, which sends the same bytes with the same idempotency key, and
/// sends nothing where the call has none or its key is over.
#[derive(Debug, Clone)]
pub struct JournaledCall {
    pub(crate) calls: Calls,
    pub(crate) entry: Entry,
}

impl JournaledCall {
    /// The id of this entry of the journal.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.entry.intent.id
    }

    /// The state that it was in when it was read.
    #[must_use]
    pub fn state(&self) -> State {
        self.entry.state
    }

    /// The operation's id in the API's document.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.entry.intent.operation
    }

    /// The caller's own name for what the call was to do.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.entry.intent.reference.as_deref()
    }

    /// The ids that were there before the call. `None`: nobody noted them.
    #[must_use]
    pub fn known_before(&self) -> Option<&[String]> {
        self.entry.intent.known_before.as_deref()
    }

    /// Path and query, behind the URL of the API.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.entry.intent.target
    }

    /// A value in the path, such as the id of an order, by the name that the path template has for it.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        let mut path = self.entry.intent.path.iter();
        path.find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    /// The idempotency key.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        let key = self.entry.intent.key.as_ref();
        key.map(|key| key.value.as_str())
    }

    /// The body, byte for byte.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.entry.intent.body.as_ref()
    }

    /// The JSON body as a type.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unreadable`]: it is not of that type.
    pub fn body_as<T: Wire>(&self) -> Result<T, JournalError> {
        let body = self.body().map_or(&b""[..], |body| body);
        json::read(body).map_err(|error| {
            JournalError::unreadable(
                self.id(),
                format!("its body: {}", locate::describe(body, &error)),
            )
        })
    }

    /// When it was begun.
    #[must_use]
    pub fn begun_at(&self) -> SystemTime {
        self.entry.intent.begun_at
    }

    /// The time that has passed since the last attempt that the process which began it may have made. One that resumed it
    /// meanwhile may have sent it later: of a call that has a key, what became of it is asked by resuming it.
    #[must_use]
    pub fn passed(&self) -> Duration {
        let passed = self.calls.now().duration_since(self.entry.intent.ends_by);
        passed.unwrap_or_default()
    }

    /// Marks an open call as carried out, by what the API's own records show, or a person knows.
    ///
    /// # Errors
    ///
    /// [`JournalError::NotHeld`] where another process has taken it meanwhile, or it has ended, and when the journal's
    /// database failed.
    pub async fn mark_carried_out(self) -> Result<(), JournalError> {
        self.mark(State::CarriedOut).await
    }

    /// Marks an open call as certainly not carried out, likewise. A new call may then have its reference.
    ///
    /// # Errors
    ///
    /// As [`mark_carried_out`](Self::mark_carried_out).
    pub async fn mark_not_carried_out(self) -> Result<(), JournalError> {
        self.mark(State::NotCarriedOut).await
    }

    async fn mark(self, end: State) -> Result<(), JournalError> {
        self.calls.hold(self.id(), Duration::ZERO).await?;
        self.calls.end(self.id(), end).await
    }
}

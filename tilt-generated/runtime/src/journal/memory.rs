//! A journal that is forgotten with the process.

use super::error::JournalError;
use super::hold::Hold;
use super::intent::Intent;
use super::store::{Entry, Journal, State, Storing};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// A journal in memory, for tests: clones share it.
#[derive(Clone, Default)]
pub struct Memory {
    entries: Arc<Mutex<Vec<Held>>>,
}

struct Held {
    entry: Entry,
    hold: Hold,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Memory {
    /// One without any call.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All calls, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.locked().iter().map(|it| it.entry.clone()).collect()
    }

    /// Nothing panics while it is locked.
    fn locked(&self) -> MutexGuard<'_, Vec<Held>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Done at once.
fn done<'j, T: Send + 'j>(result: Result<T, JournalError>) -> Storing<'j, T> {
    Box::pin(std::future::ready(result))
}

fn is_open(held: &Held) -> bool {
    held.entry.state == State::Open
}

impl Journal for Memory {
    fn begin<'j>(&'j self, intent: &'j Intent, hold: &'j Hold) -> Storing<'j, ()> {
        let mut entries = self.locked();
        let is_taken = |it: &Held| {
            intent.reference.is_some()
                && it.entry.intent.reference == intent.reference
                && it.entry.state != State::NotCarriedOut
        };
        if entries.iter().any(is_taken) {
            return done(Err(JournalError::ReferenceTaken));
        }
        entries.push(Held {
            entry: Entry::new(intent.clone(), State::Open),
            hold: hold.clone(),
        });
        entries.sort_by_key(|it| it.entry.intent.begun_at);
        done(Ok(()))
    }

    fn hold<'j>(&'j self, id: &'j str, hold: &'j Hold, now: SystemTime) -> Storing<'j, bool> {
        let mut entries = self.locked();
        let held = entries.iter_mut().find(|it| {
            it.entry.intent.id == id
                && is_open(it)
                && (it.hold.run == hold.run || it.hold.may_be_taken_by(hold, now))
        });
        let is_there = held.is_some();
        if let Some(held) = held {
            held.hold = hold.clone();
        }
        done(Ok(is_there))
    }

    fn take<'j>(
        &'j self,
        hold: &'j Hold,
        now: SystemTime,
        most: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>> {
        let mut entries = self.locked();
        let free = entries
            .iter_mut()
            .filter(|it| is_open(it) && it.hold.may_be_taken_by(hold, now));
        let taken = free.take(most).map(|it| {
            it.hold = hold.clone();
            Ok(it.entry.intent.clone())
        });
        let taken = taken.collect();
        drop(entries);
        done(Ok(taken))
    }

    fn find<'j>(&'j self, reference: &'j str) -> Storing<'j, Option<Entry>> {
        let entries = self.locked();
        let mut latest_first = entries.iter().rev();
        let found = latest_first.find(|it| it.entry.intent.reference.as_deref() == Some(reference));
        let found = found.map(|it| it.entry.clone());
        drop(entries);
        done(Ok(found))
    }

    fn end<'j>(&'j self, id: &'j str, run: &'j str, end: State) -> Storing<'j, bool> {
        let mut entries = self.locked();
        let open = entries
            .iter_mut()
            .find(|it| it.entry.intent.id == id && is_open(it) && it.hold.run == run);
        let is_there = open.is_some();
        if let Some(open) = open {
            open.entry.state = end;
        }
        done(Ok(is_there))
    }

    fn forget(&self, before: SystemTime) -> Storing<'_, u64> {
        let mut entries = self.locked();
        let all = entries.len();
        entries.retain(|it| is_open(it) || it.entry.intent.begun_at >= before);
        let forgotten = u64::try_from(all - entries.len()).unwrap_or(u64::MAX);
        drop(entries);
        done(Ok(forgotten))
    }
}

//! The journal, watched: time stands still for a lane while it is written.

use super::super::clock::{LANE, LaneClock};
use std::time::SystemTime;
use tilt_generated::rt::journal::{Entry, Hold, Intent, Journal, JournalError, State, Storing};

/// A journal whose work is no waiting for time.
#[derive(Debug)]
pub(super) struct Watched<J> {
    journal: J,
    clock: LaneClock,
}

impl<J: Journal> Watched<J> {
    pub(super) fn new(journal: J, clock: LaneClock) -> Self {
        Self { journal, clock }
    }

    fn watch<'j, T: Send + 'j>(&'j self, work: Storing<'j, T>) -> Storing<'j, T> {
        Box::pin(async move {
            let lane = LANE.try_with(|lane| *lane).ok();
            if let Some(lane) = lane {
                self.clock.sent(lane);
            }
            let done = work.await;
            if let Some(lane) = lane {
                self.clock.ended(lane);
            }
            done
        })
    }
}

impl<J: Journal> Journal for Watched<J> {
    fn begin<'j>(&'j self, intent: &'j Intent, hold: &'j Hold) -> Storing<'j, ()> {
        self.watch(self.journal.begin(intent, hold))
    }

    fn hold<'j>(&'j self, id: &'j str, hold: &'j Hold, now: SystemTime) -> Storing<'j, bool> {
        self.watch(self.journal.hold(id, hold, now))
    }

    fn take<'j>(
        &'j self,
        hold: &'j Hold,
        now: SystemTime,
        most: usize,
    ) -> Storing<'j, Vec<Result<Intent, JournalError>>> {
        self.watch(self.journal.take(hold, now, most))
    }

    fn find<'j>(&'j self, reference: &'j str) -> Storing<'j, Option<Entry>> {
        self.watch(self.journal.find(reference))
    }

    fn end<'j>(&'j self, id: &'j str, run: &'j str, end: State) -> Storing<'j, bool> {
        self.watch(self.journal.end(id, run, end))
    }

    fn forget(&self, before: SystemTime) -> Storing<'_, u64> {
        self.watch(self.journal.forget(before))
    }
}

//! The process that works on a call.

use std::time::SystemTime;

/// The process that works on a call, and until when no other one may.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hold {
    /// The name that the process was given, which no other one has at the same time.
    pub owner: Option<String>,
    /// This run of the process.
    pub run: String,
    /// The end of the hold.
    pub until: SystemTime,
}

impl Hold {
    /// A hold by a run of a process that has this name, or none.
    #[must_use]
    pub fn new(owner: Option<String>, run: String, until: SystemTime) -> Self {
        Self { owner, run, until }
    }

    /// Whether a call that is held so may be taken by another, at this time: the hold is over, or it is that of an
    /// earlier run of the same owner.
    #[must_use]
    pub fn may_be_taken_by(&self, other: &Self, now: SystemTime) -> bool {
        self.until <= now
            || (self.owner.is_some() && self.owner == other.owner && self.run != other.run)
    }
}

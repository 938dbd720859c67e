//! The key by which an API knows a request that it had before.

use super::clock::Clock;
use super::operation::{Operation, Retry};
use crate::data::described::Location;
use crate::data::tree::Tree;
use crate::journal::Intent;
use http::HeaderMap;
use std::time::{Duration, SystemTime};

/// The life of a key that is not stated. Keys live for hours where anything is said of them.
const UNSTATED_LIFE: Duration = Duration::from_secs(600);
/// A key is not used in the last part of its life: clocks differ, and requests travel.
const MARGIN: Duration = Duration::from_secs(60);

/// The header for the key of an operation.
pub(crate) fn header(operation: &Operation) -> Option<&'static str> {
    match operation.retry {
        Retry::Keyed { header, .. } => Some(header),
        Retry::Repeatable | Retry::Once => None,
    }
}

/// Whether a parameter, by its index, is the key of an operation.
pub(crate) fn is_key(operation: &Operation, parameter: usize) -> bool {
    let parameter = operation.parameters.get(parameter);
    header(operation).zip(parameter).is_some_and(|(key, it)| {
        it.location == Location::Header && it.name.eq_ignore_ascii_case(key)
    })
}

/// The key that the user of a call has given: as a header, or as the parameter for it.
pub(crate) fn given<'r>(
    operation: &Operation,
    values: &'r [(usize, Tree)],
    headers: &'r HeaderMap,
) -> Option<&'r str> {
    let header = header(operation)?;
    if let Some(value) = headers.get(header) {
        return Some(value.to_str().unwrap_or_default());
    }
    let (_, value) = values
        .iter()
        .rev()
        .find(|(index, _)| is_key(operation, *index))?;
    match value {
        Tree::Null => None,
        value => Some(value.scalar().unwrap_or_default()),
    }
}

/// The life of the key of one call, since it was first used.
pub(crate) struct Life<'c> {
    clock: &'c dyn Clock,
    /// None: the call has no key, or needs none.
    most: Option<Duration>,
    began: (SystemTime, Duration),
    /// Of a call that was begun by another process: the times of day at which it was, and at which its key is over.
    resumed: Option<(SystemTime, SystemTime)>,
}

/// The time for which a key may be used since it first was; `None` where an operation takes none.
pub(crate) fn most(retry: Retry) -> Option<Duration> {
    match retry {
        Retry::Keyed { lifetime, .. } => {
            let lifetime = lifetime.unwrap_or(UNSTATED_LIFE);
            Some(lifetime.saturating_sub(MARGIN.min(lifetime / 10)))
        }
        Retry::Repeatable | Retry::Once => None,
    }
}

impl<'c> Life<'c> {
    pub(crate) fn begin(retry: Retry, clock: &'c dyn Clock) -> Self {
        Self {
            clock,
            most: most(retry),
            began: (clock.now(), clock.monotonic()),
            resumed: None,
        }
    }

    /// The life of the key of a call in a journal. One whose end is not known is over.
    pub(crate) fn resume(intent: &Intent, clock: &'c dyn Clock) -> Self {
        let until = intent.key.as_ref().map(|key| key.until);
        Self {
            clock,
            most: None,
            began: (clock.now(), clock.monotonic()),
            resumed: Some((intent.begun_at, until.unwrap_or(intent.begun_at))),
        }
    }

    /// Whether the key was used before this call.
    pub(crate) fn is_resumed(&self) -> bool {
        self.resumed.is_some()
    }

    /// Whether the key may still be used after so much more time. Of the two clocks, the one counts by which more
    /// has passed.
    pub(crate) fn lasts(&self, more: Duration) -> bool {
        let (wall, monotonic) = self.began;
        let by_wall = self.clock.now().duration_since(wall).unwrap_or_default();
        let by_monotonic = self.clock.monotonic().saturating_sub(monotonic);
        let then = by_wall.max(by_monotonic).saturating_add(more);
        let (wall, _) = self.began;
        // By a clock that stands before the beginning, nothing can be told.
        let is_in_life = |(begun_at, until): (SystemTime, SystemTime)| {
            let then = wall.checked_add(then);
            let is_after = wall + MARGIN >= begun_at;
            is_after && then.is_some_and(|then| then < until)
        };
        self.most.is_none_or(|most| then < most) && self.resumed.is_none_or(is_in_life)
    }
}

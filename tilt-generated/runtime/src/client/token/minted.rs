//! A token from the endpoint, and how long it lasts.

use crate::client::clock::Clock;
use http::HeaderValue;
use std::time::{Duration, SystemTime};

/// A token is replaced when it has less than this left, or less than half of its life.
const MARGIN: Duration = Duration::from_secs(60);

/// A token from the endpoint, as the value of `Authorization`.
#[derive(Clone)]
pub(crate) struct Minted {
    pub(crate) authorization: HeaderValue,
    /// No two tokens have the same.
    pub(super) serial: u64,
    pub(super) scopes: String,
    /// The serial of the cache that it is from.
    pub(super) cache: u64,
    pub(super) life: Life,
}

/// The time that a token serves, by the wall clock and by the monotonic one: the earlier end counts. One may be set back,
/// and the other may stand still.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    begun: Moment,
    length: Duration,
}

/// A moment by both clocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) wall: SystemTime,
    pub(super) monotonic: Duration,
}

impl Moment {
    pub(super) fn now(clock: &dyn Clock) -> Self {
        Self {
            wall: clock.now(),
            monotonic: clock.monotonic(),
        }
    }
}

/// The stages of a token's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Fresh,
    /// It serves, but is to be replaced.
    Ageing,
    Over,
}

impl Life {
    pub(super) fn new(begun: Moment, length: Duration) -> Self {
        Self { begun, length }
    }

    pub(super) fn stage(self, now: Moment) -> Stage {
        let wall = now.wall.duration_since(self.begun.wall).unwrap_or_default();
        let monotonic = now.monotonic.saturating_sub(self.begun.monotonic);
        let age = wall.max(monotonic);
        if age >= self.length {
            Stage::Over
        } else if age >= self.length - MARGIN.min(self.length / 2) {
            Stage::Ageing
        } else {
            Stage::Fresh
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(wall: u64, monotonic: u64) -> Moment {
        Moment {
            wall: SystemTime::UNIX_EPOCH + Duration::from_secs(wall),
            monotonic: Duration::from_secs(monotonic),
        }
    }

    #[test]
    fn the_clock_by_which_more_time_has_passed_counts() {
        let life = Life::new(moment(1000, 50), Duration::from_secs(600));
        for (wall, monotonic, stage) in [
            (1000, 50, Stage::Fresh),
            (1539, 589, Stage::Fresh),
            (1540, 50, Stage::Ageing),
            (0, 590, Stage::Ageing),
            (1600, 50, Stage::Over),
            (0, 650, Stage::Over),
            (0, 0, Stage::Fresh),
        ] {
            assert_eq!(
                life.stage(moment(wall, monotonic)),
                stage,
                "{wall} {monotonic}"
            );
        }
    }

    #[test]
    fn a_short_life_has_a_first_half() {
        let life = Life::new(moment(0, 0), Duration::from_secs(20));
        assert_eq!(life.stage(moment(9, 9)), Stage::Fresh);
        assert_eq!(life.stage(moment(10, 10)), Stage::Ageing);
        assert_eq!(life.stage(moment(20, 20)), Stage::Over);
    }
}

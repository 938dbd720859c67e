//! Orders by the idempotency key that they were created under.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::clock::after;

const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
const CAPACITY: usize = 10_000;

/// A key means something only to the partner who sent it.
type Key = (Uuid, Uuid);

/// The answers of the last 24 hours, at most 10,000.
#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(from = "Vec<Entry>", into = "Vec<Entry>")]
pub(crate) struct IdempotencyKeys {
    answers: HashMap<Key, Remembered>,
    /// Oldest first.
    arrivals: VecDeque<(Timestamp, Key)>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Remembered {
    request: [u8; 32],
    answer: Value,
}

/// The answer to a look-up of a key.
#[derive(Debug, PartialEq)]
pub(crate) enum Lookup {
    /// It was not used within its lifetime.
    New,
    /// It came with this very request, which was answered so.
    Repeated(Value),
    /// It came with another request.
    Reused,
}

/// A key as it is kept: when it came, and what with.
type Entry = (Timestamp, Key, Remembered);

impl From<Vec<Entry>> for IdempotencyKeys {
    fn from(entries: Vec<Entry>) -> Self {
        let mut keys = Self::default();
        for (at, key, remembered) in entries {
            keys.arrivals.push_back((at, key));
            keys.answers.insert(key, remembered);
        }
        keys
    }
}

impl From<IdempotencyKeys> for Vec<Entry> {
    fn from(mut keys: IdempotencyKeys) -> Self {
        let entry = |(at, key)| Some((at, key, keys.answers.remove(&key)?));
        keys.arrivals.into_iter().filter_map(entry).collect()
    }
}

impl IdempotencyKeys {
    pub(crate) fn look_up(
        &mut self,
        partner: Uuid,
        key: Uuid,
        request: &[u8; 32],
        now: Timestamp,
    ) -> Lookup {
        self.forget_until(now);
        match self.answers.get(&(partner, key)) {
            None => Lookup::New,
            Some(remembered) if remembered.request == *request => {
                Lookup::Repeated(remembered.answer.clone())
            }
            Some(_) => Lookup::Reused,
        }
    }

    pub(crate) fn remember(
        &mut self,
        partner: Uuid,
        key: Uuid,
        request: [u8; 32],
        answer: Value,
        now: Timestamp,
    ) {
        if self.arrivals.len() >= CAPACITY {
            self.forget_oldest();
        }
        self.arrivals.push_back((now, (partner, key)));
        self.answers
            .insert((partner, key), Remembered { request, answer });
    }

    fn forget_until(&mut self, now: Timestamp) {
        while let Some((at, _)) = self.arrivals.front() {
            if after(*at, LIFETIME) > now {
                return;
            }
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, key)) = self.arrivals.pop_front() {
            self.answers.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTNER: Uuid = Uuid::from_u128(1);
    const KEY: Uuid = Uuid::from_u128(2);

    fn hour(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).expect("a timestamp")
    }

    #[test]
    fn a_key_is_known_for_less_than_24_hours() {
        let mut keys = IdempotencyKeys::default();
        let request = [1; 32];
        assert_eq!(keys.look_up(PARTNER, KEY, &request, hour(0)), Lookup::New);
        keys.remember(PARTNER, KEY, request, "answer".into(), hour(0));

        assert_eq!(
            keys.look_up(PARTNER, KEY, &request, hour(23)),
            Lookup::Repeated("answer".into())
        );
        assert_eq!(
            keys.look_up(PARTNER, KEY, &[2; 32], hour(23)),
            Lookup::Reused
        );
        assert_eq!(
            keys.look_up(Uuid::from_u128(3), KEY, &request, hour(23)),
            Lookup::New
        );
        assert_eq!(keys.look_up(PARTNER, KEY, &request, hour(24)), Lookup::New);
    }

    #[test]
    fn the_oldest_key_makes_room() {
        let mut keys = IdempotencyKeys::default();
        for key in 0..=CAPACITY {
            let key = Uuid::from_u128(key as u128);
            keys.remember(PARTNER, key, [0; 32], Value::Null, hour(0));
        }
        assert_eq!(
            keys.look_up(PARTNER, Uuid::from_u128(0), &[0; 32], hour(0)),
            Lookup::New
        );
        assert_eq!(keys.answers.len(), CAPACITY);
    }
}

//! The vehicles that are there, and the pulls that brought them.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::pull::{Change, ChangeKind, Difference, Pull, PullOutcome};
use super::pulling::{Read, Reading};
use super::sorted::{Sorted, cut};
use super::vehicle::Vehicle;

/// A vehicle that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stocked {
    /// As it was read last.
    pub vehicle: Vehicle,
    /// Since when it is there.
    pub since: Timestamp,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// How it changed then; nothing while it is as it came.
    pub differences: Vec<Difference>,
}

/// The vehicles that are there, by VIN, and the last pulls.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Stock {
    vehicles: BTreeMap<String, Stocked>,
    pulls: VecDeque<Pull>,
    /// Of the list that was read last. It is not kept: what starts again may read it in another way.
    #[serde(skip)]
    validator: Option<String>,
}

const PULLS: usize = 50;
const CHANGES: usize = 500;

impl Stock {
    pub(crate) fn vehicles(&self) -> impl Iterator<Item = &Stocked> {
        self.vehicles.values()
    }

    /// The last pulls, oldest first.
    pub(crate) fn pulls(&self) -> impl DoubleEndedIterator<Item = &Pull> {
        self.pulls.iter()
    }

    pub(super) fn validator(&self) -> Option<String> {
        self.validator.clone()
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, reading: Reading, now: Timestamp) -> Pull {
        let outcome = match reading {
            Ok(Read::Unchanged) => PullOutcome::Unchanged,
            Ok(Read::Listed {
                pages,
                sorted,
                validator,
            }) => {
                self.validator = validator;
                self.stock(pages, sorted, now)
            }
            Err(failure) => PullOutcome::Failed {
                why: cut(&failure.to_string()),
            },
        };
        let pull = Pull { at: now, outcome };
        if self.pulls.len() >= PULLS {
            // A night without a change, or without an answer, does not push out the changes of the day.
            let says_little = |it: &Pull| !matches!(it.outcome, PullOutcome::Read { .. });
            let first = self.pulls.iter().position(says_little);
            self.pulls.remove(first.unwrap_or(0));
        }
        self.pulls.push_back(pull.clone());
        pull
    }

    fn stock(&mut self, pages: usize, sorted: Sorted, now: Timestamp) -> PullOutcome {
        let vehicles = sorted.taken.len();
        let mut changes = Vec::new();
        let is_gone = |vin: &String| !sorted.taken.contains_key(vin) && !sorted.kept.contains(vin);
        let gone: Vec<String> = self
            .vehicles
            .keys()
            .filter(|it| is_gone(it))
            .cloned()
            .collect();
        for vin in gone {
            self.vehicles.remove(&vin);
            let kind = ChangeKind::Gone;
            changes.push(Change { vin, kind });
        }
        for (vin, vehicle) in sorted.taken {
            changes.extend(self.put(vin, vehicle, now));
        }
        changes.sort_by(|a, b| a.vin.cmp(&b.vin));
        let more_changes = changes.len().saturating_sub(CHANGES);
        changes.truncate(CHANGES);
        PullOutcome::Read {
            pages,
            vehicles,
            changes,
            more_changes,
            refused: sorted.refused,
            more_refused: sorted.more_refused,
        }
    }

    /// Puts a vehicle in; gives its change.
    fn put(&mut self, vin: String, vehicle: Vehicle, now: Timestamp) -> Option<Change> {
        let kind = match self.vehicles.get_mut(&vin) {
            None => {
                let stocked = Stocked {
                    vehicle,
                    since: now,
                    changed_at: now,
                    differences: Vec::new(),
                };
                self.vehicles.insert(vin.clone(), stocked);
                ChangeKind::New
            }
            Some(known) => {
                let differences = differences(&known.vehicle, &vehicle);
                if differences.is_empty() {
                    return None;
                }
                known.vehicle = vehicle;
                known.changed_at = now;
                known.differences.clone_from(&differences);
                ChangeKind::Changed(differences)
            }
        };
        Some(Change { vin, kind })
    }
}

fn differences(old: &Vehicle, new: &Vehicle) -> Vec<Difference> {
    let properties = |it: &Vehicle| {
        [
            ("year", it.year.to_string()),
            ("make", it.make.clone()),
            ("model", it.model.clone()),
            ("price", it.price_cents.to_string()),
            ("status", it.status.clone()),
        ]
    };
    let both = properties(old).into_iter().zip(properties(new));
    let differing = both.filter(|((_, from), (_, to))| from != to);
    let difference = differing.map(|((property, from), (_, to))| Difference {
        property: property.to_owned(),
        from,
        to,
    });
    difference.collect()
}

//! The vehicles that are there, and the pulls that brought them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::pull::{Change, ChangeKind, Difference, Pull, PullOutcome, Refused};
use super::pulling::{Read, Reading};
use super::source::Offer;
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
const REFUSED: usize = 100;

/// The most characters of what is written down of a fault.
const MOST_TEXT: usize = 300;

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
            Ok(Read::Listed { pages, validator }) => {
                self.validator = validator;
                self.stock(pages, now)
            }
            Err(failure) => PullOutcome::Failed {
                why: cut(&failure.to_string()),
            },
        };
        let pull = Pull { at: now, outcome };
        if self.pulls.len() >= PULLS {
            self.pulls.pop_front();
        }
        self.pulls.push_back(pull.clone());
        pull
    }

    fn stock(&mut self, pages: Vec<Vec<Offer>>, now: Timestamp) -> PullOutcome {
        let count = pages.len();
        let sorted = sort(pages);
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
        let (changes, more_changes) = first(changes, CHANGES);
        let (refused, more_refused) = first(sorted.refused, REFUSED);
        PullOutcome::Read {
            pages: count,
            vehicles,
            changes,
            more_changes,
            refused,
            more_refused,
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

/// The offers of a list, told apart.
#[derive(Default)]
struct Sorted {
    taken: BTreeMap<String, Vehicle>,
    refused: Vec<Refused>,
    /// The numbers of those that are refused.
    kept: BTreeSet<String>,
}

fn sort(pages: Vec<Vec<Offer>>) -> Sorted {
    let mut sorted = Sorted::default();
    for (at, offers) in pages.into_iter().enumerate() {
        for offer in offers {
            sorted.add(at + 1, offer);
        }
    }
    sorted
}

impl Sorted {
    fn add(&mut self, page: usize, offer: Offer) {
        let vehicle = match offer.vehicle {
            Ok(vehicle) => vehicle,
            Err(faults) => {
                for (place, reason) in faults {
                    self.refuse(page, offer.vin.as_deref(), &place, &reason);
                }
                return;
            }
        };
        let faults = vehicle.faults();
        for (property, fault) in &faults {
            let place = format!("{}, its {property}", offer.place);
            self.refuse(page, Some(&vehicle.vin), &place, &fault.to_string());
        }
        if !faults.is_empty() {
            return;
        }
        if self.taken.contains_key(&vehicle.vin) {
            let reason = "the VIN stands in the list more than once, and the first counts";
            return self.refuse(page, Some(&vehicle.vin), &offer.place, reason);
        }
        self.taken.insert(vehicle.vin.clone(), vehicle);
    }

    fn refuse(&mut self, page: usize, vin: Option<&str>, place: &str, reason: &str) {
        let vin = vin.map(cut);
        self.kept.extend(vin.clone());
        self.refused.push(Refused {
            vin,
            place: cut(&format!("page {page}, {place}")),
            reason: cut(reason),
        });
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

/// The first of a list, and how many more there are.
fn first<T>(mut all: Vec<T>, most: usize) -> (Vec<T>, usize) {
    let more = all.len().saturating_sub(most);
    all.truncate(most);
    (all, more)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

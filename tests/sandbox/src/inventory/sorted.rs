//! The offers of a list, told apart as they come: no more is kept of them than that.

use std::collections::{BTreeMap, BTreeSet};

use super::pull::Refused;
use super::source::Offer;
use super::vehicle::Vehicle;

/// The most faults that are written down.
const REFUSED: usize = 100;

/// The most characters of what is written down of a fault.
const MOST_TEXT: usize = 300;

/// The offers of a list, told apart.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) taken: BTreeMap<String, Vehicle>,
    /// The first faults.
    pub(super) refused: Vec<Refused>,
    pub(super) more_refused: usize,
    /// The numbers of those that are refused.
    pub(super) kept: BTreeSet<String>,
}

impl Sorted {
    /// Takes an offer of a page, or refuses it.
    pub(super) fn add(&mut self, page: usize, offer: Offer) {
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
        if self.refused.len() >= REFUSED {
            self.more_refused += 1;
            return;
        }
        self.refused.push(Refused {
            vin,
            place: cut(&format!("page {page}, {place}")),
            reason: cut(reason),
        });
    }
}

/// No more of a text than a person reads.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

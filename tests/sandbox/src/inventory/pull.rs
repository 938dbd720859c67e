//! The outcome of a pull, as data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A pull that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// When it was over, by the sandbox's clock.
    pub at: Timestamp,
    /// Its end.
    pub outcome: PullOutcome,
}

/// The end of a pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PullOutcome {
    /// The list was the one that was known.
    Unchanged,
    /// All of the list was read.
    Read {
        /// So many pages.
        pages: usize,
        /// So many vehicles were taken.
        vehicles: usize,
        /// The first 500 changes, by VIN.
        changes: Vec<Change>,
        /// So many more.
        more_changes: usize,
        /// The first 100 faults, in the order of the list.
        refused: Vec<Refused>,
        /// So many more.
        more_refused: usize,
    },
    /// It ended early, and everything stays as it was.
    Failed {
        /// Why.
        why: String,
    },
}

/// A vehicle that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its identification number.
    pub vin: String,
    /// How.
    pub kind: ChangeKind,
}

/// How a vehicle changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
    /// It is another in these properties.
    Changed(Vec<Difference>),
}

/// A property that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The property.
    pub property: String,
    /// Its value before.
    pub from: String,
    /// Its value now; prices are in cents.
    pub to: String,
}

/// A vehicle that was not taken. If it is known by its VIN, it stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its identification number, as far as there is one.
    pub vin: Option<String>,
    /// Where the fault is, such as `page 2, /vehicles/3/vin`.
    pub place: String,
    /// The fault.
    pub reason: String,
}

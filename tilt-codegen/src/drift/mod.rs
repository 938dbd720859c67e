//! Drift: how one state of the documents differs from another, for programs in use and for users who upgrade.
//!
//! ```text
//! documents × 2 ─ wire ────► edits and what they do to programs in use ─┐
//! models × 2 ──── upgrade ─► items of the SDK and what became of them ──┴─► findings ─► verdict
//! ```

mod finding;
mod upgrade;

pub use finding::{
    Bump, Direction, Drift, Effect, FORMAT, Finding, ItemChange, Location, Reach, Severity,
};

/// The items of the SDK that differ, and what became of each.
#[doc(hidden)] // for the proof of this workspace, which compiles programs
pub fn item_changes(old: &crate::model::Sdk, new: &crate::model::Sdk) -> Vec<ItemChange> {
    let changes = upgrade::changes(old, new).into_iter();
    changes.map(|change| change.item).collect()
}

//! Drift: how one state of the documents differs from another, for programs in use and for users who upgrade.
//!
//! ```text
//! documents × 2 ─ wire ────► edits and what they do to programs in use ─┐
//! models × 2 ──── upgrade ─► items of the SDK and what became of them ──┴─► findings ─► verdict
//! ```

mod finding;
mod grammar;
mod rules;
mod upgrade;
mod wire;

pub use finding::{
    Bump, Direction, Drift, Effect, FORMAT, Finding, ItemChange, Location, Reach, Severity,
};

//! Tools that look at the generator and the SDK from outside.
//!
//! Nothing here judges by generated types: [`Oracle`] asks the raw documents, [`instances`] makes
//! values that they allow, [`round_trip`] sends those through generated code, and [`census`] counts.

/// The programs of `docs/testing.md`, which run as they stand there.
#[cfg(doctest)]
#[doc = include_str!("../../docs/testing.md")]
pub mod testing {}

pub mod api;
pub mod calls;
pub mod census;
pub mod crates;
pub mod document;
pub mod growth;
pub mod instances;
pub mod oracle;
pub mod random;
pub mod round_trip;
pub mod shuffle;

pub use oracle::Oracle;

//! Tools that look at the generator and the SDK from outside.
//!
//! Nothing here judges by generated types: [`Oracle`] asks the raw documents, [`instances`] makes
//! values that they allow, [`round_trip`] sends those through generated code, and [`census`] counts.

/// The programs of the README and of the book, which compile as they stand there; those of `docs/testing.md` run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[doc = include_str!("../../docs/partner.md")]
#[doc = include_str!("../../docs/maintainer.md")]
#[doc = include_str!("../../docs/other-apis.md")]
#[doc = include_str!("../../docs/contributor.md")]
#[doc = include_str!("../../docs/testing.md")]
#[doc = include_str!("../../docs/inventory.md")]
pub mod programs {}

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

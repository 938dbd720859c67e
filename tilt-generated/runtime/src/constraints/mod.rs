//! Constraints that an API's document states for its requests, as data: generated code states them, and validation
//! reads them.

mod decimal;
mod format;
mod schema;

pub(crate) use decimal::Decimal;
pub use schema::Constraints;
pub(crate) use schema::{Alternative, Bound, Kind, Range, Schema};

//! When a call is sent again, and after how long.

mod backoff;
mod budget;
mod course;
mod verdict;

pub(crate) use backoff::Backoff;
pub(crate) use budget::Budget;
pub use budget::RetryBudget;
pub(crate) use course::{Course, Earlier};
pub(crate) use verdict::{is_refusal, may_help};

//! An inbox remembers which events were handled: deliveries come more than once, to any of several replicas.
//!
//! An event is claimed, handled, and committed ([`handle`]). A delivery of one that was handled is answered with
//! success; one that is in work elsewhere with 409 and `Retry-After`, never with success, for that work may
//! still fail. Work that fails, panics, is dropped or takes longer than the lease is released, and the next delivery
//! is handled. An event without an id is handled at each delivery.
//!
//! | inbox | effect and mark commit together | for |
//! |---|---|---|
//! | [`Memory`] | no, and a restart forgets all | development, tests |
//! | `sqlite::Sqlite` (feature `sqlite`) | yes, in the transaction that the handler is given | one machine |
//! | `postgres::Postgres` (feature `postgres`) | yes, likewise | any number of replicas |
//! | `redis::Redis` (feature `redis`) | no: an effect whose mark was lost happens again | effects that may |

mod error;
mod handling;
#[cfg(any(feature = "postgres", feature = "redis", feature = "sqlite"))]
mod key;
mod lease;
mod memory;
mod outcome;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "redis")]
pub mod redis;
#[cfg(feature = "sqlite")]
pub mod sqlite;

#[cfg(test)]
mod tests;

pub use error::InboxError;
pub use handling::{Claim, Inbox, Work, handle};
pub use lease::Lease;
pub use memory::{Memory, MemoryWork};
pub use outcome::Outcome;

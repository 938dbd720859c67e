//! A journal of calls: what is about to be sent stands in it before it is sent, so that a process that is killed
//! meanwhile can resume, and nothing is charged twice or forgotten.
//!
//! A client that was built with a journal stores every call that is not safe to repeat: its operation, its idempotency
//! key, the exact bytes of its body, where it goes, and what the caller notes ([`Note`]). A call that cannot be stored is
//! not sent; where its database was late, or failed, and has it all the same, it is marked as not carried out as soon as the
//! database allows. When the answer of a call is known, it is marked ([`State`]); a call of which that is not known stays
//! open.
//!
//! After a restart, [`Calls::open`] takes what is open, and [`Calls::find`] one call by the caller's own reference. A call
//! that has an idempotency key is sent again with the same key and the same bytes while the key lives; one without is
//! never sent again from here, and comes back as an outcome that is unknown.
//!
//! | journal | for |
//! |---|---|
//! | [`Memory`] | tests: it is forgotten with the process |
//! | `sqlite::Sqlite` (feature `sqlite`) | one machine |
//! | `postgres::Postgres` (feature `postgres`) | any number of machines |
//!
//! # Several processes
//!
//! A call is *held* by the process that sends or resumes it, and while it is held, no other process is given it. A hold
//! ends by itself: that of a call that is sent a minute after the call's time, that of a call that was taken after
//! [`Calls::lease`]. A process that is restarted need not wait for that if it has a name ([`Calls::owner`]) that no other
//! process has at the same time: it takes what the process of that name held before. Times are those of the clocks of
//! the machines, which are to agree to within half a minute.
//!
//! # Secrets
//!
//! No credentials are stored: they are added to each attempt. **Bodies are**, byte for byte, and so are values in the path
//! and the query: whoever reads the journal reads what was sent. Where requests carry card numbers, personal data or
//! passwords, the journal is to be kept as these are (encrypted disk, few readers, PCI DSS where it applies), and calls
//! that have ended are to be deleted when they are no longer needed ([`Calls::forget`]). Answers are not stored: they may
//! hold one-time URLs.

mod calls;
mod error;
mod hold;
mod intent;
mod memory;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod store;

#[cfg(test)]
mod tests;

pub use calls::{Calls, JournaledCall};
pub use error::JournalError;
pub use hold::Hold;
pub use intent::{Intent, IntentKey, Note};
pub use memory::Memory;
pub use store::{Entry, Journal, State, Storing};

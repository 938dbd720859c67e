//! The vehicles of a dealer, pulled from the dealer's own system.
//!
//! The contract of Tilt's pull is not public. So nothing here knows a protocol: an [`InventorySource`] brings pages of
//! vehicles, whatever they come from, and here is what follows from them.

mod handle;
mod pull;
mod pulling;
mod sorted;
mod source;
mod stock;
mod vehicle;

pub use pull::{Change, ChangeKind, Difference, Pull, PullOutcome, Refused};
pub use pulling::Inventory;
pub(crate) use pulling::{pull, shown};
pub use source::{InventoryPage, InventoryPages, InventorySource, NextPage, Offer};
pub(crate) use stock::Stock;
pub use stock::Stocked;
pub use vehicle::{Vehicle, VehicleFault};

//! The local Tilt's inventory, pulled from a dealer management system (DMS).
//!
//! The contract of Tilt's own pull is not public, and nothing here claims to be it. A partner brings the OpenAPI document of
//! their DMS: [`generated`] is the client that comes out of it, a [`Mapping`] says in a file which operation lists the vehicles
//! and where their properties stand, and [`Dms`] is both as a source for [`tilt_sandbox::Inventory`]. Whatever the document,
//! the rest stays as it is.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use tilt_inventory::Dms;
//! use tilt_sandbox::{Inventory, Sandbox};
//!
//! let dms = Dms::new("http://127.0.0.1:9000", Some("the token that the dealer gave".into()))?;
//! let sandbox = Sandbox::builder().inventory(Inventory::from(dms)).start().await?;
//! # Ok(())
//! # }
//! ```

mod dms;
/// The client that comes out of the document of the DMS.
pub mod generated;
mod mapping;
mod property;
mod vehicles;

pub use dms::{Dms, DmsError};
pub use mapping::{Mapping, MappingError, Unit};

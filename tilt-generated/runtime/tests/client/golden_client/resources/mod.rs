//! The resources, a file each.

pub(crate) mod locations;
pub(crate) mod orders;

//! The form that structs are written to, as far as their fields have to know it. That which they are read from is
//! [`Read`](crate::data::wire::Read).

use super::Field;
use crate::data::{Map, Wire};

/// A writer that is shown a struct's fields, one after the other.
pub trait Write {
    /// A field and its value, which may stand for absence.
    fn field<T: Wire>(&mut self, field: &'static Field, value: &T);

    /// The properties that have no field, if there are any.
    fn rest<T: Wire>(&mut self, rest: &Map<T>);

    /// An absent discriminator stays absent.
    fn untagged(&mut self) {}
}

//! The form that structs are read from and written to, as far as their fields have to know it.

use super::Field;
use crate::data::{Map, Wire};

/// An object that is being read, at the value of a property.
pub trait Read: Sized {
    /// Why reading failed.
    type Error;

    /// Reads the value to where it goes.
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// The same, where the value may be null. A null that `T` has no value for is remembered.
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;
}

/// A writer that is shown a struct's fields, one after the other.
pub trait Write {
    /// A field and its value, which may stand for absence.
    fn field<T: Wire>(&mut self, field: &'static Field, value: &T);

    /// The properties that have no field, if there are any.
    fn rest<T: Wire>(&mut self, rest: &Map<T>);
}

//! The properties of a struct that have no field.

use crate::data::bits::Bits;
use crate::data::wire::Read;
use crate::data::{Extra, Map, Value, Wire};

/// Where the properties go that have no field: [`Extra`], or a [`Map`] where they have a type.
#[doc(hidden)]
pub trait Rest {
    /// Takes the current property.
    fn keep<R: Read>(&mut self, name: String, r: &mut R) -> Result<(), R::Error>;

    /// Takes a null in place of a value that may be absent, but not null.
    fn keep_null(&mut self, name: &str);

    /// Notes that a union read the struct without the discriminator, which is then not written either.
    fn keep_untagged(&mut self);

    /// Notes which fields were not there that may only be null.
    fn keep_absent(&mut self, fields: Bits);

    /// The fields that were not there, and that may only be null.
    fn absent(&self) -> Option<&Bits>;

    /// Takes the value that came in place of an object; gives it back where there is no place for it.
    fn keep_instead(&mut self, value: Value) -> Result<(), Value>;

    /// The value that came in place of an object.
    fn instead(&self) -> Option<&Value>;

    /// Whether an absent discriminator stays absent.
    fn is_untagged(&self) -> bool;
}

impl Rest for Extra {
    fn keep<R: Read>(&mut self, name: String, r: &mut R) -> Result<(), R::Error> {
        let mut place = None::<Value>;
        r.value(&mut place)?;
        if let Some(value) = place {
            self.insert(name, value);
        }
        Ok(())
    }

    fn keep_null(&mut self, name: &str) {
        self.insert(name, Value::Null);
    }

    fn keep_untagged(&mut self) {
        Self::keep_untagged(self);
    }

    fn is_untagged(&self) -> bool {
        Self::is_untagged(self)
    }

    fn keep_absent(&mut self, fields: Bits) {
        Self::keep_absent(self, fields);
    }

    fn keep_instead(&mut self, value: Value) -> Result<(), Value> {
        Self::keep_instead(self, value);
        Ok(())
    }

    #[inline]
    fn instead(&self) -> Option<&Value> {
        Self::instead(self)
    }

    #[inline]
    fn absent(&self) -> Option<&Bits> {
        Self::absent(self)
    }
}

impl<T: Wire> Rest for Map<T> {
    fn keep<R: Read>(&mut self, name: String, r: &mut R) -> Result<(), R::Error> {
        let mut place = None;
        r.value(&mut place)?;
        if let Some(value) = place {
            self.insert(name, value);
        }
        Ok(())
    }

    /// A null goes in where it is a value of `T`. Elsewhere it cannot be kept, so generated structs
    /// with other properties of one type have no field that takes no null: see [`Maybe`](crate::Maybe).
    fn keep_null(&mut self, name: &str) {
        if let Some(null) = T::null() {
            self.insert(name.to_owned(), null);
        }
    }

    fn keep_untagged(&mut self) {}

    /// There is no place to note them: they are written as null.
    fn keep_absent(&mut self, _: Bits) {}

    fn absent(&self) -> Option<&Bits> {
        None
    }

    fn keep_instead(&mut self, value: Value) -> Result<(), Value> {
        Err(value)
    }

    fn instead(&self) -> Option<&Value> {
        None
    }

    /// There is no place to note that it was absent.
    fn is_untagged(&self) -> bool {
        true
    }
}

//! The properties that a schema does not name.

use crate::data::bits::Bits;
use crate::data::shown::Undescribed;
use crate::data::{Map, Value};
use std::fmt;

/// Properties of an object that its type has no field for, in the order of the input.
///
/// Every generated struct has one, so that what a newer API sends reaches the program, and goes
/// back out as it came in. It takes eight bytes while it is empty.
///
/// A property that may be left out but not be null, and is null nevertheless, is kept here too: the
/// field reads as `None`. When a struct is written, its fields go before entries of the same name.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

#[derive(Clone, Default)]
struct Kept {
    map: Map<Value>,
    /// A union read the struct without the discriminator: see [`Extra::keep_untagged`].
    untagged: bool,
    /// The fields that were not there when the struct was read, and that may only be null.
    absent: Bits,
    /// The value that came in place of an object.
    instead: Option<Value>,
}

impl Kept {
    fn is_nothing(&self) -> bool {
        self.map.is_empty() && !self.untagged && self.absent.is_empty() && self.instead.is_none()
    }
}

impl Extra {
    /// No properties.
    pub const fn new() -> Self {
        Self(None)
    }

    /// How many properties there are.
    pub fn len(&self) -> usize {
        self.map().map_or(0, Map::len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.map()?.get(name)
    }

    /// Sets a property, and gives back its value until now.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let kept = self.0.get_or_insert_default();
        kept.map.insert(name.into(), value.into())
    }

    /// Takes a property out. The others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let value = self.0.as_mut()?.map.shift_remove(name);
        self.let_go();
        value
    }

    fn let_go(&mut self) {
        if self.0.as_deref().is_some_and(Kept::is_nothing) {
            self.0 = None;
        }
    }

    /// The value that came where an object was expected: a document that names no type allows any.
    ///
    /// It is written back as long as the struct has no properties.
    pub fn instead(&self) -> Option<&Value> {
        self.0.as_deref()?.instead.as_ref()
    }

    /// Takes out the value that came where an object was expected.
    pub fn take_instead(&mut self) -> Option<Value> {
        let value = self.0.as_deref_mut()?.instead.take();
        self.let_go();
        value
    }

    pub(crate) fn keep_instead(&mut self, value: Value) {
        self.0.get_or_insert_default().instead = Some(value);
    }

    /// All properties in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.map()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn map(&self) -> Option<&Map<Value>> {
        self.0.as_deref().map(|kept| &kept.map)
    }

    /// Notes that a union read the struct from an object without the discriminator: it is written back without.
    pub(crate) fn keep_untagged(&mut self) {
        self.0.get_or_insert_default().untagged = true;
    }

    pub(crate) fn is_untagged(&self) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.untagged)
    }

    /// Notes fields that were not there although they have to be: without a value they are not written either.
    pub(crate) fn keep_absent(&mut self, fields: Bits) {
        self.0.get_or_insert_default().absent = fields;
    }

    #[inline]
    pub(crate) fn absent(&self) -> Option<&Bits> {
        self.0.as_deref().map(|kept| &kept.absent)
    }
}

impl Eq for Extra {}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let properties = match (self.map(), other.map()) {
            (Some(one), Some(other)) => one == other,
            (one, other) => one.or(other).is_none_or(Map::is_empty),
        };
        properties && self.instead() == other.instead()
    }
}

/// Shows names, and of values only their form: what no type describes may be a secret.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.iter().map(|(name, value)| (name, Undescribed(value)));
        f.debug_map().entries(members).finish()
    }
}

impl From<Map<Value>> for Extra {
    fn from(map: Map<Value>) -> Self {
        let kept = Kept {
            map,
            ..Kept::default()
        };
        Self((!kept.is_nothing()).then(|| Box::new(kept)))
    }
}

impl From<Extra> for Map<Value> {
    fn from(extra: Extra) -> Self {
        extra.0.map_or_else(Map::new, |kept| kept.map)
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        let mut extra = Self::new();
        extra.extend(entries);
        extra
    }
}

impl<N: Into<String>, V: Into<Value>> Extend<(N, V)> for Extra {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, entries: I) {
        for (name, value) in entries {
            self.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_pointer_while_empty() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
    }

    #[test]
    fn keeps_order_when_a_property_is_removed() {
        let mut extra: Extra = [("a", 1), ("b", 2), ("c", 3)].into_iter().collect();
        extra.remove("a");
        let names: Vec<_> = extra.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["b", "c"]);
    }

    #[test]
    fn emptied_equals_new() {
        let mut extra = Extra::new();
        extra.insert("a", 1);
        extra.remove("a");
        assert_eq!(extra, Extra::new());
    }
}

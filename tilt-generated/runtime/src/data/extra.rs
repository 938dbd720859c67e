//! The properties that a schema does not name.

use crate::data::{Map, Value};
use std::fmt;

/// Properties of an object that its type has no field for, in the order of the input.
///
/// Every generated struct has one, so that what a newer API sends reaches the program, and goes
/// back out as it came in. It takes eight bytes while it is empty.
///
/// A property that may be left out but not be null, and is null nevertheless, is kept here too: the
/// field reads as `None`. When a struct is written, its fields go before entries of the same name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<Map<Value>>>);

impl Extra {
    /// No properties.
    pub const fn new() -> Self {
        Self(None)
    }

    /// How many properties there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |map| map.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a property, and gives back its value until now.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let map = self.0.get_or_insert_default();
        map.insert(name.into(), value.into())
    }

    /// Takes a property out. The others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let value = self.0.as_mut()?.shift_remove(name);
        if self.is_empty() {
            self.0 = None;
        }
        value
    }

    /// All properties in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .iter()
            .flat_map(|map| map.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn map(&self) -> Option<&Map<Value>> {
        self.0.as_deref()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl From<Map<Value>> for Extra {
    fn from(map: Map<Value>) -> Self {
        Self((!map.is_empty()).then(|| Box::new(map)))
    }
}

impl From<Extra> for Map<Value> {
    fn from(extra: Extra) -> Self {
        extra.0.map_or_else(Map::new, |map| *map)
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

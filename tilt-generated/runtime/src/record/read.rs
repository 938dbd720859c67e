//! Structs from objects.

use super::bits::Bits;
use super::{Read, Record, Rest, Slot};
use crate::Wire;
use crate::wire::{Place, PlaceOrNull};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads a struct from an object.
///
/// # Errors
///
/// When the input is malformed, is no object, lacks a required property or has one of another type.
pub fn read_record<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(RecordVisitor(PhantomData))
}

struct RecordVisitor<T>(PhantomData<T>);

impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = std::any::type_name::<T>();
        write!(
            f,
            "an object ({})",
            path.rsplit("::").next().unwrap_or(path)
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut reader = MapReader {
            fields: T::FIELDS,
            map,
            null: false,
            seen: Bits::default(),
            de: PhantomData,
        };
        T::read(&mut reader)
    }
}

struct MapReader<'de, A: MapAccess<'de>> {
    fields: &'static [&'static str],
    map: A,
    null: bool,
    /// Indexes of the fields that were there.
    seen: Bits,
    de: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Read for MapReader<'de, A> {
    type Error = A::Error;

    fn fields(
        &mut self,
        slots: &mut [&mut dyn Slot<Self>],
        rest: &mut dyn Rest<Self>,
    ) -> Result<(), A::Error> {
        let mut names = Names {
            fields: self.fields,
            next: 0,
            other: String::new(),
        };
        while let Some(index) = self.map.next_key_seed(&mut names)? {
            match slots.get_mut(index) {
                Some(slot) => {
                    slot.read(self)?;
                    self.seen.insert(index);
                }
                None => rest.keep(std::mem::take(&mut names.other), self)?,
            }
            if self.null {
                self.null = false;
                rest.keep_null(self.fields.get(index).unwrap_or(&""));
            }
        }
        Ok(())
    }

    #[inline]
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        self.map.next_value_seed(Place(place))
    }

    #[inline]
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        let null = &mut self.null;
        self.map.next_value_seed(PlaceOrNull { place, null })
    }

    fn was_null(&mut self) -> bool {
        std::mem::take(&mut self.null)
    }

    #[cold]
    fn missing<T>(&mut self, required: &[(&'static str, &'static str)]) -> Result<T, A::Error> {
        let was_seen = |name| {
            let index = self.fields.iter().position(|field| *field == name);
            index.is_some_and(|index| self.seen.contains(index))
        };
        let missing = required.iter().find(|(name, _)| !was_seen(*name));
        Err(A::Error::missing_field(
            missing.map_or("", |(name, _)| name),
        ))
    }
}

/// Looks names up in the fields, beginning after the last one that was found: most senders write
/// properties in the order of their documentation. A name that is not there goes to `other`, and
/// its index is past the end.
struct Names {
    fields: &'static [&'static str],
    next: usize,
    other: String,
}

impl Names {
    /// The usual case, which calls nothing: so no register is saved for it.
    #[inline(never)]
    fn find(&mut self, name: &str) -> usize {
        let index = self.next;
        match self.fields.get(index) {
            Some(field) if same(field, name) => {
                self.next = index + 1;
                index
            }
            _ => self.search_or_copy(name),
        }
    }

    #[inline(never)]
    fn search_or_copy(&mut self, name: &str) -> usize {
        self.search(name).unwrap_or_else(|| {
            name.clone_into(&mut self.other);
            usize::MAX
        })
    }

    fn search(&mut self, name: &str) -> Option<usize> {
        let (before, after) = self.fields.split_at_checked(self.next)?;
        let index = match after.iter().position(|field| same(field, name)) {
            Some(index) => before.len() + index,
            None => before.iter().position(|field| same(field, name))?,
        };
        self.next = index + 1;
        Some(index)
    }
}

/// Whether two names are equal. Names are short: comparing words beats a call to `memcmp`.
#[inline]
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    match (one.split_first_chunk::<8>(), other.split_first_chunk::<8>()) {
        (Some((a, one_rest)), Some((b, other_rest))) => {
            let (ones, _) = one_rest.as_chunks::<8>();
            let (others, _) = other_rest.as_chunks::<8>();
            a == b
                && one.last_chunk::<8>() == other.last_chunk::<8>()
                && (one.len() <= 16 || ones.iter().eq(others))
        }
        _ => match (one.first_chunk::<4>(), other.first_chunk::<4>()) {
            (Some(a), Some(b)) => a == b && one.last_chunk::<4>() == other.last_chunk::<4>(),
            _ => one.iter().eq(other),
        },
    }
}

impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.find(name))
    }

    fn visit_string<E>(self, name: String) -> Result<usize, E> {
        Ok(self.search(&name).unwrap_or_else(|| {
            self.other = name;
            usize::MAX
        }))
    }
}

//! Structs from objects.

use super::fields::Fields;
use super::rest::Rest;
use super::{Field, Presence, Record};
use crate::Wire;
use crate::wire::{Place, PlaceOrNull};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// An object that is being read, at the value of a property.
pub trait Read: Sized {
    /// Why reading failed.
    type Error;

    /// Reads the value to where it goes.
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// The same, where the value may be null. A null that `T` has no value for is remembered.
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;
}

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
        write!(f, "an object ({})", T::SHAPE.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut slots = Slots::<T::Fields>(Default::default());
        MapReader {
            map,
            null: false,
            de: PhantomData,
        }
        .read(T::SHAPE.fields, &mut slots)?;
        match T::Fields::take(slots.0, T::SHAPE.fields) {
            Ok(fields) => Ok(T::from_fields(fields)),
            Err(missing) => Err(A::Error::missing_field(missing)),
        }
    }
}

/// The places of a struct's fields, whatever their types: what reads an object is compiled once for
/// each format, not once for each struct.
trait Places<R: Read> {
    /// Reads the value of a property.
    fn read(&mut self, index: usize, name: &mut String, r: &mut R) -> Result<(), R::Error>;

    /// Keeps a null that a field has no value for.
    fn keep_null(&mut self, name: &str);
}

struct Slots<F: Fields>(F::Places);

impl<R: Read, F: Fields> Places<R> for Slots<F> {
    fn read(&mut self, index: usize, name: &mut String, r: &mut R) -> Result<(), R::Error> {
        F::read(&mut self.0, index, name, r)
    }

    fn keep_null(&mut self, name: &str) {
        F::rest(&mut self.0).keep_null(name);
    }
}

struct MapReader<'de, A: MapAccess<'de>> {
    map: A,
    null: bool,
    de: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> MapReader<'de, A> {
    /// Reads all properties. The first failure ends the reading.
    fn read(
        &mut self,
        fields: &'static [Field],
        places: &mut dyn Places<Self>,
    ) -> Result<(), A::Error> {
        let mut names = Names {
            fields,
            next: 0,
            other: String::new(),
        };
        while let Some(index) = self.map.next_key_seed(&mut names)? {
            places.read(index, &mut names.other, self)?;
            if self.null {
                self.null = false;
                if let Some((name, Presence::Optional)) = fields.get(index) {
                    places.keep_null(name);
                }
            }
        }
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> Read for MapReader<'de, A> {
    type Error = A::Error;

    #[inline]
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        self.map.next_value_seed(Place(place))
    }

    #[inline]
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        let null = &mut self.null;
        self.map.next_value_seed(PlaceOrNull { place, null })
    }
}

/// Looks names up in the fields, beginning after the last one that was found: most senders write
/// properties in the order of their documentation. A name that is not there goes to `other`, and
/// its index is past the end.
struct Names {
    fields: &'static [Field],
    next: usize,
    other: String,
}

impl Names {
    /// The usual case, which calls nothing: so no register is saved for it.
    #[inline(never)]
    fn find(&mut self, name: &str) -> usize {
        let index = self.next;
        match self.fields.get(index) {
            Some((field, _)) if same(field, name) => {
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
        let index = match after.iter().position(|(field, _)| same(field, name)) {
            Some(index) => before.len() + index,
            None => before.iter().position(|(field, _)| same(field, name))?,
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

//! Structs from objects.

use super::fields::{Absent, Fields};
use super::rest::Rest;
use super::{Field, Presence, Record};
use crate::data::reading::ContentVisitor;
use crate::data::wire::{NullableSeed, Read, ValueSeed};
use crate::data::{Content, Wire};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use std::fmt;
use std::marker::PhantomData;

/// Reads a struct from an object.
///
/// # Errors
///
/// When the input is malformed, is no object, lacks a required property or has one of another type.
pub fn read_record<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(RecordVisitor::of(false))
}

/// The same as a variant of a union, of an object in which the discriminator may not be.
pub(crate) fn read_variant<T: Record>(object: &Content<'_>, untagged: bool) -> Option<T> {
    object.deserialize_map(RecordVisitor::of(untagged)).ok()
}

/// The same where any value may come: one that is no object is kept beside the properties.
///
/// # Errors
///
/// When the input is malformed, or an object that lacks a required property or has one of another type.
pub fn read_any_record<'de, T: Record, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(AnyVisitor(RecordVisitor::of(false)))
}

struct AnyVisitor<T>(RecordVisitor<T>);

impl<T: Record> AnyVisitor<T> {
    fn keep<E: serde::de::Error>(self, content: Result<Content<'_>, E>) -> Result<T, E> {
        let mut places: <T::Fields as Fields>::Places = Default::default();
        let kept = T::Fields::rest(&mut places).keep_instead(content?.into());
        let mut absent = Absent {
            is_of_nothing: true,
            ..Absent::default()
        };
        let missing = T::Fields::missing(&places, T::SHAPE.fields, &mut absent);
        match (kept, missing) {
            (Ok(()), None) => Ok(T::from_fields(T::Fields::take(&mut places))),
            _ => Err(E::invalid_type(Unexpected::Other("another value"), &self)),
        }
    }
}

macro_rules! kept {
    ($($visit:ident $type:ty;)+) => { $(
        fn $visit<E: serde::de::Error>(self, value: $type) -> Result<T, E> {
            self.keep(ContentVisitor.$visit(value))
        }
    )+ };
}

impl<'de, T: Record> Visitor<'de> for AnyVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        self.0.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        self.keep(ContentVisitor.visit_seq(items))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        self.keep(Ok(Content::Null))
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        self.keep(Ok(Content::Null))
    }

    kept! {
        visit_bool bool;
        visit_i64 i64;
        visit_u64 u64;
        visit_f64 f64;
        visit_str &str;
        visit_string String;
    }
}

struct RecordVisitor<T> {
    untagged: bool,
    record: PhantomData<T>,
}

impl<T> RecordVisitor<T> {
    fn of(untagged: bool) -> Self {
        let record = PhantomData;
        Self { untagged, record }
    }
}

impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::SHAPE.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut places = PlacesOf::<T::Fields>(Default::default());
        MapReader {
            map,
            null: false,
            constant: None,
            de: PhantomData,
        }
        .read(T::SHAPE.fields, &mut places)?;
        if self.untagged {
            T::Fields::rest(&mut places.0).keep_untagged();
        }
        let mut absent = Absent::default();
        if let Some(missing) = T::Fields::missing(&places.0, T::SHAPE.fields, &mut absent) {
            return Err(A::Error::missing_field(missing));
        }
        if !absent.nullable.is_empty() {
            T::Fields::rest(&mut places.0).keep_absent(absent.nullable);
        }
        Ok(T::from_fields(T::Fields::take(&mut places.0)))
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

struct PlacesOf<F: Fields>(F::Places);

impl<R: Read, F: Fields> Places<R> for PlacesOf<F> {
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
    constant: Option<&'static str>,
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
            buckets: None,
        };
        while let Some(index) = self.map.next_key_seed(&mut names)? {
            if let Some((_, Presence::Constant(text))) = fields.get(index) {
                self.constant = Some(text);
            }
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
        self.map.next_value_seed(ValueSeed(place))
    }

    #[inline]
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        let null = &mut self.null;
        self.map.next_value_seed(NullableSeed { place, null })
    }

    fn constant(&self) -> Option<&'static str> {
        self.constant
    }
}

/// Looks names up in the fields, first after the last one that was found: what was written by a struct
/// is in the order of its fields. A name that is not there goes to `other`, and its index is past the
/// end.
struct Names {
    fields: &'static [Field],
    next: usize,
    other: String,
    buckets: Option<Box<Buckets>>,
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
        let index = if self.fields.len() > FEW {
            self.search_buckets(name)?
        } else {
            let (before, after) = self.fields.split_at_checked(self.next)?;
            match after.iter().position(|(field, _)| same(field, name)) {
                Some(index) => before.len() + index,
                None => before.iter().position(|(field, _)| same(field, name))?,
            }
        };
        self.next = index + 1;
        Some(index)
    }

    #[inline(never)]
    fn search_buckets(&mut self, name: &str) -> Option<usize> {
        let buckets = self.buckets.get_or_insert_with(|| Buckets::of(self.fields));
        buckets.search(self.fields, name)
    }
}

/// How many fields are searched one by one. With more, that would take longer than sorting them
/// into buckets, and all of an object the square of its length.
const FEW: usize = 24;

/// Many fields by what their names look like.
struct Buckets {
    /// The index of the first field of each bucket, plus one; as many as a power of two.
    first: Vec<u32>,
    /// The same of the next field in a field's bucket.
    following: Vec<u32>,
}

impl Buckets {
    #[cold]
    fn of(fields: &[Field]) -> Box<Self> {
        let mut buckets = Box::new(Self {
            first: vec![0; fields.len().next_power_of_two()],
            following: Vec::with_capacity(fields.len()),
        });
        for ((field, _), link) in fields.iter().zip(1..) {
            let bucket = buckets.bucket(field);
            if let Some(first) = buckets.first.get_mut(bucket) {
                let following = std::mem::replace(first, link);
                buckets.following.push(following);
            }
        }
        buckets
    }

    fn search(&self, fields: &[Field], name: &str) -> Option<usize> {
        let mut link = self.first.get(self.bucket(name)).copied()?;
        loop {
            let index = usize::try_from(link).ok()?.checked_sub(1)?;
            if same(fields.get(index)?.0, name) {
                return Some(index);
            }
            link = *self.following.get(index)?;
        }
    }

    /// 32-bit FNV-1a, folded.
    fn bucket(&self, name: &str) -> usize {
        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        let mask = self.first.len().wrapping_sub(1);
        usize::try_from(hash ^ (hash >> 16)).unwrap_or_default() & mask
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_many_fields_is_found_and_nothing_else() {
        let names: Vec<String> = (0..300).map(|index| format!("{index}_url")).collect();
        let fields: Vec<Field> = names
            .iter()
            .map(|name| (&*name.clone().leak(), Presence::Optional))
            .collect();
        let buckets = Buckets::of(&fields);
        for (index, name) in names.iter().enumerate() {
            assert_eq!(buckets.search(&fields, name), Some(index));
        }
        for other in ["", "300_url", "1_urn", "url"] {
            assert_eq!(buckets.search(&fields, other), None);
        }
        let used = buckets.first.iter().filter(|link| **link > 0).count();
        assert!(used > 150, "300 names are in {used} buckets");
    }
}

//! Values that travel: the types that generated code is made of, and what they are read from as properties of a struct.

use crate::data::content::Content;
use crate::data::shown::Shown;
use crate::data::{Map, Maybe};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::ser::Serialize;
use std::fmt;
use std::marker::PhantomData;

/// A type that a generated field can have.
///
/// It adds to serde what JSON Schema asks for and serde's own implementations refuse: `1.0` is an
/// integer. Generated types and those of this crate implement it; there is no need to in an
/// application.
pub trait Wire: Serialize + DeserializeOwned + Clone + fmt::Debug + PartialEq + 'static {
    /// Reads a value as a part of a generated type.
    ///
    /// # Errors
    ///
    /// When the input is malformed or not a value of this type.
    #[doc(hidden)]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Reads a value to where it goes, which saves moving it there.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[doc(hidden)]
    fn read_into<'de, D: Deserializer<'de>>(
        place: &mut Option<Self>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        *place = Some(Self::read(deserializer)?);
        Ok(())
    }

    /// The value that JSON `null` stands for, if this type has one.
    #[doc(hidden)]
    fn null() -> Option<Self> {
        None
    }

    /// The value that stands for a property that is left out, if this type has such a value.
    #[doc(hidden)]
    fn absent() -> Option<Self> {
        None
    }

    /// Whether this stands for a property that is left out.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// The value, where it is a text.
    #[doc(hidden)]
    #[inline]
    fn text(&self) -> Option<&str> {
        None
    }

    /// Reads the value of a property.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[doc(hidden)]
    #[inline]
    fn read_field<R: Read>(place: &mut Option<Self>, r: &mut R) -> Result<(), R::Error> {
        r.value(place)
    }

    /// Shows the value to developers, without what no type describes.
    ///
    /// # Errors
    ///
    /// When the formatter fails.
    #[doc(hidden)]
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }

    /// The knowledge of the value: only unions keep what they do not know.
    #[doc(hidden)]
    #[inline]
    fn known(&self) -> Known {
        Known::Fully
    }

    /// Makes a value of this type from JSON that was looked at already.
    ///
    /// # Errors
    ///
    /// Gives the JSON back when it is not a value of this type.
    #[doc(hidden)]
    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        Self::read(&value).map_err(|_| value)
    }
}

/// The knowledge of a value that is read, itself and not what is inside of it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Its type.
    Fully,
    /// The union that it is of, by a discriminator with another value than the document has.
    ByName,
    /// That it is JSON.
    NotAtAll,
}

/// An object that is being read, at the value of a property.
#[doc(hidden)]
pub trait Read: Sized {
    /// Why reading failed.
    type Error;

    /// Reads the value to where it goes.
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// The same, where the value may be null. A null that `T` has no value for is remembered.
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// The text that the value always is.
    fn constant(&self) -> Option<&'static str>;
}

/// Reads any [`Wire`] type.
pub(crate) struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// Reads any [`Wire`] type to where it goes.
pub(crate) struct ValueSeed<'p, T>(pub(crate) &'p mut Option<T>);

impl<'de, T: Wire> DeserializeSeed<'de> for ValueSeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        T::read_into(self.0, deserializer)
    }
}

/// The same, or the value that null stands for; without one, `null` is set.
pub(crate) struct NullableSeed<'p, T> {
    pub(crate) place: &'p mut Option<T>,
    pub(crate) null: &'p mut bool,
}

impl<'de, T: Wire> DeserializeSeed<'de> for NullableSeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Wire> Visitor<'de> for NullableSeed<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.place = T::null();
        *self.null = self.place.is_none();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        T::read_into(self.place, deserializer)
    }
}

impl Wire for bool {}

impl Wire for String {
    fn read_into<'de, D: Deserializer<'de>>(
        place: &mut Option<Self>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_string(StringInto(place))
    }

    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        match value {
            Content::Text(text) => Ok(text.into_owned()),
            other => Err(other),
        }
    }

    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

struct StringInto<'p>(&'p mut Option<String>);

impl Visitor<'_> for StringInto<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    #[inline(always)]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        *self.0 = Some(text.to_owned());
        Ok(())
    }

    #[inline(always)]
    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        *self.0 = Some(text);
        Ok(())
    }
}

impl Wire for () {
    fn null() -> Option<Self> {
        Some(())
    }
}

impl<T: Wire> Wire for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Box::new)
    }

    fn null() -> Option<Self> {
        T::null().map(Box::new)
    }

    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        T::from_value(value).map(Box::new)
    }

    fn text(&self) -> Option<&str> {
        T::text(self)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::show(self, f)
    }

    fn known(&self) -> Known {
        T::known(self)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut place, mut null) = (None, false);
        deserializer.deserialize_option(NullableSeed {
            place: &mut place,
            null: &mut null,
        })?;
        Ok(place)
    }

    fn null() -> Option<Self> {
        Some(None)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_ref().map(Shown), f)
    }

    fn known(&self) -> Known {
        self.as_ref().map_or(Known::Fully, T::known)
    }

    #[inline]
    fn read_field<R: Read>(place: &mut Option<Self>, r: &mut R) -> Result<(), R::Error> {
        r.value_or_null(place.insert(None))
    }
}

impl<T: Wire> Wire for Maybe<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::read(deserializer).map(Self::from)
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    #[inline]
    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_ref().map(Shown), f)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(VecVisitor(PhantomData))
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(Shown)).finish()
    }
}

struct VecVisitor<T>(PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for VecVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::with_capacity(reserved::<T>(items.size_hint()));
        while let Some(item) = items.next_element_seed(Seed::new())? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: Wire> Wire for Map<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.iter().map(|(name, value)| (name, Shown(value)));
        f.debug_map().entries(members).finish()
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for MapVisitor<T> {
    type Value = Map<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Map<T>, A::Error> {
        let mut map = Map::with_capacity(reserved::<(String, T)>(entries.size_hint()));
        while let Some(key) = entries.next_key()? {
            map.insert(key, entries.next_value_seed(Seed::new())?);
        }
        Ok(map)
    }
}

/// How many items to make room for: a length that the input claims is not believed beyond 64 KiB.
fn reserved<T>(claimed: Option<usize>) -> usize {
    claimed.unwrap_or(0).min(65_536 / size_of::<T>().max(1))
}

macro_rules! integers {
    ($($type:ident $hint:ident;)+) => { $(
        impl Wire for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.$hint(IntegerVisitor(PhantomData))
            }
        }
    )+ };
}

integers! {
    i8 deserialize_i8;
    i16 deserialize_i16;
    i32 deserialize_i32;
    i64 deserialize_i64;
    u8 deserialize_u8;
    u16 deserialize_u16;
    u32 deserialize_u32;
    u64 deserialize_u64;
}

/// Takes every JSON number that JSON Schema calls an integer, `1.0` and `1e3` among them.
pub(crate) struct IntegerVisitor<T>(pub(crate) PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = std::any::type_name::<T>();
        write!(f, "an integer that fits {name}")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        match (integer(value), large(value)) {
            (Some(integer), _) => self.visit_i64(integer),
            (_, Some(integer)) => self.visit_u64(integer),
            _ => Err(E::invalid_value(Unexpected::Float(value), &self)),
        }
    }
}

/// The first integer that is no `i64`.
const LIMIT: f64 = 9_223_372_036_854_775_808.0;

/// The integer above the range of `i64` that a float is exactly, within that of `u64`.
pub(crate) fn large(value: f64) -> Option<u64> {
    // So far out, a float has no fraction.
    (LIMIT..2.0 * LIMIT)
        .contains(&value)
        .then_some(value as u64)
}

/// The integer that a float is exactly, within the range of `i64`.
pub(crate) fn integer(value: f64) -> Option<i64> {
    // In range, so the conversion neither rounds nor saturates. The least integer is none that a float has to stand for: the
    // float is what is left of all those just below it as well.
    let is_in_range = -LIMIT < value && value < LIMIT;
    (value.fract() == 0.0 && is_in_range).then_some(value as i64)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_integer_of_a_type_is_read_however_it_is_written() {
        let read = crate::data::json::read::<u64>;
        for (text, value) in [
            ("131.0", 131),
            ("9223372036854775808.0", 1 << 63),
            ("18446744073709549568.0", 18_446_744_073_709_549_568),
        ] {
            assert_eq!(read(text.as_bytes()).ok(), Some(value), "{text}");
        }
        for other in ["18446744073709551616.0", "-1.0", "0.5"] {
            assert!(read(other.as_bytes()).is_err(), "{other}");
        }
    }

    #[test]
    fn an_integer_just_below_a_type_is_not_its_least_one() {
        let read = crate::data::json::read::<i64>;
        assert_eq!(read(b"-9223372036854775808").ok(), Some(i64::MIN));
        assert!(read(b"-9223372036854775809").is_err());
    }
}

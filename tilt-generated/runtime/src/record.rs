//! JSON objects as structs.

use crate::wire::{Place, PlaceOrNull};
use crate::{Extra, Map, Maybe, Value, Wire};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A struct that [`record!`](crate::record) made readable and writable.
pub trait Record: Sized {
    /// The properties that have a field, in the order in which they are written.
    const FIELDS: &'static [&'static str];

    /// Reads an object.
    fn read<R: Read>(r: &mut R) -> Result<Self, R::Error>;

    /// Writes each field in the order of [`FIELDS`](Self::FIELDS), then the rest.
    fn write<W: Write>(&self, w: &mut W);
}

/// An object that is being read.
pub trait Read: Sized {
    /// Why reading failed.
    type Error;

    /// Reads all properties: each into the slot at the index of its name in
    /// [`Record::FIELDS`], and those with no slot into the rest. The first failure ends the reading.
    fn fields(
        &mut self,
        slots: &mut [&mut dyn Slot<Self>],
        rest: &mut dyn Rest<Self>,
    ) -> Result<(), Self::Error>;

    /// Reads the value of the current property to where it goes.
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// The same, where the value may be null. A null that `T` has no value for is remembered.
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// Whether a null was read since this was last asked.
    fn was_null(&mut self) -> bool;

    /// Fails because a required property is missing.
    fn missing<T>(&mut self, name: &'static str) -> Result<T, Self::Error>;
}

/// An object that is being written. The first failure sticks, and nothing is written after it.
pub trait Write {
    /// A property that is always there.
    fn required<T: Wire>(&mut self, name: &'static str, value: &T);

    /// A property that is left out where there is no value.
    fn optional<T: Wire>(&mut self, name: &'static str, value: &Option<T>);

    /// A property that is null where there is no value.
    fn nullable<T: Wire>(&mut self, name: &'static str, value: &Option<T>) {
        self.required(name, value);
    }

    /// A property that is left out, null, or a value.
    fn maybe<T: Wire>(&mut self, name: &'static str, value: &Maybe<T>);

    /// The properties that have no field.
    fn rest<T: Wire>(&mut self, rest: Option<&Map<T>>);
}

/// Where a field goes until all fields of its struct are read. An [`Option`] is the slot of an
/// optional property, a [`Maybe`] its own.
pub trait Slot<R: Read> {
    /// Takes the value of the current property.
    fn read(&mut self, r: &mut R) -> Result<(), R::Error>;
}

/// The slot of a required property.
pub struct Required<T>(pub Option<T>);

/// The slot of a property that must be there and may be null.
pub struct Nullable<T>(pub Option<T>);

impl<R: Read, T: Wire> Slot<R> for Required<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        r.value(&mut self.0)
    }
}

impl<R: Read, T: Wire> Slot<R> for Option<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        r.value_or_null(self)
    }
}

impl<R: Read, T: Wire> Slot<R> for Nullable<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        r.value_or_null(&mut self.0)?;
        r.was_null();
        Ok(())
    }
}

impl<R: Read, T: Wire> Slot<R> for Maybe<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        let mut value = None;
        r.value_or_null(&mut value)?;
        r.was_null();
        *self = value.map_or(Maybe::Null, Maybe::Value);
        Ok(())
    }
}

/// Where the properties go that have no field.
pub trait Rest<R: Read> {
    /// Takes the current property.
    fn keep(&mut self, name: String, r: &mut R) -> Result<(), R::Error>;

    /// Takes a null in place of a value that may be absent, but not null.
    fn keep_null(&mut self, name: &str);
}

impl<R: Read> Rest<R> for Extra {
    fn keep(&mut self, name: String, r: &mut R) -> Result<(), R::Error> {
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
}

impl<R: Read, T: Wire> Rest<R> for Map<T> {
    fn keep(&mut self, name: String, r: &mut R) -> Result<(), R::Error> {
        let mut place = None;
        r.value(&mut place)?;
        if let Some(value) = place {
            self.insert(name, value);
        }
        Ok(())
    }

    /// A null goes in where it is a value of `T`. Elsewhere it cannot be kept, so generated structs
    /// with other properties of one type have no field that takes no null: see [`Maybe`].
    fn keep_null(&mut self, name: &str) {
        if let Some(null) = T::null() {
            self.insert(name.to_owned(), null);
        }
    }
}

/// What the catch-all field of a struct can be: [`Extra`] or a [`Map`].
pub trait Others {
    /// The type of a property's value.
    type Value: Wire;

    /// The properties, if there are any.
    fn others(&self) -> Option<&Map<Self::Value>>;
}

impl Others for Extra {
    type Value = Value;

    fn others(&self) -> Option<&Map<Value>> {
        self.map()
    }
}

impl<T: Wire> Others for Map<T> {
    type Value = T;

    fn others(&self) -> Option<&Map<T>> {
        (!self.is_empty()).then_some(self)
    }
}

/// Reads a struct from an object.
///
/// # Errors
///
/// When the input is malformed, is no object, lacks a required property or has one of another type.
pub fn read_record<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(RecordVisitor(PhantomData))
}

/// Writes a struct as an object.
///
/// # Errors
///
/// When the serializer fails, or a number is not finite.
pub fn write_record<T: Record, S: Serializer>(
    record: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = MapWriter {
        fields: T::FIELDS,
        map: serializer.serialize_map(None)?,
        next: 0,
        skipped: Bits::default(),
        error: None,
    };
    record.write(&mut writer);
    match writer.error {
        None => writer.map.end(),
        Some(error) => Err(error),
    }
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
            de: PhantomData,
        };
        T::read(&mut reader)
    }
}

struct MapReader<'de, A: MapAccess<'de>> {
    fields: &'static [&'static str],
    map: A,
    null: bool,
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
                Some(slot) => slot.read(self)?,
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
    fn missing<T>(&mut self, name: &'static str) -> Result<T, A::Error> {
        Err(A::Error::missing_field(name))
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

struct MapWriter<M: SerializeMap> {
    fields: &'static [&'static str],
    map: M,
    next: usize,
    skipped: Bits,
    error: Option<M::Error>,
}

impl<M: SerializeMap> MapWriter<M> {
    fn entry<T: Wire>(&mut self, name: &str, value: &T) {
        if self.error.is_none()
            && let Err(error) = self.map.serialize_entry(name, value)
        {
            self.error = Some(error);
        }
    }

    fn skip(&mut self) {
        self.skipped.insert(self.next);
        self.next += 1;
    }
}

impl<M: SerializeMap> Write for MapWriter<M> {
    fn required<T: Wire>(&mut self, name: &'static str, value: &T) {
        self.next += 1;
        self.entry(name, value);
    }

    fn optional<T: Wire>(&mut self, name: &'static str, value: &Option<T>) {
        match value {
            Some(value) => self.required(name, value),
            None => self.skip(),
        }
    }

    fn maybe<T: Wire>(&mut self, name: &'static str, value: &Maybe<T>) {
        match value {
            Maybe::Value(value) => self.required(name, value),
            Maybe::Null => self.required(name, &()),
            Maybe::Absent => self.skip(),
        }
    }

    fn rest<T: Wire>(&mut self, rest: Option<&Map<T>>) {
        for (name, value) in rest.into_iter().flatten() {
            let field = self.fields.iter().position(|field| field == name);
            if field.is_none_or(|index| self.skipped.contains(index)) {
                self.entry(name, value);
            }
        }
    }
}

/// A set of small numbers; the first 64 take no memory of their own.
#[derive(Default)]
struct Bits {
    low: u64,
    high: Vec<usize>,
}

impl Bits {
    #[inline]
    fn insert(&mut self, index: usize) {
        if index < 64 {
            self.low |= 1 << index;
        } else {
            self.high.push(index);
        }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        if index < 64 {
            self.low >> index & 1 == 1
        } else {
            self.high.contains(&index)
        }
    }
}

/// Makes a struct readable and writable: one line for each field, in the order of writing.
///
/// The word before the field says whether the property may be absent or null:
///
/// | word | field's type | absent | null |
/// |---|---|---|---|
/// | `required` | `T` | error | error, unless `T` can be null |
/// | `optional` | `Option<T>` | `None` | `None`, and a null in the rest |
/// | `nullable` | `Option<T>` | `None` | `None` |
/// | `maybe` | [`Maybe<T>`](crate::Maybe) | `Absent` | `Null` |
///
/// The last line names the field that keeps all other properties: an [`Extra`](crate::Extra), or a
/// [`Map`](crate::Map) where they have a type.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Refund {
///     pub amount_cents: i64,
///     pub reason: Option<String>,
///     pub extra: rt::Extra,
/// }
///
/// rt::record! {
///     Refund {
///         required amount_cents = "amount_cents",
///         optional reason = "reason",
///         rest extra,
///     }
/// }
///
/// let refund: Refund = serde_json::from_str(r#"{"amount_cents": 500, "new": true}"#)?;
/// assert_eq!(refund.extra.get("new"), Some(&rt::Value::Bool(true)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! record {
    ($type:ident { $(
        $(required $required:ident)?
        $(optional $optional:ident)?
        $(nullable $nullable:ident)?
        $(maybe $maybe:ident)?
        = $name:literal,
    )* rest $rest:ident $(,)? }) => {
        impl $crate::Record for $type {
            const FIELDS: &'static [&'static str] = &[$($name),*];

            fn read<R: $crate::Read>(r: &mut R) -> Result<Self, R::Error> {
                $(
                    $(let mut $required = $crate::Required(None);)?
                    $(let mut $optional = None;)?
                    $(let mut $nullable = $crate::Nullable(None);)?
                    $(let mut $maybe = $crate::Maybe::Absent;)?
                )*
                let mut rest = Default::default();
                r.fields(
                    &mut [$( $(&mut $required)? $(&mut $optional)? $(&mut $nullable)? $(&mut $maybe)? ),*],
                    &mut rest,
                )?;
                $($(let $crate::Required(Some($required)) = $required else {
                    return r.missing($name);
                };)?)*
                Ok(Self {
                    $( $($required)? $($optional)? $($nullable: $nullable.0)? $($maybe)?, )*
                    $rest: rest,
                })
            }

            fn write<W: $crate::Write>(&self, w: &mut W) {
                $(
                    $(w.required($name, &self.$required);)?
                    $(w.optional($name, &self.$optional);)?
                    $(w.nullable($name, &self.$nullable);)?
                    $(w.maybe($name, &self.$maybe);)?
                )*
                w.rest($crate::Others::others(&self.$rest));
            }
        }

        $crate::__wire!($type, $crate::read_record, $crate::write_record);
    };
}

/// The three implementations that every generated type has.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire {
    ($type:ident, $read:path, $write:path) => {
        impl $crate::Wire for $type {}

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                $write(self, s)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                $read(d)
            }
        }
    };
}

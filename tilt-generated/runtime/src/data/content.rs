//! A value that is looked at before it is read as one type or another.

use crate::data::raw::RAW_JSON;
use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A JSON value: like [`Value`](crate::Value), but in the order and with the repetitions of the input, and without
/// copies of its texts.
#[derive(Debug, Clone)]
pub enum Content<'de> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number, as it is written.
    Number(Cow<'de, str>),
    /// A string.
    Text(Cow<'de, str>),
    /// An array.
    Array(Vec<Content<'de>>),
    /// An object.
    Object(Vec<(Cow<'de, str>, Content<'de>)>),
}

impl Content<'_> {
    /// The value of an object's property: the last, where there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(properties) => get(properties, name),
            _ => None,
        }
    }

    /// Whether it is a number that is written with a fraction or exponent, or too large for an integer.
    pub(crate) fn is_f64(&self) -> bool {
        matches!(self, Self::Number(number) if is_float(number))
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How many values there are in it.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Array(items) => items.iter().map(Self::size).sum::<usize>() + 1,
            Self::Object(properties) => {
                let values = properties.iter().map(|(_, value)| value.size());
                values.sum::<usize>() + 1
            }
            _ => 1,
        }
    }
}

/// Whether a number is written with a fraction or exponent, or too large for an integer.
pub(crate) fn is_float(number: &str) -> bool {
    number.contains(['.', 'e', 'E'])
        || number.parse::<i64>().is_err() && number.parse::<u64>().is_err()
}

/// The value of a property: the last, where there are several.
pub(crate) fn get<'c, 'de>(
    properties: &'c [(Cow<'de, str>, Content<'de>)],
    name: &str,
) -> Option<&'c Content<'de>> {
    let mut from_last = properties.iter().rev();
    let (_, value) = from_last.find(|(it, _)| it == name)?;
    Some(value)
}

/// The value is not of the type that was tried. Nobody asks why: another type is tried next.
#[derive(Debug)]
pub struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value is of another type")
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }
}

impl<'c> Deserializer<'c> for &'c Content<'_> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self {
            Content::Null => visitor.visit_unit(),
            Content::Bool(value) => visitor.visit_bool(*value),
            Content::Number(number) => {
                if let Ok(value) = number.parse() {
                    visitor.visit_u64(value)
                } else if let Ok(value) = number.parse() {
                    visitor.visit_i64(value)
                } else {
                    let value = number.parse().ok().filter(|it| f64::is_finite(*it));
                    value.map_or(Err(Unfit), |value| visitor.visit_f64(value))
                }
            }
            Content::Text(text) => visitor.visit_borrowed_str(text),
            Content::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Content::Object(properties) => visitor.visit_map(Properties {
                rest: properties.iter(),
                value: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self {
            Content::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'c>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self {
            Content::Number(number) if name == RAW_JSON => visitor.visit_map(RawNumber {
                text: number,
                is_named: false,
            }),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'c>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier
    }
}

impl<'c> IntoDeserializer<'c, Unfit> for &'c Content<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Properties<'c, 'de> {
    rest: std::slice::Iter<'c, (Cow<'de, str>, Content<'de>)>,
    value: Option<&'c Content<'de>>,
}

impl<'c> MapAccess<'c> for Properties<'c, '_> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'c>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unfit> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'c>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(self.value.take().ok_or(Unfit)?)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// A number as `serde_json` hands out texts of JSON.
struct RawNumber<'c> {
    text: &'c str,
    is_named: bool,
}

impl<'c> MapAccess<'c> for RawNumber<'c> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'c>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unfit> {
        if std::mem::replace(&mut self.is_named, true) {
            return Ok(None);
        }
        seed.deserialize(BorrowedStrDeserializer::new(RAW_JSON))
            .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'c>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(BorrowedStrDeserializer::new(self.text))
    }
}

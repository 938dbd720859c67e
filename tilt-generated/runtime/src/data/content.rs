//! A value that is looked at before it is read as one type or another.

use crate::data::Value;
use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::Number;
use std::borrow::Cow;
use std::fmt;

/// A JSON value: like [`Value`], but in the order and with the repetitions of the input, and without
/// copies of its texts.
#[derive(Debug, Clone)]
pub enum Content<'de> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number.
    Number(Number),
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
        matches!(self, Self::Number(number) if number.is_f64())
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

/// The value of a property: the last, where there are several.
pub(crate) fn get<'c, 'de>(
    properties: &'c [(Cow<'de, str>, Content<'de>)],
    name: &str,
) -> Option<&'c Content<'de>> {
    let mut from_last = properties.iter().rev();
    let (_, value) = from_last.find(|(it, _)| it == name)?;
    Some(value)
}

impl From<Content<'_>> for Value {
    fn from(content: Content<'_>) -> Self {
        match content {
            Content::Null => Value::Null,
            Content::Bool(value) => Value::Bool(value),
            Content::Number(number) => Value::Number(number),
            Content::Text(text) => Value::String(text.into_owned()),
            Content::Array(items) => items.into_iter().map(Value::from).collect(),
            Content::Object(properties) => properties
                .into_iter()
                .map(|(name, value)| (name.into_owned(), Value::from(value)))
                .collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Content<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

pub(crate) struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Content::Null)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Content::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Content::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Content::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        // As serde_json's own values have it: what is not finite is null.
        Ok(Number::from_f64(value).map_or(Content::Null, Content::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Content::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Content::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Content::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Content::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut properties = Vec::new();
        while let Some(Name(name)) = entries.next_key()? {
            if properties.is_empty() && name.starts_with(PRIVATE) {
                let text: String = entries.next_value()?;
                return serde_json::from_str::<Value>(&text)
                    .map(owned)
                    .map_err(de::Error::custom);
            }
            properties.push((name, entries.next_value()?));
        }
        Ok(Content::Object(properties))
    }
}

/// The beginning of the only key of the objects as which serde_json hands out numbers, where a crate
/// asks it for any precision: JSON in a string.
const PRIVATE: &str = "$serde_json::private::";

fn owned<'de>(value: Value) -> Content<'de> {
    match value {
        Value::Null => Content::Null,
        Value::Bool(value) => Content::Bool(value),
        Value::Number(number) => Content::Number(number),
        Value::String(text) => Content::Text(Cow::Owned(text)),
        Value::Array(items) => Content::Array(items.into_iter().map(owned).collect()),
        Value::Object(properties) => Content::Object(
            properties
                .into_iter()
                .map(|(name, value)| (Cow::Owned(name), owned(value)))
                .collect(),
        ),
    }
}

/// A key, borrowed where the input allows it.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(NameVisitor).map(Name)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
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
            Content::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (_, Some(value), _) => visitor.visit_u64(value),
                (Some(value), _, _) => visitor.visit_i64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                _ => Err(Unfit),
            },
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
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_read_is_what_serde_json_reads() {
        let text =
            r#"{"n": null, "b": [true, 1, -2, 2.5, 18446744073709551615], "s": "a\"b", "s": "c"}"#;
        let content: Content<'_> = serde_json::from_str(text).expect("JSON");
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(Value::deserialize(&content).ok(), Some(value.clone()));
        assert_eq!(content.get("s").and_then(Content::as_str), Some("c"));
        assert_eq!(Value::from(content), value);
    }

    #[test]
    fn numbers_of_any_precision_are_numbers() {
        let value = json!({"$serde_json::private::Number": "12"});
        let content = Content::deserialize(value).expect("a number");
        assert_eq!(Value::from(content), json!(12));
    }

    #[test]
    fn texts_are_not_copied() {
        let content: Content<'_> = serde_json::from_str(r#"["a"]"#).expect("JSON");
        let Content::Array(items) = content else {
            unreachable!("an array")
        };
        assert!(matches!(items[..], [Content::Text(Cow::Borrowed("a"))]));
    }
}

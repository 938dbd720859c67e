//! The text of a number, which serde has no word for: `serde_json` hands out a value as its text under a name of its own.

use serde::de::{Deserializer, Error, Expected, MapAccess, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The name under which `serde_json` hands out a value as its text.
pub(crate) const RAW_JSON: &str = "$serde_json::private::RawValue";

/// The beginning of the only key of the objects as which `serde_json` hands out texts of JSON: of any value where they are
/// asked for, and of numbers where a crate asks it for any precision.
pub(crate) const PRIVATE: &str = "$serde_json::private::";

/// Reads a number by its text; `expected` is for people.
pub(crate) fn read_number<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(RAW_JSON, NumberVisitor { expected, read })
}

struct NumberVisitor<F> {
    expected: &'static str,
    read: F,
}

impl<T, F: FnOnce(&str) -> Option<T>> NumberVisitor<F> {
    fn number<E: Error>(self, text: &str) -> Result<T, E> {
        let expected: &dyn Expected = &self.expected;
        let unexpected = match text.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => Unexpected::Other("another number"),
            Some(b'"') => Unexpected::Other("string"),
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            Some(b'n') => Unexpected::Unit,
            _ => Unexpected::Other("boolean"),
        };
        match unexpected {
            Unexpected::Other("another number") => {
                (self.read)(text).ok_or_else(|| E::invalid_value(unexpected, expected))
            }
            _ => Err(E::invalid_type(unexpected, expected)),
        }
    }
}

impl<'de, T, F: FnOnce(&str) -> Option<T>> Visitor<'de> for NumberVisitor<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.number(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.number(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        let text = serde_json::to_string(&value).map_err(E::custom)?;
        self.number(&text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        match entries.next_entry::<Text<'de>, Text<'de>>()? {
            Some((Text(name), Text(text))) if name.starts_with(PRIVATE) => self.number(&text),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// A text, borrowed where the input allows it.
pub(crate) struct Text<'de>(pub(crate) Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(TextVisitor).map(Text)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
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

//! Any value as content. Of JSON text, it is the text that is asked for: only that has numbers as they are written.

use crate::data::content::Content;
use crate::data::raw::{PRIVATE, RAW_JSON, Text};
use crate::data::scan::scan;
use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

impl<'de> Deserialize<'de> for Content<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_JSON, ContentVisitor)
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

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(number(&value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(number(&value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        // As serde_json's own values have it: what is not finite is null.
        Ok(match value.is_finite() {
            true => number(&value),
            false => Content::Null,
        })
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
        while let Some(Text(name)) = entries.next_key()? {
            if properties.is_empty() && name.starts_with(PRIVATE) {
                return match entries.next_value()? {
                    Text(Cow::Borrowed(text)) => scan(text).map_err(de::Error::custom),
                    Text(Cow::Owned(text)) => scan(&text).map(owned).map_err(de::Error::custom),
                };
            }
            properties.push((name, entries.next_value()?));
        }
        Ok(Content::Object(properties))
    }
}

/// A number in the one form that `serde_json` has for it.
fn number<'de>(value: &impl Serialize) -> Content<'de> {
    serde_json::to_string(value).map_or(Content::Null, |text| Content::Number(text.into()))
}

fn owned<'de>(content: Content<'_>) -> Content<'de> {
    let text = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    match content {
        Content::Null => Content::Null,
        Content::Bool(value) => Content::Bool(value),
        Content::Number(number) => Content::Number(text(number)),
        Content::Text(value) => Content::Text(text(value)),
        Content::Array(items) => Content::Array(items.into_iter().map(owned).collect()),
        Content::Object(properties) => Content::Object(
            properties
                .into_iter()
                .map(|(name, value)| (text(name), owned(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Value;
    use serde::de::value::MapDeserializer;

    #[test]
    fn what_is_read_is_what_serde_json_reads() {
        let text =
            r#"{"n": null, "b": [true, 1, -2, 2.5, 18446744073709551615], "s": "a\"b", "s": "c"}"#;
        let content: Content<'_> = serde_json::from_str(text).expect("JSON");
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(Value::deserialize(&content).ok(), Some(value.clone()));
        let theirs: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(value, theirs);
        assert_eq!(content.get("s").and_then(Content::as_str), Some("c"));
        assert_eq!(Value::from(content), value);
    }

    #[test]
    fn numbers_of_any_precision_are_numbers() {
        let entries = [("$serde_json::private::Number", "12")].into_iter();
        let number = MapDeserializer::<_, de::value::Error>::new(entries);
        let content = Content::deserialize(number).expect("a number");
        assert_eq!(Value::from(content), Value::from(12));
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

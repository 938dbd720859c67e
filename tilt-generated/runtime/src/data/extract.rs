//! Single properties of a JSON body, without reading it as a type.
//!
//! Of a name that stands twice, the last value counts, as it does for the types that are read from objects. So a body
//! says one thing, whichever way it is asked.

use super::mark;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The JSON text of the property at a path; `None` where there is none, or null.
pub(crate) fn at<'a>(body: &'a [u8], path: &[&str]) -> serde_json::Result<Option<&'a str>> {
    let body = mark::without(body);
    let mut found = std::str::from_utf8(body).map_err(serde_json::Error::custom)?;
    if path.is_empty() {
        found = serde_json::from_str::<&RawValue>(found)?.get();
    }
    for name in path {
        let mut value = None;
        let property = Property {
            name,
            value: &mut value,
        };
        let read = serde_json::Deserializer::from_str(found).deserialize_any(property);
        match (value, read) {
            (Some(value), _) => found = RawValue::get(value),
            (None, Ok(())) => return Ok(None),
            (None, Err(error)) => return Err(error),
        }
    }
    Ok(Some(found).filter(|text| *text != "null"))
}

/// The number at a path, which may stand in quotes.
#[cfg(feature = "client")]
pub(crate) fn number(body: &[u8], path: &[&str]) -> Option<u64> {
    at(body, path).ok()??.trim_matches('"').parse().ok()
}

/// Reads an object for a property. One that breaks off has its properties until there.
struct Property<'n, 'v, 'de> {
    name: &'n str,
    value: &'v mut Option<&'de RawValue>,
}

impl<'de> Visitor<'de> for Property<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.name)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(is_it) = map.next_key_seed(Name(self.name))? {
            if is_it {
                *self.value = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Whether a key is this name.
struct Name<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_found_by_its_path() {
        let body = br#"{"a": {"x": 1, "b\"": [1, 2.50]}, "n": null, "t": "12", "u": 7}"#;
        assert_eq!(at(body, &["a", "b\""]).ok(), Some(Some("[1, 2.50]")));
        assert_eq!(at(body, &["a", "c"]).ok(), Some(None));
        assert_eq!(at(body, &["n"]).ok(), Some(None));
        assert_eq!(at(body, &["n", "x"]).ok(), Some(None));
        assert!(at(body, &["u", "x"]).is_err());
    }

    #[test]
    fn the_last_of_equal_names_counts() {
        let body = br#"{"a": 1, "o": {"x": 1}, "a": 2, "o": {"x": 2, "x": 3}}"#;
        assert_eq!(at(body, &["a"]).ok(), Some(Some("2")));
        assert_eq!(at(body, &["o", "x"]).ok(), Some(Some("3")));
        assert_eq!(at(br#"{"a": 1, "a": null}"#, &["a"]).ok(), Some(None));
    }

    #[test]
    fn a_property_is_found_in_an_object_that_breaks_off() {
        assert_eq!(at(br#"{"a": 1, "b": ["#, &["a"]).ok(), Some(Some("1")));
    }

    #[cfg(feature = "client")]
    #[test]
    fn a_number_may_stand_in_quotes() {
        let body = br#"{"t": "12", "u": 7, "n": null}"#;
        assert_eq!(number(body, &["t"]), Some(12));
        assert_eq!(number(body, &["u"]), Some(7));
        assert_eq!(number(body, &["n"]), None);
    }
}

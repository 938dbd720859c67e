//! Single properties of a JSON body, without decoding the rest.

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The JSON text of the property at a path; `None` where there is none, or null.
pub(crate) fn at<'a>(body: &'a [u8], path: &[&str]) -> serde_json::Result<Option<&'a str>> {
    let mut found: &RawValue = serde_json::from_slice(body)?;
    for name in path {
        let mut deserializer = serde_json::Deserializer::from_str(found.get());
        match deserializer.deserialize_any(Property(name))? {
            Some(value) => found = value,
            None => return Ok(None),
        }
    }
    Ok(Some(found.get()).filter(|text| *text != "null"))
}

/// The number at a path, which may stand in quotes.
#[cfg(feature = "client")]
pub(crate) fn number(body: &[u8], path: &[&str]) -> Option<u64> {
    at(body, path).ok()??.trim_matches('"').parse().ok()
}

struct Property<'n>(&'n str);

impl<'de> Visitor<'de> for Property<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.0)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == self.0 {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
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

    #[cfg(feature = "client")]
    #[test]
    fn a_number_may_stand_in_quotes() {
        let body = br#"{"t": "12", "u": 7, "n": null}"#;
        assert_eq!(number(body, &["t"]), Some(12));
        assert_eq!(number(body, &["u"]), Some(7));
        assert_eq!(number(body, &["n"]), None);
    }
}

//! The text of a property that is always the same.

use crate::data::Wire;
use crate::data::content::Content;
use crate::data::union::note_unknown;
use crate::data::wire::Read;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A property of which the document says that it is always this text. Another one that came nevertheless is kept, and
/// written back as it was.
///
/// Programs read it by [`as_str`](Self::as_str) or `{}`, as they do an enum: it becomes one when the document has
/// other values.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Constant(Cow<'static, str>);

impl Constant {
    /// The text that the document states.
    pub const fn verbatim(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Constant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Constant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Cow::Owned(text)))
    }
}

impl Wire for Constant {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }

    fn read_field<R: Read>(place: &mut Option<Self>, r: &mut R) -> Result<(), R::Error> {
        r.value(place)?;
        match (r.constant(), place) {
            (Some(stated), Some(read)) if read.as_str() == stated => *read = Self::verbatim(stated),
            _ => note_unknown("Constant"),
        }
        Ok(())
    }

    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        String::from_value(value).map(|text| Self(Cow::Owned(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct List {
        object: Constant,
        extra: crate::Extra,
    }

    crate::record! {
        List {
            Constant("list") object: Constant = "object";
            ..extra: crate::Extra,
        }
    }

    #[test]
    fn a_property_that_is_always_the_same_has_to_be_there() {
        let list: List = serde_json::from_str(r#"{"object": "list"}"#).unwrap();
        assert!(matches!(list.object, Constant(Cow::Borrowed("list"))));
        let other: List = serde_json::from_str(r#"{"object": "page"}"#).unwrap();
        let written = serde_json::to_string(&other).unwrap();
        assert_eq!(written, r#"{"object":"page"}"#);
        assert_ne!(list, other);
        assert!(serde_json::from_str::<List>("{}").is_err());
        assert!(serde_json::from_str::<List>(r#"{"object": null}"#).is_err());
    }

    #[test]
    fn another_text_is_kept() {
        let list = Constant::verbatim("list");
        assert_eq!(serde_json::to_string(&list).unwrap(), r#""list""#);
        assert_eq!(serde_json::from_str::<Constant>(r#""list""#).unwrap(), list);
        let other: Constant = serde_json::from_str(r#""page""#).unwrap();
        assert_ne!(other, list);
        assert_eq!(serde_json::to_string(&other).unwrap(), r#""page""#);
        assert!(serde_json::from_str::<Constant>("1").is_err());
    }
}

//! The text of a property that is always the same.

use crate::data::Wire;
use crate::data::content::Content;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A property of which the document says that it is always this text. It has no meaning to a program; another
/// one that came nevertheless is written back as it was.
#[derive(Clone, PartialEq, Eq, Hash)]
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
    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        String::from_value(value).map(|text| Self(Cow::Owned(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

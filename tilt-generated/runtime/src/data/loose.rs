//! Values of which a document says only what they are like.

use crate::data::content::Content;
use crate::data::look;
use crate::data::shown::{Shown, Undescribed};
use crate::data::union::note_unknown;
use crate::data::{Value, Wire};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// A value whose schema names no type: `{"format": "date-time"}` is about texts, and says nothing of numbers, which are valid
/// as well. Values that the schema is about are [`Typed`](Self::Typed); all else is kept, and written back as it came.
///
/// Where a program gives such a value, it gives the typed one.
///
/// ```
/// use tilt_runtime::{DateTime, Loose};
///
/// let read = serde_json::from_str::<Loose<DateTime>>;
/// let at = read("\"2025-01-31T09:30:00Z\"")?;
/// assert_eq!(at.typed().map(DateTime::as_str), Some("2025-01-31T09:30:00Z"));
/// assert_eq!(read("5")?.other(), Some(&5.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Loose<T> {
    /// A value as the schema describes it.
    Typed(T),
    /// Any other value.
    Other(Value),
}

impl<T> Loose<T> {
    /// The value, if it is as the schema describes it.
    pub fn typed(&self) -> Option<&T> {
        match self {
            Self::Typed(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// The same, for keeping.
    pub fn into_typed(self) -> Option<T> {
        match self {
            Self::Typed(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// The value, if it is another one.
    pub fn other(&self) -> Option<&Value> {
        match self {
            Self::Typed(_) => None,
            Self::Other(value) => Some(value),
        }
    }

    fn another(content: Content<'_>) -> Self {
        note_unknown("Loose");
        Self::Other(content.into())
    }
}

impl<T> From<T> for Loose<T> {
    fn from(value: T) -> Self {
        Self::Typed(value)
    }
}

impl From<&str> for Loose<String> {
    fn from(text: &str) -> Self {
        Self::Typed(text.to_owned())
    }
}

impl<T: fmt::Debug> fmt::Debug for Loose<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed(value) => value.fmt(f),
            Self::Other(value) => Undescribed(value).fmt(f),
        }
    }
}

impl<T: Serialize> Serialize for Loose<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Typed(value) => value.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Wire> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (content, text) = look::read(deserializer)?;
        Ok(T::from_value(content).map_or_else(
            |content| {
                let typed = text.and_then(|text| T::from_value(text).ok());
                typed.map_or_else(|| Self::another(content), Self::Typed)
            },
            Self::Typed,
        ))
    }
}

impl<T: Wire> Wire for Loose<T> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Typed(value) => value.text(),
            Self::Other(value) => value.as_str(),
        }
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed(value) => fmt::Debug::fmt(&Shown(value), f),
            Self::Other(value) => fmt::Debug::fmt(&Undescribed(value), f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Extra, Map};

    fn through<T: Wire>(text: &str) -> String {
        let value: T = crate::data::json::read(text.as_bytes()).expect("any JSON");
        serde_json::to_string(&value).expect("JSON")
    }

    #[test]
    fn any_value_comes_back() {
        for text in ["5", "0.5", "\"a\"", "null", "[1,true]", r#"{"a":{"b":[]}}"#] {
            assert_eq!(through::<Loose<i64>>(text), text);
            assert_eq!(through::<Loose<String>>(text), text);
            assert_eq!(through::<Loose<Vec<i64>>>(text), text);
            assert_eq!(through::<Loose<Map<i64>>>(text), text);
        }
        let value: Loose<Vec<i64>> = serde_json::from_str("[1]").expect("JSON");
        assert_eq!(value, vec![1].into());
    }

    #[test]
    fn what_is_not_described_is_not_shown() {
        let other: Loose<i64> = serde_json::from_str("\"hunter2\"").expect("JSON");
        assert_eq!(format!("{other:?}"), "String(…)");
    }

    struct Note {
        text: Option<String>,
        extra: Extra,
    }

    crate::record! {
        Note: Default takes any {
            Optional text: Option<String> = "text";
            ..extra: Extra,
        }
    }

    #[test]
    fn what_comes_instead_of_an_object_is_kept_until_there_are_properties() {
        for text in [
            "5",
            "-5",
            "0.5",
            "\"a\"",
            "null",
            "true",
            "[1]",
            r#"{"text":"a"}"#,
        ] {
            assert_eq!(through::<Note>(text), text);
            assert_eq!(
                through::<Vec<Note>>(&format!("[{text}]")),
                format!("[{text}]")
            );
        }
        let mut note: Note = serde_json::from_str("\"hunter2\"").expect("JSON");
        assert_eq!(note.extra.instead(), Some(&"hunter2".into()));
        assert_eq!(format!("{note:?}"), "Note(String(…))");
        assert_ne!(note, Note::default());
        note.text = Some("a".to_owned());
        assert_eq!(
            serde_json::to_string(&note).expect("JSON"),
            r#"{"text":"a"}"#
        );
        assert_eq!(note.extra.take_instead(), Some("hunter2".into()));
        note.text = None;
        assert_eq!(note, Note::default());
        assert!(serde_json::from_str::<Note>(r#"{"text": 5}"#).is_err());
    }

    struct Needed {
        any: Value,
        extra: Extra,
    }

    crate::record! {
        Needed takes any {
            Required any: Value = "any";
            ..extra: Extra,
        }
    }

    #[test]
    fn what_is_required_is_null_where_there_is_no_object() {
        for text in ["5", r#"{"any":null}"#, r#"{"any":1,"b":2}"#] {
            assert_eq!(through::<Needed>(text), text);
        }
        assert!(serde_json::from_str::<Needed>("{}").is_err());
        let needed: Needed = serde_json::from_str("5").expect("JSON");
        assert_eq!(needed.any, Value::Null);
    }
}

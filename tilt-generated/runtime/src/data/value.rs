//! Any JSON.

use crate::data::content::Content;
use crate::data::shown::Undescribed;
use crate::data::{Map, Number, Wire};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;
use std::ops::{Index, IndexMut};

/// Any JSON value: numbers as they were written, and objects in their order.
///
/// It is `From` and `Into` a `serde_json::Value`, which keeps neither. Looked for by `[…]`, a value that is not there is null.
///
/// ```
/// use tilt_runtime::Value;
///
/// let text = r#"{"b":1234567890.123456789012,"a":[-0,1E400,{}]}"#;
/// let value: Value = serde_json::from_str(text)?;
/// assert_eq!(value.to_string(), text);
/// assert_eq!(value["a"][0], 0);
/// assert_eq!(value["c"], Value::Null);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Map<Value>),
}

static NULL: Value = Value::Null;

impl Value {
    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a string.
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Whether it is an array.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The Boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is an integer within the range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number, if it is an integer within the range.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The nearest float, if it is a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&Vec<Value>> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The properties, if it is an object.
    pub fn as_object(&self) -> Option<&Map<Value>> {
        match self {
            Self::Object(properties) => Some(properties),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Map<Value>> {
        match self {
            Self::Object(properties) => Some(properties),
            _ => None,
        }
    }

    /// The value of a property, if it is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// The value at a JSON pointer (RFC 6901).
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        let mut at = self;
        let mut tokens = pointer.split('/');
        if !tokens.next()?.is_empty() {
            return None;
        }
        for token in tokens {
            let name = token.replace("~1", "/").replace("~0", "~");
            at = match at {
                Self::Object(properties) => properties.get(&name)?,
                Self::Array(elements) if !name.starts_with('+') => {
                    elements.get(name.parse::<usize>().ok()?)?
                }
                _ => return None,
            };
        }
        Some(at)
    }

    /// Takes the value out, and leaves null.
    pub fn take(&mut self) -> Value {
        std::mem::take(self)
    }
}

impl Index<&str> for Value {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&NULL)
    }
}

impl Index<usize> for Value {
    type Output = Value;

    fn index(&self, at: usize) -> &Value {
        let elements = self.as_array().map_or(&[][..], Vec::as_slice);
        elements.get(at).unwrap_or(&NULL)
    }
}

/// A property that is not there is added; what is no object becomes one.
impl IndexMut<&str> for Value {
    fn index_mut(&mut self, name: &str) -> &mut Value {
        if !self.is_object() {
            *self = Self::Object(Map::new());
        }
        match self {
            Self::Object(properties) => properties.entry(name.to_owned()).or_default(),
            other => other,
        }
    }
}

/// Writes it as JSON in one line.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => elements.serialize(serializer),
            Self::Object(properties) => {
                let mut map = serializer.serialize_map(Some(properties.len()))?;
                for (name, value) in properties {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Content::deserialize(deserializer).map(Self::from)
    }
}

impl Wire for Value {
    fn null() -> Option<Self> {
        Some(Value::Null)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Undescribed(self), f)
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        Ok(value.into())
    }
}

impl From<Content<'_>> for Value {
    fn from(content: Content<'_>) -> Self {
        match content {
            Content::Null => Value::Null,
            Content::Bool(value) => Value::Bool(value),
            Content::Number(text) => Value::Number(Number::of_json(&text)),
            Content::Text(text) => Value::String(text.into_owned()),
            Content::Array(items) => items.into_iter().map(Value::from).collect(),
            Content::Object(properties) => properties
                .into_iter()
                .map(|(name, value)| (name.into_owned(), Value::from(value)))
                .collect(),
        }
    }
}

macro_rules! from {
    ($($type:ty: $value:ident => $made:expr;)+) => { $(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )+ };
}

macro_rules! from_numbers {
    ($($type:ty)+) => { $(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::Number(value.into())
            }
        }

        impl PartialEq<$type> for Value {
            fn eq(&self, other: &$type) -> bool {
                self.as_number().is_some_and(|number| *number == Number::from(*other))
            }
        }
    )+ };
}

from_numbers!(i8 i16 i32 i64 u8 u16 u32 u64 f32 f64);

from! {
    (): _nothing => Self::Null;
    bool: value => Self::Bool(value);
    Number: number => Self::Number(number);
    &str: text => Self::String(text.to_owned());
    String: text => Self::String(text);
    Map<Value>: properties => Self::Object(properties);
    serde_json::Value: value => match value {
        serde_json::Value::Null => Self::Null,
        serde_json::Value::Bool(value) => Self::Bool(value),
        serde_json::Value::Number(number) => Self::Number(Number::of_json(&number.to_string())),
        serde_json::Value::String(text) => Self::String(text),
        serde_json::Value::Array(elements) => elements.into_iter().map(Self::from).collect(),
        serde_json::Value::Object(properties) => properties
            .into_iter()
            .map(|(name, value)| (name, Self::from(value)))
            .collect(),
    };
}

/// Numbers become the nearest that `serde_json` has; one that is too large for all becomes null.
impl From<Value> for serde_json::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(integer), _) if number.is_integer() => integer.into(),
                (_, Some(integer)) if number.is_integer() => integer.into(),
                _ => number.as_f64().into(),
            },
            Value::String(text) => Self::String(text),
            Value::Array(elements) => elements.into_iter().map(Self::from).collect(),
            Value::Object(properties) => properties
                .into_iter()
                .map(|(name, value)| (name, Self::from(value)))
                .collect(),
        }
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(elements: Vec<T>) -> Self {
        elements.into_iter().collect()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self::Array(elements.into_iter().map(Into::into).collect())
    }
}

impl<N: Into<String>, T: Into<Value>> FromIterator<(N, T)> for Value {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(properties: I) -> Self {
        let properties = properties.into_iter();
        Self::Object(
            properties
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<serde_json::Value> for Value {
    fn eq(&self, other: &serde_json::Value) -> bool {
        use serde_json::Value as Other;
        match (self, other) {
            (Self::Null, Other::Null) => true,
            (Self::Bool(one), Other::Bool(other)) => one == other,
            (Self::Number(one), Other::Number(other)) => {
                *one == Number::of_json(&other.to_string())
            }
            (Self::String(one), Other::String(other)) => one == other,
            (Self::Array(one), Other::Array(other)) => one == other,
            (Self::Object(one), Other::Object(other)) => {
                let is_there = |(name, value): (&String, &Self)| {
                    other.get(name).is_some_and(|other| value == other)
                };
                one.len() == other.len() && one.iter().all(is_there)
            }
            _ => false,
        }
    }
}

impl PartialEq<Value> for serde_json::Value {
    fn eq(&self, other: &Value) -> bool {
        other == self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_made_of_what_json_has_and_looked_up_by_names_and_positions() {
        let mut value: Value = json!({"a/b": [1, "x", null, true], "c": 0.5}).into();
        assert_eq!(value.pointer("/a~1b/1").and_then(Value::as_str), Some("x"));
        assert_eq!(value["a/b"][0], 1);
        assert_eq!(
            (value["c"].as_f64(), &value["no"][3]),
            (Some(0.5), &Value::Null)
        );
        value["d"]["e"] = Value::from(vec![Some(1), None]);
        assert_eq!(
            value,
            json!({"a/b": [1, "x", null, true], "c": 0.5, "d": {"e": [1, null]}})
        );
        assert_eq!(serde_json::Value::from(value.clone()), value);
        assert_eq!(value["d"].take().to_string(), r#"{"e":[1,null]}"#);
    }

    #[test]
    fn numbers_come_back_as_they_were_written() {
        for text in [
            "1234567890.123456789012",
            "12345678901234567890123",
            "1E400",
            "-0",
            "1.10",
            "5e0",
        ] {
            for text in [
                text.to_owned(),
                format!("[{text}]"),
                format!(r#"{{"a":{{"b":{text}}}}}"#),
            ] {
                let value: Value = serde_json::from_str(&text).expect("JSON");
                assert_eq!(value.to_string(), text);
                let again: Value = serde_json::from_slice(text.as_bytes()).expect("JSON");
                assert_eq!(again, value);
            }
        }
    }
}

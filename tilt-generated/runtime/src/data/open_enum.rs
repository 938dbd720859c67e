//! Enums that keep what they do not know.

use crate::data::Value;
use crate::data::wire::IntegerVisitor;
use serde::de::{Deserialize, Deserializer, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads an enum of strings.
///
/// # Errors
///
/// When the input is malformed or no string.
pub fn read_string_enum<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'v> From<&'v str> + From<String>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(StringEnumVisitor(PhantomData))
}

struct StringEnumVisitor<T>(PhantomData<T>);

impl<T: for<'v> From<&'v str> + From<String>> Visitor<'_> for StringEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<T, E> {
        Ok(T::from(value))
    }
}

/// Reads an enum of integers.
///
/// # Errors
///
/// When the input is malformed or no integer that fits `i64`.
pub fn read_integer_enum<'de, T: From<i64>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer
        .deserialize_i64(IntegerVisitor::<i64>(PhantomData))
        .map(T::from)
}

/// Reads an enum of values of several JSON types.
///
/// # Errors
///
/// When the input is malformed.
pub fn read_value_enum<'de, T: From<Value>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Value::deserialize(deserializer).map(T::from)
}

/// Makes an enum of strings readable and writable: one line for each variant and its value. A
/// variant `Unknown(String)` keeps every other value. It is `Clone`, `Debug`, `Eq` and `Hash` as the text is: derived,
/// each would cost the compiler something for each variant.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[non_exhaustive]
/// pub enum Status {
///     Open,
///     Paid,
///     Unknown(String),
/// }
///
/// rt::open_enum! {
///     Status {
///         Open = "open",
///         Paid = "paid",
///     }
/// }
///
/// assert_eq!(Status::from("paid"), Status::Paid);
/// assert_eq!(Status::from("lost").as_str(), "lost");
/// assert_eq!(format!("{:?}", Status::Paid), "\"paid\"");
/// assert_eq!(format!("{:?}", Status::from("lost")), "Unknown(\"lost\")");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($type:ident { $($variant:ident = $value:literal,)* }) => {
        impl $type {
            /// The value as it travels.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        impl From<String> for $type {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                Self::from(self.as_str())
            }
        }

        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $type {}

        impl std::hash::Hash for $type {
            #[inline]
            fn hash<H: std::hash::Hasher>(&self, hasher: &mut H) {
                self.as_str().hash(hasher)
            }
        }

        impl std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Self::Unknown(value) => $crate::show_variant(f, "Unknown", value),
                    known => std::fmt::Debug::fmt(known.as_str(), f),
                }
            }
        }

        impl std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::Wire for $type {
            #[inline]
            fn text(&self) -> Option<&str> {
                Some(self.as_str())
            }
        }

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let read: Result<Self, D::Error> = $crate::read_string_enum(d);
                if let Ok(Self::Unknown(_)) = &read {
                    $crate::note_unknown(stringify!($($variant)*));
                }
                read
            }
        }
    };
}

/// Makes an enum of integers readable and writable. A variant `Unknown(i64)` keeps every other
/// value.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Hash)]
/// #[non_exhaustive]
/// pub enum Level {
///     Low,
///     High,
///     Unknown(i64),
/// }
///
/// rt::open_integer_enum! {
///     Level {
///         Low = -1,
///         High = 1,
///     }
/// }
///
/// assert_eq!(Level::from(1), Level::High);
/// assert_eq!(Level::from(7).value(), 7);
/// ```
#[macro_export]
macro_rules! open_integer_enum {
    ($type:ident { $($variant:ident = $value:literal,)* }) => {
        impl $type {
            /// The value as it travels.
            #[inline]
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl Eq for $type {}

        impl From<i64> for $type {
            #[inline]
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::Wire for $type {}

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_i64(self.value())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let read: Result<Self, D::Error> = $crate::read_integer_enum(d);
                if let Ok(Self::Unknown(_)) = &read {
                    $crate::note_unknown(stringify!($($variant)*));
                }
                read
            }
        }
    };
}

/// Makes an enum of values of several JSON types readable and writable: each value is its JSON
/// text. A variant `Unknown(rt::Value)` keeps every other value.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum Version {
///     V4,
///     V3Lite,
///     Unknown(rt::Value),
/// }
///
/// rt::open_value_enum! {
///     Version {
///         V4 = "4",
///         V3Lite = "\"3_lite\"",
///     }
/// }
///
/// assert_eq!(Version::from(rt::Value::from(4)), Version::V4);
/// assert_eq!(Version::from(rt::Value::from(4.0)), Version::V4);
/// assert_eq!(Version::V3Lite.value(), "3_lite");
/// ```
#[macro_export]
macro_rules! open_value_enum {
    ($type:ident { $($variant:ident = $json:literal,)* }) => {
        impl $type {
            /// The value as it travels.
            #[inline]
            pub fn value(&self) -> $crate::Value {
                match self {
                    $(Self::$variant => $crate::json_value($json),)*
                    Self::Unknown(value) => value.clone(),
                }
            }
        }

        impl From<$crate::Value> for $type {
            #[inline]
            fn from(value: $crate::Value) -> Self {
                $(if $crate::is_json(&value, $json) {
                    return Self::$variant;
                })*
                Self::Unknown(value)
            }
        }

        impl std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::Wire for $type {}

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.value(), s)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let read: Result<Self, D::Error> = $crate::read_value_enum(d);
                if let Ok(Self::Unknown(_)) = &read {
                    $crate::note_unknown(stringify!($($variant)*));
                }
                read
            }
        }
    };
}

/// Whether a value is the one that a JSON text in generated code stands for. Numbers are equal however
/// they are written, as JSON Schema has it: `1.0` is `1`.
#[doc(hidden)]
pub fn is_json(value: &Value, text: &'static str) -> bool {
    *value == json_value(text)
}

/// The value that a JSON text in generated code stands for.
#[doc(hidden)]
pub fn json_value(text: &'static str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

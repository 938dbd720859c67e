//! Text with a format.
//!
//! These types keep the text that came over the wire, whatever it is, and give it back unchanged: a
//! date that an API writes in its own way is no reason to fail. A text that a program gives is not sent unless
//! it has the format. They convert to the types of other crates on demand, each behind a feature of
//! its own.

mod base64;
mod convert;
mod instant;
mod secret;
pub(crate) mod syntax;

pub use secret::SecretText;
pub(crate) use syntax::decimal as is_decimal;

use crate::data::content::Content;
use crate::data::{Loose, Wire};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A text that does not have the format that its type asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    expected: &'static str,
}

impl FormatError {
    pub(crate) const fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.expected)
    }
}

impl std::error::Error for FormatError {}

/// A text, and whether it may be written.
#[derive(Clone)]
enum Text {
    /// As it came, or of the right format.
    Writable(String),
    /// Of the wrong format, and made by the program. Shorter than a `String`, so that the mark takes no place.
    IllFormed(Box<str>),
}

impl Text {
    fn as_str(&self) -> &str {
        match self {
            Self::Writable(text) => text,
            Self::IllFormed(text) => text,
        }
    }

    fn into_string(self) -> String {
        match self {
            Self::Writable(text) => text,
            Self::IllFormed(text) => text.into_string(),
        }
    }
}

macro_rules! text_types {
    ($($(#[$docs:meta])* $type:ident: $expected:literal, $syntax:path;)+) => { $(
        $(#[$docs])*
        ///
        /// Any text is `Into` this type. One that does not have the format fails when it is written, so that a
        /// request with it is not sent; [`parse`](str::parse) tells at once, and
        #[doc = concat!("[`verbatim`](", stringify!($type), "::verbatim)")]
        /// sends it as it is.
        #[derive(Clone)]
        pub struct $type(Text);

        impl $type {
            const EXPECTED: FormatError = FormatError::new($expected);

            /// This text, whatever its format.
            pub fn verbatim(text: impl Into<String>) -> Self {
                Self(Text::Writable(text.into()))
            }

            /// The text as it travels.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// Whether the text has the format that the type stands for.
            pub fn is_valid(&self) -> bool {
                $syntax(self.as_str())
            }

            /// The text as it travels.
            pub fn into_string(self) -> String {
                self.0.into_string()
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self(match $syntax(&text) {
                    true => Text::Writable(text),
                    false => Text::IllFormed(text.into_boxed_str()),
                })
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                text.to_owned().into()
            }
        }

        impl From<&String> for $type {
            fn from(text: &String) -> Self {
                text.clone().into()
            }
        }

        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $type {}

        impl Hash for $type {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl FromStr for $type {
            type Err = FormatError;

            fn from_str(text: &str) -> Result<Self, FormatError> {
                match $syntax(text) {
                    true => Ok(Self::verbatim(text)),
                    false => Err(Self::EXPECTED),
                }
            }
        }

        impl From<&str> for Loose<$type> {
            fn from(text: &str) -> Self {
                Self::Typed(text.into())
            }
        }

        impl From<String> for Loose<$type> {
            fn from(text: String) -> Self {
                Self::Typed(text.into())
            }
        }

        impl From<&$type> for $type {
            fn from(text: &$type) -> Self {
                text.clone()
            }
        }

        impl From<$type> for String {
            fn from(text: $type) -> Self {
                text.into_string()
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match &self.0 {
                    Text::Writable(text) => serializer.serialize_str(text),
                    // Without the text, which may be a secret in the wrong place.
                    Text::IllFormed(_) => Err(S::Error::custom(Self::EXPECTED)),
                }
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::verbatim)
            }
        }

        impl Wire for $type {
            fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
                String::from_value(value).map(Self::verbatim)
            }
        }
    )+ };
}

text_types! {
    /// A date and time with an offset, as RFC 3339 writes it: `2025-01-31T09:30:00Z`.
    DateTime: "a date and time such as 2025-01-31T09:30:00Z", syntax::date_time;
    /// A date, as RFC 3339 writes it: `2025-01-31`.
    Date: "a date such as 2025-01-31", syntax::date;
    /// A time of day, with or without an offset: `09:30:00Z`.
    Time: "a time such as 09:30:00Z", syntax::time;
    /// A duration, as ISO 8601 writes it: `P1DT12H`.
    Duration: "a duration such as P1DT12H", syntax::duration;
    /// A UUID: `0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11`.
    Uuid: "a UUID such as 0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11", syntax::uuid;
    /// A decimal number of any precision, written as a string: `12.340`.
    Decimal: "a decimal number such as 12.340", syntax::decimal;
    /// Bytes, as base64 writes them: `aGVsbG8=`.
    Base64: "base64 such as aGVsbG8=", base64::is_base64;
    /// Bytes, as base64url writes them, which is safe in URLs and file names: `-_8`.
    Base64Url: "base64url such as -_8", base64::is_base64url;
}

impl Base64 {
    /// Writes bytes as base64, with padding.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self::verbatim(base64::encode(bytes.as_ref()))
    }
}

impl Base64Url {
    /// Writes bytes as base64url (RFC 4648, 5), without padding.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self::verbatim(base64::encode_url(bytes.as_ref()))
    }
}

macro_rules! bytes {
    ($($type:ident)+) => { $(
        impl $type {
            /// The bytes that the text stands for. Both alphabets are read, with or without padding.
            ///
            /// # Errors
            ///
            /// When the text is not base64.
            pub fn decode(&self) -> Result<Vec<u8>, FormatError> {
                base64::decode(self.as_str()).ok_or(Self::EXPECTED)
            }
        }

        impl From<&[u8]> for $type {
            fn from(bytes: &[u8]) -> Self {
                Self::encode(bytes)
            }
        }

        impl From<Vec<u8>> for $type {
            fn from(bytes: Vec<u8>) -> Self {
                Self::encode(bytes)
            }
        }
    )+ };
}

bytes!(Base64 Base64Url);

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::verbatim(value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back_unchanged() {
        for json in [
            r#""2025-01-31T09:30:00.000+01:00""#,
            r#""31/01/2025""#,
            r#""""#,
        ] {
            let text: DateTime = serde_json::from_str(json).expect("a string");
            assert_eq!(serde_json::to_string(&text).expect("a string"), json);
        }
    }

    #[test]
    fn a_text_of_another_format_is_written_only_if_it_came_so() {
        let made = Uuid::from("42");
        assert_eq!((made.as_str(), made.is_valid()), ("42", false));
        let error = serde_json::to_string(&made).expect_err("no UUID");
        assert!(error.to_string().contains("not a UUID such as"), "{error}");
        let read: Uuid = serde_json::from_str("\"42\"").expect("a string");
        assert_eq!(read, made);
        assert_eq!(serde_json::to_string(&read).expect("as it came"), "\"42\"");
        let fitting = Date::from("2024-02-29");
        assert_eq!(
            serde_json::to_string(&fitting).expect("a date"),
            "\"2024-02-29\""
        );
    }

    #[test]
    fn bytes_are_written_in_the_alphabet_of_their_type_and_read_in_both() {
        let bytes = [0xfb_u8, 0xff];
        let texts = |text: &str| {
            (
                Base64::from(text).is_valid(),
                Base64Url::from(text).is_valid(),
            )
        };
        assert_eq!(Base64::encode(bytes).as_str(), "+/8=");
        assert_eq!(Base64Url::encode(bytes).as_str(), "-_8");
        assert_eq!(
            (texts("-_8"), texts("-_8="), texts("+/8=")),
            ((true, true), (true, true), (true, false))
        );
        for text in ["-_8", "+/8=", "-_8="] {
            assert_eq!(
                Base64Url::verbatim(text).decode(),
                Ok(bytes.to_vec()),
                "{text}"
            );
        }
    }

    #[test]
    fn the_mark_takes_no_place() {
        assert_eq!(size_of::<Uuid>(), size_of::<String>());
    }

    #[test]
    fn what_a_program_makes_is_checked() {
        assert!("2025-02-29".parse::<Date>().is_err());
        assert!("2024-02-29".parse::<Date>().is_ok());
        let error = "42".parse::<Uuid>().expect_err("no UUID");
        assert!(
            error.to_string().starts_with("not a UUID such as"),
            "{error}"
        );
    }
}

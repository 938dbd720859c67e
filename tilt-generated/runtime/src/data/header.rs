//! Headers of answers and of events, as an API documents them.

use super::json;
use super::{Base64, Base64Url, Date, DateTime, Decimal, Duration, Number, SecretText, Time, Uuid};
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

/// A header that an API documents, with the type of its value. Generated crates have a constant for each.
pub struct Header<T> {
    name: &'static str,
    explode: bool,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header of this name, of which case says nothing.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            explode: false,
            value: PhantomData,
        }
    }

    /// The same with the members of an object as `name=value` (OpenAPI 3.1.1, 4.8.12: `explode`).
    #[must_use]
    pub const fn exploded(name: &'static str) -> Self {
        Self {
            name,
            explode: true,
            value: PhantomData,
        }
    }

    /// The name, as it is documented.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T: FromHeader> Header<T> {
    /// Reads a value of the header; `None` where there is none.
    ///
    /// ```
    /// # use tilt_runtime::{Header, HeaderError};
    /// const ATTEMPT: Header<i64> = Header::new("X-Attempt");
    /// let headers = std::collections::HashMap::from([("X-Attempt", "2")]);
    /// assert_eq!(ATTEMPT.read(headers.get(ATTEMPT.name()))?, Some(2));
    /// # Ok::<(), HeaderError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the value has another form. The error does not show it.
    pub fn read(self, value: Option<impl AsRef<[u8]>>) -> Result<Option<T>, HeaderError> {
        let Some(value) = value else {
            return Ok(None);
        };
        let text = std::str::from_utf8(value.as_ref()).ok();
        let text = text.filter(|text| text.as_bytes().iter().all(is_visible));
        let read = |text: &str| match self.explode {
            true => T::from_exploded(text.trim()),
            false => T::from_header(text.trim()),
        };
        match text.and_then(read) {
            Some(value) => Ok(Some(value)),
            None => Err(HeaderError::Malformed {
                name: self.name,
                expected: T::EXPECTED,
            }),
        }
    }

    /// Reads the values of all lines of the header. Those of a list, or of an object, are one (RFC 9110, 5.3); of all else, the
    /// first is read.
    ///
    /// # Errors
    ///
    /// When the value has another form. The error does not show it.
    pub fn read_all<V: AsRef<[u8]>>(
        self,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Option<T>, HeaderError> {
        let mut values = values.into_iter();
        let Some(first) = values.next() else {
            return Ok(None);
        };
        if !T::IS_LIST {
            return self.read(Some(first));
        }
        let mut all = first.as_ref().to_vec();
        for value in values {
            all.extend(b", ");
            all.extend(value.as_ref());
        }
        self.read(Some(all))
    }

    /// Reads a value of a header that has to be there.
    ///
    /// # Errors
    ///
    /// When there is none, or it has another form.
    pub fn require(self, value: Option<impl AsRef<[u8]>>) -> Result<T, HeaderError> {
        let name = self.name;
        self.read(value)?.ok_or(HeaderError::Missing { name })
    }
}

impl<T: ToHeader> Header<T> {
    /// The text of a value, as it stands in the header.
    ///
    /// ```
    /// # use tilt_runtime::{Header, HeaderError};
    /// const ATTEMPT: Header<i64> = Header::new("X-Attempt");
    /// assert_eq!(ATTEMPT.write(&2)?, "2");
    /// # Ok::<(), HeaderError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When no header can hold it: it has other characters than those of visible ASCII, spaces and tabs, or one of the
    /// latter at an end (RFC 9110, 5.5). The error does not show it.
    pub fn write(self, value: &T) -> Result<String, HeaderError> {
        let fits = |text: &String| {
            text.bytes().all(|byte| is_visible(&byte)) && text.trim_matches(['\t', ' ']) == text
        };
        let text = match self.explode {
            true => value.to_exploded(),
            false => value.to_header(),
        };
        let text = text.filter(fits);
        text.ok_or(HeaderError::Unwritable { name: self.name })
    }
}

/// Whether a byte may stand in a value that is text.
fn is_visible(byte: &u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~')
}

/// A header that is not as it is documented. It does not show values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderError {
    /// It is not there, and has to be.
    Missing {
        /// The header's name.
        name: &'static str,
    },
    /// Its value has another form.
    Malformed {
        /// The header's name.
        name: &'static str,
        /// The form that it is expected to have.
        expected: &'static str,
    },
    /// A value of it has characters that no header can hold.
    Unwritable {
        /// The header's name.
        name: &'static str,
    },
    /// It says how the message is sent, which a server says itself.
    Framing {
        /// The header's name.
        name: &'static str,
    },
    /// No event is documented to have it, so that a delivery does not keep it.
    Undocumented {
        /// The header's name.
        name: &'static str,
    },
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name } => write!(f, "the header `{name}` is missing"),
            Self::Malformed { name, expected } => {
                write!(f, "the header `{name}` is not {expected}")
            }
            Self::Framing { name } => {
                write!(f, "the header `{name}` is said by the server itself")
            }
            Self::Unwritable { name } => {
                write!(
                    f,
                    "the value of the header `{name}` cannot stand in a header"
                )
            }
            Self::Undocumented { name } => {
                write!(f, "no event is documented to have the header `{name}`")
            }
        }
    }
}

impl Error for HeaderError {}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

/// A type that the value of a header is read as.
pub trait FromHeader: Sized {
    /// The form that the text must have, for people.
    #[doc(hidden)]
    const EXPECTED: &'static str;

    /// Whether several lines of the header are one value.
    #[doc(hidden)]
    const IS_LIST: bool = false;

    /// Reads the value; `None` where it has another form.
    fn from_header(text: &str) -> Option<Self>;

    /// Reads a value whose members are `name=value`.
    #[doc(hidden)]
    fn from_exploded(text: &str) -> Option<Self> {
        Self::from_header(text)
    }
}

/// A type whose values are written into a header: servers give answers such. It is the other side of [`FromHeader`].
pub trait ToHeader {
    /// Whether the value is a secret, which no log and no index of a connection keeps.
    #[doc(hidden)]
    const IS_SECRET: bool = false;

    /// The text that [`FromHeader`] reads as this value; `None`, where there is none.
    fn to_header(&self) -> Option<String>;

    /// The text with members as `name=value`.
    #[doc(hidden)]
    fn to_exploded(&self) -> Option<String> {
        self.to_header()
    }
}

/// Integers, also where they are written as JSON Schema allows it: `5.0`.
macro_rules! integers {
    ($($type:ty)+) => { $(
        impl FromHeader for $type {
            const EXPECTED: &'static str = "an integer in its range";

            fn from_header(text: &str) -> Option<Self> {
                text.parse().ok().or_else(|| json::read(text.as_bytes()).ok())
            }
        }

        impl ToHeader for $type {
            fn to_header(&self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )+ };
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl FromHeader for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_header(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl ToHeader for bool {
    fn to_header(&self) -> Option<String> {
        Some(self.to_string())
    }
}

/// Types that keep any text as it is.
macro_rules! kept {
    ($($type:ty: $new:expr, $text:expr;)+) => { $(
        impl FromHeader for $type {
            const EXPECTED: &'static str = "visible ASCII";

            fn from_header(text: &str) -> Option<Self> {
                Some($new(text))
            }
        }

        impl ToHeader for $type {
            fn to_header(&self) -> Option<String> {
                let text: fn(&$type) -> &str = $text;
                Some(text(self).to_owned())
            }
        }
    )+ };
}

kept! {
    String: str::to_owned, String::as_str;
    Base64: Base64::verbatim, Base64::as_str;
    Base64Url: Base64Url::verbatim, Base64Url::as_str;
    Date: Date::verbatim, Date::as_str;
    DateTime: DateTime::verbatim, DateTime::as_str;
    Decimal: Decimal::verbatim, Decimal::as_str;
    Duration: Duration::verbatim, Duration::as_str;
    Time: Time::verbatim, Time::as_str;
    Uuid: Uuid::verbatim, Uuid::as_str;
}

impl FromHeader for SecretText {
    const EXPECTED: &'static str = "visible ASCII";

    fn from_header(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
}

impl ToHeader for SecretText {
    const IS_SECRET: bool = true;

    fn to_header(&self) -> Option<String> {
        Some(self.expose().to_owned())
    }
}

impl FromHeader for Number {
    const EXPECTED: &'static str = "a number";

    fn from_header(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl ToHeader for Number {
    fn to_header(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Option<&[u8]> = None;

    fn value<T: FromHeader>(value: &[u8]) -> Result<Option<T>, HeaderError> {
        Header::new("X-Value").read(Some(value))
    }

    #[test]
    fn a_header_is_read_as_its_type() {
        assert_eq!(value::<i64>(b" -5 "), Ok(Some(-5)));
        assert_eq!(value::<i64>(b"131.0"), Ok(Some(131)));
        assert_eq!(value::<u64>(b"1e19"), Ok(Some(10_000_000_000_000_000_000)));
        assert_eq!(value::<bool>(b"true"), Ok(Some(true)));
        assert_eq!(value::<String>(b"a, b"), Ok(Some("a, b".to_owned())));
        assert_eq!(value::<Number>(b"0.5"), Ok(Some(Number::from(0.5))));
        let date = value::<DateTime>(b"Sun, 06 Nov 1994 08:49:37 GMT");
        assert!(date.is_ok_and(|date| date.is_some_and(|date| !date.is_valid())));
        assert_eq!(Header::<i64>::new("X-Value").read(NONE), Ok(None));
    }

    #[test]
    fn a_header_that_has_to_be_there_is_missing_by_its_name() {
        let header = Header::<i64>::new("X-Value");
        assert_eq!(header.require(Some("5")), Ok(5));
        let problem = header.require(NONE).expect_err("there is none");
        assert_eq!(problem.to_string(), "the header `X-Value` is missing");
    }

    #[test]
    fn a_value_is_written_as_it_is_read() {
        fn back<T: FromHeader + ToHeader + PartialEq + fmt::Debug>(value: T, text: &str) {
            let header = Header::<T>::new("X-Value");
            let written = header.write(&value).expect("a text");
            assert_eq!(written, text);
            assert_eq!(header.read(Some(written)), Ok(Some(value)));
        }
        back(-5_i64, "-5");
        back(u64::MAX, "18446744073709551615");
        back(true, "true");
        back("a, b;\t\"c\"".to_owned(), "a, b;\t\"c\"");
        back(String::new(), "");
        back(Number::from(0.5), "0.5");
        back(Date::verbatim("2024-02-29"), "2024-02-29");
        back(
            DateTime::verbatim("2024-02-29T00:00:00Z"),
            "2024-02-29T00:00:00Z",
        );
        back(Uuid::verbatim("4c6b"), "4c6b");
        back(SecretText::from("hunter2"), "hunter2");
    }

    #[test]
    fn what_no_header_can_hold_is_not_written_and_not_shown() {
        let header = Header::<String>::new("X-Value");
        for value in [
            "hunter2\r\nX-Other: 1",
            "h\u{fc}nter2",
            " hunter2",
            "hunter2\t",
            "\0",
        ] {
            let problem = header.write(&value.to_owned()).expect_err("no header");
            assert_eq!(
                problem.to_string(),
                "the value of the header `X-Value` cannot stand in a header"
            );
        }
        let header = Header::<Number>::new("X-Value");
        assert!(header.write(&Number::from(f64::NAN)).is_err());
    }

    #[test]
    fn another_form_is_an_error_that_does_not_show_it() {
        for problem in [
            value::<u8>(b"300").err(),
            value::<i64>(b"5.5").err(),
            value::<i64>(b"").err(),
            value::<bool>(b"hunter2").err(),
            value::<String>(b"\xff").err(),
        ] {
            let problem = problem.expect("a problem").to_string();
            assert!(
                problem.starts_with("the header `X-Value` is not "),
                "{problem}"
            );
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }
}

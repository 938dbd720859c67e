//! Headers of answers, as an API documents them.

use crate::data::json;
use crate::data::{
    Base64, Base64Url, Date, DateTime, Decimal, Duration, Number, SecretText, Time, Uuid,
};
use http::HeaderMap;
use std::fmt;
use std::marker::PhantomData;

/// A header that an API documents, with the type of its value. Generated crates have a constant for each.
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header of this name, of which case says nothing.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            value: PhantomData,
        }
    }

    /// The name, as it is documented.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

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

    /// Reads the value; `None` where it has another form.
    fn from_header(text: &str) -> Option<Self>;
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
    )+ };
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl FromHeader for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_header(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Types that keep any text as it is.
macro_rules! kept {
    ($($type:ty: $new:expr,)+) => { $(
        impl FromHeader for $type {
            const EXPECTED: &'static str = "visible ASCII";

            fn from_header(text: &str) -> Option<Self> {
                Some($new(text))
            }
        }
    )+ };
}

kept! {
    String: str::to_owned,
    Base64: Base64::verbatim,
    Base64Url: Base64Url::verbatim,
    Date: Date::verbatim,
    DateTime: DateTime::verbatim,
    Decimal: Decimal::verbatim,
    Duration: Duration::verbatim,
    SecretText: SecretText::from,
    Time: Time::verbatim,
    Uuid: Uuid::verbatim,
}

impl FromHeader for Number {
    const EXPECTED: &'static str = "a number";

    fn from_header(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// The first value of a header; `None` where it is not there. The problem does not show the value.
pub(crate) fn read<T: FromHeader>(
    headers: &HeaderMap,
    header: Header<T>,
) -> Result<Option<T>, String> {
    let Some(value) = headers.get(header.name) else {
        return Ok(None);
    };
    let value = value.to_str().ok();
    match value.and_then(|text| T::from_header(text.trim())) {
        Some(value) => Ok(Some(value)),
        None => Err(format!(
            "the header `{}` is not {}",
            header.name,
            T::EXPECTED
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn value<T: FromHeader>(value: &'static [u8]) -> Result<Option<T>, String> {
        let headers = [(
            http::HeaderName::from_static("x-value"),
            HeaderValue::from_bytes(value).expect("a value"),
        )];
        read(&headers.into_iter().collect(), Header::new("X-Value"))
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
        assert_eq!(
            read::<i64>(&HeaderMap::new(), Header::new("X-Value")),
            Ok(None)
        );
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
            let problem = problem.expect("a problem");
            assert!(
                problem.starts_with("the header `X-Value` is not "),
                "{problem}"
            );
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }
}

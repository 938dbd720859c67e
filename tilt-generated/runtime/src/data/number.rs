//! Numbers of any kind.

use crate::data::Wire;
use crate::data::content::Content;
use crate::data::digits::Digits;
use crate::data::raw::read_number;
use crate::data::wire::{integer, large};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use std::cmp::Ordering;
use std::{fmt, io};

/// Any JSON number, kept as it was written: `5` stays an integer, `5.0` a float, and no digit of `1234567890.123456789012`
/// is lost.
///
/// Comparison is by value: `5` equals `5.0` and `50e-1`.
///
/// The text is asked for as raw JSON, which `serde_json` hands out by its feature `raw_value`. Its `arbitrary_precision` would
/// change numbers in every crate of a program. A format that is no `serde_json` gives the numbers that serde knows.
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    Integer(i64),
    /// Above `i64::MAX`.
    Large(u64),
    Float(f64),
    /// As it is written, where none of these is written so.
    Text(Box<str>),
}

impl Number {
    /// The number of a JSON text that is one.
    pub(crate) fn of_json(text: &str) -> Self {
        let kept = || Repr::Text(text.into());
        Self(match text.contains(['.', 'e', 'E']) {
            // Written as `0`.
            false if text == "-0" => kept(),
            false => match text.parse() {
                Ok(integer) => Repr::Integer(integer),
                Err(_) => text.parse().map_or_else(|_| kept(), Repr::Large),
            },
            true => match text.parse() {
                Ok(float) if is_written(float, text) => Repr::Float(float),
                _ => kept(),
            },
        })
    }

    /// The nearest float: infinite for one that is too large.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Integer(value) => *value as f64,
            Repr::Large(value) => *value as f64,
            Repr::Float(value) => *value,
            // It is a number, so that it is read.
            Repr::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// The same as an integer, if it is one: `5.0` is.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(value) => Some(*value),
            Repr::Large(_) => None,
            Repr::Float(value) => integer(*value),
            Repr::Text(text) => Digits::of(text).integer(),
        }
    }

    /// The same as an integer that is not negative, if it is one.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Integer(value) => (*value).try_into().ok(),
            Repr::Large(value) => Some(*value),
            Repr::Float(value) => {
                let small = integer(*value).and_then(|value| value.try_into().ok());
                small.or_else(|| large(*value))
            }
            Repr::Text(text) => Digits::of(text).integer(),
        }
    }

    /// Whether it is written with neither fraction nor exponent.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Integer(_) | Repr::Large(_) => true,
            Repr::Float(_) => false,
            Repr::Text(text) => !text.contains(['.', 'e', 'E']),
        }
    }

    fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Integer(value) => Some((*value).into()),
            Repr::Large(value) => Some((*value).into()),
            Repr::Float(_) | Repr::Text(_) => None,
        }
    }

    fn is_nan(&self) -> bool {
        matches!(self.0, Repr::Float(value) if value.is_nan())
    }

    /// The digits, where it is a number of JSON.
    fn digits(&self) -> Option<Digits> {
        match &self.0 {
            Repr::Text(text) => Some(Digits::of(text)),
            Repr::Float(value) if !value.is_finite() => None,
            _ => Some(Digits::of(&self.to_string())),
        }
    }
}

/// Whether a float is written as this text.
fn is_written(float: f64, text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    float.is_finite() && serde_json::to_writer(&mut rest, &float).is_ok() && rest.0.is_empty()
}

/// The rest of a text that is being written.
struct Rest<'t>(&'t [u8]);

impl io::Write for Rest<'_> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .strip_prefix(text)
            .ok_or(io::ErrorKind::InvalidData)?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

macro_rules! from_integer {
    ($($type:ty)+) => { $(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Self(Repr::Integer(value.into()))
            }
        }
    )+ };
}

from_integer!(i8 i16 i32 i64 u8 u16 u32);

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Repr::Large(value), Repr::Integer))
    }
}

/// A number that is not finite has no form in JSON: writing it is an error.
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(Repr::Float(value))
    }
}

impl From<f32> for Number {
    fn from(value: f32) -> Self {
        f64::from(value).into()
    }
}

/// NaN equals itself: it has no form in JSON, and an order of values needs nothing else.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal) || self.is_nan() && other.is_nan()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let is_text = |it: &Self| matches!(it.0, Repr::Text(_));
        if (is_text(self) || is_text(other))
            && let (Some(one), Some(other)) = (self.digits(), other.digits())
        {
            return Some(one.compare(&other));
        }
        match (self.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            (Some(one), None) => compare(one, other.as_f64()),
            (None, Some(other)) => compare(other, self.as_f64()).map(Ordering::reverse),
            (None, None) => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

/// Compares without rounding the integer, whose absolute value is below 2^64.
fn compare(integer: i128, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    // Saturates, which keeps the order of what is that far out.
    let whole = float.trunc() as i128;
    Some(
        integer
            .cmp(&whole)
            .then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0))),
    )
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(value) => value.fmt(f),
            Repr::Large(value) => value.fmt(f),
            Repr::Text(text) => f.pad(text),
            Repr::Float(value) if value.is_finite() => {
                f.pad(&serde_json::to_string(value).map_err(|_| fmt::Error)?)
            }
            Repr::Float(value) => value.fmt(f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Integer(value) => serializer.serialize_i64(*value),
            Repr::Large(value) => serializer.serialize_u64(*value),
            Repr::Float(value) if value.is_finite() => serializer.serialize_f64(*value),
            Repr::Float(value) => Err(S::Error::custom(format_args!(
                "{value} is not a JSON number"
            ))),
            Repr::Text(text) => RawValue::from_string(text.to_string())
                .map_err(S::Error::custom)?
                .serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_number(deserializer, "a number", |text| Some(Self::of_json(text)))
    }
}

impl Wire for Number {
    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        match value {
            Content::Number(text) => Ok(Self::of_json(&text)),
            other => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn through(text: &str) -> String {
        let number: Number = serde_json::from_str(text).expect("a number");
        serde_json::to_string(&number).expect("finite")
    }

    #[test]
    fn integers_stay_integers_and_floats_floats() {
        for text in [
            "5",
            "5.0",
            "-1",
            "18446744073709551615",
            "-9223372036854775808",
            "0.1",
        ] {
            assert_eq!(through(text), text);
        }
    }

    #[test]
    fn no_digit_is_lost() {
        for text in [
            "1234567890.123456789012",
            "12345678901234567890123",
            "1E400",
            "-0",
            "1.10",
            "1e2",
            "0.00001234",
            "1.234e-5",
            "100000000000000000000.0",
        ] {
            assert_eq!(through(text), text);
            let number: Number = serde_json::from_str(text).expect("a number");
            assert_eq!(number.to_string(), text);
        }
        for other in ["\"5\"", "null", "[5]", "{}", "true", "05", "5."] {
            assert!(serde_json::from_str::<Number>(other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_number_is_what_its_text_says() {
        let number = |text| serde_json::from_str::<Number>(text).expect("a number");
        assert_eq!(number("1e2").as_i64(), Some(100));
        assert_eq!(number("18446744073709551615.0").as_u64(), Some(u64::MAX));
        assert_eq!(number("1E400").as_f64(), f64::INFINITY);
        assert!(number("12345678901234567890123").is_integer());
        assert_eq!((number("1e2"), number("-0")), (100.into(), 0.into()));
        assert!(number("1E400") > number("1E399"));
        assert!(number("0.10000000000000000001") > number("0.1"));
    }

    #[test]
    fn compares_without_rounding() {
        assert_eq!(Number::from(5), Number::from(5.0));
        assert!(Number::from(9_007_199_254_740_993_i64) > Number::from(9_007_199_254_740_992.0));
        assert!(Number::from(5) < Number::from(5.5) && Number::from(-5) > Number::from(-5.5));
        assert!(Number::from(u64::MAX) < Number::from(f64::INFINITY));
        assert!(Number::from(0) == Number::from(-0.0));
    }

    #[test]
    fn what_is_not_finite_cannot_be_written() {
        assert!(serde_json::to_string(&Number::from(f64::NAN)).is_err());
        assert!(serde_json::to_string(&Number::from(f64::INFINITY)).is_err());
    }

    proptest! {
        #[test]
        fn every_number_comes_back(integer in any::<i64>(), float in proptest::num::f64::NORMAL) {
            for number in [Number::from(integer), Number::from(float)] {
                let value = serde_json::to_value(&number).expect("finite");
                prop_assert_eq!(serde_json::from_value::<Number>(value).expect("a number"), number);
            }
        }
    }
}

//! Numbers of any kind.

use crate::data::Wire;
use crate::data::wire::{integer, large};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// Any JSON number, kept as it was written: `5` stays an integer, `5.0` a float.
///
/// Comparison is by value: `5` equals `5.0`.
#[derive(Clone, Copy)]
pub struct Number(Repr);

#[derive(Clone, Copy)]
enum Repr {
    Integer(i64),
    /// Above `i64::MAX`.
    Large(u64),
    Float(f64),
}

impl Number {
    /// The nearest float.
    pub fn as_f64(self) -> f64 {
        match self.0 {
            Repr::Integer(value) => value as f64,
            Repr::Large(value) => value as f64,
            Repr::Float(value) => value,
        }
    }

    /// The same as an integer, if it is one: `5.0` is.
    pub fn as_i64(self) -> Option<i64> {
        match self.0 {
            Repr::Integer(value) => Some(value),
            Repr::Large(_) => None,
            Repr::Float(value) => integer(value),
        }
    }

    /// The same as an integer that is not negative, if it is one.
    pub fn as_u64(self) -> Option<u64> {
        match self.0 {
            Repr::Large(value) => Some(value),
            Repr::Float(value) if value > i64::MAX as f64 => large(value),
            _ => self.as_i64().and_then(|value| value.try_into().ok()),
        }
    }

    /// Whether it is written with neither fraction nor exponent.
    pub fn is_integer(self) -> bool {
        !matches!(self.0, Repr::Float(_))
    }

    fn as_i128(self) -> Option<i128> {
        match self.0 {
            Repr::Integer(value) => Some(value.into()),
            Repr::Large(value) => Some(value.into()),
            Repr::Float(_) => None,
        }
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

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
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
        match self.0 {
            Repr::Integer(value) => value.fmt(f),
            Repr::Large(value) => value.fmt(f),
            // Debug keeps the fraction of `5.0` and uses exponents where digits would be many.
            Repr::Float(value) => fmt::Debug::fmt(&value, f),
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
        match self.0 {
            Repr::Integer(value) => serializer.serialize_i64(value),
            Repr::Large(value) => serializer.serialize_u64(value),
            Repr::Float(value) if value.is_finite() => serializer.serialize_f64(value),
            Repr::Float(value) => Err(S::Error::custom(format_args!(
                "{value} is not a JSON number"
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By way of serde_json's number, which also reads what its features make of numbers.
        let number = serde_json::Number::deserialize(deserializer)?;
        number
            .as_i64()
            .map(Self::from)
            .or_else(|| number.as_u64().map(Self::from))
            .or_else(|| number.as_f64().map(Self::from))
            .ok_or_else(|| D::Error::custom(format_args!("{number} is out of range")))
    }
}

impl Wire for Number {}

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
                let value = serde_json::to_value(number).expect("finite");
                prop_assert_eq!(serde_json::from_value::<Number>(value).expect("a number"), number);
            }
        }
    }
}

//! Decimals of other crates: read exactly or not at all, and written digit for digit.

use crate::data::Wire;
use crate::data::raw::read_number;
use crate::data::text::is_decimal;
use serde::de::{Deserialize, Deserializer, Error as _, Unexpected};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A decimal type of another crate.
pub trait DecimalType: Clone + fmt::Debug + PartialEq + Sized + 'static {
    /// The values that it has, for people.
    #[doc(hidden)]
    const EXPECTED: &'static str;

    /// The number that a text without an exponent is; `None` where the type does not have exactly that.
    fn exact(plain: &str) -> Option<Self>;

    /// The number, without an exponent.
    fn plain(&self) -> String;
}

#[cfg(feature = "rust_decimal")]
impl DecimalType for rust_decimal::Decimal {
    const EXPECTED: &'static str = "a decimal number that `rust_decimal` has exactly";

    fn exact(plain: &str) -> Option<Self> {
        Self::from_str_exact(plain).ok()
    }

    fn plain(&self) -> String {
        self.to_string()
    }
}

#[cfg(feature = "bigdecimal")]
impl DecimalType for bigdecimal::BigDecimal {
    const EXPECTED: &'static str = "a decimal number of at most 1,000 digits";

    fn exact(plain: &str) -> Option<Self> {
        plain.parse().ok()
    }

    fn plain(&self) -> String {
        self.to_plain_string()
    }
}

/// Digits that a number may have once its exponent is applied, which is no limit on what the text costs.
const MOST_DIGITS: usize = 1_000;

/// Reads a decimal number.
pub(crate) fn read<D: DecimalType>(text: &str) -> Option<D> {
    D::exact(&without_exponent(text)?)
}

/// A decimal number with its point where the exponent says; `None` where it is none, or too long.
fn without_exponent(text: &str) -> Option<String> {
    if !is_decimal(text) {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return (text.len() <= MOST_DIGITS).then(|| text.to_owned());
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let exponent: isize = exponent.parse().ok()?;
    if unsigned.len().checked_add(exponent.unsigned_abs())? > MOST_DIGITS {
        return None;
    }
    let mut digits = format!("{whole}{fraction}");
    // The exponent is bounded, and so is the number of digits.
    let mut point = whole.len() as isize + exponent;
    while point < 1 {
        digits.insert(0, '0');
        point += 1;
    }
    while digits.len() < point.unsigned_abs() {
        digits.push('0');
    }
    if digits.len() > point.unsigned_abs() {
        digits.insert(point.unsigned_abs(), '.');
    }
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    Some(format!("{sign}{digits}"))
}

macro_rules! decimals {
    ($($(#[$docs:meta])* $type:ident;)+) => { $(
        $(#[$docs])*
        ///
        /// A number that the type does not have exactly is an error when it is read: nothing is rounded. It is made of a
        /// number by `into()`, and gives it by `*`, by its methods or as field `0`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $type<D>(pub D);

        impl<D> From<D> for $type<D> {
            fn from(value: D) -> Self {
                Self(value)
            }
        }

        impl<D> Deref for $type<D> {
            type Target = D;

            fn deref(&self) -> &D {
                &self.0
            }
        }

        impl<D> DerefMut for $type<D> {
            fn deref_mut(&mut self) -> &mut D {
                &mut self.0
            }
        }

        impl<D: fmt::Debug> fmt::Debug for $type<D> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<D: fmt::Display> fmt::Display for $type<D> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<D: DecimalType> Wire for $type<D> {}
    )+ };
}

decimals! {
    /// A decimal number of another crate, written as a string: `"12.340"`.
    DecimalText;
    /// A decimal number of another crate, written as a number: `12.340`.
    DecimalNumber;
}

impl<D: DecimalType> Serialize for DecimalText<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.plain())
    }
}

impl<'de, D: DecimalType> Deserialize<'de> for DecimalText<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        let text = String::deserialize(deserializer)?;
        let expected = || De::Error::invalid_value(Unexpected::Other("a text"), &D::EXPECTED);
        read(&text).map(Self).ok_or_else(expected)
    }
}

impl<D: DecimalType> Serialize for DecimalNumber<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = RawValue::from_string(self.0.plain()).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de, D: DecimalType> Deserialize<'de> for DecimalNumber<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        read_number(deserializer, D::EXPECTED, |text| read(text).map(Self))
    }
}

#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
macro_rules! conversions {
    ($($feature:literal $method:ident: $target:ty;)+) => { $(
        #[cfg(feature = $feature)]
        impl crate::data::Decimal {
            #[doc = concat!("Exactly this number as that of the `", $feature, "` crate.")]
            ///
            /// # Errors
            ///
            /// When the text is no decimal number, or one that the crate does not have.
            pub fn $method(&self) -> Result<$target, crate::data::FormatError> {
                read(self.as_str()).ok_or(crate::data::FormatError::new(<$target>::EXPECTED))
            }
        }

        #[cfg(feature = $feature)]
        impl From<$target> for crate::data::Decimal {
            fn from(value: $target) -> Self {
                Self::verbatim(DecimalType::plain(&value))
            }
        }
    )+ };
}

#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
conversions! {
    "bigdecimal" to_bigdecimal: bigdecimal::BigDecimal;
    "rust_decimal" to_rust_decimal: rust_decimal::Decimal;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exponent_moves_the_point_and_no_digit_is_lost() {
        for (text, plain) in [
            ("1.10", "1.10"),
            ("+007", "007"),
            ("-12.34e1", "-123.4"),
            ("12.34E2", "1234"),
            ("12.34e3", "12340"),
            ("1e-3", "0.001"),
            ("-0.5e-1", "-0.05"),
        ] {
            assert_eq!(without_exponent(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn what_would_be_too_long_is_no_number() {
        for text in ["1e1000", "1e-999999999999999999999", "", "1,5", "NaN"] {
            assert_eq!(without_exponent(text), None, "{text}");
        }
        assert_eq!(without_exponent(&"9".repeat(MOST_DIGITS + 1)), None);
    }

    #[cfg(feature = "rust_decimal")]
    #[test]
    fn a_text_and_a_number_come_back_digit_for_digit() {
        type Text = DecimalText<rust_decimal::Decimal>;
        type Number = DecimalNumber<rust_decimal::Decimal>;
        for digits in ["1.10", "-0.001", "79228162514264337593543950335", "0"] {
            let text = format!("\"{digits}\"");
            let read: Text = serde_json::from_str(&text).expect("a text");
            assert_eq!(serde_json::to_string(&read).expect("a text"), text);
            let read: Number = serde_json::from_str(digits).expect("a number");
            assert_eq!(serde_json::to_string(&read).expect("a number"), digits);
        }
        for other in ["1.10", "\"x\"", "\"79228162514264337593543950336\"", "null"] {
            assert!(serde_json::from_str::<Text>(other).is_err(), "{other}");
        }
        for other in ["\"1.10\"", "0.00000000000000000000000000001", "{}", "true"] {
            assert!(serde_json::from_str::<Number>(other).is_err(), "{other}");
        }
    }

    #[cfg(feature = "rust_decimal")]
    #[test]
    fn a_number_is_read_from_a_value_as_well() {
        type Number = DecimalNumber<rust_decimal::Decimal>;
        let value = serde_json::json!([1.5, 7, -3]);
        let read: Vec<Number> = serde_json::from_value(value).expect("numbers");
        assert_eq!(serde_json::to_string(&read).expect("numbers"), "[1.5,7,-3]");
        let content = crate::data::Content::Number("7".into());
        assert_eq!(
            Number::from_value(content).expect("a number"),
            rust_decimal::Decimal::from(7).into()
        );
    }

    #[cfg(feature = "bigdecimal")]
    #[test]
    fn a_large_decimal_has_every_digit() {
        type Text = DecimalText<bigdecimal::BigDecimal>;
        let text = format!("\"-{}.{}0\"", "9".repeat(60), "1".repeat(60));
        let read: Text = serde_json::from_str(&text).expect("a text");
        assert_eq!(serde_json::to_string(&read).expect("a text"), text);
        assert!(serde_json::from_str::<Text>("\"1e400000000\"").is_err());
    }

    #[cfg(all(feature = "bigdecimal", feature = "rust_decimal"))]
    #[test]
    fn a_decimal_is_exactly_that_of_another_crate_or_none() {
        for text in ["1.10", "-0.001", "12"] {
            let decimal = crate::data::Decimal::verbatim(text);
            let small = decimal.to_rust_decimal().expect("rust_decimal");
            let large = decimal.to_bigdecimal().expect("bigdecimal");
            assert_eq!(crate::data::Decimal::from(small), decimal);
            assert_eq!(crate::data::Decimal::from(large), decimal);
        }
        let long = crate::data::Decimal::verbatim("1".repeat(40));
        assert!(long.to_rust_decimal().is_err() && long.to_bigdecimal().is_ok());
        assert!(
            crate::data::Decimal::verbatim("1,5")
                .to_bigdecimal()
                .is_err()
        );
    }
}

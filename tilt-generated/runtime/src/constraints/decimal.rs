//! Numbers as JSON writes them, compared and divided digit by digit: no float rounds them.

use std::cmp::Ordering;

/// A number: `0.d₁d₂d₃… × 10^exponent`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    negative: bool,
    /// Neither the first nor the last is 0; none: the number is 0.
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// The number of a JSON text. `None`: it is none, or its exponent has no end.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (plain, exponent) = match text.split_once(['e', 'E']) {
            Some((plain, exponent)) => (plain, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let digits = whole.bytes().chain(fraction.bytes());
        let digits = digits.map(|byte| byte.is_ascii_digit().then(|| byte - b'0'));
        let mut digits: Vec<u8> = digits.collect::<Option<_>>()?;
        let leading = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..leading);
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        let exponent = point.checked_add(exponent)?;
        Some(match digits.is_empty() {
            true => Self {
                negative: false,
                digits,
                exponent: 0,
            },
            false => Self {
                negative,
                digits,
                exponent,
            },
        })
    }

    pub(crate) fn is_integer(&self) -> bool {
        self.scale() >= 0
    }

    /// The power of ten by which the digits, as an integer, are multiplied.
    fn scale(&self) -> i64 {
        self.exponent
            .saturating_sub(i64::try_from(self.digits.len()).unwrap_or(i64::MAX))
    }

    /// Whether dividing it by a number that is not 0 gives an integer. `None`: that number has too many digits.
    pub(crate) fn is_multiple_of(&self, step: &Self) -> Option<bool> {
        let mut divisor: u64 = 0;
        for digit in &step.digits {
            divisor = divisor.checked_mul(10)?.checked_add((*digit).into())?;
        }
        if divisor == 0 || self.digits.is_empty() {
            return (divisor != 0).then_some(true);
        }
        let Ok(power) = u64::try_from(self.scale().checked_sub(step.scale())?) else {
            // No digits that end in other than 0 are a multiple of ten.
            return Some(false);
        };
        let modulus = u128::from(divisor);
        let digits = self.digits.iter();
        let rest = digits.fold(0, |rest, digit| (rest * 10 + u128::from(*digit)) % modulus);
        Some((rest * power_of_ten(power, modulus)).is_multiple_of(modulus))
    }
}

/// Below 2^64 for a modulus up to there.
fn power_of_ten(mut power: u64, modulus: u128) -> u128 {
    let (mut result, mut base) = (1 % modulus, 10 % modulus);
    while power > 0 {
        if power & 1 == 1 {
            result = result * base % modulus;
        }
        base = base * base % modulus;
        power >>= 1;
    }
    result
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |it: &Self| match (it.digits.is_empty(), it.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = || (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits));
        sign(self)
            .cmp(&sign(other))
            .then_with(|| match self.negative {
                true => size().reverse(),
                false => size(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a number")
    }

    #[test]
    fn numbers_are_compared_exactly() {
        let sorted = [
            "-1e400",
            "-10",
            "-9.99999999999999999999",
            "-0.1",
            "0",
            "1e-400",
            "0.1",
            "0.30000000000000001",
            "0.30000000000000004",
            "9007199254740993",
            "9007199254740993.5",
            "1E+400",
        ];
        for (at, one) in sorted.iter().enumerate() {
            for (other_at, other) in sorted.iter().enumerate() {
                assert_eq!(
                    decimal(one).cmp(&decimal(other)),
                    at.cmp(&other_at),
                    "{one} {other}"
                );
            }
        }
        assert_eq!(decimal("1.50"), decimal("15e-1"));
        assert_eq!(decimal("-0.0"), decimal("0e9"));
        for none in ["", "-", "1e99999999999999999999", "x", "1.2.3", "+1"] {
            assert!(
                Decimal::parse(none).is_none_or(|it| it == decimal("0")),
                "{none}"
            );
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (number, step, is) in [
            ("0.3", "0.1", true),
            ("19.99", "0.01", true),
            ("19.999", "0.01", false),
            ("1e300", "7", false),
            ("7e300", "7", true),
            ("0.30000000000000004", "0.1", false),
            ("9007199254740993", "2", false),
            ("-4.5", "1.5", true),
            ("0", "0.3", true),
            ("5", "1e1", false),
            ("50", "1e1", true),
        ] {
            assert_eq!(
                decimal(number).is_multiple_of(&decimal(step)),
                Some(is),
                "{number} {step}"
            );
        }
        let long = "12345678901234567890123";
        assert_eq!(decimal("1").is_multiple_of(&decimal(long)), None);
        assert_eq!(decimal("1").is_multiple_of(&decimal("0")), None);
    }

    #[test]
    fn an_integer_is_one_however_it_is_written() {
        for (number, is) in [
            ("5", true),
            ("5.0", true),
            ("5e-1", false),
            ("50e-1", true),
            ("0", true),
        ] {
            assert_eq!(decimal(number).is_integer(), is, "{number}");
        }
    }

    proptest! {
        #[test]
        fn integers_are_as_integers_are(one: i64, other: i64, step in 1..i64::MAX) {
            let (a, b) = (decimal(&one.to_string()), decimal(&other.to_string()));
            prop_assert_eq!(a.cmp(&b), one.cmp(&other));
            prop_assert!(a.is_integer());
            let step_decimal = decimal(&step.to_string());
            prop_assert_eq!(a.is_multiple_of(&step_decimal), Some(one % step == 0));
            let multiple = decimal(&(i128::from(one) * i128::from(step)).to_string());
            prop_assert_eq!(multiple.is_multiple_of(&step_decimal), Some(true));
        }
    }
}

//! Decimal numbers as they are written, compared by value.

use std::cmp::Ordering;

/// The value of a JSON number's text: its digits from the first to the last that is not zero, and the power of ten that the
/// first stands before: `0.0150` is `15` and -1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    is_negative: bool,
    digits: String,
    point: i128,
}

impl Digits {
    pub(crate) fn of(text: &str) -> Self {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let written = format!("{whole}{fraction}");
        let digits = written.trim_start_matches('0');
        let leading = written.len() - digits.len();
        let digits = digits.trim_end_matches('0');
        let point = match digits {
            "" => 0,
            _ => shift(exponent) + length(whole.len()) - length(leading),
        };
        Self {
            is_negative: is_negative && !digits.is_empty(),
            digits: digits.to_owned(),
            point,
        }
    }

    /// The integer that it is exactly.
    pub(crate) fn integer<T: std::str::FromStr>(&self) -> Option<T> {
        let zeros = self.point - length(self.digits.len());
        if self.digits.is_empty() {
            return "0".parse().ok();
        }
        // More are no integer of any type.
        let zeros = usize::try_from(zeros).ok().filter(|zeros| *zeros < 40)?;
        let sign = if self.is_negative { "-" } else { "" };
        format!("{sign}{}{}", self.digits, "0".repeat(zeros))
            .parse()
            .ok()
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let sign = |it: &Self| match (it.digits.is_empty(), it.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let by_size = || (self.point, &self.digits).cmp(&(other.point, &other.digits));
        sign(self)
            .cmp(&sign(other))
            .then_with(|| match self.is_negative {
                true => by_size().reverse(),
                false => by_size(),
            })
    }
}

/// An exponent, as far as it matters: beyond that, numbers differ by it alone.
fn shift(exponent: &str) -> i128 {
    const FAR: i128 = 1 << 100;
    let digits = exponent.trim_start_matches(['+', '-']);
    let far = digits.parse::<i128>().map_or(FAR, |it| it.min(FAR));
    match exponent.starts_with('-') {
        true => -far,
        false => far,
    }
}

/// No text is longer than that.
fn length(length: usize) -> i128 {
    i128::try_from(length).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_value() {
        for (one, other) in [
            ("0", "-0"),
            ("0", "0.00e7"),
            ("15", "1.5e1"),
            ("0.0150", "15E-3"),
            ("-12.0", "-1200e-2"),
            ("1e400", "10e399"),
        ] {
            assert_eq!(Digits::of(one), Digits::of(other), "{one} {other}");
        }
        let ascending = [
            "-1e400", "-2", "-1.9", "-1e-9", "0", "1e-400", "0.9", "1", "9", "10", "1e400",
        ];
        for pair in ascending.windows(2) {
            let (one, other) = (Digits::of(pair[0]), Digits::of(pair[1]));
            assert_eq!(one.compare(&other), Ordering::Less, "{pair:?}");
            assert_eq!(other.compare(&one), Ordering::Greater, "{pair:?}");
        }
    }

    #[test]
    fn an_integer_is_one_exactly_or_not() {
        let integer = |text| Digits::of(text).integer::<i64>();
        assert_eq!(integer("131.000"), Some(131));
        assert_eq!(integer("-1.5e1"), Some(-15));
        assert_eq!(integer("9007199254740993.0"), Some(9_007_199_254_740_993));
        assert_eq!(integer("0e99999999999999999999"), Some(0));
        for text in ["0.5", "1e19", "1e99999999999999999999", "1e-1"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}

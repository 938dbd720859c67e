//! The syntax of formats.

/// RFC 3339, `date-time`.
pub(crate) fn date_time(text: &str) -> bool {
    match text.split_once(['T', 't', ' ']) {
        Some((day, rest)) => date(day) && clock_then(rest).is_some_and(offset),
        None => false,
    }
}

/// RFC 3339, `full-date`.
pub(crate) fn date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (
        number(&[*y1, *y2, *y3, *y4]),
        number(&[*m1, *m2]),
        number(&[*d1, *d2]),
    ) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// RFC 3339, `full-time`, where the offset may be left out.
pub(crate) fn time(text: &str) -> bool {
    clock_then(text).is_some_and(|rest| rest.is_empty() || offset(rest))
}

/// Takes `hh:mm:ss` and a fraction off the front.
fn clock_then(text: &str) -> Option<&str> {
    let (clock, rest) = text.split_at_checked(8)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else {
        return None;
    };
    let within =
        number(&[*h1, *h2])? < 24 && number(&[*m1, *m2])? < 60 && number(&[*s1, *s2])? <= 60;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => without_digits(fraction)?,
        None => rest,
    };
    within.then_some(rest)
}

fn offset(text: &str) -> bool {
    match text.as_bytes() {
        b"Z" | b"z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            number(&[*h1, *h2]).is_some_and(|hours| hours < 24)
                && number(&[*m1, *m2]).is_some_and(|minutes| minutes < 60)
        }
        _ => false,
    }
}

/// ISO 8601, `P[n]Y[n]M[n]W[n]DT[n]H[n]M[n]S` with at least one part.
pub(crate) fn duration(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some(parts) = unsigned.strip_prefix('P') else {
        return false;
    };
    let (days, clock) = match parts.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (parts, None),
    };
    units(days, b"YMWD")
        && clock.is_none_or(|clock| !clock.is_empty() && units(clock, b"HMS"))
        && !parts.is_empty()
}

/// Whether the text is numbers, each with one of these units, in this order.
fn units(mut text: &str, mut units: &[u8]) -> bool {
    while !text.is_empty() {
        let Some(mut rest) = without_digits(text) else {
            return false;
        };
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            match without_digits(fraction) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        let Some((unit, after)) = rest.as_bytes().split_first() else {
            return false;
        };
        let Some(position) = units.iter().position(|other| other == unit) else {
            return false;
        };
        units = &units[position + 1..];
        text = &rest[rest.len() - after.len()..];
    }
    true
}

pub(crate) fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A number as JSON writes it, or with a plus sign or leading zeros.
pub(crate) fn decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| without_digits(text) == Some("");
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['-', '+']).unwrap_or(text)))
}

/// The text after its leading digits, of which there must be one.
fn without_digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

/// A number of a few digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(syntax: fn(&str) -> bool, expected: bool, texts: &[&str]) {
        for text in texts {
            assert_eq!(syntax(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_and_times() {
        all(
            date_time,
            true,
            &[
                "2025-01-31T09:30:00Z",
                "2025-01-31t09:30:60.123456789+05:45",
            ],
        );
        all(
            date_time,
            false,
            &[
                "2025-01-31",
                "2025-01-31T09:30:00",
                "2025-01-31T24:00:00Z",
                "é",
            ],
        );
        all(date, true, &["2000-02-29", "0000-01-01"]);
        all(
            date,
            false,
            &[
                "1900-02-29",
                "2025-13-01",
                "2025-00-10",
                "2025-1-1",
                "2025-01-00",
            ],
        );
        all(time, true, &["09:30:00", "09:30:00.5Z"]);
        all(
            time,
            false,
            &["9:30:00", "09:30", "09:30:00.", "09:30:00+5"],
        );
    }

    #[test]
    fn durations() {
        all(
            duration,
            true,
            &["P1D", "PT0.5S", "-P1Y2M3W4DT5H6M7S", "PT36H"],
        );
        all(
            duration,
            false,
            &["P", "PT", "1D", "P1", "PD", "P1D1Y", "P1DT", "P1.D"],
        );
    }

    #[test]
    fn decimals_and_uuids() {
        all(decimal, true, &["0", "-12.340", "1e400", "+1.5E-3", "007"]);
        all(
            decimal,
            false,
            &["", ".", "1.", ".5", "1e", "0x1", "NaN", "1,5"],
        );
        all(uuid, true, &["0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4A11"]);
        all(
            uuid,
            false,
            &[
                "0190a7c25b0e7d2e8f570b2b6d3f4a11",
                "0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a1g",
            ],
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), like in "[P0-9TZtz:.,+YMWDHS eE-]{0,24}") {
            for text in [&text, &like] {
                for syntax in [date_time, date, time, duration, uuid, decimal] {
                    syntax(text);
                }
            }
        }
    }
}

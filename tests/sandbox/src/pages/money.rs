//! Amounts as people read and write them.

/// `1,234.50 USD`.
pub(super) fn shown(cents: i64, currency: &str) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    let digits = (cents / 100).to_string();
    let mut whole = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            whole.push(',');
        }
        whole.push(digit);
    }
    format!("{sign}{whole}.{:02} {currency}", cents % 100)
}

/// The cents of `1234.5`, `1,234.50` or `12`; `None` if it is no amount above nothing.
pub(super) fn read(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', "");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !are_digits(whole) || !are_digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let cents = whole.checked_mul(100)?.checked_add(part)?;
    (cents > 0).then_some(cents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_two_digits_behind_the_point() {
        for (cents, text) in [
            (5, "0.05 USD"),
            (123_450, "1,234.50 USD"),
            (100_000_000, "1,000,000.00 USD"),
            (-199, "-1.99 USD"),
        ] {
            assert_eq!(shown(cents, "USD"), text);
        }
    }

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        for (text, cents) in [
            ("12", Some(1200)),
            ("1,234.5", Some(123_450)),
            (" 0.29 ", Some(29)),
            ("0", None),
            ("1.234", None),
            ("-1", None),
            ("1e3", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(read(text), cents, "{text}");
        }
    }
}

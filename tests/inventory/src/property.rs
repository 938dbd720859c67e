//! Properties of a vehicle, read from JSON.

use serde_json::Value;

use crate::mapping::Unit;

/// A value as text.
pub(crate) fn text(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err("it is no text"),
    }
}

/// An integer, which may be written as text.
pub(crate) fn integer(value: &Value) -> Result<i64, &'static str> {
    let read = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    read.ok_or("it is no integer")
}

/// An amount in cents, never rounded.
pub(crate) fn cents(value: &Value, unit: Unit) -> Result<i64, &'static str> {
    if unit == Unit::Cents {
        return integer(value);
    }
    let text = match value {
        // The shortest digits that are this number are those that were written.
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return Err("it is no amount"),
    };
    dollars(&text).ok_or("it is no amount with at most two digits behind the point")
}

fn dollars(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    // Zeros at the end say nothing.
    let part = part.trim_end_matches('0');
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !are_digits(whole) || !are_digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(sign * whole.checked_mul(100)?.checked_add(part)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dollars_are_read_exactly_or_not_at_all() {
        for (value, expected) in [
            (json!(24_999.95), Some(2_499_995)),
            (json!(0.1), Some(10)),
            (json!(7), Some(700)),
            (json!("24999.500"), Some(2_499_950)),
            (json!("-1.01"), Some(-101)),
            (json!(1.005), None),
            (json!(1e300), None),
            (json!("1,000"), None),
            (json!(".5"), None),
            (json!("99999999999999999999"), None),
            (json!(null), None),
        ] {
            assert_eq!(cents(&value, Unit::Dollars).ok(), expected, "{value}");
        }
        assert_eq!(cents(&json!(24_999.95), Unit::Cents).ok(), None);
        assert_eq!(cents(&json!("1999"), Unit::Cents).ok(), Some(1999));
    }
}

//! The meaning of YAML scalars: the core schema of YAML 1.2, so `no` and dates are text.
//!
//! With one exception: digits after a leading zero are text, too. They are 8 or 10 or text to
//! readers of different versions (`010`, `09`), and in specs they are codes: of banks, of months.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

/// A scalar as JSON, or why it has no JSON form.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar {
    Value(Value),
    /// Read as if the tag were not there.
    UnknownTag(Value),
    /// Infinity, or not a number.
    NoJsonNumber,
    OutOfRange,
    NotOfItsTag,
}

pub(super) fn read(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Scalar {
    let plain = || match style {
        ScalarStyle::Plain => untagged(text),
        _ => string(text),
    };
    let Some(tag) = tag else {
        return plain();
    };
    if tag.handle.is_empty() && tag.suffix == "!" {
        return string(text);
    }
    if !tag.is_yaml_core_schema() {
        return match plain() {
            Scalar::Value(value) => Scalar::UnknownTag(value),
            other => other,
        };
    }
    let value = match tag.suffix.as_str() {
        "int" | "float" | "bool" | "null" => untagged(text),
        _ => return string(text),
    };
    match (tag.suffix.as_str(), &value) {
        ("null", Scalar::Value(Value::Null)) | ("bool", Scalar::Value(Value::Bool(_))) => value,
        ("int" | "float", Scalar::Value(Value::Number(_))) => value,
        ("float", Scalar::NoJsonNumber | Scalar::OutOfRange) => value,
        _ => Scalar::NotOfItsTag,
    }
}

fn string(text: &str) -> Scalar {
    Scalar::Value(Value::String(text.to_owned()))
}

fn untagged(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Value(Value::Null),
        "true" | "True" | "TRUE" => return Scalar::Value(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Scalar::Value(Value::Bool(false)),
        _ => {}
    }
    let starts_like_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    if !starts_like_number {
        return string(text);
    }
    let radix = |digits: &str, radix| match u64::from_str_radix(digits, radix) {
        Ok(number) if !digits.starts_with('+') => Scalar::Value(number.into()),
        _ => string(text),
    };
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Scalar::NoJsonNumber,
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Scalar::NoJsonNumber,
        _ => {}
    }
    let has_leading_zero =
        unsigned.starts_with('0') && unsigned[1..].starts_with(|c: char| c.is_ascii_digit());
    if has_leading_zero {
        return string(text);
    }
    if is_digits(unsigned) {
        let integer = text.strip_prefix('+').unwrap_or(text);
        let signed = integer.parse::<i64>().map(Number::from);
        match signed.or_else(|_| integer.parse::<u64>().map(Number::from)) {
            Ok(number) => Scalar::Value(Value::Number(number)),
            Err(_) => float(text),
        }
    } else if is_float(unsigned) {
        float(text)
    } else {
        string(text)
    }
}

fn float(text: &str) -> Scalar {
    match text.parse().ok().and_then(Number::from_f64) {
        Some(number) => Scalar::Value(Value::Number(number)),
        None => Scalar::OutOfRange,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_exponent = |text: &str| is_digits(text.strip_prefix(['+', '-']).unwrap_or(text));
    let is_mantissa = match mantissa.split_once('.') {
        None => is_digits(mantissa),
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
    };
    is_mantissa && exponent.is_none_or(is_exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plain(text: &str) -> Scalar {
        read(text, ScalarStyle::Plain, None)
    }

    #[test]
    fn the_core_schema_decides_what_plain_scalars_are() {
        let cases = [
            ("null", json!(null)),
            ("~", json!(null)),
            ("", json!(null)),
            ("true", json!(true)),
            ("FALSE", json!(false)),
            ("12", json!(12)),
            ("-3", json!(-3)),
            ("+3", json!(3)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("1.5", json!(1.5)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            ("-1e3", json!(-1000.0)),
            ("18446744073709551615", json!(18446744073709551615u64)),
            ("100000000000000000000", json!(1e20)),
        ];
        for (text, value) in cases {
            assert_eq!(plain(text), Scalar::Value(value), "{text}");
        }
    }

    #[test]
    fn what_yaml_1_1_read_otherwise_is_text() {
        for text in [
            "09",
            "010",
            "-01.5",
            "yes",
            "no",
            "on",
            "Off",
            "y",
            "2024-01-31",
            "2001-12-14t21:59:43Z",
            "12:30:45",
            "1_000",
            "0b1",
            "0x",
            "0x+1",
            "0o8",
            "1e",
            ".",
            "-",
            "+",
            "1.2.3",
            "e1",
            "nan",
            "inf",
            "<<",
            "+.nan",
            "1 000",
        ] {
            assert_eq!(plain(text), Scalar::Value(json!(text)), "{text}");
        }
    }

    #[test]
    fn quoted_scalars_are_text() {
        for style in [
            ScalarStyle::SingleQuoted,
            ScalarStyle::DoubleQuoted,
            ScalarStyle::Literal,
        ] {
            assert_eq!(read("200", style, None), Scalar::Value(json!("200")));
        }
    }

    #[test]
    fn numbers_without_a_json_form_are_told() {
        assert_eq!(plain(".inf"), Scalar::NoJsonNumber);
        assert_eq!(plain("-.INF"), Scalar::NoJsonNumber);
        assert_eq!(plain(".nan"), Scalar::NoJsonNumber);
        assert_eq!(plain("1e999"), Scalar::OutOfRange);
    }

    #[test]
    fn tags_decide_over_looks() {
        let core = |suffix: &str| Tag {
            handle: "tag:yaml.org,2002:".into(),
            suffix: suffix.into(),
        };
        let read = |text, tag: &Tag| read(text, ScalarStyle::Plain, Some(tag));
        assert_eq!(read("12", &core("str")), Scalar::Value(json!("12")));
        assert_eq!(read("12", &core("int")), Scalar::Value(json!(12)));
        assert_eq!(read("x", &core("int")), Scalar::NotOfItsTag);
        assert_eq!(read("true", &core("bool")), Scalar::Value(json!(true)));
        assert_eq!(
            read("2024-01-01", &core("timestamp")),
            Scalar::Value(json!("2024-01-01"))
        );
        let local = Tag {
            handle: "!".into(),
            suffix: "mine".into(),
        };
        assert_eq!(read("12", &local), Scalar::UnknownTag(json!(12)));
    }
}

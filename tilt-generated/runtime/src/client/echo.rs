//! Answers that speak of something else than was asked for.

use super::answer::Answer;
use super::encode::tree::Tree;
use super::encode::url::value_of;
use super::error::Error;
use crate::data::extract;
use serde_json::Value;

/// Refuses an answer that repeats a parameter or a property of the body with another value: it is another request's.
pub(crate) fn check(
    answer: &Answer,
    values: &[(usize, Tree)],
    sent: Option<&[u8]>,
) -> Result<(), Error> {
    let operation = answer.operation;
    if operation.echoes.is_empty() && operation.body_echoes.is_empty() {
        return Ok(());
    }
    let body = answer.whole();
    let told = |property| property_of(&body, property);
    let in_path = operation.echoes.iter().map(|(parameter, property)| {
        let asked = value_of(values, *parameter).and_then(Tree::scalar);
        let asked = asked.map(|asked| Value::String(asked.to_owned()));
        (asked, *property)
    });
    let in_body = operation.body_echoes.iter().map(|property| {
        let asked = sent.and_then(|sent| property_of(sent, property));
        (asked, *property)
    });
    let other = in_path.chain(in_body).find(|(asked, property)| {
        let both = asked.as_ref().zip(told(property));
        both.is_some_and(|(asked, told)| !is_same(asked, &told))
    });
    match other {
        None => Ok(()),
        Some((_, property)) => {
            let problem = format!("`{property}` is not the one that was asked for");
            Err(answer.origin().mismatched(body, problem))
        }
    }
}

/// A property at the top. One that cannot be read is found where the whole answer is.
fn property_of(body: &[u8], property: &str) -> Option<Value> {
    let text = extract::at(body, &[property]).ok().flatten()?;
    serde_json::from_str(text).ok()
}

/// Whether two values are written differently at most. A path has numbers as texts; what has parts is not compared.
fn is_same(asked: &Value, told: &Value) -> bool {
    match (asked, told) {
        (Value::String(asked), Value::String(told)) => is_same_text(asked, told),
        (Value::Number(asked), Value::Number(told)) => {
            asked == told || asked.as_f64() == told.as_f64() && !(asked.is_i64() && told.is_i64())
        }
        (Value::String(text), Value::Number(number))
        | (Value::Number(number), Value::String(text)) => number.to_string() == *text,
        (Value::Bool(asked), Value::Bool(told)) => asked == told,
        _ => true,
    }
}

/// UUIDs are the same in upper and lower case (RFC 9562, section 4).
fn is_same_text(asked: &str, told: &str) -> bool {
    let is_uuid = |text: &str| {
        let is_digit = |(at, byte): (usize, u8)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        text.len() == 36 && text.bytes().enumerate().all(is_digit)
    };
    asked == told || (is_uuid(asked) && is_uuid(told) && asked.eq_ignore_ascii_case(told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_compared_without_case_and_other_ids_with_it() {
        let (upper, lower) = (
            "0B0D3A0E-6C0F-4B9E-9D2B-0B6A6C0C8D11",
            "0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d11",
        );
        assert!(is_same_text(upper, lower));
        assert!(is_same_text("a-1", "a-1") && !is_same_text("a-1", "A-1"));
        assert!(!is_same_text(upper, "0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d12"));
    }

    #[test]
    fn numbers_are_compared_by_value_and_what_has_parts_not_at_all() {
        let same = |asked: &str, told: &str| {
            let value = |text: &str| serde_json::from_str(text).expect("JSON");
            is_same(&value(asked), &value(told))
        };
        assert!(same("5000", "5000") && same("5000", "5e3") && same("5000", "5000.0"));
        assert!(!same("5000", "5001") && !same("5000", "-5000") && !same("0.1", "0.2"));
        // Too near for a floating point number.
        assert!(!same("9007199254740993", "9007199254740992"));
        assert!(same("\"5\"", "5") && !same("\"5\"", "6") && same("[1]", "[2]"));
    }
}

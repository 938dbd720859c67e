//! Answers that speak of something else than was asked for.

use super::answer::Answer;
use super::encode::tree::Tree;
use super::encode::url::value_of;
use super::error::{DecodeError, Error};
use crate::data::extract;

/// Refuses an answer that repeats a parameter with another value: it is another request's.
pub(crate) fn check(answer: &Answer, values: &[(usize, Tree)]) -> Result<(), Error> {
    let operation = answer.operation;
    if operation.echoes.is_empty() {
        return Ok(());
    }
    let body = answer.whole();
    for (parameter, property) in operation.echoes {
        let asked = value_of(values, *parameter).and_then(Tree::scalar);
        // One that cannot be read is found where the whole answer is.
        let told = extract::at(&body, &[property]).ok().flatten();
        let told = told.and_then(text);
        if let (Some(asked), Some(told)) = (asked, told)
            && !is_same(asked, &told)
        {
            let problem = format!("`{property}` is not the one that was asked for");
            let error = DecodeError::mismatch(operation, answer.status, body, problem);
            return Err(Error::Decode(Box::new(error.with(&answer.headers))));
        }
    }
    Ok(())
}

/// A text or a number.
fn text(json: &str) -> Option<String> {
    match serde_json::from_str(json).ok()? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// UUIDs are the same in upper and lower case (RFC 9562, section 4).
fn is_same(asked: &str, told: &str) -> bool {
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
        assert!(is_same(upper, lower));
        assert!(is_same("a-1", "a-1") && !is_same("a-1", "A-1"));
        assert!(!is_same(upper, "0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d12"));
    }
}

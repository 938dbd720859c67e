//! Objects that have a key twice. The last one counts, as with most JSON readers, where that
//! changes nothing that code is made of; everywhere else nobody can know which is meant.

use super::fault::Fault;
use crate::diagnostic::EitherCode;
use serde_json::Value;
use std::ops::Range;

/// Whether it makes no difference which of two values a key has.
pub(super) fn is_harmless(key: &str, first: &Value, second: &Value) -> bool {
    let is_prose = matches!(key, "description" | "summary" | "title" | "example")
        && !first.is_object()
        && !second.is_object();
    is_prose || key.starts_with("x-") || first == second
}

/// The report of a key that was there before. `key` is as the document writes it.
pub(super) fn fault(key: &str, span: Range<usize>, pointer: String, is_harmless: bool) -> Fault {
    let key: String = key.chars().take(80).collect();
    let code = EitherCode::DUPLICATE_KEY;
    let fault = match is_harmless {
        true => {
            let message = format!("the key {key} is here twice; the last one counts");
            Fault::harmless(code, span, message)
        }
        false => {
            let message = format!("the key {key} is here twice with different values");
            Fault::at(code.code(), span, message)
        }
    };
    fault.pointer(pointer)
}

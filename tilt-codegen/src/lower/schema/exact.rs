//! Numbers of a document that are kept as floats, and whether they are what is written.

use super::TypeBuilder;
use crate::diagnostic::{Code, Problem};
use crate::dialect::schema::Schema;
use crate::source::Node;
use serde_json::Value;

impl TypeBuilder<'_, '_> {
    /// Reports numbers among the listed values of a schema that are more exact than what is kept of them.
    pub(super) fn report_inexact(&mut self, schema: &Schema<'_>) {
        let listed = schema.enumeration.into_iter().flatten();
        let mut pending: Vec<&Value> = schema.constant.into_iter().chain(listed).collect();
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(elements) => pending.extend(elements),
                Value::Object(members) => pending.extend(members.values()),
                Value::Number(kept) if kept.is_f64() => self.report_number(schema.node, value),
                _ => {}
            }
        }
    }

    fn report_number(&mut self, schema: Node<'_>, value: &Value) {
        let at = Node {
            document: schema.document,
            value,
        };
        let kept = value.to_string();
        let Some(written) = self.context.documents().written(at) else {
            return;
        };
        let exact = [decimal(&written), decimal(&kept)];
        if let [Some(written_digits), Some(kept_digits)] = exact
            && written_digits != kept_digits
        {
            let message = format!("`{written}` is kept as `{kept}`");
            self.context
                .problem(Problem::new(Code::INEXACT_VALUE, at, message));
        }
    }
}

/// The sign, the digits from the first to the last that are not zero, and the exponent of the last one. `None`: not written
/// as JSON writes numbers.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if whole.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
    let fraction = i64::try_from(fraction.len()).ok()?;
    let significant = significant.trim_start_matches('0').to_owned();
    let last = exponent.checked_sub(fraction)?.checked_add(dropped)?;
    let last = if significant.is_empty() { 0 } else { last };
    Some((is_negative, significant, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_written_in_many_ways() {
        for (one, other) in [
            ("1.10", "1.1"),
            ("1e2", "100.0"),
            ("0.0", "0e5"),
            ("12345678901234567890000", "1.234567890123456789e22"),
            ("-0.5", "-5E-1"),
        ] {
            assert_eq!(decimal(one), decimal(other), "{one} {other}");
            assert!(decimal(one).is_some(), "{one}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("1.1", "11"),
            ("18446744073709551616", "1.8446744073709552e19"),
        ] {
            assert_ne!(decimal(one), decimal(other), "{one} {other}");
        }
        for text in ["0x1F", "1_000", ".5", ".inf", ""] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}

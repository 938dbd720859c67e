//! Equality of instances.

use serde_json::Value;

/// Whether two values are equal as JSON Schema has it (core 4.2.2): numbers by value, objects without order.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let same = |(name, value): (&String, &Value)| {
                b.get(name).is_some_and(|other| equal(value, other))
            };
            a.len() == b.len() && a.iter().all(same)
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_equal_by_value_and_nothing_may_be_missing() {
        assert!(equal(
            &json!({"a": [1.0], "b": null}),
            &json!({"b": null, "a": [1]})
        ));
        for other in [json!({"a": [2], "b": null}), json!({"a": [1]}), json!([1])] {
            assert!(!equal(&json!({"a": [1.0], "b": null}), &other));
        }
    }
}

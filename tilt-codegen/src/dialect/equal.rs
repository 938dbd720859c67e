//! Values that are equal as JSON Schema says (2020-12 core, 4.2.2): numbers by what they are, objects in any order.

use serde_json::Value;

/// The one form of all values that are equal to this one.
pub(crate) fn canonical(value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => whole(float).unwrap_or_else(|| value.clone()),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            let members = members.into_iter();
            let members = members.map(|(name, it)| (name.clone(), canonical(it)));
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

/// A float without a fraction as the integer that it is.
fn whole(float: f64) -> Option<Value> {
    // Zero has no sign.
    let text = format!("{:.0}", float + 0.0);
    let is_whole = float.fract() == 0.0;
    is_whole.then(|| serde_json::from_str(&text).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_equal_by_value_at_any_depth() {
        let same = |a: &Value, b: &Value| canonical(a) == canonical(b);
        assert!(same(
            &json!([1, {"a": -0.0, "b": 2}]),
            &json!([1.0, {"b": 2.0, "a": 0}])
        ));
        assert!(!same(&json!(1), &json!(1.5)));
        assert!(!same(&json!(1), &json!("1")));
        assert!(!same(&json!(u64::MAX), &json!(u64::MAX - 1)));
    }
}

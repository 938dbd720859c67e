//! Whether two values say the same, up to names that changed.

use super::side::name_of;
use serde_json::{Number, Value};
use std::collections::HashMap;

/// Components that have another name: the new one by the old one.
pub(super) type Renames = HashMap<String, String>;

/// Members in any order, numbers by value, references up to names that changed.
pub(super) fn same(old: &Value, new: &Value, renames: &Renames) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            old.len() == new.len()
                && old.iter().all(|(key, value)| {
                    let other = new.get(key);
                    other.is_some_and(|other| match (key.as_str(), value, other) {
                        ("$ref", Value::String(old), Value::String(new)) => {
                            same_reference(old, new, renames)
                        }
                        _ => same(value, other, renames),
                    })
                })
        }
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(old, new)| same(old, new, renames))
        }
        (Value::Number(old), Value::Number(new)) => same_number(old, new),
        (Value::String(old), Value::String(new)) => old == new,
        _ => old == new,
    }
}

/// `5` and `5.0` are one number (JSON Schema core, section 4.2.2).
fn same_number(old: &Number, new: &Number) -> bool {
    old == new
        || match (old.as_f64(), new.as_f64()) {
            (Some(a), Some(b)) => a == b && (old.is_f64() || new.is_f64()),
            _ => false,
        }
}

/// Whether two references lead to one thing.
pub(super) fn same_reference(old: &str, new: &str, renames: &Renames) -> bool {
    old == new
        || renames
            .get(name_of(old))
            .is_some_and(|name| name == name_of(new))
}

/// A set has no order.
pub(super) fn without(all: &[&Value], others: &[&Value], renames: &Renames) -> Vec<usize> {
    // Lists of plain values may be long, and are looked up; there is no other order in values.
    let texts: std::collections::HashSet<String> =
        others.iter().map(|value| canonical(value)).collect();
    let is_missing = |value: &Value| {
        !texts.contains(&canonical(value)) && !others.iter().any(|it| same(value, it, renames))
    };
    let numbers = all.iter().enumerate();
    numbers
        .filter(|(_, value)| is_missing(value))
        .map(|(number, _)| number)
        .collect()
}

/// One text for equal values, whatever the order of their members.
pub(in crate::drift) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            let members = members
                .into_iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(canonical).collect();
            format!("[{}]", elements.join(","))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn order_of_members_spelling_of_numbers_and_names_of_components_make_no_difference() {
        let renames = Renames::from([("Old".to_owned(), "New".to_owned())]);
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        assert!(same(
            &json!({"a": 1, "b": 2.0}),
            &json!({"b": 2, "a": 1}),
            &renames
        ));
        assert!(same(&reference("Old"), &reference("New"), &renames));
        assert!(!same(&reference("New"), &reference("Old"), &renames));
        assert!(!same(&json!([1, 2]), &json!([2, 1]), &renames));
        // Beyond the integers that f64 has.
        let (a, b) = (json!(9007199254740993_u64), json!(9007199254740992_u64));
        assert!(!same(&a, &b, &renames));
    }
}

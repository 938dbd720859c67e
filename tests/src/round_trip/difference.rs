//! How two values differ.

use serde_json::Value;

use crate::instances::EXTRA;

/// The first place where two values differ.
pub(super) fn difference(before: &Value, after: &Value, pointer: &str) -> Option<String> {
    match (before, after) {
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find_map(|(index, (one, other))| {
                difference(one, other, &format!("{pointer}/{index}"))
            }),
        (Value::Object(one), Value::Object(other)) => {
            let lost = one.iter().find_map(|(name, value)| {
                let pointer = format!("{pointer}/{name}");
                match other.get(name) {
                    Some(other) => difference(value, other, &pointer),
                    None => Some(format!("`{pointer}` is lost")),
                }
            });
            let gained = || other.keys().find(|name| !one.contains_key(*name));
            let gained = || gained().map(|name| format!("`{pointer}/{name}` came from nowhere"));
            let unnamed = |names: &serde_json::Map<String, Value>| {
                let names = names.keys().filter(|name| name.ends_with(EXTRA));
                names.cloned().collect::<Vec<_>>()
            };
            let is_reordered = unnamed(one) != unnamed(other);
            lost.or_else(gained)
                .or_else(|| is_reordered.then(|| format!("`{pointer}` is in another order")))
        }
        _ => (before != after).then(|| format!("`{pointer}` is {after} after being {before}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_difference_is_found() {
        let same = |one: Value, other: Value| difference(&one, &other, "");
        assert_eq!(
            same(json!({"a": 1, "b": [1.5]}), json!({"b": [1.5], "a": 1})),
            None
        );
        for (one, other, problem) in [
            (json!({"a": 1}), json!({}), "`/a` is lost"),
            (json!({}), json!({"a": null}), "`/a` came from nowhere"),
            (json!([1]), json!([1.0]), "`/0` is 1.0 after being 1"),
            (json!([1]), json!([1, 2]), "`` is [1,2] after being [1]"),
            (
                json!({"b extra": 1, "a extra": 1}),
                json!({"a extra": 1, "b extra": 1}),
                "`` is in another order",
            ),
        ] {
            assert_eq!(same(one, other).as_deref(), Some(problem));
        }
    }
}

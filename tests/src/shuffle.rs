//! Documents that mean the same and are written in another order.

use serde_json::{Map, Value};

use crate::random::Random;

/// The same JSON with the members of every object in another order.
pub fn shuffled(value: &Value, random: &mut Random) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| shuffled(item, random)).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(name, member)| (name.clone(), shuffled(member, random)))
                .collect();
            random.shuffle(&mut members);
            Value::Object(members.into_iter().collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_order_of_members_changes() {
        let value = json!({"a": [3, 1, 2], "b": {"c": 1, "d": 2, "e": 3, "f": 4}});
        let other = shuffled(&value, &mut Random::new(1));
        assert_eq!(value, other);
        assert_ne!(value.to_string(), other.to_string());
    }
}

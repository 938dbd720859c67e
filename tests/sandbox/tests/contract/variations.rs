//! Many bodies out of one, most of them wrong in one place.

use serde_json::{Value, json};

/// Values for any place: of every type, of every listed string, and around every limit of length.
fn values() -> Vec<Value> {
    let texts = [
        "card",
        "other",
        "open",
        "paid",
        "pending",
        "approved",
        "settled",
        "declined",
        "failed",
        "voided",
        "refunded",
        "cancelled",
        "customer_request",
        "duplicate",
        "fraudulent",
        "location_cashier",
        "location_supervisor",
        "USD",
        "+15551234567",
        "+0123",
        "ada@example.com",
        "https://shop.example/x",
        "2026-01-15T09:00:00Z",
        "2026-01-15",
        "00000000-0000-4000-8000-000000000009",
        "00000000000040008000000000000009",
    ];
    let lengths = [0, 3, 4, 10, 11, 12, 13, 25, 26];
    let others = [
        Value::Null,
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(200),
        json!(201),
        json!(1.0),
        json!(1.5),
        json!([]),
        json!([1]),
        json!(["pos", "payments", "inventory"]),
        json!(["other"]),
        json!({}),
        json!({"a": {"b": [1, null]}}),
    ];
    let texts = texts.into_iter().map(Value::from);
    let lengths = lengths.into_iter().map(|length| "9".repeat(length).into());
    texts.chain(lengths).chain(others).collect()
}

/// `base` with each of these places left out, and set to each of the values.
pub(crate) fn variations(base: &Value, pointers: &[&str]) -> Vec<Value> {
    let mut bodies = Vec::new();
    for pointer in pointers {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        for value in values() {
            let mut body = base.clone();
            match body.pointer_mut(parent).expect("a parent") {
                Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value,
                object => object[name] = value,
            }
            bodies.push(body);
        }
        let mut without = base.clone();
        if let Some(Value::Object(object)) = without.pointer_mut(parent) {
            object.remove(name);
            bodies.push(without);
        }
    }
    bodies
}

/// The pointers of all places in a body.
pub(crate) fn pointers(body: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match body {
        Value::Object(object) => object
            .iter()
            .map(|(name, child)| (name.clone(), child))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, child)| (index.to_string(), child))
            .collect(),
        _ => Vec::new(),
    };
    let mut pointers = Vec::new();
    for (name, child) in children {
        pointers.push(format!("/{name}"));
        pointers.extend(
            self::pointers(child)
                .iter()
                .map(|rest| format!("/{name}{rest}")),
        );
    }
    pointers
}

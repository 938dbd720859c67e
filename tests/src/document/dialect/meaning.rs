//! A schema as its author means it, where the letter says something else.

use serde_json::{Map, Value, json};

/// All corrections of one schema.
pub(super) fn as_meant(schema: &mut Map<String, Value>) {
    describe_objects(schema);
    allow_listed_null(schema);
    list_what_is_meant(schema);
    bound_exclusively(schema);
    bound_by_format(schema);
}

/// Null in a list beside a type means that the value may be null.
fn allow_listed_null(schema: &mut Map<String, Value>) {
    let listed = schema.get("enum").and_then(Value::as_array);
    let lists_null = listed.is_some_and(|values| values.contains(&Value::Null));
    if let Some(Value::Array(types)) = schema.get_mut("type")
        && lists_null
        && !types.contains(&json!("null"))
    {
        types.push(json!("null"));
    }
}

/// A schema with `properties` and no type allows any text in the letter, and describes objects.
fn describe_objects(schema: &mut Map<String, Value>) {
    let has_properties =
        matches!(schema.get("properties"), Some(Value::Object(own)) if !own.is_empty());
    let says_more = ["type", "enum", "const"]
        .iter()
        .any(|key| schema.contains_key(*key));
    if has_properties && !says_more {
        schema.insert("type".to_owned(), json!(["object"]));
    }
}

/// Values that are listed under another type are meant as values of that type.
fn list_what_is_meant(schema: &mut Map<String, Value>) {
    let types = schema.get("type").and_then(Value::as_array).cloned();
    let types: Vec<Value> = types.unwrap_or_default();
    let proper: Vec<&str> = types
        .iter()
        .filter_map(Value::as_str)
        .filter(|name| *name != "null")
        .collect();
    let ([kind], Some(Value::Array(values))) = (proper.as_slice(), schema.get_mut("enum")) else {
        return;
    };
    let meant = |value: &Value| match (*kind, value) {
        (_, Value::Null) => Some(Value::Null),
        ("string", Value::Bool(_) | Value::Number(_)) => Some(Value::from(value.to_string())),
        ("string", Value::String(_)) => Some(value.clone()),
        (_, Value::String(text)) => {
            let spelled: Value = serde_json::from_str(text).ok()?;
            let fits = match *kind {
                "integer" => spelled.is_i64(),
                "number" => spelled.is_number(),
                "boolean" => spelled.is_boolean(),
                _ => false,
            };
            fits.then_some(spelled)
        }
        _ => None,
    };
    if let Some(meant) = values.iter().map(meant).collect() {
        *values = meant;
    }
}

/// `exclusiveMinimum: true` belongs to a `minimum`.
fn bound_exclusively(schema: &mut Map<String, Value>) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => match schema.remove(bound) {
                Some(limit) => schema.insert(exclusive.to_owned(), limit),
                None => schema.remove(exclusive),
            },
            Some(Value::Bool(false)) => schema.remove(exclusive),
            _ => None,
        };
    }
}

/// The range of integers that a format gives; plain integers are taken for 64 bits.
fn bound_by_format(schema: &mut Map<String, Value>) {
    let is_integer = schema.get("type").and_then(Value::as_array);
    if !is_integer.is_some_and(|types| types.contains(&json!("integer"))) {
        return;
    }
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint" | "uint64") => (json!(0), json!(u64::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        _ => return,
    };
    let bounds = [
        ("minimum", "exclusiveMinimum", least),
        ("maximum", "exclusiveMaximum", most),
    ];
    for (bound, exclusive, limit) in bounds {
        // The largest `int64` is rounded up where it is written as a float.
        let is_rounded = limit.as_f64() == schema.get(bound).and_then(Value::as_f64);
        if is_rounded || !schema.contains_key(bound) && !schema.contains_key(exclusive) {
            schema.insert(bound.to_owned(), limit);
        }
    }
}

//! Numbers.

use serde_json::{Value, json};

use super::flat::Flat;

/// Above 2^53, where floats begin to skip integers.
const LARGE: i64 = 9_007_199_254_740_993;

pub(super) fn integers(flat: &Flat<'_>) -> Vec<Value> {
    let bounds = bounds(flat).into_iter().filter_map(|bound| {
        let integer = bound
            .as_i64()
            .map(Value::from)
            .or_else(|| bound.as_u64().map(Value::from));
        integer.or_else(|| Some(json!(bound.as_f64()?.round() as i64)))
    });
    let plain = [
        json!(1),
        json!(0),
        json!(-1),
        json!(LARGE),
        json!(-LARGE),
        json!(i64::MAX),
        json!(i64::MIN),
    ];
    let near = bounds.collect::<Vec<_>>();
    let inside = near.iter().filter_map(Value::as_i64).flat_map(|bound| {
        [bound.checked_add(1), bound.checked_sub(1)]
            .into_iter()
            .flatten()
            .map(Value::from)
    });
    let mut values: Vec<Value> = plain
        .into_iter()
        .chain(near.clone())
        .chain(inside)
        .collect();
    if let Some(step) = flat.limits.get("multipleOf").and_then(Value::as_i64) {
        values.splice(0..0, [json!(step), json!(step.saturating_mul(7))]);
    }
    within(flat, values)
}

pub(super) fn numbers(flat: &Flat<'_>) -> Vec<Value> {
    let plain = [
        json!(1),
        json!(19.99),
        json!(0),
        json!(-2.5),
        json!(5.0),
        json!(0.1),
        json!(LARGE),
        json!(u64::MAX),
        json!(1e300),
        json!(5e-324),
        json!(-123_456.789_012_3),
    ];
    let bounds = bounds(flat);
    let inside: Vec<Value> = bounds
        .iter()
        .filter_map(Value::as_f64)
        .flat_map(|bound| [json!(bound + 0.5), json!(bound - 0.5)])
        .collect();
    let mut values: Vec<Value> = plain.into_iter().chain(bounds).chain(inside).collect();
    if let Some(step) = flat.number("multipleOf") {
        values.splice(0..0, [json!(step), json!(step * 7.0)]);
    }
    within(flat, values)
}

fn bounds(flat: &Flat<'_>) -> Vec<Value> {
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
        .iter()
        .filter_map(|key| flat.limits.get(*key).cloned())
        .filter(Value::is_number)
        .collect()
}

/// Those that are not obviously out of range, so that the first one will do.
fn within(flat: &Flat<'_>, mut values: Vec<Value>) -> Vec<Value> {
    let least = flat.number("minimum").unwrap_or(f64::MIN);
    let most = flat.number("maximum").unwrap_or(f64::MAX);
    let above = flat.number("exclusiveMinimum").unwrap_or(f64::NEG_INFINITY);
    let below = flat.number("exclusiveMaximum").unwrap_or(f64::INFINITY);
    values.retain(|value| {
        let number = value.as_f64().unwrap_or(f64::NAN);
        number >= least && number <= most && number > above && number < below
    });
    values
}

//! Limits of sizes and of numbers.

use super::fault::{Fault, Misfit, Verdict};
use crate::dialect::schema::Schema;
use serde_json::Value;

/// Limits of a size.
pub(super) fn within<'d, 'v>(
    value: &'v Value,
    [least, most]: [(&'static str, Option<&'d Value>); 2],
    size: impl Fn() -> u64,
) -> Verdict<'d, 'v> {
    let count = |it: &Value| it.as_u64();
    let is_below = |it: &&Value| count(it).is_some_and(|it| size() < it);
    let is_above = |it: &&Value| count(it).is_some_and(|it| size() > it);
    let broken = [
        (least.0, least.1.filter(is_below)),
        (most.0, most.1.filter(is_above)),
    ];
    for (keyword, limit) in broken {
        if let Some(limit) = limit {
            let fault = Fault::Limit(keyword, limit);
            return Err(Misfit { at: value, fault });
        }
    }
    Ok(())
}

/// Limits of a number, as far as both are exact.
pub(super) fn number<'d, 'v>(schema: &Schema<'d>, value: &'v Value) -> Verdict<'d, 'v> {
    let Some(number) = value.as_f64() else {
        return Ok(());
    };
    let stated = &schema.constraints;
    let is_true = |it: Option<&Value>| it == Some(&Value::Bool(true));
    type Breaks = fn(f64, f64) -> bool;
    let below: Breaks = |number, limit| number < limit;
    let not_above: Breaks = |number, limit| number <= limit;
    let above: Breaks = |number, limit| number > limit;
    let not_below: Breaks = |number, limit| number >= limit;
    let minimum = match is_true(stated.exclusive_minimum) {
        true => not_above,
        false => below,
    };
    let maximum = match is_true(stated.exclusive_maximum) {
        true => not_below,
        false => above,
    };
    for (keyword, limit, breaks) in [
        ("minimum", stated.minimum, minimum),
        ("exclusiveMinimum", stated.exclusive_minimum, not_above),
        ("maximum", stated.maximum, maximum),
        ("exclusiveMaximum", stated.exclusive_maximum, not_below),
    ] {
        let bound = limit.and_then(|limit| Some((limit, limit.as_f64()?)));
        if let Some((limit, _)) = bound.filter(|(_, bound)| breaks(number, *bound)) {
            let fault = Fault::Limit(keyword, limit);
            return Err(Misfit { at: value, fault });
        }
    }
    let step = stated.multiple_of.filter(|it| !is_multiple(value, it));
    let format = schema.node.get("format").map(|it| it.value);
    let format = format.filter(|it| !is_in_range(value, it));
    for (keyword, limit) in [("multipleOf", step), ("format", format)] {
        if let Some(limit) = limit {
            let fault = Fault::Limit(keyword, limit);
            return Err(Misfit { at: value, fault });
        }
    }
    Ok(())
}

/// False where a number is certainly none of the multiples of a step. Of decimals, which are not exact here, that is one
/// that lies far from each.
fn is_multiple(number: &Value, step: &Value) -> bool {
    if let (Some(number), Some(step)) = (number.as_i64(), step.as_i64()) {
        return step <= 0 || number % step == 0;
    }
    let (Some(number), Some(step)) = (number.as_f64(), step.as_f64()) else {
        return true;
    };
    let quotient = number / step;
    let is_exact_enough = step > 0.0 && quotient.abs() < 1e9;
    !is_exact_enough || (quotient - quotient.round()).abs() < 1e-6
}

/// Whether a whole number fits the integers that a format names (the OpenAPI Format Registry).
fn is_in_range(number: &Value, format: &Value) -> bool {
    let number = number
        .as_i64()
        .map(i128::from)
        .or(number.as_u64().map(i128::from));
    let (Some(number), Some(format)) = (number, format.as_str()) else {
        return true;
    };
    let range = match format {
        "int8" => i8::MIN.into()..=i8::MAX.into(),
        "int16" => i16::MIN.into()..=i16::MAX.into(),
        "int32" => i32::MIN.into()..=i32::MAX.into(),
        "int64" => i64::MIN.into()..=i64::MAX.into(),
        "uint8" => 0..=u8::MAX.into(),
        "uint16" => 0..=u16::MAX.into(),
        "uint32" => 0..=u32::MAX.into(),
        "uint64" => 0..=u64::MAX.into(),
        _ => return true,
    };
    range.contains(&number)
}

//! Arrays.

use serde_json::Value;

use super::flat::Flat;
use super::synthesis::{Synthesizer, most};

/// The shortest array, one of all values, and one for each value.
pub(super) fn candidates(
    synthesizer: Synthesizer<'_>,
    flat: &Flat<'_>,
    depth: usize,
) -> Vec<Value> {
    let least = usize::try_from(flat.limit("minItems").unwrap_or(0)).unwrap_or(usize::MAX);
    let longest = usize::try_from(flat.limit("maxItems").unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    if least > 1000 {
        return Vec::new();
    }
    if least == 0 && synthesizer.is_deep(depth) {
        return vec![Value::Array(Vec::new())];
    }
    let any = Value::Bool(true);
    let is_closed = !flat.first_items.is_empty() && flat.items == Some(&Value::Bool(false));
    let items = match is_closed {
        true => Vec::new(),
        false => synthesizer.candidates(flat.items.unwrap_or(&any), depth + 1),
    };
    let firsts: Vec<Vec<Value>> = flat
        .first_items
        .iter()
        .map(|item| synthesizer.candidates(item, depth + 1))
        .collect();
    let longest_first = firsts.iter().map(Vec::len).max().unwrap_or(0);
    let mut values: Vec<Value> = (0..longest_first)
        .map(|row| {
            let items = firsts.iter();
            items
                .filter_map(|values| values.get(row % values.len().max(1)).cloned())
                .collect()
        })
        .collect();
    if firsts.is_empty() {
        values.push(filled(&items, 0, least));
    }
    if !synthesizer.is_deep(depth) && firsts.is_empty() {
        let all = items.len().min(longest).max(least);
        values.push(filled(&items, 0, all.min(items.len().max(least))));
        let singles = 0..items.len().min(most(depth + 1));
        values.extend(singles.map(|at| filled(&items, at, least.max(1))));
    }
    values.retain(|value| value.as_array().is_some_and(|items| items.len() <= longest));
    values
}

/// So many items, from one on and around.
fn filled(items: &[Value], from: usize, count: usize) -> Value {
    items
        .iter()
        .cycle()
        .skip(from)
        .take(count)
        .cloned()
        .collect()
}

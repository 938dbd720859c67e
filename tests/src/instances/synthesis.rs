//! Values for a schema, those first that are simplest and fullest.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::flat::Flat;
use super::{array, number, object, recursion, text};
use crate::document::Document;

/// Below this, only what must be there is there.
pub(super) const DEEPEST: usize = 4;

/// Below this there is nothing: what must be there has no end.
const BOTTOM: usize = 24;

/// The guesses so far, by schema and depth: schemas that need each other several times would be guessed
/// as often as there are ways through them.
#[derive(Default)]
pub(super) struct Guesses(RefCell<HashMap<(String, usize), Vec<Value>>>);

/// Makes values for the schemas of a document.
#[derive(Clone, Copy)]
pub(super) struct Synthesizer<'d> {
    pub(super) document: &'d Document,
    guesses: &'d Guesses,
}

impl<'d> Synthesizer<'d> {
    pub(super) fn new(document: &'d Document, guesses: &'d Guesses) -> Self {
        Self { document, guesses }
    }

    /// Guesses for a schema.
    pub(super) fn instances(self, schema: &Value, is_valid: &dyn Fn(&Value) -> bool) -> Vec<Value> {
        let alternatives = Flat::alternatives(self.document, schema);
        let mut values = in_turn(
            alternatives
                .iter()
                .map(|flat| self.of_flat(flat, 0))
                .collect(),
        );
        for flat in alternatives
            .iter()
            .filter(|flat| flat.kinds().contains(&"object"))
        {
            values.extend(object::one_by_one(self, flat, is_valid));
        }
        values.extend(recursion::deep(self, schema));
        values
    }

    /// The schema's values with one that its enums do not list.
    pub(super) fn unlisted(self, schema: &Value) -> Vec<Value> {
        let alternatives = Flat::alternatives(self.document, schema);
        let mut values: Vec<Value> = unlisted(&alternatives).into_iter().collect();
        for flat in &alternatives {
            values.extend(object::with_unlisted(self, flat));
        }
        values
    }

    /// Guesses for a schema at some depth of a value: the deeper, the fewer.
    pub(super) fn candidates(self, schema: &Value, depth: usize) -> Vec<Value> {
        if depth > BOTTOM {
            return Vec::new();
        }
        let key = (schema.to_string(), depth);
        if let Some(values) = self.guesses.0.borrow().get(&key) {
            return values.clone();
        }
        let alternatives = Flat::alternatives(self.document, schema);
        let mut values = in_turn(
            alternatives
                .iter()
                .map(|flat| self.of_flat(flat, depth))
                .collect(),
        );
        if depth > DEEPEST {
            // Two values of its own kind in each value would fill the memory before the bottom.
            values.sort_by_key(size);
        }
        values.truncate(most(depth));
        self.guesses.0.borrow_mut().insert(key, values.clone());
        values
    }

    fn of_flat(self, flat: &Flat<'_>, depth: usize) -> Vec<Value> {
        if let Some(listed) = &flat.listed {
            return listed.clone();
        }
        let kinds = flat.kinds();
        let mut lists = Vec::new();
        if kinds.is_empty() {
            lists.push(anything());
        }
        for kind in kinds {
            lists.push(match kind {
                "object" => object::candidates(self, flat, depth),
                "array" => array::candidates(self, flat, depth),
                "string" => text::candidates(flat),
                "integer" => number::integers(flat),
                "number" => number::numbers(flat),
                "boolean" => vec![json!(false), json!(true)],
                _ => vec![Value::Null],
            });
        }
        let mut values = in_turn(lists);
        let shown = flat.examples.iter().map(|value| (*value).clone());
        let at = values.len().min(2);
        values.splice(at..at, shown);
        values
    }

    pub(super) fn is_deep(self, depth: usize) -> bool {
        depth >= DEEPEST
    }
}

/// The number of values in a value, with itself.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(elements) => elements.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

fn anything() -> Vec<Value> {
    let object = json!({"z": {"y": [1.0, null, "\u{0}"]}, "a": 9_007_199_254_740_993_u64});
    vec![
        json!("text"),
        object,
        json!([[], {}]),
        json!(-1),
        json!(0.25),
        json!(true),
        Value::Null,
    ]
}

/// How many values of a schema are tried at some depth. Every type of a document is at the top of
/// instances of its own.
pub(super) fn most(depth: usize) -> usize {
    match depth {
        0 => 200,
        1 => 48,
        2 => 6,
        _ => 2,
    }
}

/// How many objects are made of a schema's properties, and of how many optional ones.
pub(super) fn most_objects(depth: usize) -> (usize, usize) {
    match depth {
        0 => (most(0), usize::MAX),
        1 => (3, 60),
        2 => (2, 10),
        _ => (1, 3),
    }
}

/// The first of each list, then the second of each, and so on.
pub(super) fn in_turn(lists: Vec<Vec<Value>>) -> Vec<Value> {
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut values = Vec::new();
    loop {
        let before = values.len();
        values.extend(lists.iter_mut().filter_map(Iterator::next));
        if values.len() == before {
            return values;
        }
    }
}

/// A value of the type of those that are listed, if these alternatives are nothing but a list.
pub(super) fn unlisted(alternatives: &[Flat<'_>]) -> Option<Value> {
    let lists = alternatives.iter().map(|flat| flat.listed.as_deref());
    let lists: Vec<&[Value]> = lists.collect::<Option<_>>()?;
    let values: Vec<&Value> = lists
        .into_iter()
        .flatten()
        .filter(|value| !value.is_null())
        .collect();
    if values.is_empty() {
        None
    } else if values.iter().all(|value| value.is_string()) {
        Some(json!("a value that nobody lists"))
    } else if values.iter().all(|value| value.is_i64()) {
        Some(json!(987_654_321))
    } else {
        None
    }
}

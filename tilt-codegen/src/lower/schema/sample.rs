//! A valid value of a text, a number or a Boolean, as its schema says: for types that users' tests need values of.

mod pattern;

use std::collections::BTreeSet;

use serde_json::{Number, Value};

use crate::dialect::schema::Schema;
use crate::source::{Documents, Node};

/// The most schemas that are asked, along references and `allOf`.
const MOST: usize = 16;

/// The longest text that is taken for a sample, in bytes.
const LONGEST: usize = 200;

/// A value that these schemas allow together, where it is not clear from its type alone.
pub(super) fn sample<'d>(
    documents: &'d Documents,
    nodes: impl IntoIterator<Item = Node<'d>>,
) -> Option<Value> {
    let all = gathered(documents, nodes);
    let constants = all.iter().filter_map(|schema| schema.constant);
    let listed = all.iter().filter_map(|schema| schema.enumeration);
    let listed: Vec<&Value> = listed.flatten().collect();
    let stated = all.iter().filter_map(|schema| schema.example);
    let defaults = all.iter().filter_map(|schema| schema.default);
    let fits = |value: &&Value| {
        is_short(value)
            && all.iter().all(|schema| is_within(schema, value))
            && (listed.is_empty() || listed.contains(value))
    };
    constants
        .filter(|value| is_short(value))
        .chain(stated.chain(defaults).filter(fits))
        .next()
        .cloned()
        .or_else(|| made(&all))
        .or_else(|| {
            let patterns = all.iter().filter_map(|it| it.constraints.pattern?.as_str());
            let text = Value::from(pattern::shortest(patterns.max()?, LONGEST)?);
            fits(&&text).then_some(text)
        })
}

/// True of a text that is an address, whole or relative.
pub(in crate::lower) fn is_link(text: &str) -> bool {
    text.contains("://") || text.starts_with(['/', '?'])
}

/// The depth to which a value is made.
const DEEPEST: usize = 8;

/// Bytes of JSON that an example may have.
const LONGEST_EXAMPLE: usize = 4_000;

/// A value of any schema: that which the document states, or an object of what is required, made of such.
pub(super) fn whole<'d>(documents: &'d Documents, node: Node<'d>) -> Option<Value> {
    made_whole(documents, node, DEEPEST)
}

fn made_whole<'d>(documents: &'d Documents, node: Node<'d>, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let all = gathered(documents, [node]);
    let stated = all
        .iter()
        .find_map(|it| it.constant.or(it.example).or(it.default));
    if let Some(stated) = stated.filter(|it| it.to_string().len() <= LONGEST_EXAMPLE) {
        return Some(stated.clone());
    }
    let required: BTreeSet<&str> = all
        .iter()
        .flat_map(|it| it.required.iter().copied())
        .collect();
    if required.is_empty() {
        return sample(documents, [node]);
    }
    let members = required.into_iter().map(|name| {
        let mut found = all.iter().flat_map(|it| it.properties.iter());
        let (_, node) = found.find(|(it, _)| **it == *name)?;
        Some((name.to_owned(), made_whole(documents, *node, depth)?))
    });
    members
        .collect::<Option<serde_json::Map<_, _>>>()
        .map(Value::Object)
}

fn gathered<'d>(
    documents: &'d Documents,
    nodes: impl IntoIterator<Item = Node<'d>>,
) -> Vec<Schema<'d>> {
    let mut pending: Vec<Node<'d>> = nodes.into_iter().collect();
    pending.reverse();
    let mut all = Vec::new();
    while let Some(node) = pending.pop() {
        if all.len() == MOST {
            break;
        }
        let schema = Schema::read(node);
        let reference = schema.reference;
        let target = reference.and_then(|it| documents.resolve(node, it).ok());
        pending.extend(schema.all_of.iter().rev().copied().chain(target));
        all.push(schema);
    }
    all
}

fn is_short(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= LONGEST,
        Value::Number(_) | Value::Bool(_) => true,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

/// Whether a value keeps within bounds. Examples of documents do not always.
fn is_within(schema: &Schema<'_>, value: &Value) -> bool {
    let bound = |it: Option<&Value>| it.and_then(Value::as_f64);
    let constraints = &schema.constraints;
    if let Value::String(text) = value {
        let length = text.chars().count() as f64;
        return bound(constraints.min_length).is_none_or(|least| length >= least)
            && bound(constraints.max_length).is_none_or(|most| length <= most);
    }
    let Some(number) = value.as_f64() else {
        return true;
    };
    let excluded = |it: Option<&Value>| bound(it) == Some(number);
    schema.minimum.is_none_or(|least| number >= least)
        && schema.maximum.is_none_or(|most| number <= most)
        && !excluded(constraints.exclusive_minimum)
        && !excluded(constraints.exclusive_maximum)
        && bound(constraints.multiple_of).is_none_or(|step| step <= 0.0 || number % step == 0.0)
}

/// A value made of constraints.
fn made(all: &[Schema<'_>]) -> Option<Value> {
    let format = all.iter().find_map(|schema| schema.format);
    let of_format = match format {
        Some("uri" | "url" | "iri") => Some("https://example.com"),
        Some("email" | "idn-email") => Some("user@example.com"),
        Some("hostname" | "idn-hostname") => Some("example.com"),
        Some("ipv4") => Some("192.0.2.1"),
        Some("ipv6") => Some("2001:db8::1"),
        _ => None,
    };
    if let Some(text) = of_format {
        return Some(text.into());
    }
    let lengths = all.iter().filter_map(|it| it.constraints.min_length);
    let least = lengths.filter_map(Value::as_u64).max().unwrap_or(0);
    if (1..=LONGEST as u64).contains(&least) && format.is_none() {
        return Some("a".repeat(usize::try_from(least).ok()?).into());
    }
    bounded(all)
}

/// The number next to zero within the bounds, where zero is not.
fn bounded(all: &[Schema<'_>]) -> Option<Value> {
    let steps = all.iter().filter_map(|it| it.constraints.multiple_of);
    let step = steps.filter_map(Value::as_f64).find(|step| *step > 0.0);
    let step = step.unwrap_or(1.0);
    let least = all.iter().filter_map(|it| it.minimum).reduce(f64::max);
    let most = all.iter().filter_map(|it| it.maximum).reduce(f64::min);
    let near = match (least, most) {
        (Some(least), _) if least >= 0.0 => (least / step).ceil() * step,
        (_, Some(most)) if most <= 0.0 => (most / step).floor() * step,
        _ => return None,
    };
    let away = if least.is_some_and(|least| least >= 0.0) {
        step
    } else {
        -step
    };
    let mut candidates = [near, near + away].into_iter().map(value);
    candidates.find_map(|value| {
        let value = value?;
        let fits = value != 0 && all.iter().all(|it| is_within(it, &value));
        fits.then_some(value)
    })
}

/// A number as it is written: whole ones without a fraction.
fn value(number: f64) -> Option<Value> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        return Some(Value::from(number as i64));
    }
    Number::from_f64(number).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Input, Limits};
    use serde_json::json;

    fn of(schema: Value) -> Option<Value> {
        let document = json!({"it": schema, "amount": {"type": "integer", "minimum": 5}});
        let input = Input::Bytes {
            name: "a.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        };
        let documents = Documents::load(input, &Limits::default()).expect("a valid document");
        let node = documents.at(documents.root().id, &"/it".to_owned().into())?;
        sample(&documents, [node])
    }

    #[test]
    fn what_the_document_says_counts_first_if_it_is_valid() {
        assert_eq!(
            of(json!({"example": "x", "default": "y"})),
            Some(json!("x"))
        );
        assert_eq!(
            of(json!({"example": "long", "maxLength": 3, "default": "y"})),
            Some(json!("y"))
        );
        assert_eq!(of(json!({"examples": [3, 4], "const": 5})), Some(json!(5)));
        assert_eq!(of(json!({"example": {"a": 1}})), None);
        assert_eq!(of(json!({"enum": ["a", "b"], "example": "c"})), None);
    }

    #[test]
    fn a_number_is_next_to_zero_within_its_bounds() {
        assert_eq!(of(json!({"type": "integer"})), None);
        assert_eq!(of(json!({"minimum": -3, "maximum": 4})), None);
        assert_eq!(of(json!({"exclusiveMinimum": 0})), Some(json!(1)));
        assert_eq!(
            of(json!({"minimum": 0, "exclusiveMinimum": true})),
            Some(json!(1))
        );
        assert_eq!(of(json!({"minimum": 7, "multipleOf": 5})), Some(json!(10)));
        assert_eq!(of(json!({"maximum": -2})), Some(json!(-2)));
        assert_eq!(of(json!({"$ref": "#/amount"})), Some(json!(5)));
        assert_eq!(
            of(json!({"allOf": [{"minimum": 2}, {"$ref": "#/amount"}]})),
            Some(json!(5))
        );
    }

    #[test]
    fn a_text_has_its_format_and_length() {
        assert_eq!(
            of(json!({"format": "email"})),
            Some(json!("user@example.com"))
        );
        assert_eq!(of(json!({"minLength": 3})), Some(json!("aaa")));
        assert_eq!(of(json!({"minLength": 100_000})), None);
    }
}

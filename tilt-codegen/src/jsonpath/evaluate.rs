//! Evaluation of queries, in the order of RFC 9535, within a number of steps.

use super::expression::Expression;
use super::{Comparison, Condition, Halt, Operand, Query, Segment, Selector, spend};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

/// One step of the way from the root to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

/// A step and the value that it leads to.
pub(crate) type Visited<'v> = (Step<'v>, &'v Value);

/// Calls `found` with the way to each value that a query selects; one that is selected twice comes
/// twice. The cost is taken from `steps`, and so is the cost that `found` gives back.
pub(crate) fn select<'v>(
    query: &Query,
    root: &'v Value,
    steps: &mut usize,
    found: &mut dyn FnMut(&[Visited<'v>]) -> usize,
) -> Result<(), Halt> {
    let mut evaluation = Evaluation {
        root,
        steps,
        expressions: HashMap::new(),
    };
    evaluation.each(query, root, &mut |evaluation, way| {
        let cost = found(way);
        evaluation.spend(cost)
    })
}

struct Evaluation<'v, 's> {
    root: &'v Value,
    steps: &'s mut usize,
    /// By whether they match the whole text, and their own text. `None`: not a regular expression.
    expressions: HashMap<(bool, String), Option<Expression>>,
}

/// The caller's function for the way to each value.
type Found<'v, 's, 'f> =
    &'f mut dyn FnMut(&mut Evaluation<'v, 's>, &[Visited<'v>]) -> Result<(), Halt>;

impl<'v, 's> Evaluation<'v, 's> {
    fn spend(&mut self, steps: usize) -> Result<(), Halt> {
        spend(self.steps, steps)
    }

    fn each(
        &mut self,
        query: &Query,
        current: &'v Value,
        found: Found<'v, 's, '_>,
    ) -> Result<(), Halt> {
        let start = if query.from_root { self.root } else { current };
        self.walk(start, &query.segments, &mut Vec::new(), found)
    }

    /// Takes a value on along the segments: deep before wide, which gives the order of the lists of
    /// RFC 9535 without making any. Each segment leads into the value, so it does not call itself
    /// deeper than values nest.
    fn walk(
        &mut self,
        at: &'v Value,
        segments: &[Segment],
        way: &mut Vec<Visited<'v>>,
        found: Found<'v, 's, '_>,
    ) -> Result<(), Halt> {
        self.spend(1)?;
        let Some((segment, rest)) = segments.split_first() else {
            return found(self, way);
        };
        for selector in &segment.selectors {
            self.children(at, selector, rest, way, found)?;
        }
        if segment.descends {
            for location in children_of(at) {
                way.push(location);
                self.walk(location.1, segments, way, found)?;
                way.pop();
            }
        }
        Ok(())
    }

    fn children(
        &mut self,
        at: &'v Value,
        selector: &Selector,
        rest: &[Segment],
        way: &mut Vec<Visited<'v>>,
        found: Found<'v, 's, '_>,
    ) -> Result<(), Halt> {
        let mut go = |this: &mut Self, location: Visited<'v>| {
            way.push(location);
            this.walk(location.1, rest, way, found)?;
            way.pop();
            Ok(())
        };
        self.spend(1)?;
        match selector {
            Selector::Name(name) => {
                self.spend(name.len() / 16)?;
                let member = at
                    .as_object()
                    .and_then(|members| members.get_key_value(name));
                if let Some((key, value)) = member {
                    go(self, (Step::Key(key), value))?;
                }
            }
            Selector::Index(index) => {
                let elements = at.as_array().map(Vec::as_slice).unwrap_or_default();
                let index = from_either_end(*index, elements.len());
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                if let Some(value) = elements.get(index) {
                    go(self, (Step::Index(index), value))?;
                }
            }
            Selector::Slice { start, end, step } => {
                let elements = at.as_array().map(Vec::as_slice).unwrap_or_default();
                for index in slice(elements.len(), *start, *end, *step) {
                    if let Some(value) = elements.get(index) {
                        go(self, (Step::Index(index), value))?;
                    }
                }
            }
            Selector::Wildcard => {
                for location in children_of(at) {
                    go(self, location)?;
                }
            }
            Selector::Filter(condition) => {
                for location in children_of(at) {
                    if self.holds(condition, location.1)? {
                        go(self, location)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn holds(&mut self, condition: &Condition, current: &'v Value) -> Result<bool, Halt> {
        self.spend(1)?;
        match condition {
            Condition::Any(all) => {
                for condition in all {
                    if self.holds(condition, current)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::All(all) => {
                for condition in all {
                    if !self.holds(condition, current)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(condition) => Ok(!self.holds(condition, current)?),
            Condition::Exists(query) => {
                match self.each(query, current, &mut |_, _| Err(Halt::Known)) {
                    Err(Halt::Known) => Ok(true),
                    other => other.map(|()| false),
                }
            }
            Condition::Compare(left, comparison, right) => {
                let left = self.operand(left, current)?;
                let right = self.operand(right, current)?;
                self.compare(left.as_deref(), *comparison, right.as_deref())
            }
            Condition::Matches {
                whole,
                text,
                pattern,
            } => {
                let text = self.operand(text, current)?;
                let pattern = self.operand(pattern, current)?;
                let text = text.as_deref().and_then(Value::as_str);
                match (text, pattern.as_deref().and_then(Value::as_str)) {
                    (Some(text), Some(pattern)) => self.matches(*whole, text, pattern),
                    _ => Ok(false),
                }
            }
        }
    }

    /// A value, or nothing.
    fn operand<'o>(
        &mut self,
        operand: &'o Operand,
        current: &'v Value,
    ) -> Result<Option<Cow<'o, Value>>, Halt>
    where
        'v: 'o,
    {
        self.spend(1)?;
        Ok(match operand {
            Operand::Literal(value) => Some(Cow::Borrowed(value)),
            Operand::Query(query) | Operand::Value(query) => {
                self.only(query, current)?.map(Cow::Borrowed)
            }
            Operand::Length(operand) => {
                let value = self.operand(operand, current)?;
                let length = match value.as_deref() {
                    Some(Value::String(text)) => {
                        self.spend(text.len() / 16)?;
                        Some(text.chars().count())
                    }
                    Some(Value::Array(elements)) => Some(elements.len()),
                    Some(Value::Object(members)) => Some(members.len()),
                    _ => None,
                };
                length.map(|length| Cow::Owned(length.into()))
            }
            Operand::Count(query) => {
                let mut count = 0_usize;
                self.each(query, current, &mut |_, _| {
                    count += 1;
                    Ok(())
                })?;
                Some(Cow::Owned(count.into()))
            }
        })
    }

    /// The value that a query selects, where it is one.
    fn only(&mut self, query: &Query, current: &'v Value) -> Result<Option<&'v Value>, Halt> {
        let start = if query.from_root { self.root } else { current };
        let mut first = None;
        let result = self.each(query, current, &mut |_, way| {
            if first.is_some() {
                return Err(Halt::Known);
            }
            first = Some(way.last().map_or(start, |(_, value)| *value));
            Ok(())
        });
        match result {
            Err(Halt::Known) => Ok(None),
            other => other.map(|()| first),
        }
    }

    fn compare(
        &mut self,
        left: Option<&Value>,
        comparison: Comparison,
        right: Option<&Value>,
    ) -> Result<bool, Halt> {
        let equal = match (left, right) {
            (Some(left), Some(right)) => self.equal(left, right)?,
            (None, None) => true,
            _ => false,
        };
        let order = match (left, right) {
            (Some(Value::Number(left)), Some(Value::Number(right))) => {
                left.as_f64().partial_cmp(&right.as_f64())
            }
            (Some(Value::String(left)), Some(Value::String(right))) => {
                self.spend(left.len().min(right.len()) / 16)?;
                Some(left.cmp(right))
            }
            _ => None,
        };
        Ok(match comparison {
            Comparison::Equal => equal,
            Comparison::NotEqual => !equal,
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::Greater => order == Some(Ordering::Greater),
            Comparison::LessOrEqual => equal || order == Some(Ordering::Less),
            Comparison::GreaterOrEqual => equal || order == Some(Ordering::Greater),
        })
    }

    /// It calls itself, as deep as values nest.
    fn equal(&mut self, left: &Value, right: &Value) -> Result<bool, Halt> {
        self.spend(1)?;
        match (left, right) {
            (Value::Number(left), Value::Number(right)) => {
                Ok(left == right || left.as_f64() == right.as_f64())
            }
            (Value::String(left), Value::String(right)) => {
                self.spend(left.len().min(right.len()) / 16)?;
                Ok(left == right)
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                for (left, right) in left.iter().zip(right) {
                    if !self.equal(left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Object(left), Value::Object(right)) if left.len() == right.len() => {
                for (key, left) in left {
                    self.spend(MEMBER + key.len() / 16)?;
                    let Some(right) = right.get(key) else {
                        return Ok(false);
                    };
                    if !self.equal(left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Array(_) | Value::Object(_), _) => Ok(false),
            (left, right) => Ok(left == right),
        }
    }

    fn matches(&mut self, whole: bool, text: &str, pattern: &str) -> Result<bool, Halt> {
        self.spend(1 + pattern.len() / 16)?;
        let key = (whole, pattern.to_owned());
        if !self.expressions.contains_key(&key) {
            if self.expressions.len() >= MOST_EXPRESSIONS {
                self.expressions.clear();
            }
            let expression = Expression::new(whole, pattern, self.steps)?;
            self.expressions.insert(key.clone(), expression);
        }
        match self.expressions.get_mut(&key) {
            Some(Some(expression)) => expression.is_match(text, self.steps),
            _ => Ok(false),
        }
    }
}

/// Steps for finding a member by its name in an object that is compared: it may have very many.
const MEMBER: usize = 4;

/// Expressions that are kept for the next value; beyond, they are made again, and paid for again.
const MOST_EXPRESSIONS: usize = 32;

fn children_of<'v>(value: &'v Value) -> Box<dyn Iterator<Item = Visited<'v>> + 'v> {
    match value {
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            Box::new(elements.map(|(index, value)| (Step::Index(index), value)))
        }
        Value::Object(members) => Box::new(
            members
                .iter()
                .map(|(key, value)| (Step::Key(key.as_str()), value)),
        ),
        _ => Box::new(std::iter::empty()),
    }
}

fn from_either_end(index: i64, length: usize) -> i64 {
    match index < 0 {
        true => index + length as i64,
        false => index,
    }
}

/// The indexes of a slice (RFC 9535, 2.3.4.2.2).
fn slice(
    length: usize,
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
) -> Box<dyn Iterator<Item = usize>> {
    let count = length as i64;
    let bound = |stated: Option<i64>, otherwise: i64, low: i64, high: i64| match stated {
        Some(stated) => from_either_end(stated, length).clamp(low, high),
        None => otherwise,
    };
    let stride = usize::try_from(step.unsigned_abs()).unwrap_or(usize::MAX);
    match step {
        0 => Box::new(std::iter::empty()),
        1.. => {
            let start = bound(start, 0, 0, count);
            let end = bound(end, count, 0, count);
            Box::new((start..end).step_by(stride).map(|index| index as usize))
        }
        _ => {
            let start = bound(start, count - 1, -1, count - 1);
            let end = bound(end, -1, -1, count - 1);
            let down = (end + 1..=start).rev().step_by(stride);
            Box::new(down.map(|index| index as usize))
        }
    }
}

//! Values that are valid by one document and not by another: made for both, and searched for around those.

use super::messages::{described, pointer};
use crate::drift::Direction;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tilt_tests::document::{Document, OneOf, Validator};
use tilt_tests::instances::Instances;

/// The values that speak for a change.
#[derive(Debug, Default)]
pub(super) struct Witnesses {
    /// Valid before, and not any more.
    pub(super) lost: Option<Value>,
    /// Valid now, and not before.
    pub(super) won: Option<Value>,
    /// How many values were judged.
    pub(super) judged: usize,
}

/// So many values of each document are made.
const MADE: usize = 12;

/// So many of them are changed in every place, the fullest first.
const CHANGED: usize = 5;

/// So many places of a value.
const PLACES: usize = 300;

struct Side {
    document: Document,
    validator: Validator,
    at: &'static str,
}

impl Side {
    fn of(described: &Value, way: Direction) -> Result<Side, String> {
        let at = pointer(way);
        let document = Document::new(described, OneOf::Exactly);
        let validator = document.validator([at]).map_err(|it| it.to_string())?;
        Ok(Side {
            document,
            validator,
            at,
        })
    }

    fn made(&self) -> Result<Vec<Value>, String> {
        let instances = Instances::new(&self.document, [self.at].into());
        let instances = instances.map_err(|it| it.to_string())?;
        let made = instances.of(&[self.at], MADE).into_iter();
        Ok(made.map(|it| it.value).collect())
    }
}

/// The messages to search among.
pub(super) struct Search<'s> {
    pub(super) way: Direction,
    /// Operations and events; all, where one of the documents has none of these.
    pub(super) only: &'s [&'s str],
    /// Where a change is.
    pub(super) address: String,
    /// So many values are judged.
    pub(super) most: usize,
}

/// Searches for values on which two documents disagree; nothing, where no message of theirs travels so.
pub(super) fn search(
    old: &Value,
    new: &Value,
    search: &Search<'_>,
) -> Result<Option<Witnesses>, String> {
    let Search {
        way,
        only,
        address,
        most,
    } = search;
    let telling = Telling::of(old, new, address);
    let part = component(address).filter(|it| [old, new].iter().all(|of| of.pointer(it).is_some()));
    let part = part.as_deref();
    let pair = |only| [described(old, only, part), described(new, only, part)];
    let mut both = pair(only);
    if both.iter().any(|(_, ways)| !ways.contains(way)) {
        both = pair(&[]);
    }
    if both.iter().all(|(_, ways)| !ways.contains(way)) {
        return Ok(None);
    }
    let [(was, _), (is, _)] = both;
    let mut unlimited = was.clone();
    relax(&mut unlimited);
    let (old, new) = (Side::of(&was, *way)?, Side::of(&is, *way)?);
    let mut witnesses = Witnesses::default();
    let made = [
        old.made()?,
        new.made()?,
        Side::of(&unlimited, *way)?.made()?,
    ];
    for value in made.iter().flatten() {
        witnesses.judge(&old, &new, value);
    }
    for value in made.iter().flat_map(|of| fullest(of)) {
        around(value, &telling, &mut |changed| {
            let is_wanted = witnesses.of(*way).is_none() && witnesses.judged < *most;
            if is_wanted {
                witnesses.judge(&old, &new, changed);
            }
            is_wanted
        });
    }
    Ok(Some(witnesses))
}

impl Witnesses {
    /// The value that shows harm to what travels so.
    pub(super) fn of(&self, way: Direction) -> Option<&Value> {
        match way {
            Direction::Request => self.lost.as_ref(),
            Direction::Answer | Direction::Event => self.won.as_ref(),
        }
    }

    fn judge(&mut self, old: &Side, new: &Side, value: &Value) {
        self.judged += 1;
        let is = |side: &Side| side.validator.is_valid(side.at, value);
        match (is(old), is(new)) {
            (true, false) if self.lost.is_none() => self.lost = Some(value.clone()),
            (false, true) if self.won.is_none() => self.won = Some(value.clone()),
            _ => {}
        }
    }
}

fn fullest(values: &[Value]) -> impl Iterator<Item = &Value> {
    let mut sorted: Vec<&Value> = values.iter().collect();
    // The part that changed, by itself, before messages.
    let order = |value: &Value| (value.get("part").is_some(), pointers(value).len());
    sorted.sort_by_key(|value| std::cmp::Reverse(order(value)));
    sorted.into_iter().take(CHANGED)
}

/// The pointers of all values in a value.
fn pointers(value: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = all.get(next).cloned() {
        next += 1;
        match value.pointer(&pointer) {
            Some(Value::Object(members)) => {
                let names = members.keys().map(|name| crate::place::escape(name));
                all.extend(names.map(|name| format!("{pointer}/{name}")));
            }
            Some(Value::Array(items)) => {
                all.extend((0..items.len().min(3)).map(|at| format!("{pointer}/{at}")));
            }
            _ => {}
        }
    }
    all
}

/// The pointer of the named schema that an address is in.
fn component(address: &str) -> Option<String> {
    let name = address
        .strip_prefix("/components/schemas/")?
        .split('/')
        .next()?;
    Some(format!("/components/schemas/{name}"))
}

/// Takes limits out of all schemas, since values at large limits are not made.
fn relax(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let is_limit = |key: &str, it: &Value| {
                it.is_number() && (key.starts_with("min") || key.starts_with("max"))
            };
            members.retain(|key, it| !is_limit(key, it));
            members.values_mut().for_each(relax);
        }
        Value::Array(items) => items.iter_mut().for_each(relax),
        _ => {}
    }
}

/// All that is written in one of two documents and not in the other: the bounds, names and values that a change is about.
#[derive(Debug, Default)]
struct Telling {
    numbers: Vec<i64>,
    texts: Vec<String>,
    /// Names of properties and parameters on the way to it, the nearest first.
    names: Vec<String>,
}

impl Telling {
    fn of(old: &Value, new: &Value, address: &str) -> Telling {
        let (mut was, mut is) = (BTreeMap::new(), BTreeMap::new());
        count(old, &mut was);
        count(new, &mut is);
        let differing = was
            .iter()
            .chain(&is)
            .filter(|(text, _)| was.get(*text) != is.get(*text));
        let names = address
            .split('/')
            .rev()
            .map(|it| crate::place::unescape(it).into_owned());
        let mut telling = Telling {
            names: names.collect(),
            ..Telling::default()
        };
        for (text, _) in differing {
            match text.parse::<f64>() {
                Ok(number) => telling.numbers.push(number as i64),
                Err(_) => telling.texts.push(text.clone()),
            }
        }
        telling.numbers.dedup();
        telling.texts.dedup();
        telling.numbers.truncate(MOST_TELLING);
        telling.texts.truncate(MOST_TELLING);
        telling
    }
}

/// So many numbers, and so many texts, tell of a change.
const MOST_TELLING: usize = 12;

/// How often each name and scalar is there.
fn count(value: &Value, counts: &mut BTreeMap<String, usize>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                *counts.entry(name.clone()).or_default() += 1;
                count(value, counts);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| count(it, counts)),
        Value::String(text) => *counts.entry(text.clone()).or_default() += 1,
        Value::Number(number) => *counts.entry(number.to_string()).or_default() += 1,
        Value::Bool(_) | Value::Null => {}
    }
}

/// Gives all values that differ from one in one place, as long as they are wanted.
fn around(value: &Value, telling: &Telling, wanted: &mut impl FnMut(&Value) -> bool) {
    let mut all = pointers(value);
    // First those that bear the names of what changed, then those further inside.
    all.reverse();
    all.sort_by_key(|pointer| {
        let mut names = telling.names.iter();
        let ends = |name: &String| pointer.split('/').rev().take(2).any(|it| it == name);
        names.position(ends).unwrap_or(usize::MAX)
    });
    for pointer in all.iter().take(PLACES) {
        let Some(here) = value.pointer(pointer) else {
            continue;
        };
        for other in others(here).into_iter().chain(told(here, telling)) {
            let mut changed = value.clone();
            if let Some(place) = changed.pointer_mut(pointer) {
                *place = other;
            }
            if !wanted(&changed) {
                return;
            }
        }
    }
}

/// Values that could stand in another's place.
fn others(value: &Value) -> Vec<Value> {
    let mut all = vec![
        json!(null),
        json!("b"),
        json!(1),
        json!(true),
        json!([]),
        json!({}),
    ];
    match value {
        Value::String(text) => {
            let mut shorter = text.clone();
            shorter.pop();
            all.extend([
                json!(shorter),
                json!(format!("{text}x")),
                json!(""),
                json!("x".repeat(999)),
            ]);
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            let near = [-1.0, -0.5, 0.5, 1.0, 2.0].map(|step| number + step);
            for near in near.into_iter().chain([-1e6, 1e6]) {
                all.push(match near.fract() == 0.0 {
                    true => json!(near as i64),
                    false => json!(near),
                });
            }
        }
        Value::Array(items) => {
            let mut fewer = items.clone();
            fewer.pop();
            all.push(fewer.into());
            for more in [items.first().cloned(), Some(json!("x")), Some(json!({}))] {
                let mut longer = items.clone();
                longer.extend(more);
                all.push(longer.into());
            }
        }
        Value::Object(members) => {
            for name in members.keys() {
                let mut fewer = members.clone();
                fewer.shift_remove(name);
                all.push(fewer.into());
            }
            for name in ["extra", "x", "a", "b"] {
                for more in [json!("x"), json!(1)] {
                    let mut larger = members.clone();
                    larger.insert(name.to_owned(), more);
                    all.push(larger.into());
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
    all
}

/// Values that could stand in another's place, made of what a change is about.
fn told(value: &Value, telling: &Telling) -> Vec<Value> {
    let mut all: Vec<Value> = telling.texts.iter().map(|text| json!(text)).collect();
    let near = telling.numbers.iter().flat_map(|it| [it - 1, *it, it + 1]);
    let sizes = near
        .clone()
        .filter(|it| (0..5_000).contains(it))
        .map(|it| it as usize);
    match value {
        Value::String(_) => all.extend(sizes.map(|size| json!("x".repeat(size)))),
        Value::Number(_) => all.extend(near.flat_map(|it| [json!(it), json!(it as f64 + 0.5)])),
        Value::Array(items) => {
            let first = items.first().cloned().unwrap_or(json!("x"));
            all.extend(sizes.map(|size| vec![first.clone(); size].into()));
        }
        Value::Object(members) => {
            all.extend(sizes.clone().map(|size| {
                let more = (0..).map(|at| (format!("x{at}"), json!("x")));
                let all = members.clone().into_iter().chain(more);
                all.take(size).collect::<serde_json::Map<_, _>>().into()
            }));
            // The part that changed may be too deep inside of the values that were made.
            for name in telling.names.iter().take(2) {
                for size in sizes.clone() {
                    for more in [json!("x".repeat(size)), json!(size)] {
                        let mut larger = members.clone();
                        larger.insert(name.clone(), more);
                        all.push(larger.into());
                    }
                }
            }
            for name in &telling.texts {
                for more in [json!("x"), json!(1), json!(true), json!({})] {
                    let mut larger = members.clone();
                    larger.insert(name.clone(), more);
                    all.push(larger.into());
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
    all
}

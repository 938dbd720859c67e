//! A value against the constraints of a schema.
//!
//! Nothing is refused that a validator of JSON Schema would take. The other way round, a value passes clients that the
//! document does not know: another type, a value that is not listed, none of the alternatives.

use super::violation::Violation;
use crate::constraints::{Alternative, Bound, Decimal, Kind, Range, Schema};
use crate::data::tree::Tree;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt::Write as _;

/// How many schemas are held against the values of one body. Alternatives that contain themselves could double the
/// work at each level; what is left when the steps are used up is not checked.
const STEPS: usize = 1_000_000;

/// How many schemas may speak about one value by references, which could go in a circle, and how deep values nest.
const MAX_DEPTH: usize = 256;

/// More violations than this tell nobody more.
const MOST: usize = 1_000;

/// So many values that are expected are named.
const LISTED: usize = 20;

/// A value that is being checked.
pub(super) struct Check<'c> {
    parameter: &'c str,
    steps: usize,
    depth: usize,
    /// JSON pointer of the value.
    pointer: String,
    found: Vec<Violation>,
    /// Null removes a property here, whatever its schema says.
    removes: bool,
}

impl<'c> Check<'c> {
    /// The constraints of a schema that a value breaks.
    pub(super) fn of(parameter: &'c str, schema: &Schema, value: &Tree) -> Vec<Violation> {
        Self::checked(parameter, schema, value, false)
    }

    /// The same of a merge patch (RFC 7396).
    pub(super) fn of_patch(parameter: &'c str, schema: &Schema, value: &Tree) -> Vec<Violation> {
        Self::checked(parameter, schema, value, true)
    }

    fn checked(parameter: &'c str, schema: &Schema, value: &Tree, removes: bool) -> Vec<Violation> {
        let mut check = Check {
            parameter,
            steps: STEPS,
            depth: 0,
            pointer: String::new(),
            found: Vec::new(),
            removes,
        };
        check.schema(schema, value);
        check.found
    }

    fn schema(&mut self, schema: &Schema, value: &Tree) {
        if self.steps == 0 || self.depth == MAX_DEPTH || self.found.len() >= MOST {
            return;
        }
        if schema.nullable && *value == Tree::Null {
            return;
        }
        self.steps -= 1;
        self.depth += 1;
        if let Some(refers) = schema.refers {
            self.schema(refers.schema(), value);
        }
        self.own_kind(schema, value);
        match value {
            Tree::Text(text) => self.text(schema, text),
            Tree::Number(number) => self.number(schema, number),
            Tree::List(elements) => self.list(schema, elements),
            Tree::Object(members) => self.object(schema, members),
            Tree::Null | Tree::Bool(_) | Tree::Bytes(_) | Tree::File(_) => {}
        }
        for part in &schema.all_of {
            self.schema(part, value);
        }
        if !schema.any_of.is_empty() {
            self.alternatives(&schema.any_of, value);
        }
        self.depth -= 1;
    }

    fn add(&mut self, found: impl Into<String>, expected: impl Into<String>) {
        self.found.push(Violation {
            parameter: self.parameter.to_owned(),
            pointer: self.pointer.clone(),
            found: found.into(),
            expected: expected.into(),
        });
    }

    /// Constraints of servers: clients have none of these, and send what they don't know.
    fn own_kind(&mut self, schema: &Schema, value: &Tree) {
        let types = &schema.types;
        if !types.is_empty() && !types.iter().any(|name| is_of_type(value, name)) {
            self.add("is of another type", types.join(" or "));
        } else if let Some(values) = &schema.values
            && !values.iter().any(|it| equals(value, it))
        {
            let shown = values.iter().take(LISTED).map(Value::to_string);
            let mut expected = shown.collect::<Vec<_>>().join(", ");
            if values.len() > LISTED {
                expected.push_str(", …");
            }
            self.add("is no documented value", expected);
        }
    }

    fn range(&mut self, range: Range, count: usize, [one, several]: [&str; 2]) {
        let count = count as u64;
        let is_less = range.least.is_some_and(|least| count < least);
        let is_more = range.most.is_some_and(|most| count > most);
        let expected = match (range.least, range.most) {
            (Some(least), Some(most)) if least == most => least.to_string(),
            (Some(least), _) if is_less => format!("at least {least}"),
            (_, Some(most)) if is_more => format!("at most {most}"),
            _ => return,
        };
        if is_less || is_more {
            let noun = if count == 1 { one } else { several };
            self.add(format!("has {count} {noun}"), expected);
        }
    }

    /// The length is that in Unicode code points (JSON Schema Validation 2020-12, 6.3.1).
    fn text(&mut self, schema: &Schema, text: &str) {
        self.range(
            schema.length,
            text.chars().count(),
            ["character", "characters"],
        );
        if let Some(pattern) = &schema.pattern
            && !pattern.expression.is_match(text)
        {
            let expected = format!("a match of `{}`", pattern.stated);
            self.add("is a text of another form", expected);
        }
        if let Some(format) = schema.format
            && !format.may_be(text)
        {
            self.add("is a text of another format", format.expected());
        }
    }

    fn number(&mut self, schema: &Schema, number: &str) {
        if schema.bounds.is_empty() {
            return;
        }
        let Some(number) = Decimal::parse(number) else {
            return;
        };
        for (bound, limit, stated) in &schema.bounds {
            let (is_within, found, expected) = match bound {
                Bound::Minimum => (number >= *limit, "is less", "at least"),
                Bound::ExclusiveMinimum => (number > *limit, "is not", "greater than"),
                Bound::Maximum => (number <= *limit, "is greater", "at most"),
                Bound::ExclusiveMaximum => (number < *limit, "is not", "less than"),
                Bound::MultipleOf => {
                    let is_multiple = number.is_multiple_of(limit).unwrap_or(true);
                    (is_multiple, "is none", "a multiple of")
                }
            };
            if !is_within {
                self.add(found, format!("{expected} {stated}"));
            }
        }
    }

    fn list(&mut self, schema: &Schema, elements: &[Tree]) {
        self.range(schema.items, elements.len(), ["item", "items"]);
        if schema.unique {
            let mut met = HashSet::with_capacity(elements.len());
            let repeats = elements.iter().position(|it| !met.insert(canonical(it)));
            if let Some(index) = repeats {
                let found = format!("has item {index} twice");
                self.add(found, "no two items equal");
            }
        }
        // An array is put in place of another, and nothing in it is removed.
        let removes = std::mem::replace(&mut self.removes, false);
        for (index, element) in elements.iter().enumerate() {
            let of_element = schema.prefix.get(index).or(schema.element.as_deref());
            if let Some(of_element) = of_element {
                self.part(&index.to_string(), of_element, element);
            }
        }
        self.removes = removes;
    }

    fn object(&mut self, schema: &Schema, members: &[(String, Tree)]) {
        let has = |name: &str| members.iter().any(|(it, _)| it == name);
        self.range(
            schema.properties_count,
            members.len(),
            ["property", "properties"],
        );
        for name in schema.required.iter().filter(|name| !has(name)) {
            self.add("is incomplete", format!("`{name}` in it"));
        }
        let dependent = schema.dependent.iter().filter(|(name, _)| has(name));
        for (name, needed) in dependent {
            for needed in needed.iter().filter(|needed| !has(needed)) {
                let expected = format!("`{needed}` beside it");
                self.add(format!("has `{name}`"), expected);
            }
        }
        for (name, value) in members {
            let own = schema.properties.iter().find(|(it, _)| it == name);
            if own.is_none() && schema.closed {
                self.add(format!("has `{name}`"), "documented properties only");
            }
            let of_member = own.map(|(_, it)| it).or(schema.additional.as_deref());
            let is_removed = self.removes && *value == Tree::Null;
            if let Some(of_member) = of_member.filter(|_| !is_removed) {
                self.part(
                    &name.replace('~', "~0").replace('/', "~1"),
                    of_member,
                    value,
                );
            }
        }
    }

    fn part(&mut self, step: &str, schema: &Schema, value: &Tree) {
        let length = self.pointer.len();
        // Writing to a string does not fail.
        let _ = write!(self.pointer, "/{step}");
        self.schema(schema, value);
        self.pointer.truncate(length);
    }

    /// One of the alternatives that a value is taken for has to hold. A value that is taken for none is something that
    /// the document does not know.
    fn alternatives(&mut self, alternatives: &[Alternative], value: &Tree) {
        let before = self.found.len();
        let mut best: Option<Vec<Violation>> = None;
        for alternative in alternatives {
            if !self.is_meant(&alternative.schema, value, 0) {
                continue;
            }
            self.schema(&alternative.schema, value);
            let broken = self.found.split_off(before);
            if broken.is_empty() {
                return;
            }
            if best.as_ref().is_none_or(|best| broken.len() < best.len()) {
                best = Some(broken);
            }
        }
        match best {
            Some(_) if alternatives.iter().all(|it| it.only_requires) => {
                let sets = alternatives
                    .iter()
                    .map(|it| it.schema.required.join("` and `"));
                let expected = sets.collect::<Vec<_>>().join("`, or `");
                self.add("is incomplete", format!("`{expected}` in it"));
            }
            Some(broken) => self.found.extend(broken),
            None => {}
        }
    }

    /// Whether a value has the marks of an alternative.
    fn is_meant(&mut self, schema: &Schema, value: &Tree, depth: usize) -> bool {
        if self.steps == 0 || depth == MAX_DEPTH {
            return true;
        }
        self.steps -= 1;
        let mut parts = schema.all_of.iter();
        schema.kind.as_ref().is_none_or(|kind| is(value, kind))
            && schema
                .refers
                .is_none_or(|refers| self.is_meant(refers.schema(), value, depth + 1))
            && parts.all(|part| self.is_meant(part, value, depth + 1))
            && (schema.any_of.is_empty()
                || schema
                    .any_of
                    .iter()
                    .any(|it| self.is_meant(&it.schema, value, depth + 1)))
            && self.members_are_meant(schema, value)
    }

    fn members_are_meant(&mut self, schema: &Schema, value: &Tree) -> bool {
        let Tree::Object(members) = value else {
            return true;
        };
        let is_there = |value: &Tree| !self.removes || *value != Tree::Null;
        let mut members = members.iter().filter(|(_, value)| is_there(value));
        members.all(|(name, value)| {
            let own = schema.properties.iter().find(|(it, _)| it == name);
            own.and_then(|(_, it)| it.kind.as_ref())
                .is_none_or(|kind| is(value, kind))
        })
    }
}

/// Whether a value is of a kind.
fn is(value: &Tree, kind: &Kind) -> bool {
    let has = |name: &String| match value {
        Tree::Object(members) => members.iter().any(|(it, _)| it == name),
        _ => true,
    };
    let types = &kind.types;
    (types.is_empty() || types.iter().any(|name| is_of_type(value, name)))
        && kind
            .values
            .as_ref()
            .is_none_or(|values| values.iter().any(|it| equals(value, it)))
        && kind.required.iter().all(has)
}

fn is_of_type(value: &Tree, name: &str) -> bool {
    match value {
        Tree::Null => name == "null",
        Tree::Bool(_) => name == "boolean",
        Tree::Number(number) => match name {
            "number" => true,
            "integer" => Decimal::parse(number).is_none_or(|it| it.is_integer()),
            _ => false,
        },
        Tree::Text(_) | Tree::Bytes(_) | Tree::File(_) => name == "string",
        Tree::List(_) => name == "array",
        Tree::Object(_) => name == "object",
    }
}

fn equals(value: &Tree, listed: &Value) -> bool {
    match (value, listed) {
        (Tree::Text(text), Value::String(listed)) => text == listed,
        (Tree::Number(number), Value::Number(listed)) => {
            Decimal::parse(number) == Decimal::parse(&listed.to_string())
        }
        (Tree::Bool(value), Value::Bool(listed)) => value == listed,
        (Tree::Null, Value::Null) => true,
        // Nobody tells alternatives apart by what has parts.
        (Tree::List(_), Value::Array(_)) | (Tree::Object(_), Value::Object(_)) => true,
        _ => false,
    }
}

/// A value in the form in which it is equal to all that JSON Schema calls equal to it.
#[derive(PartialEq, Eq, Hash)]
enum Canonical<'v> {
    Null,
    Bool(bool),
    Number(Decimal),
    /// A number whose exponent has no end: equal to itself.
    Unreadable(&'v str),
    Text(&'v str),
    Bytes(&'v [u8]),
    File(Option<&'v str>, &'v [u8]),
    /// A file that is read while it is sent, by where it stands: equal to itself.
    Streamed(usize),
    List(Vec<Canonical<'v>>),
    Object(Vec<(&'v str, Canonical<'v>)>),
}

fn canonical(value: &Tree) -> Canonical<'_> {
    match value {
        Tree::Null => Canonical::Null,
        Tree::Bool(value) => Canonical::Bool(*value),
        Tree::Number(number) => match Decimal::parse(number) {
            Some(number) => Canonical::Number(number),
            None => Canonical::Unreadable(number),
        },
        Tree::Text(text) => Canonical::Text(text),
        Tree::Bytes(bytes) => Canonical::Bytes(bytes),
        Tree::File(file) => match file.data.as_bytes() {
            Some(bytes) => Canonical::File(file.file_name.as_deref(), bytes),
            None => Canonical::Streamed(std::ptr::from_ref(file).addr()),
        },
        Tree::List(elements) => Canonical::List(elements.iter().map(canonical).collect()),
        Tree::Object(members) => {
            let members = members.iter();
            let mut members: Vec<_> = members.map(|(name, it)| (&**name, canonical(it))).collect();
            members.sort_by_key(|(name, _)| *name);
            Canonical::Object(members)
        }
    }
}

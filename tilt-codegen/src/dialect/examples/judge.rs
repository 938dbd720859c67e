//! Values against the schemas that describe them, as far as that is certain: what is left out here, such as `not` and
//! `format`, is nothing that a value breaks.

use super::fault::{Fault, Misfit, Verdict};
use super::limits::{number, within};
use crate::dialect::equal::canonical;
use crate::dialect::schema::checked::expression;
use crate::dialect::schema::{Additional, JsonType, Schema};
use crate::source::{Documents, Format, Node, NodeKey};
use regex_lite::Regex;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Schemas that one value is held against: what alternatives inside each other multiply to is not judged to its end.
const STEPS: usize = 200_000;

/// Schemas inside each other at one value, as references that lead to themselves are.
const DEEPEST: usize = 500;

pub(super) struct Judge<'d> {
    documents: &'d Documents,
    schemas: HashMap<NodeKey, Rc<Schema<'d>>>,
    expressions: HashMap<&'d str, Option<Regex>>,
    steps: usize,
    depth: usize,
    /// Scalars are those of YAML, which has a text for each.
    is_yaml: bool,
}

impl<'d> Judge<'d> {
    pub(super) fn new(documents: &'d Documents) -> Self {
        Self {
            documents,
            schemas: HashMap::new(),
            expressions: HashMap::new(),
            steps: 0,
            depth: 0,
            is_yaml: false,
        }
    }

    /// The first way in which a value of a document breaks a schema.
    pub(super) fn misfit(&mut self, schema: Node<'d>, value: Node<'d>) -> Option<Misfit<'d, 'd>> {
        self.is_yaml = self.documents.get(value.document).format == Format::Yaml;
        self.steps = 0;
        self.one(schema, value.value).err()
    }

    /// Judges a value that stands in a text of JSON.
    pub(super) fn fits(&mut self, schema: Node<'d>, value: &Value) -> bool {
        self.is_yaml = false;
        self.steps = 0;
        self.one(schema, value).is_ok()
    }

    fn one<'v>(&mut self, node: Node<'d>, value: &'v Value) -> Verdict<'d, 'v> {
        self.steps += 1;
        if self.steps > STEPS || self.depth == DEEPEST {
            return Ok(());
        }
        self.depth += 1;
        let verdict = self.schema(node, value);
        self.depth -= 1;
        verdict
    }

    fn schema<'v>(&mut self, node: Node<'d>, value: &'v Value) -> Verdict<'d, 'v> {
        let schema = self.read(node);
        if value.is_null() && schema.nullable {
            return Ok(());
        }
        if let Some(reference) = schema.reference
            && let Ok(target) = self.documents.resolve(node, reference)
        {
            self.one(target, value)?;
        }
        let misfit = |fault| Err(Misfit { at: value, fault });
        if schema.boolean == Some(false) {
            return misfit(Fault::Nothing);
        }
        if !self.is_of(&schema, value) {
            return misfit(Fault::Type(schema.types, JsonType::of(value)));
        }
        self.listed(&schema, value)?;
        match value {
            Value::Number(_) => number(&schema, value)?,
            Value::String(text) => self.text(&schema, value, text)?,
            Value::Array(items) => self.array(&schema, value, items)?,
            Value::Object(members) => self.object(&schema, value, members)?,
            Value::Null | Value::Bool(_) => {}
        }
        for part in &schema.all_of {
            self.one(*part, value)?;
        }
        // One is enough: that no two of `oneOf` fit is nothing that readers and writers rely on.
        for (keyword, branches) in [("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
            self.alternatives(keyword, branches, value)?;
        }
        Ok(())
    }

    fn read(&mut self, node: Node<'d>) -> Rc<Schema<'d>> {
        let known = self.schemas.entry(node.key());
        Rc::clone(known.or_insert_with(|| Rc::new(Schema::read(node))))
    }

    fn is_of(&self, schema: &Schema<'d>, value: &Value) -> bool {
        let types = schema.types;
        types.is_empty()
            || types.has(JsonType::of(value))
            || match value {
                Value::Number(number) => {
                    let is_whole = || number.as_f64().is_some_and(|it| it.fract() == 0.0);
                    types.has(JsonType::Number)
                        || types.has(JsonType::Integer) && is_whole()
                        || self.is_yaml && types.has(JsonType::String)
                }
                Value::Bool(_) => self.is_yaml && types.has(JsonType::String),
                _ => false,
            }
    }

    /// `enum` and `const`.
    fn listed<'v>(&self, schema: &Schema<'d>, value: &'v Value) -> Verdict<'d, 'v> {
        let constant = schema.constant.map(std::slice::from_ref);
        for values in [constant, schema.enumeration].into_iter().flatten() {
            if !values.iter().any(|it| self.is_same(it, value)) {
                let fault = Fault::Value(values);
                return Err(Misfit { at: value, fault });
            }
        }
        Ok(())
    }

    fn is_same(&self, listed: &Value, value: &Value) -> bool {
        match (listed, value) {
            (Value::Number(one), Value::Number(other)) => {
                one == other || one.as_f64() == other.as_f64()
            }
            (Value::String(text), Value::Number(_) | Value::Bool(_))
            | (Value::Number(_) | Value::Bool(_), Value::String(text))
                if self.is_yaml =>
            {
                // The text of either may be another than it prints as.
                !text.is_empty()
            }
            _ => canonical(listed) == canonical(value),
        }
    }

    fn text<'v>(&mut self, schema: &Schema<'d>, value: &'v Value, text: &str) -> Verdict<'d, 'v> {
        let stated = &schema.constraints;
        let limits = [
            ("minLength", stated.min_length),
            ("maxLength", stated.max_length),
        ];
        within(value, limits, || text.chars().count() as u64)?;
        let pattern = stated.pattern.and_then(|it| Some((it, it.as_str()?)));
        if let Some((stated, pattern)) = pattern
            && self.matches(pattern, text) == Some(false)
        {
            let fault = Fault::Limit("pattern", stated);
            return Err(Misfit { at: value, fault });
        }
        Ok(())
    }

    /// `None`: the pattern is none that can be told here.
    fn matches(&mut self, pattern: &'d str, text: &str) -> Option<bool> {
        let known = self.expressions.entry(pattern);
        let expression = known
            .or_insert_with(|| expression::translate(pattern).and_then(|it| Regex::new(&it).ok()));
        expression.as_ref().map(|it| it.is_match(text))
    }

    fn array<'v>(
        &mut self,
        schema: &Schema<'d>,
        value: &'v Value,
        items: &'v [Value],
    ) -> Verdict<'d, 'v> {
        let stated = &schema.constraints;
        let limits = [
            ("minItems", stated.min_items),
            ("maxItems", stated.max_items),
        ];
        within(value, limits, || items.len() as u64)?;
        if let Some(unique) = stated.unique_items.filter(|it| **it == Value::Bool(true)) {
            let mut met = HashSet::new();
            if !items
                .iter()
                .all(|item| met.insert(canonical(item).to_string()))
            {
                let fault = Fault::Limit("uniqueItems", unique);
                return Err(Misfit { at: value, fault });
            }
        }
        for (index, item) in items.iter().enumerate() {
            let of_item = schema.prefix_items.get(index).or(schema.items.as_ref());
            if let Some(of_item) = of_item {
                self.one(*of_item, item)?;
            }
        }
        let most = schema.max_items.and_then(|it| usize::try_from(it).ok());
        if let Some(at) = most.and_then(|most| items.get(most)) {
            let fault = Fault::Nothing;
            return Err(Misfit { at, fault });
        }
        self.contained(schema, value, items)
    }

    /// `contains`, with its `minContains`.
    fn contained<'v>(
        &mut self,
        schema: &Schema<'d>,
        value: &'v Value,
        items: &'v [Value],
    ) -> Verdict<'d, 'v> {
        let Some(contained) = schema.node.get("contains") else {
            return Ok(());
        };
        let least = schema.node.get("minContains");
        let needed = least.map_or(Some(1), |it| it.value.as_u64());
        let found = items
            .iter()
            .filter(|item| self.one(contained, item).is_ok());
        if needed.is_some_and(|needed| (found.count() as u64) < needed) {
            let stated = least.unwrap_or(contained).value;
            let keyword = if least.is_some() {
                "minContains"
            } else {
                "contains"
            };
            let fault = Fault::Limit(keyword, stated);
            return Err(Misfit { at: value, fault });
        }
        Ok(())
    }

    fn object<'v>(
        &mut self,
        schema: &Schema<'d>,
        value: &'v Value,
        members: &'v Map<String, Value>,
    ) -> Verdict<'d, 'v> {
        let stated = &schema.constraints;
        let limits = [
            ("minProperties", stated.min_properties),
            ("maxProperties", stated.max_properties),
        ];
        within(value, limits, || members.len() as u64)?;
        for name in &schema.required {
            if !members.contains_key(*name) && !self.is_of_one_direction(schema, name) {
                let fault = Fault::Missing(name);
                return Err(Misfit { at: value, fault });
            }
        }
        for (name, member) in members {
            self.member(schema, name, member)?;
        }
        self.named(schema, value, members)?;
        self.dependent(schema, value, members)
    }

    /// `propertyNames`.
    fn named<'v>(
        &mut self,
        schema: &Schema<'d>,
        value: &'v Value,
        members: &'v Map<String, Value>,
    ) -> Verdict<'d, 'v> {
        let Some(names) = schema.node.get("propertyNames") else {
            return Ok(());
        };
        for name in members.keys() {
            if self.one(names, &Value::from(name.as_str())).is_err() {
                let fault = Fault::Name(name);
                return Err(Misfit { at: value, fault });
            }
        }
        Ok(())
    }

    /// `dependentRequired`, `dependentSchemas`, and `dependencies`, which was both until draft 7.
    fn dependent<'v>(
        &mut self,
        schema: &Schema<'d>,
        value: &'v Value,
        members: &'v Map<String, Value>,
    ) -> Verdict<'d, 'v> {
        let keywords = ["dependentRequired", "dependentSchemas", "dependencies"];
        let stated = keywords.into_iter().filter_map(|it| schema.node.get(it));
        let stated = stated.flat_map(|it| it.members());
        for (_, needed) in stated.filter(|(name, _)| members.contains_key(*name)) {
            if !needed.value.is_array() {
                self.one(needed, value)?;
                continue;
            }
            let mut names = needed.elements().filter_map(|it| it.as_str());
            if let Some(name) = names.find(|name| !members.contains_key(*name)) {
                let fault = Fault::Missing(name);
                return Err(Misfit { at: value, fault });
            }
        }
        Ok(())
    }

    fn member<'v>(
        &mut self,
        schema: &Schema<'d>,
        name: &'v str,
        member: &'v Value,
    ) -> Verdict<'d, 'v> {
        let properties = &schema.properties;
        let described = properties.binary_search_by(|(it, _)| (*it).cmp(name));
        if let Ok(at) = described {
            return self.one(properties[at].1, member);
        }
        let mut is_described = false;
        for (pattern, node) in &schema.pattern_properties {
            match self.matches(pattern, name) {
                Some(false) => {}
                Some(true) => {
                    is_described = true;
                    self.one(*node, member)?;
                }
                // It may be this pattern that speaks of the property.
                None => is_described = true,
            }
        }
        if is_described {
            return Ok(());
        }
        // Of what `unevaluatedProperties` leaves to other schemas, the reader knows all but parts and references.
        let has_parts = schema.reference.is_some() || !schema.all_of.is_empty();
        let rest = match has_parts {
            true => schema.additional,
            false => schema.others(),
        };
        match rest {
            Additional::Schema(node) => self.one(node, member),
            Additional::Forbidden => Err(Misfit {
                at: member,
                fault: Fault::Unexpected(name),
            }),
            Additional::Unspecified | Additional::Allowed => Ok(()),
        }
    }

    /// True of a property for requests or for answers alone: an example may be of either.
    fn is_of_one_direction(&mut self, schema: &Schema<'d>, name: &str) -> bool {
        let mut properties = schema.properties.iter();
        let Some((_, node)) = properties.find(|(it, _)| *it == name) else {
            return false;
        };
        let mut node = *node;
        for _ in 0..DEEPEST {
            let property = self.read(node);
            if property.read_only || property.write_only {
                return true;
            }
            let target = property.reference;
            match target.and_then(|it| self.documents.resolve(node, it).ok()) {
                Some(target) => node = target,
                None => break,
            }
        }
        false
    }

    fn alternatives<'v>(
        &mut self,
        keyword: &'static str,
        branches: &[Node<'d>],
        value: &'v Value,
    ) -> Verdict<'d, 'v> {
        let mut closest: Option<Misfit<'d, 'v>> = None;
        for branch in branches {
            let Err(misfit) = self.one(*branch, value) else {
                return Ok(());
            };
            // Of one alternative of the value's own type, what is wrong is what is meant.
            let is_close =
                !matches!(misfit.fault, Fault::Type(..)) || !std::ptr::eq(misfit.at, value);
            if is_close {
                let fault = Fault::Alternatives(keyword);
                closest = Some(closest.map_or(misfit, |_| Misfit { at: value, fault }));
            }
        }
        match branches.is_empty() {
            true => Ok(()),
            false => Err(closest.unwrap_or(Misfit {
                at: value,
                fault: Fault::Alternatives(keyword),
            })),
        }
    }
}

//! Constraints in the form of the runtime, without anything that is not checked.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use super::{Parts, Sent};
use crate::dialect::schema::checked::Checked;
use crate::identifier;
use crate::lower::extent;
use crate::model::Constraints;
use crate::source::NodeKey;

/// The marks by which alternatives are told apart: where they are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// In a schema and its properties.
    Whole,
    /// In a schema.
    Own,
    Nowhere,
}

impl Marks {
    fn of_properties(self) -> Self {
        match self {
            Self::Whole => Self::Own,
            Self::Own | Self::Nowhere => Self::Nowhere,
        }
    }
}

/// The side that holds requests against the constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// It may know less than the API, which lists more values and properties since.
    Client,
    /// It is the API: what its document does not list is refused.
    Server,
}

pub(super) struct Writer<'s, 'd> {
    schemas: &'s Schemas<'d>,
    by: By,
    names: HashMap<NodeKey, String>,
    taken: HashSet<String>,
    /// Whether the marks of alternatives are asked for, of each schema that is referred to.
    asked: HashMap<NodeKey, bool>,
    pending: VecDeque<NodeKey>,
    written: BTreeMap<String, Constraints>,
    /// The bytes that may still be written.
    left: usize,
}

impl<'s, 'd> Writer<'s, 'd> {
    pub(super) fn new(schemas: &'s Schemas<'d>, by: By, limit: usize) -> Self {
        let mut writer = Self {
            schemas,
            by,
            names: HashMap::new(),
            taken: HashSet::new(),
            asked: HashMap::new(),
            pending: VecDeque::new(),
            written: BTreeMap::new(),
            left: limit,
        };
        for (key, name) in schemas.names() {
            let name = writer.unique(name);
            writer.names.insert(*key, name);
        }
        writer
    }

    /// A name for a static variable.
    fn unique(&mut self, name: &str) -> String {
        let mut name = identifier::snake(name).to_uppercase();
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }

    /// The name of the constraints of an operation, if it has some.
    pub(super) fn operation(&mut self, call: &str, parts: &Parts<'d>) -> Option<String> {
        let mut references = Vec::new();
        let mut properties = Map::new();
        let is_held = |sent: Sent| self.by == By::Server || sent == Sent::Yes;
        let parts: Vec<_> = parts.iter().filter(|(_, sent, _)| is_held(*sent)).collect();
        for (part, _, schema) in parts {
            let schema = self.schema(schema, Marks::Nowhere, &mut references);
            properties.extend(schema.map(|schema| (part.clone(), schema)));
        }
        if properties.is_empty() {
            return None;
        }
        let name = self.unique(call);
        let schema = json!({ "properties": properties });
        self.write(name.clone(), schema, references);
        Some(name)
    }

    fn write(&mut self, name: String, schema: Value, references: Vec<NodeKey>) {
        let named = references.iter().filter_map(|key| self.names.get(key));
        let constraints = Constraints {
            name: name.clone(),
            schema,
            references: named.cloned().collect(),
        };
        let bytes = extent::constraints(&constraints);
        // Once there is no more, nothing is: the measure of the whole says so.
        self.left = self.left.saturating_sub(bytes);
        self.written.insert(name, constraints);
    }

    /// All constraints, sorted by name.
    pub(super) fn finish(mut self) -> Vec<Constraints> {
        while let Some(key) = self.pending.pop_front().filter(|_| self.left > 0) {
            let (Some(schema), Some(name)) = (self.schemas.get(&key), self.names.get(&key)) else {
                continue;
            };
            let marks = match self.asked.get(&key) {
                Some(true) => Marks::Whole,
                _ => Marks::Nowhere,
            };
            let name = name.clone();
            let mut references = Vec::new();
            let schema = self.schema(schema, marks, &mut references);
            self.write(name, schema.unwrap_or_else(|| json!({})), references);
        }
        self.written.into_values().collect()
    }

    /// The index of a schema that is referred to.
    fn reference(&mut self, key: NodeKey, marks: Marks, references: &mut Vec<NodeKey>) -> usize {
        let is_marked = marks == Marks::Whole;
        let before = self.asked.get(&key).copied();
        if before.is_none() || is_marked && before == Some(false) {
            self.asked.insert(key, is_marked);
            self.pending.push_back(key);
        }
        let known = references.iter().position(|it| *it == key);
        known.unwrap_or_else(|| {
            references.push(key);
            references.len() - 1
        })
    }

    /// All that there is to check of a schema.
    fn schema(
        &mut self,
        schema: &Checked<'d>,
        marks: Marks,
        references: &mut Vec<NodeKey>,
    ) -> Option<Value> {
        let schemas = self.schemas;
        if self.left == 0 || marks == Marks::Nowhere && !self.constrains(schema) {
            return None;
        }
        let mut object = Map::new();
        if let Some(target) = schemas.target(schema) {
            let constrains = schemas.get(&target).is_some_and(|it| self.constrains(it));
            if constrains || marks == Marks::Whole {
                let index = self.reference(target, marks, references);
                object.insert("$ref".to_owned(), json!(index));
            }
        }
        let marked = self.marks(schema, marks);
        put(&mut object, "is", marked);
        if self.by == By::Server {
            object.extend(self.known(schema));
        }
        // Those that are stated take the place of those that a format has.
        object.extend(schema.assertions.clone());
        let dependent = schema.dependent.iter().map(|(name, names)| {
            let names: Vec<_> = schemas.needed(names).collect();
            ((*name).to_owned(), names)
        });
        let dependent = dependent.filter(|(_, names)| !names.is_empty());
        let dependent = dependent
            .map(|(name, names)| (name, json!(names)))
            .collect();
        put(&mut object, "dependentRequired", dependent);
        self.members(schema, marks, references, &mut object);
        self.composition(schema, marks, references, &mut object);
        (!object.is_empty()).then_some(Value::Object(object))
    }

    /// Whether there is something in it to refuse a request for.
    fn constrains(&self, schema: &Checked<'d>) -> bool {
        self.by == By::Server || self.schemas.constrains(schema)
    }

    /// All that the document knows of values, which servers hold requests to.
    fn known(&self, schema: &Checked<'d>) -> Map<String, Value> {
        let mut known = Map::new();
        let mut state = |keyword: &str, value: Value| known.insert(keyword.to_owned(), value);
        if let Some(types) = schema.types() {
            state("type", types.clone());
        }
        if let Some(values) = &schema.values {
            state("enum", json!(values));
        }
        // Clients have types for these, which servers read as they come.
        let typed = ["date-time", "date", "time", "duration", "uuid"];
        if let Some(format) = schema.format.filter(|it| typed.contains(it)) {
            state("format", json!(format));
        }
        for (keyword, limit) in integer_bounds(schema) {
            state(keyword, json!(limit));
        }
        let required: Vec<_> = self.schemas.needed(&schema.required).collect();
        if !required.is_empty() {
            state("required", json!(required));
        }
        if schema.closed {
            state("closed", json!(true));
        }
        if schema.nullable {
            state("nullable", json!(true));
        }
        known
    }

    fn marks(&self, schema: &Checked<'d>, marks: Marks) -> Map<String, Value> {
        let mut marked = match marks {
            Marks::Whole | Marks::Own => schema.kind.clone(),
            Marks::Nowhere => Map::new(),
        };
        let required: Vec<_> = self.schemas.needed(&schema.required).collect();
        if marks == Marks::Whole && !required.is_empty() {
            marked.insert("required".to_owned(), json!(required));
        }
        marked
    }

    fn members(
        &mut self,
        schema: &Checked<'d>,
        marks: Marks,
        references: &mut Vec<NodeKey>,
        object: &mut Map<String, Value>,
    ) {
        let mut properties = Map::new();
        for (name, property) in &schema.properties {
            let property = self.schema(property, marks.of_properties(), references);
            properties.extend(property.map(|it| ((*name).to_owned(), it)));
        }
        let additional = schema.additional.as_deref();
        let additional = additional.and_then(|it| self.schema(it, Marks::Nowhere, references));
        // A property without constraints is not one of the others.
        if additional.is_some() || self.by == By::Server && schema.closed {
            for (name, _) in &schema.properties {
                properties.entry(*name).or_insert_with(|| json!({}));
            }
        }
        if let Some(additional) = additional {
            object.insert("additionalProperties".to_owned(), additional);
        }
        put(object, "properties", properties);
        let prefix = schema.prefix.iter();
        let prefix = prefix.map(|it| self.schema(it, Marks::Nowhere, references));
        let prefix: Vec<_> = prefix.collect();
        let items = schema.items.as_ref();
        let items = items.and_then(|it| self.schema(it, Marks::Nowhere, references));
        if items.is_some() || prefix.iter().any(Option::is_some) {
            // Positions count.
            let prefix = prefix.into_iter().map(|it| it.unwrap_or_else(|| json!({})));
            let prefix: Vec<_> = prefix.collect();
            if !prefix.is_empty() {
                object.insert("prefixItems".to_owned(), Value::Array(prefix));
            }
        }
        if let Some(items) = items {
            object.insert("items".to_owned(), items);
        }
    }

    fn composition(
        &mut self,
        schema: &Checked<'d>,
        marks: Marks,
        references: &mut Vec<NodeKey>,
        object: &mut Map<String, Value>,
    ) {
        let parts = schema.all_of.iter();
        let parts = parts.filter_map(|it| self.schema(it, marks, references));
        let mut all_of: Vec<Value> = parts.collect();
        let mut any_of = Vec::new();
        for alternatives in &schema.alternatives {
            let sets = self.schemas.requirements(alternatives);
            let written: Vec<Value> = match sets {
                Some(sets) => sets
                    .into_iter()
                    .map(|it| json!({ "required": it }))
                    .collect(),
                None if alternatives.iter().any(|it| self.constrains(it)) => {
                    // A server has no use for marks: it takes a value for no alternative that it does not fit.
                    let marks = match self.by {
                        By::Client => Marks::Whole,
                        By::Server => Marks::Nowhere,
                    };
                    let each = alternatives.iter();
                    let each = each.map(|it| self.schema(it, marks, references));
                    each.map(|it| it.unwrap_or_else(|| json!({}))).collect()
                }
                None => continue,
            };
            any_of.push(Value::Array(written));
        }
        if any_of.len() > 1 {
            let each = any_of.drain(1..);
            all_of.extend(each.map(|it| json!({ "anyOf": it })));
        }
        if !all_of.is_empty() {
            object.insert("allOf".to_owned(), Value::Array(all_of));
        }
        if let Some(any_of) = any_of.pop() {
            object.insert("anyOf".to_owned(), any_of);
        }
    }
}

/// The limits of integers of a format, which types see to where they are not one of several.
fn integer_bounds(schema: &Checked<'_>) -> Vec<(&'static str, i64)> {
    match schema.format {
        Some("int32") => vec![("minimum", i32::MIN.into()), ("maximum", i32::MAX.into())],
        Some("int64") => vec![("minimum", i64::MIN), ("maximum", i64::MAX)],
        _ => Vec::new(),
    }
}

fn put(object: &mut Map<String, Value>, keyword: &str, members: Map<String, Value>) {
    if !members.is_empty() {
        object.insert(keyword.to_owned(), Value::Object(members));
    }
}

//! A schema in JSON Schema 2020-12, as its document states it: the form that every validator reads.
//!
//! `nullable`, a Boolean `exclusiveMinimum`, `items` that is a list and values that are listed under
//! another type than they are written in become what they mean. Keywords come in one order, and members
//! of maps sorted: that of a document carries no meaning.

use serde_json::{Map, Value, json};

use super::{Additional, JsonType, Mapped, Schema};
use crate::source::Node;

/// Where schemas are defined that others refer to.
pub(crate) trait Definitions<'d> {
    /// The definition of a schema inside of another one, which is referred to in its place. `None`: it
    /// is written out.
    fn standing(&mut self, node: Node<'d>) -> Option<String>;

    /// The definition that a reference at a node leads to. `None`: it leads nowhere.
    fn referred(&mut self, node: Node<'d>, reference: &str) -> Option<String>;
}

/// How a definition of this name is referred to.
pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// The schema at a node, with all that it says.
pub(crate) fn standard<'d>(node: Node<'d>, definitions: &mut dyn Definitions<'d>) -> Value {
    let mut writer = Writer {
        definitions,
        annotated: true,
    };
    writer.schema(node)
}

/// The same, or the reference to it where it is a definition.
pub(crate) fn within<'d>(node: Node<'d>, definitions: &mut dyn Definitions<'d>) -> Value {
    match definitions.standing(node) {
        Some(name) => reference(&name),
        None => standard(node, definitions),
    }
}

/// The schema at a node with only what decides whether an instance is valid: for comparison.
pub(crate) fn assertions<'d>(node: Node<'d>, definitions: &mut dyn Definitions<'d>) -> Value {
    let mut writer = Writer {
        definitions,
        annotated: false,
    };
    writer.schema(node)
}

struct Writer<'w, 'd> {
    definitions: &'w mut dyn Definitions<'d>,
    annotated: bool,
}

impl<'d> Writer<'_, 'd> {
    fn schema(&mut self, node: Node<'d>) -> Value {
        let schema = Schema::read(node);
        if let Some(boolean) = schema.boolean {
            return Value::Bool(boolean);
        }
        let mut object = Map::new();
        if let Some(reference) = schema.reference
            && let Some(name) = self.definitions.referred(node, reference)
        {
            object.insert("$ref".to_owned(), Value::from(format!("#/$defs/{name}")));
        }
        values(&schema, &mut object);
        numbers(&schema, &mut object);
        texts_and_sizes(&schema, &mut object);
        self.members(&schema, &mut object);
        self.elements(&schema, &mut object);
        self.composition(&schema, &mut object);
        let mut object = allow_null(&schema, object);
        self.discriminator(&schema, &mut object);
        if self.annotated {
            object = annotate(&schema, object);
        }
        Value::Object(object)
    }

    /// A schema inside of another one.
    fn child(&mut self, node: Node<'d>) -> Value {
        match self.definitions.standing(node) {
            Some(name) => reference(&name),
            None => self.schema(node),
        }
    }

    fn children(&mut self, nodes: &[Node<'d>]) -> Option<Value> {
        let all = nodes.iter().map(|node| self.child(*node));
        (!nodes.is_empty()).then(|| all.collect())
    }

    fn named(&mut self, children: &[(&str, Node<'d>)]) -> Option<Value> {
        let all = children
            .iter()
            .map(|(name, node)| ((*name).to_owned(), self.child(*node)));
        (!children.is_empty()).then(|| Value::Object(all.collect()))
    }

    /// The schema under a keyword that has one.
    fn one(&mut self, node: Node<'d>, keyword: &str) -> Option<Value> {
        let child = node.get(keyword)?;
        (child.value.is_object() || child.value.is_boolean()).then(|| self.child(child))
    }

    fn members(&mut self, schema: &Schema<'d>, object: &mut Map<String, Value>) {
        let node = schema.node;
        let mut required = schema.required.clone();
        required.sort_unstable();
        required.dedup();
        let required = (!required.is_empty()).then(|| json!(required));
        let additional = match schema.additional {
            Additional::Unspecified | Additional::Allowed => None,
            Additional::Forbidden => Some(Value::Bool(false)),
            Additional::Schema(child) => Some(self.child(child)),
        };
        let (conditional, names) = dependencies(node);
        put(object, "properties", self.named(&schema.properties));
        put(object, "required", required);
        let patterns = self.named(&schema.pattern_properties);
        put(object, "patternProperties", patterns);
        put(object, "additionalProperties", additional);
        put(object, "propertyNames", self.one(node, "propertyNames"));
        put(object, "dependentSchemas", self.named(&conditional));
        put(object, "dependentRequired", names);
        let rest = self.one(node, "unevaluatedProperties");
        put(object, "unevaluatedProperties", rest);
    }

    fn elements(&mut self, schema: &Schema<'d>, object: &mut Map<String, Value>) {
        let node = schema.node;
        let mut items = node
            .get("items")
            .and(schema.items)
            .map(|items| self.child(items));
        if node
            .get("items")
            .is_some_and(|items| items.value.is_array())
        {
            items = self.one(node, "additionalItems");
        }
        put(object, "prefixItems", self.children(&schema.prefix_items));
        put(object, "items", items);
        put(object, "contains", self.one(node, "contains"));
        put(object, "minContains", count(raw(node, "minContains")));
        put(object, "maxContains", count(raw(node, "maxContains")));
        let rest = self.one(node, "unevaluatedItems");
        put(object, "unevaluatedItems", rest);
    }

    fn composition(&mut self, schema: &Schema<'d>, object: &mut Map<String, Value>) {
        for keyword in ["contentSchema", "not", "if", "then", "else"] {
            let child = self.one(schema.node, keyword);
            put(object, keyword, child);
        }
        put(object, "allOf", self.children(&schema.all_of));
        put(object, "anyOf", self.children(&schema.any_of));
        put(object, "oneOf", self.children(&schema.one_of));
    }

    /// OpenAPI's keyword, which validators pass over: its targets are definitions, too.
    fn discriminator(&mut self, schema: &Schema<'d>, object: &mut Map<String, Value>) {
        let Some(discriminator) = schema.discriminator.as_ref().filter(|_| self.annotated) else {
            return;
        };
        let mut mapping = Map::new();
        for Mapped { value, target, .. } in discriminator.mapping() {
            let by_name = || format!("#/components/schemas/{target}");
            let definitions = &mut *self.definitions;
            let name = definitions
                .referred(schema.node, target)
                .or_else(|| definitions.referred(schema.node, &by_name()));
            if let Some(name) = name {
                let target = Value::from(format!("#/$defs/{name}"));
                mapping.insert(value.to_owned(), target);
            }
        }
        let mut keyword = Map::new();
        put(
            &mut keyword,
            "propertyName",
            Some(json!(discriminator.property)),
        );
        let mapping = (!mapping.is_empty()).then_some(Value::Object(mapping));
        put(&mut keyword, "mapping", mapping);
        put(object, "discriminator", Some(Value::Object(keyword)));
    }
}

fn put(object: &mut Map<String, Value>, keyword: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(keyword.to_owned(), value);
    }
}

fn raw<'d>(node: Node<'d>, keyword: &str) -> Option<&'d Value> {
    node.get(keyword).map(|child| child.value)
}

/// A number of things, if it is one.
fn count(value: Option<&Value>) -> Option<Value> {
    value.filter(|value| value.is_u64()).cloned()
}

/// `type`, `const`, `enum`.
fn values(schema: &Schema<'_>, object: &mut Map<String, Value>) {
    let proper = schema.types.without(JsonType::Null);
    let lists_null = schema
        .enumeration
        .is_some_and(|values| values.contains(&Value::Null));
    let mut types = schema.types;
    if lists_null && !types.is_empty() {
        types.insert(JsonType::Null);
    }
    // Properties without a type describe objects, though the letter allows any text.
    let says_more = schema.enumeration.is_some() || schema.constant.is_some();
    if types.is_empty() && !schema.properties.is_empty() && !says_more {
        types = super::Types::only(JsonType::Object);
        if schema.nullable {
            types.insert(JsonType::Null);
        }
    }
    let mut names: Vec<&str> = types
        .without(JsonType::Null)
        .iter()
        .map(JsonType::name)
        .collect();
    if types.has(JsonType::Null) {
        names.push(JsonType::Null.name());
    }
    match names.as_slice() {
        [] => {}
        [name] => put(object, "type", Some(json!(name))),
        names => put(object, "type", Some(json!(names))),
    }
    put(object, "const", schema.constant.map(sorted));
    let mut kinds = proper.iter();
    let only = kinds.next().filter(|_| kinds.next().is_none());
    let listed = schema.enumeration.map(|values| {
        let meant = only.and_then(|kind| values.iter().map(|value| meant(kind, value)).collect());
        let mut values: Vec<Value> = meant.unwrap_or_else(|| values.iter().map(sorted).collect());
        if schema.nullable && !is_composed(schema) && !lists_null {
            values.push(Value::Null);
        }
        Value::Array(values)
    });
    put(object, "enum", listed);
}

/// A listed value as one of the type that is stated beside it. `None`: it is none of that type.
fn meant(kind: JsonType, value: &Value) -> Option<Value> {
    match (kind, value) {
        (_, Value::Null) => Some(Value::Null),
        (JsonType::String, Value::Bool(_) | Value::Number(_)) => {
            Some(Value::from(value.to_string()))
        }
        (JsonType::String, Value::String(_)) => Some(value.clone()),
        (_, Value::String(text)) => {
            let spelled: Value = serde_json::from_str(text).ok()?;
            let fits = match kind {
                JsonType::Integer => spelled.is_i64(),
                JsonType::Number => spelled.is_number(),
                JsonType::Boolean => spelled.is_boolean(),
                _ => false,
            };
            fits.then_some(spelled)
        }
        _ => None,
    }
}

/// Bounds: OpenAPI 3.0 says beside one whether it is exclusive.
fn numbers(schema: &Schema<'_>, object: &mut Map<String, Value>) {
    let constraints = &schema.constraints;
    for (bound, keyword, exclusive, exclusive_keyword) in [
        (
            constraints.minimum,
            "minimum",
            constraints.exclusive_minimum,
            "exclusiveMinimum",
        ),
        (
            constraints.maximum,
            "maximum",
            constraints.exclusive_maximum,
            "exclusiveMaximum",
        ),
    ] {
        let bound = bound.filter(|bound| bound.is_number()).cloned();
        if exclusive == Some(&Value::Bool(true)) {
            put(object, exclusive_keyword, bound);
        } else {
            put(object, keyword, bound);
            let exclusive = exclusive.filter(|bound| bound.is_number());
            put(object, exclusive_keyword, exclusive.cloned());
        }
    }
    let multiple = constraints.multiple_of;
    let multiple = multiple.filter(|number| number.as_f64().is_some_and(|number| number > 0.0));
    put(object, "multipleOf", multiple.cloned());
}

fn texts_and_sizes(schema: &Schema<'_>, object: &mut Map<String, Value>) {
    let constraints = &schema.constraints;
    let text = |value: Option<&Value>| value.filter(|value| value.is_string()).cloned();
    put(object, "format", schema.format.map(Value::from));
    put(
        object,
        "contentEncoding",
        schema.content_encoding.map(Value::from),
    );
    let media_type = raw(schema.node, "contentMediaType");
    put(object, "contentMediaType", text(media_type));
    put(object, "pattern", text(constraints.pattern));
    put(object, "minLength", count(constraints.min_length));
    put(object, "maxLength", count(constraints.max_length));
    put(object, "minItems", count(constraints.min_items));
    put(object, "maxItems", schema.max_items.map(Value::from));
    let unique = constraints.unique_items.filter(|value| value.is_boolean());
    put(object, "uniqueItems", unique.cloned());
    put(object, "minProperties", count(constraints.min_properties));
    put(object, "maxProperties", count(constraints.max_properties));
}

/// `dependentSchemas` and `dependentRequired`, which were one keyword before draft 2019-09.
fn dependencies<'d>(node: Node<'d>) -> (Vec<(&'d str, Node<'d>)>, Option<Value>) {
    let mut schemas: Vec<(&str, Node<'d>)> = Vec::new();
    let mut required: Vec<(&str, Value)> = Vec::new();
    for keyword in ["dependencies", "dependentSchemas", "dependentRequired"] {
        for (name, child) in node.get(keyword).iter().flat_map(Node::members) {
            match child.value {
                Value::Array(_) => required.push((name, child.value.clone())),
                _ => schemas.push((name, child)),
            }
        }
    }
    schemas.sort_by_key(|(name, _)| *name);
    required.sort_by_key(|(name, _)| *name);
    let required: Map<_, _> = required
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let required = (!required.is_empty()).then_some(Value::Object(required));
    (schemas, required)
}

/// Whether other keywords than `type` and `enum` say which values there are.
fn is_composed(schema: &Schema<'_>) -> bool {
    schema.reference.is_some()
        || schema.constant.is_some()
        || !(schema.all_of.is_empty() && schema.any_of.is_empty() && schema.one_of.is_empty())
        || schema.node.get("not").is_some()
}

/// `nullable: true` counts beside everything, as documents mean it.
fn allow_null(schema: &Schema<'_>, object: Map<String, Value>) -> Map<String, Value> {
    if !(schema.nullable && is_composed(schema)) {
        return object;
    }
    let mut either = Map::new();
    either.insert("anyOf".to_owned(), json!([object, {"type": "null"}]));
    either
}

/// The schema with what is said about it in front, and values at its end.
fn annotate(schema: &Schema<'_>, object: Map<String, Value>) -> Map<String, Value> {
    let mut annotated = Map::new();
    put(&mut annotated, "title", schema.title.map(Value::from));
    put(
        &mut annotated,
        "description",
        schema.description.map(Value::from),
    );
    for (keyword, is) in [
        ("deprecated", schema.deprecated),
        ("readOnly", schema.read_only),
        ("writeOnly", schema.write_only),
    ] {
        put(&mut annotated, keyword, is.then_some(Value::Bool(true)));
    }
    annotated.extend(object);
    put(&mut annotated, "default", schema.default.map(sorted));
    let examples = match (raw(schema.node, "examples"), raw(schema.node, "example")) {
        (Some(Value::Array(examples)), _) if !examples.is_empty() => {
            Some(examples.iter().map(sorted).collect())
        }
        (_, Some(example)) => Some(Value::Array(vec![sorted(example)])),
        _ => None,
    };
    put(&mut annotated, "examples", examples);
    annotated
}

/// A value with the members of all its objects sorted.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    value.sort_all_objects();
    value
}

#[cfg(test)]
mod tests;

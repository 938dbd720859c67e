//! One JSON Schema node, taken apart exhaustively into the one dialect that the model knows: a keyword without an arm
//! is unknown, which is a finding, or whatever `diagnostic/code.rs` says that it is.
//!
//! OpenAPI 3.0 schemas are read as JSON Schema 2020-12 here: `nullable` becomes a type, a boolean
//! `exclusiveMinimum` a number. Only this node is looked at; children stay [`Node`]s.
//!
//! Maps are returned sorted by key: their order in a document carries no meaning, so it must not
//! reach the generated code. For the same reason every keyword has a field of its own while a node
//! is read, and where several say one thing, what follows is derived afterwards, in [`derived`].

pub(crate) mod checked;
mod constraints;
mod derived;
mod discriminator;
mod json_type;
pub(crate) mod standard;

use serde_json::Value;

pub(crate) use self::constraints::Constraints;
use self::derived::Stated;
pub(crate) use self::discriminator::{Discriminator, Mapped};
pub(crate) use self::json_type::{JsonType, Types};
use crate::source::Node;

/// `additionalProperties`, and `unevaluatedProperties`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Additional<'d> {
    /// Not there: anything goes.
    #[default]
    Unspecified,
    /// `true` or `{}`.
    Allowed,
    /// `false`.
    Forbidden,
    Schema(Node<'d>),
}

impl<'d> Additional<'d> {
    fn of(child: Node<'d>) -> Self {
        match child.value {
            Value::Bool(true) => Self::Allowed,
            Value::Bool(false) => Self::Forbidden,
            Value::Object(map) if map.is_empty() => Self::Allowed,
            _ => Self::Schema(child),
        }
    }

    /// Whether it says anything of properties.
    pub(crate) fn says_something(self) -> bool {
        matches!(self, Self::Schema(_) | Self::Forbidden)
    }
}

/// How many properties, alternatives and values a schema lists itself.
pub(crate) fn listed(node: Node<'_>) -> usize {
    let lists = ["properties", "oneOf", "anyOf", "enum", "required"].into_iter();
    let lists = lists.filter_map(|keyword| node.get(keyword));
    lists
        .map(|list| match list.value {
            Value::Object(members) => members.len(),
            Value::Array(elements) => elements.len(),
            _ => 0,
        })
        .sum()
}

/// A schema node; see the module's documentation.
#[derive(Debug, Clone)]
pub(crate) struct Schema<'d> {
    pub node: Node<'d>,
    /// A boolean schema.
    pub boolean: Option<bool>,
    pub reference: Option<&'d str>,
    pub types: Types,
    /// `nullable: true`, wherever it was written.
    pub nullable: bool,
    pub title: Option<&'d str>,
    pub description: Option<&'d str>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub default: Option<&'d Value>,
    /// Of `example` or `examples`, the first.
    pub example: Option<&'d Value>,
    pub format: Option<&'d str>,
    pub content_encoding: Option<&'d str>,
    pub enumeration: Option<&'d [Value]>,
    pub constant: Option<&'d Value>,
    /// Names for the values of `enumeration`, from `x-enum-varnames`, `x-enumNames` or
    /// `x-enum-names`: the first of these that has a name for each value.
    pub enum_names: Vec<&'d str>,
    /// Descriptions for the values of `enumeration`, chosen alike.
    pub enum_descriptions: Vec<&'d str>,
    pub properties: Vec<(&'d str, Node<'d>)>,
    pub required: Vec<&'d str>,
    pub additional: Additional<'d>,
    /// `unevaluatedProperties`: of those that schemas beside it do not speak of either.
    pub unevaluated: Additional<'d>,
    pub pattern_properties: Vec<(&'d str, Node<'d>)>,
    pub items: Option<Node<'d>>,
    pub prefix_items: Vec<Node<'d>>,
    /// Also what `items: false` says about the length.
    pub max_items: Option<u64>,
    /// The greatest lower bound of numbers, exclusive or not.
    pub minimum: Option<f64>,
    /// The least upper bound of numbers, exclusive or not.
    pub maximum: Option<f64>,
    pub all_of: Vec<Node<'d>>,
    pub any_of: Vec<Node<'d>>,
    pub one_of: Vec<Node<'d>>,
    pub discriminator: Option<Discriminator<'d>>,
    /// As they are stated; Rust types don't show most of them, their documentation does.
    pub constraints: Constraints<'d>,
    /// Keywords that narrow what is valid in a way that neither types nor their documentation show:
    /// reported as findings. Sorted, as are the two lists below.
    pub inexpressible: Vec<&'d str>,
    /// Keywords that no specification defines.
    pub unknown: Vec<&'d str>,
    /// The keyword with each of its values that is no type of JSON Schema's, and read as what it means elsewhere.
    pub loose_types: Vec<(&'static str, &'d str)>,
    /// Keywords whose value has the wrong form, with what was expected.
    pub malformed: Vec<(&'d str, &'static str)>,
}

impl<'d> Schema<'d> {
    /// Takes a schema apart.
    pub(crate) fn read(node: Node<'d>) -> Self {
        let mut schema = Self::nothing(node);
        match node.value {
            Value::Object(_) => {}
            Value::Bool(boolean) => {
                schema.boolean = Some(*boolean);
                return schema;
            }
            _ => {
                schema
                    .malformed
                    .push(("", "a schema: an object or a boolean"));
                return schema;
            }
        }
        let mut stated = Stated::default();
        for (keyword, child) in node.members() {
            schema.keyword(keyword, child, &mut stated);
        }
        schema.derive(stated);
        schema
    }

    /// A schema at this place that says nothing.
    pub(crate) fn nothing(node: Node<'d>) -> Self {
        Self {
            node,
            boolean: None,
            reference: None,
            types: Types::default(),
            nullable: false,
            title: None,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            default: None,
            example: None,
            format: None,
            content_encoding: None,
            enumeration: None,
            constant: None,
            enum_names: Vec::new(),
            enum_descriptions: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Unspecified,
            unevaluated: Additional::Unspecified,
            pattern_properties: Vec::new(),
            items: None,
            prefix_items: Vec::new(),
            max_items: None,
            minimum: None,
            maximum: None,
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            discriminator: None,
            constraints: Constraints::default(),
            inexpressible: Vec::new(),
            unknown: Vec::new(),
            loose_types: Vec::new(),
            malformed: Vec::new(),
        }
    }

    /// Every keyword of JSON Schema 2020-12, draft 7 (AsyncAPI) and OpenAPI has its arm in one of these
    /// functions, and writes fields that no other keyword writes.
    fn keyword(&mut self, keyword: &'d str, child: Node<'d>, stated: &mut Stated<'d>) {
        let is_read = self.annotation(keyword, child.value, stated)
            || self.composition(keyword, child)
            || self.member(keyword, child, stated)
            || self.value(keyword, child.value, stated)
            || self.constraint(keyword, child.value);
        if !is_read && !is_silent(keyword) {
            match is_inexpressible(keyword) {
                true => self.inexpressible.push(keyword),
                false => self.unknown.push(keyword),
            }
        }
    }

    /// For people, or for generators alone.
    fn annotation(&mut self, keyword: &'d str, value: &'d Value, stated: &mut Stated<'d>) -> bool {
        match keyword {
            "title" => self.title = self.text(keyword, value),
            "description" => self.description = self.text(keyword, value),
            "deprecated" => self.deprecated = self.flag(keyword, value),
            "readOnly" => self.read_only = self.flag(keyword, value),
            "writeOnly" => self.write_only = self.flag(keyword, value),
            "default" => self.default = Some(value),
            "example" => stated.examples[0] = Some(value),
            "examples" => stated.examples[1] = value.as_array().and_then(|all| all.first()),
            "x-enum-varnames" => stated.enum_names[0] = strings(value),
            "x-enumNames" => stated.enum_names[1] = strings(value),
            "x-enum-names" => stated.enum_names[2] = strings(value),
            "x-enum-descriptions" => stated.enum_descriptions[0] = strings(value),
            "x-enumDescriptions" => stated.enum_descriptions[1] = strings(value),
            _ => return false,
        }
        true
    }

    /// Other schemas that are about the same instance.
    fn composition(&mut self, keyword: &'d str, child: Node<'d>) -> bool {
        match keyword {
            "$ref" => match child.value.as_str() {
                Some(reference) => self.reference = Some(reference),
                None => self.malformed.push((keyword, "a string")),
            },
            "allOf" => self.all_of = self.list(keyword, child),
            "anyOf" => self.any_of = self.list(keyword, child),
            "oneOf" => self.one_of = self.list(keyword, child),
            // AsyncAPI has a string here, OpenAPI an object.
            "discriminator" => match Discriminator::read(child) {
                Some(discriminator) => self.discriminator = Some(discriminator),
                None => self.malformed.push((keyword, "a property name")),
            },
            _ => return false,
        }
        true
    }

    /// Members of objects and elements of arrays.
    fn member(&mut self, keyword: &'d str, child: Node<'d>, stated: &mut Stated<'d>) -> bool {
        match keyword {
            "properties" => self.properties = self.children(keyword, child),
            "patternProperties" => self.pattern_properties = self.children(keyword, child),
            "required" => match child.value {
                Value::Array(_) => self.required = strings(child.value),
                // Draft 3 and 3.0 habit on a property: it says nothing about this schema.
                Value::Bool(_) => {}
                _ => self.malformed.push((keyword, "an array of strings")),
            },
            "additionalProperties" => self.additional = Additional::of(child),
            "unevaluatedProperties" => self.unevaluated = Additional::of(child),
            "unevaluatedItems" => stated.unevaluated_items = Some(child),
            "items" => stated.items = Some(child),
            "prefixItems" => stated.prefix_items = Some(self.list(keyword, child)),
            _ => return false,
        }
        true
    }

    /// The type of an instance, and lists of all that it may be.
    fn value(&mut self, keyword: &'d str, value: &'d Value, stated: &mut Stated<'d>) -> bool {
        match keyword {
            "type" => self.read_types(value, stated),
            "nullable" => self.nullable = self.flag(keyword, value),
            "format" => stated.format = self.text(keyword, value),
            "contentEncoding" => self.content_encoding = self.text(keyword, value),
            "enum" => match value.as_array() {
                Some(values) => self.enumeration = Some(values),
                None => self.malformed.push((keyword, "an array")),
            },
            "const" => self.constant = Some(value),
            _ => return false,
        }
        true
    }

    fn constraint(&mut self, keyword: &'d str, value: &'d Value) -> bool {
        match Constraints::form(keyword) {
            Some(form) if form.is_of(value) => self.constraints.keyword(keyword, value),
            Some(form) => {
                if !value.is_null() {
                    self.malformed.push((keyword, form.expected()));
                }
                true
            }
            None => false,
        }
    }

    fn read_types(&mut self, value: &'d Value, stated: &mut Stated<'d>) {
        let names: &[Value] = match value {
            Value::Array(names) => names,
            Value::Null => {
                // YAML's unquoted `null`.
                self.types.insert(JsonType::Null);
                return;
            }
            one => std::slice::from_ref(one),
        };
        for name in names {
            match name.as_str().map(|name| (name, JsonType::parse(name))) {
                Some((_, Some(ty))) => self.types.insert(ty),
                Some((name, None)) if self.read_loose_type(name, stated) => {
                    self.loose_types.push(("type", name));
                }
                _ if name.is_null() => self.types.insert(JsonType::Null),
                _ => self.malformed.push(("type", "the name of a JSON type")),
            }
        }
    }

    /// Types of Swagger 2, of programming languages, and formats that stand in their place.
    fn read_loose_type(&mut self, name: &str, stated: &mut Stated<'d>) -> bool {
        match name {
            "file" | "binary" => {
                self.types.insert(JsonType::String);
                stated.is_file = true;
            }
            "any" => {}
            "bool" => self.types.insert(JsonType::Boolean),
            "int" => self.types.insert(JsonType::Integer),
            "float" | "double" => self.types.insert(JsonType::Number),
            "date" | "date-time" | "uuid" => self.types.insert(JsonType::String),
            _ => return false,
        }
        true
    }

    fn text(&mut self, keyword: &'d str, value: &'d Value) -> Option<&'d str> {
        if !value.is_string() && !value.is_null() {
            self.malformed.push((keyword, "a string"));
        }
        value.as_str()
    }

    fn flag(&mut self, keyword: &'d str, value: &'d Value) -> bool {
        if !value.is_boolean() && !value.is_null() {
            self.malformed.push((keyword, "true or false"));
        }
        value.as_bool() == Some(true)
    }

    fn children(&mut self, keyword: &'d str, map: Node<'d>) -> Vec<(&'d str, Node<'d>)> {
        if !map.value.is_object() && !map.value.is_null() {
            self.malformed.push((keyword, "a map of schemas"));
        }
        let mut children: Vec<_> = map.members().collect();
        children.sort_unstable_by_key(|(name, _)| *name);
        children
    }

    fn list(&mut self, keyword: &'d str, list: Node<'d>) -> Vec<Node<'d>> {
        if !list.value.is_array() && !list.value.is_null() {
            self.malformed.push((keyword, "an array of schemas"));
        }
        if list.value.as_array().is_some_and(Vec::is_empty) {
            self.malformed.push((keyword, "at least one schema"));
        }
        list.elements().collect()
    }

    /// The properties that have no schema of their own here.
    pub(crate) fn others(&self) -> Additional<'d> {
        match self.additional {
            Additional::Unspecified => self.unevaluated,
            stated => stated,
        }
    }

    /// Whether the node says nothing about instances: only annotations, or nothing at all.
    pub(crate) fn is_annotation_only(&self) -> bool {
        self.boolean != Some(false)
            && self.reference.is_none()
            && self.types.is_empty()
            && self.enumeration.is_none()
            && self.constant.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && !self.others().says_something()
            && self.pattern_properties.is_empty()
            && self.items.is_none()
            && self.prefix_items.is_empty()
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && self.one_of.is_empty()
            && self.format.is_none()
            && self.content_encoding.is_none()
    }
}

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Annotations with nothing for a Rust type in them.
fn is_silent(keyword: &str) -> bool {
    keyword.starts_with("x-")
        || matches!(
            keyword,
            "$comment"
                | "externalDocs"
                | "xml"
                | "$schema"
                | "$id"
                | "$anchor"
                | "$dynamicAnchor"
                | "$recursiveAnchor"
                | "$vocabulary"
                | "id"
                | "contentMediaType"
                | "contentSchema"
                | "$defs"
                | "definitions"
        )
}

/// Conditions and closures over instances: no Rust type shows them.
fn is_inexpressible(keyword: &str) -> bool {
    matches!(
        keyword,
        "not"
            | "if"
            | "then"
            | "else"
            | "dependentSchemas"
            | "dependentRequired"
            | "dependencies"
            | "propertyNames"
            | "contains"
            | "minContains"
            | "maxContains"
            | "additionalItems"
            | "$dynamicRef"
            | "$recursiveRef"
    )
}

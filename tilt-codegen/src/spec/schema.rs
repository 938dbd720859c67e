//! One JSON Schema node, taken apart exhaustively into the one dialect that the model knows.
//!
//! OpenAPI 3.0 schemas are read as JSON Schema 2020-12 here: `nullable` becomes a type, a boolean
//! `exclusiveMinimum` a number. Only this node is looked at; children stay [`Node`]s.
//!
//! Maps are returned sorted by key: their order in a document carries no meaning, so it must not
//! reach the generated code.

use serde_json::Value;

use crate::code_span::code_span;
use crate::source::Node;

/// A set of JSON types. Empty: the schema does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Types(u8);

/// One JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum JsonType {
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
}

impl JsonType {
    pub(crate) const ALL: [Self; 7] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" | "bool" => Self::Boolean,
            "integer" | "int" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The JSON type of a value.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(n) if n.is_i64() || n.is_u64() => Self::Integer,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

impl Types {
    pub(crate) fn only(ty: JsonType) -> Self {
        Self(ty as u8)
    }

    pub(crate) fn has(self, ty: JsonType) -> bool {
        self.0 & ty as u8 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn insert(&mut self, ty: JsonType) {
        self.0 |= ty as u8;
    }

    pub(crate) fn without(self, ty: JsonType) -> Self {
        Self(self.0 & !(ty as u8))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL.into_iter().filter(move |ty| self.has(*ty))
    }

    /// What both sets allow. A set that says nothing allows all; an integer is a number.
    pub(crate) fn and(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let mut both = Self(self.0 & other.0);
        let (a, b) = (self, other);
        if a.has(JsonType::Integer) && b.has(JsonType::Number)
            || b.has(JsonType::Integer) && a.has(JsonType::Number)
        {
            both.insert(JsonType::Integer);
        }
        both
    }
}

/// `additionalProperties`.
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

/// OpenAPI's `discriminator`.
#[derive(Debug, Clone)]
pub(crate) struct Discriminator<'d> {
    pub property: &'d str,
    /// Value to schema name or reference, sorted by value.
    pub mapping: Vec<(&'d str, &'d str)>,
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
    pub format: Option<&'d str>,
    pub content_encoding: Option<&'d str>,
    pub enumeration: Option<&'d [Value]>,
    pub constant: Option<&'d Value>,
    /// Names for the values of `enumeration`, from `x-enum-varnames` and its kin.
    pub enum_names: Vec<&'d str>,
    /// Descriptions for the values of `enumeration`.
    pub enum_descriptions: Vec<&'d str>,
    pub properties: Vec<(&'d str, Node<'d>)>,
    pub required: Vec<&'d str>,
    pub additional: Additional<'d>,
    pub pattern_properties: Vec<(&'d str, Node<'d>)>,
    pub items: Option<Node<'d>>,
    pub prefix_items: Vec<Node<'d>>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub all_of: Vec<Node<'d>>,
    pub any_of: Vec<Node<'d>>,
    pub one_of: Vec<Node<'d>>,
    pub discriminator: Option<Discriminator<'d>>,
    /// Constraints in words, for documentation: `at most 40 characters`.
    pub constraints: Vec<String>,
    /// Keywords that narrow what is valid in a way Rust types don't show, though a user may want to
    /// know: reported as findings.
    pub inexpressible: Vec<&'d str>,
    /// Keywords that no specification defines.
    pub unknown: Vec<&'d str>,
    /// Keywords whose value has the wrong form, with what was expected.
    pub malformed: Vec<(&'d str, &'static str)>,
}

impl<'d> Schema<'d> {
    /// Takes a schema apart.
    pub(crate) fn read(node: Node<'d>) -> Self {
        let mut schema = Self::nothing(node);
        // schemars holds the invariant that a schema is an object or a boolean.
        let Ok(checked) = <&schemars::Schema>::try_from(node.value) else {
            schema
                .malformed
                .push(("", "a schema: an object or a boolean"));
            return schema;
        };
        if let Some(boolean) = checked.as_bool() {
            schema.boolean = Some(boolean);
            return schema;
        }
        for (keyword, child) in node.members() {
            schema.keyword(keyword, child);
        }
        schema.tidy();
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
            format: None,
            content_encoding: None,
            enumeration: None,
            constant: None,
            enum_names: Vec::new(),
            enum_descriptions: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Unspecified,
            pattern_properties: Vec::new(),
            items: None,
            prefix_items: Vec::new(),
            min_items: None,
            max_items: None,
            minimum: None,
            maximum: None,
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            discriminator: None,
            constraints: Vec::new(),
            inexpressible: Vec::new(),
            unknown: Vec::new(),
            malformed: Vec::new(),
        }
    }

    /// Every keyword of JSON Schema 2020-12, draft 7 (AsyncAPI) and OpenAPI has its arm here.
    fn keyword(&mut self, keyword: &'d str, child: Node<'d>) {
        let value = child.value;
        match keyword {
            "$ref" => match value.as_str() {
                Some(reference) => self.reference = Some(reference),
                None => self.malformed.push((keyword, "a string")),
            },
            "type" => self.read_types(value),
            "nullable" => self.nullable = value.as_bool() == Some(true),
            "title" => self.title = self.text(keyword, value),
            "description" => self.description = self.text(keyword, value),
            "deprecated" => self.deprecated = self.flag(keyword, value),
            "readOnly" => self.read_only = self.flag(keyword, value),
            "writeOnly" => self.write_only = self.flag(keyword, value),
            "default" => self.default = Some(value),
            "format" => self.format = self.text(keyword, value),
            "contentEncoding" => self.content_encoding = self.text(keyword, value),
            "enum" => match value.as_array() {
                Some(values) => self.enumeration = Some(values),
                None => self.malformed.push((keyword, "an array")),
            },
            "const" => self.constant = Some(value),
            "x-enum-varnames" | "x-enumNames" | "x-enum-names" => {
                self.enum_names = strings(value);
            }
            "x-enum-descriptions" | "x-enumDescriptions" => {
                self.enum_descriptions = strings(value);
            }
            "properties" => self.properties = self.children(keyword, child),
            "patternProperties" => self.pattern_properties = self.children(keyword, child),
            "required" => match value {
                Value::Array(_) => self.required = strings(value),
                // Draft 3 and 3.0 habit on a property: it says nothing about this schema.
                Value::Bool(_) => {}
                _ => self.malformed.push((keyword, "an array of strings")),
            },
            "additionalProperties" => {
                self.additional = match value {
                    Value::Bool(true) => Additional::Allowed,
                    Value::Bool(false) => Additional::Forbidden,
                    Value::Object(map) if map.is_empty() => Additional::Allowed,
                    _ => Additional::Schema(child),
                }
            }
            "items" => match value {
                // Draft 7 and before: an array of schemas is what `prefixItems` is now.
                Value::Array(_) => self.prefix_items = child.elements().collect(),
                Value::Bool(false) => self.max_items = Some(self.prefix_items.len() as u64),
                Value::Bool(true) => {}
                _ => self.items = Some(child),
            },
            "prefixItems" => self.prefix_items = self.list(keyword, child),
            "allOf" => self.all_of = self.list(keyword, child),
            "anyOf" => self.any_of = self.list(keyword, child),
            "oneOf" => self.one_of = self.list(keyword, child),
            "discriminator" => self.read_discriminator(keyword, value),
            "minItems" => self.min_items = value.as_u64(),
            "maxItems" => self.max_items = value.as_u64(),
            "minimum" | "exclusiveMinimum" => {
                if let Some(number) = value.as_f64() {
                    self.minimum = Some(number);
                }
            }
            "maximum" | "exclusiveMaximum" => {
                if let Some(number) = value.as_f64() {
                    self.maximum = Some(number);
                }
            }
            // Shown in documentation only; see `tidy`.
            "minLength" | "maxLength" | "pattern" | "multipleOf" | "uniqueItems"
            | "minProperties" | "maxProperties" => {}
            // Annotations with nothing for a Rust type in them.
            "example" | "examples" | "$comment" | "externalDocs" | "xml" | "$schema" | "$id"
            | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" | "$vocabulary" | "id"
            | "contentMediaType" | "contentSchema" | "$defs" | "definitions" => {}
            // Conditions and closures over instances: no Rust type shows them.
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
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "additionalItems"
            | "$dynamicRef"
            | "$recursiveRef" => self.inexpressible.push(keyword),
            _ if keyword.starts_with("x-") => {}
            _ => self.unknown.push(keyword),
        }
    }

    fn read_types(&mut self, value: &'d Value) {
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
                // Swagger 2 habits.
                Some(("file" | "binary", None)) => {
                    self.types.insert(JsonType::String);
                    self.format = Some("binary");
                }
                Some(("any", None)) => {}
                Some(("float" | "double", None)) => self.types.insert(JsonType::Number),
                Some(("date" | "date-time" | "uuid", None)) => {
                    self.types.insert(JsonType::String);
                }
                _ if name.is_null() => self.types.insert(JsonType::Null),
                _ => self.malformed.push(("type", "the name of a JSON type")),
            }
        }
    }

    fn read_discriminator(&mut self, keyword: &'d str, value: &'d Value) {
        // AsyncAPI has a string here, OpenAPI an object.
        let property = match value {
            Value::String(property) => Some(property.as_str()),
            _ => value.get("propertyName").and_then(Value::as_str),
        };
        let Some(property) = property else {
            self.malformed.push((keyword, "a property name"));
            return;
        };
        let mut mapping: Vec<_> = value
            .get("mapping")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(value, target)| Some((value.as_str(), target.as_str()?)))
            .collect();
        mapping.sort_unstable();
        self.discriminator = Some(Discriminator { property, mapping });
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
        list.elements().collect()
    }

    fn tidy(&mut self) {
        if self.nullable && !self.types.is_empty() {
            self.types.insert(JsonType::Null);
        }
        self.required.dedup();
        self.describe_constraints();
    }

    fn describe_constraints(&mut self) {
        let value = self.node.value;
        let number = |keyword: &str| value.get(keyword).filter(|v| v.is_number());
        let is_true = |keyword: &str| value.get(keyword) == Some(&Value::Bool(true));
        let mut say = |text: String| self.constraints.push(text);
        match (number("minLength"), number("maxLength")) {
            (Some(min), Some(max)) if min == max => say(format!("exactly {min} characters")),
            (min, max) => {
                if let Some(min) = min.filter(|min| min.as_u64() != Some(0)) {
                    say(format!("at least {min} characters"));
                }
                if let Some(max) = max {
                    say(format!("at most {max} characters"));
                }
            }
        }
        if let Some(min) = number("minimum") {
            let above = is_true("exclusiveMinimum");
            say(format!(
                "{} {min}",
                if above { "greater than" } else { "at least" }
            ));
        }
        if let Some(min) = number("exclusiveMinimum") {
            say(format!("greater than {min}"));
        }
        if let Some(max) = number("maximum") {
            let below = is_true("exclusiveMaximum");
            say(format!(
                "{} {max}",
                if below { "less than" } else { "at most" }
            ));
        }
        if let Some(max) = number("exclusiveMaximum") {
            say(format!("less than {max}"));
        }
        if let Some(step) = number("multipleOf") {
            say(format!("a multiple of {step}"));
        }
        if let Some(pattern) = value.get("pattern").and_then(Value::as_str)
            && pattern.len() <= 200
        {
            say(format!("matches {}", code_span(pattern)));
        }
        if let Some(min) = number("minItems").filter(|min| min.as_u64() != Some(0)) {
            say(format!("at least {min} items"));
        }
        if let Some(max) = number("maxItems") {
            say(format!("at most {max} items"));
        }
        if is_true("uniqueItems") {
            say("no two items equal".to_owned());
        }
        if let Some(min) = number("minProperties").filter(|min| min.as_u64() != Some(0)) {
            say(format!("at least {min} properties"));
        }
        if let Some(max) = number("maxProperties") {
            say(format!("at most {max} properties"));
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
            && !matches!(
                self.additional,
                Additional::Schema(_) | Additional::Forbidden
            )
            && self.pattern_properties.is_empty()
            && self.items.is_none()
            && self.prefix_items.is_empty()
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && self.one_of.is_empty()
            && self.format.is_none()
            && self.content_encoding.is_none()
    }

    /// The JSON types that the node's other keywords imply where `type` is missing.
    pub(crate) fn implied_types(&self) -> Types {
        if !self.types.is_empty() {
            return self.types;
        }
        let object = !self.properties.is_empty()
            || matches!(
                self.additional,
                Additional::Schema(_) | Additional::Forbidden
            )
            || !self.pattern_properties.is_empty()
            || self.node.value.get("maxProperties").is_some()
            || self.node.value.get("minProperties").is_some();
        // Where there are alternatives, it is for them to say which scalars they are.
        let is_open = self.one_of.is_empty() && self.any_of.is_empty();
        let array = self.items.is_some() || !self.prefix_items.is_empty();
        let string = ["minLength", "maxLength", "pattern"]
            .iter()
            .any(|keyword| self.node.value.get(keyword).is_some())
            || self.content_encoding.is_some()
            || self.format.is_some_and(is_string_format);
        let number = self.minimum.is_some() || self.maximum.is_some();
        let mut types = Types::default();
        if object {
            types.insert(JsonType::Object);
        } else if array {
            types.insert(JsonType::Array);
        } else if !is_open {
            // Nothing that a value of another type could not have.
        } else if string {
            types.insert(JsonType::String);
        } else if let Some("int32" | "int64" | "uint32" | "uint64") = self.format {
            types.insert(JsonType::Integer);
        } else if number || matches!(self.format, Some("float" | "double")) {
            types.insert(JsonType::Number);
        }
        if !types.is_empty() && self.nullable {
            types.insert(JsonType::Null);
        }
        types
    }
}

fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "date-time"
            | "date"
            | "time"
            | "duration"
            | "uuid"
            | "email"
            | "uri"
            | "url"
            | "hostname"
            | "ipv4"
            | "ipv6"
            | "byte"
            | "binary"
            | "password"
    )
}

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

//! A schema as far as the values of requests can be held against it without a doubt: the keywords that are left out
//! here are named where the runtime's form of this is described (`rt::Constraints`).

pub(crate) mod expression;

use serde_json::{Map, Value, json};

use super::{Additional, Constraints, JsonType, Schema};
use crate::source::Node;

/// Longer lists of values tell alternatives apart no better.
const FEW: usize = 8;

/// The digits that a float has for certain, as the document wrote them.
const CERTAIN_DIGITS: usize = 15;

/// A schema with those inside of it.
#[derive(Debug, Default)]
pub(crate) struct Checked<'d> {
    /// `$ref`, with the schema that has it.
    pub reference: Option<(Node<'d>, &'d str)>,
    pub read_only: bool,
    /// `type` and `enum`, by which alternatives are told apart.
    pub kind: Map<String, Value>,
    /// All values of `enum` or `const`, as far as they are scalars of the stated types.
    pub values: Option<Vec<Value>>,
    /// Null is a value, whatever else is said (OpenAPI 3.0, `nullable`).
    pub nullable: bool,
    /// The format of texts.
    pub format: Option<&'d str>,
    /// There are no other properties than the stated ones.
    pub closed: bool,
    /// Assertions about one value alone.
    pub assertions: Map<String, Value>,
    pub required: Vec<&'d str>,
    pub dependent: Vec<(&'d str, Vec<&'d str>)>,
    pub properties: Vec<(&'d str, Checked<'d>)>,
    pub additional: Option<Box<Checked<'d>>>,
    pub prefix: Vec<Checked<'d>>,
    pub items: Option<Box<Checked<'d>>>,
    pub all_of: Vec<Checked<'d>>,
    /// `anyOf` and `oneOf`.
    pub alternatives: Vec<Vec<Checked<'d>>>,
    /// A pattern that cannot be checked.
    pub unchecked_pattern: Option<Node<'d>>,
}

/// Reads a schema.
pub(crate) fn read<'d>(node: Node<'d>) -> Checked<'d> {
    let schema = Schema::read(node);
    let mut checked = Checked {
        reference: schema.reference.map(|reference| (node, reference)),
        ..Checked::default()
    };
    checked.read_only = schema.read_only;
    checked.values = values(&schema);
    checked.kind = kind(&schema, checked.values.as_deref());
    checked.nullable = schema.nullable;
    checked.format = schema.format;
    checked.closed =
        matches!(schema.additional, Additional::Forbidden) && schema.pattern_properties.is_empty();
    checked.required.clone_from(&schema.required);
    checked.dependent = dependent(node);
    numbers(&schema.constraints, &mut checked.assertions);
    sizes(&schema, &mut checked.assertions);
    pattern(&schema, &mut checked);
    format(&schema, &mut checked.assertions);
    let one = |node: &Node<'d>| Box::new(read(*node));
    let all = |nodes: &[Node<'d>]| nodes.iter().map(|it| read(*it)).collect();
    checked.properties = named(&schema);
    checked.additional = match &schema.additional {
        // The patterns say which of the other properties are left to it.
        Additional::Schema(node) if schema.pattern_properties.is_empty() => Some(one(node)),
        _ => None,
    };
    checked.prefix = all(&schema.prefix_items);
    checked.items = schema.items.as_ref().map(one);
    checked.all_of = all(&schema.all_of);
    let alternatives = [&schema.any_of, &schema.one_of].into_iter();
    let alternatives = alternatives.filter(|branches| !branches.is_empty());
    checked.alternatives = alternatives.map(|branches| all(branches)).collect();
    checked
}

fn named<'d>(schema: &Schema<'d>) -> Vec<(&'d str, Checked<'d>)> {
    let properties = schema.properties.iter();
    properties
        .map(|(name, node)| (*name, read(*node)))
        .collect()
}

impl Checked<'_> {
    /// The names of the types that values may have, where that is said.
    pub(crate) fn types(&self) -> Option<&Value> {
        self.kind.get("type")
    }

    /// Whether it says which properties have to be there, and nothing else.
    pub(crate) fn only_requires(&self) -> bool {
        let is_object = || self.kind.get("type") == Some(&json!(["object"]));
        !self.required.is_empty()
            && (self.kind.is_empty() || self.kind.len() == 1 && is_object())
            && self.reference.is_none()
            && self.assertions.is_empty()
            && self.dependent.is_empty()
            && self.properties.is_empty()
            && self.additional.is_none()
            && self.prefix.is_empty()
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.alternatives.is_empty()
    }

    /// It, and all schemas inside of it.
    pub(crate) fn each<'s>(&'s self, visit: &mut impl FnMut(&'s Self)) {
        visit(self);
        let one = [&self.additional, &self.items].into_iter().flatten();
        let named = self.properties.iter().map(|(_, it)| it);
        let listed = self.prefix.iter().chain(&self.all_of);
        let listed = listed.chain(self.alternatives.iter().flatten());
        let inside = named.chain(listed).chain(one.map(|it| &**it));
        for part in inside {
            part.each(visit);
        }
    }
}

/// The listed values. Values of another type than the stated ones are meant to be something else: see `standard`.
fn values(schema: &Schema<'_>) -> Option<Vec<Value>> {
    let types = schema.types;
    let listed = schema.enumeration.map(<[Value]>::to_vec);
    let mut values = schema.constant.map(|it| vec![it.clone()]).or(listed)?;
    let is_plain = |value: &Value| {
        let of = JsonType::of(value);
        let fits = types.has(of) || of == JsonType::Integer && types.has(JsonType::Number);
        !value.is_object() && !value.is_array() && (types.is_empty() || fits || value.is_null())
    };
    if !values.iter().all(is_plain) {
        return None;
    }
    if schema.nullable && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    Some(values)
}

/// `type` and few values.
fn kind(schema: &Schema<'_>, values: Option<&[Value]>) -> Map<String, Value> {
    let mut kind = Map::new();
    let mut types = schema.types;
    if !types.is_empty() {
        if schema.nullable || lists_null(schema) {
            types.insert(JsonType::Null);
        }
        let names: Vec<_> = types.iter().map(JsonType::name).collect();
        kind.insert("type".to_owned(), json!(names));
    }
    if let Some(values) = values.filter(|it| it.len() <= FEW) {
        kind.insert("enum".to_owned(), json!(values));
    }
    kind
}

fn lists_null(schema: &Schema<'_>) -> bool {
    let listed = schema.enumeration.into_iter().flatten();
    listed.chain(schema.constant).any(Value::is_null)
}

fn dependent<'d>(node: Node<'d>) -> Vec<(&'d str, Vec<&'d str>)> {
    let keywords = ["dependentRequired", "dependencies"].into_iter();
    let stated = keywords.filter_map(|keyword| node.get(keyword));
    let stated = stated.flat_map(|it| it.members());
    let mut dependent: Vec<_> = stated
        .filter(|(_, names)| names.value.is_array())
        .map(|(name, names)| (name, super::strings(names.value)))
        .collect();
    dependent.sort();
    dependent
}

/// Bounds of numbers: those that were certainly written so.
fn numbers(constraints: &Constraints<'_>, assertions: &mut Map<String, Value>) {
    let is_true = |value: Option<&Value>| value == Some(&Value::Bool(true));
    let mut put = |keyword: &str, value: Option<&Value>| {
        if let Some(value) = value.filter(|value| is_certain(value)) {
            assertions.insert(keyword.to_owned(), value.clone());
        }
    };
    let (low, above) = (constraints.minimum, constraints.exclusive_minimum);
    let (high, below) = (constraints.maximum, constraints.exclusive_maximum);
    match is_true(above) {
        true => put("exclusiveMinimum", low),
        false => put("minimum", low),
    }
    match is_true(below) {
        true => put("exclusiveMaximum", high),
        false => put("maximum", high),
    }
    put("exclusiveMinimum", above);
    put("exclusiveMaximum", below);
    let is_positive = |step: &&Value| step.as_f64().is_some_and(|step| step > 0.0);
    put("multipleOf", constraints.multiple_of.filter(is_positive));
}

/// Whether a number is what the document says, to the last digit.
fn is_certain(value: &Value) -> bool {
    let Value::Number(number) = value else {
        return false;
    };
    let text = number.to_string();
    let digits = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = digits.trim_start_matches(['-', '0', '.']);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    !number.is_f64() || count <= CERTAIN_DIGITS
}

fn sizes(schema: &Schema<'_>, assertions: &mut Map<String, Value>) {
    let constraints = &schema.constraints;
    let count = |value: Option<&Value>| value.and_then(Value::as_u64);
    for (keyword, least) in [
        ("minLength", constraints.min_length),
        ("minItems", constraints.min_items),
        ("minProperties", constraints.min_properties),
    ] {
        if let Some(least) = count(least).filter(|least| *least > 0) {
            assertions.insert(keyword.to_owned(), json!(least));
        }
    }
    for (keyword, most) in [
        ("maxLength", count(constraints.max_length)),
        ("maxItems", schema.max_items),
        ("maxProperties", count(constraints.max_properties)),
    ] {
        if let Some(most) = most {
            assertions.insert(keyword.to_owned(), json!(most));
        }
    }
    if constraints.unique_items == Some(&Value::Bool(true)) {
        assertions.insert("uniqueItems".to_owned(), Value::Bool(true));
    }
}

fn pattern<'d>(schema: &Schema<'d>, checked: &mut Checked<'d>) {
    let is_text = schema.types.is_empty() || schema.types.has(JsonType::String);
    let stated = schema.constraints.pattern.and_then(Value::as_str);
    let Some(stated) = stated.filter(|_| is_text) else {
        return;
    };
    let Some(expression) = expression::translate(stated) else {
        checked.unchecked_pattern = schema.node.get("pattern");
        return;
    };
    let assertions = &mut checked.assertions;
    assertions.insert("pattern".to_owned(), json!(stated));
    if expression != stated {
        assertions.insert("expression".to_owned(), json!(expression));
    }
}

/// Formats of texts that no type stands for: the types of others see to it themselves.
fn format(schema: &Schema<'_>, assertions: &mut Map<String, Value>) {
    let is_text = schema.types.is_empty() || schema.types.has(JsonType::String);
    let checked = ["email", "hostname", "ipv4", "ipv6", "uri"];
    if let Some(format) = schema.format.filter(|it| is_text && checked.contains(it)) {
        assertions.insert("format".to_owned(), json!(format));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::DocumentId;

    fn assertions(schema: &Value) -> Value {
        let node = Node {
            document: DocumentId(0),
            value: schema,
        };
        Value::Object(read(node).assertions)
    }

    #[test]
    fn bounds_are_those_of_either_version() {
        let schema =
            json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 2.5, "exclusiveMaximum": 9});
        let stated = json!({"exclusiveMinimum": 1, "maximum": 2.5, "exclusiveMaximum": 9});
        assert_eq!(assertions(&schema), stated);
    }

    #[test]
    fn a_bound_that_may_have_been_rounded_is_left_out() {
        let schema: Value = serde_json::from_str(
            r#"{"minimum": -9223372036854775808, "maximum": 9223372036854775808.1, "multipleOf": 0.01}"#,
        )
        .expect("JSON");
        let stated = json!({"minimum": i64::MIN, "multipleOf": 0.01});
        assert_eq!(assertions(&schema), stated);
    }

    #[test]
    fn a_pattern_is_given_as_it_is_and_as_it_is_checked() {
        let stated = json!({"pattern": r"^\d$", "expression": "^[0-9]$"});
        assert_eq!(
            assertions(&json!({"type": "string", "pattern": r"^\d$"})),
            stated
        );
        assert_eq!(
            assertions(&json!({"type": "string", "pattern": "(?=x)"})),
            json!({})
        );
        assert_eq!(
            assertions(&json!({"type": "integer", "pattern": "x"})),
            json!({})
        );
    }

    #[test]
    fn a_format_is_given_where_no_type_stands_for_it() {
        let stated = json!({"format": "email"});
        assert_eq!(
            assertions(&json!({"type": ["string", "null"], "format": "email"})),
            stated
        );
        for schema in [
            json!({"type": "string", "format": "uuid"}),
            json!({"type": "integer", "format": "ipv4"}),
            json!({"type": "string", "format": "phone"}),
        ] {
            assert_eq!(assertions(&schema), json!({}));
        }
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let schema = json!({"minLength": 0, "minItems": 0, "uniqueItems": false, "maxLength": "5", "multipleOf": 0});
        assert_eq!(assertions(&schema), json!({}));
    }
}

//! The constraints of a schema, read from their text.

use super::decimal::Decimal;
use super::format::Format;
use regex_lite::Regex;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::OnceLock;

/// The constraints of one schema: JSON text, which is read when it is first needed.
///
/// The keywords are those of JSON Schema 2020-12, with what they mean there, and these:
///
/// | keyword | meaning |
/// |---|---|
/// | `$ref` | the index of other constraints, which hold as well |
/// | `is` | `type`, `enum` and `required` by which alternatives are told apart; a value without them breaks nothing |
/// | `anyOf` | also for `oneOf`: that several hold is nothing to refuse a request for |
/// | `expression` | beside `pattern`: the same in the syntax of `regex-lite` |
/// | `format` | `email`, `hostname`, `ipv4`, `ipv6` or `uri`, and for servers `date-time`, `date`, `time`, `duration` or `uuid`: a text that certainly is none is refused |
/// | `closed` | `true`: no other properties than those of `properties`; this, `type`, `enum` and `nullable` are only in those of servers |
/// | `nullable` | `true`: null is a value, whatever else is said |
///
/// Keywords that can't be checked, or not with certainty, are not there: `not`, `if`, `then`, `else`, `contains`, `propertyNames`,
/// `patternProperties` and `additionalProperties` beside it, `dependentSchemas`, `unevaluatedProperties`,
/// `unevaluatedItems` and patterns that look around themselves or refer back; in those of clients, neither are
/// `additionalProperties: false`, `type` and `enum` (what an API added since may be sent). Texts of the formats `byte`, `date`, `date-time`, `decimal`,
/// `duration`, `time` and `uuid` have types of their own, which are not written unless they are of that format, or are
/// to be sent `verbatim`, and are read as they come; other formats are not checked.
pub struct Constraints {
    text: &'static str,
    references: &'static [&'static Constraints],
    schema: OnceLock<Schema>,
}

impl Constraints {
    /// These constraints, with others that they refer to.
    #[must_use]
    pub const fn new(text: &'static str, references: &'static [&'static Constraints]) -> Self {
        Self {
            text,
            references,
            schema: OnceLock::new(),
        }
    }

    pub(crate) fn schema(&self) -> &Schema {
        self.schema
            .get_or_init(|| Schema::read(self.text, self.references))
    }
}

impl fmt::Debug for Constraints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// The constraints of a schema.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    pub(crate) refers: Option<&'static Constraints>,
    pub(crate) kind: Option<Kind>,
    /// Names of JSON types; none: any.
    pub(crate) types: Vec<String>,
    pub(crate) values: Option<Vec<Value>>,
    pub(crate) closed: bool,
    pub(crate) nullable: bool,
    pub(crate) length: Range,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) format: Option<Format>,
    pub(crate) bounds: Vec<(Bound, Decimal, String)>,
    pub(crate) items: Range,
    pub(crate) unique: bool,
    pub(crate) properties_count: Range,
    pub(crate) required: Vec<String>,
    /// With a property, these have to be there as well.
    pub(crate) dependent: Vec<(String, Vec<String>)>,
    pub(crate) properties: Vec<(String, Schema)>,
    /// Of properties that have no schema of their own.
    pub(crate) additional: Option<Box<Schema>>,
    pub(crate) prefix: Vec<Schema>,
    /// Of the elements after these.
    pub(crate) element: Option<Box<Schema>>,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) any_of: Vec<Alternative>,
}

/// One of several schemas.
#[derive(Debug)]
pub(crate) struct Alternative {
    pub(crate) schema: Schema,
    /// It says which properties have to be there, and nothing else.
    pub(crate) only_requires: bool,
}

/// How much there has to be, and how much there may be.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) least: Option<u64>,
    pub(crate) most: Option<u64>,
}

/// The way in which a number is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
    MultipleOf,
}

/// A regular expression, and how the document writes it.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) stated: String,
    pub(crate) expression: Regex,
}

/// The marks by which a value is taken for an alternative.
#[derive(Debug, Default)]
pub(crate) struct Kind {
    /// Names of JSON types; none: any.
    pub(crate) types: Vec<String>,
    pub(crate) values: Option<Vec<Value>>,
    pub(crate) required: Vec<String>,
}

impl Schema {
    /// Reads a text that the generator wrote. Anything else is passed over.
    fn read(text: &str, references: &'static [&'static Constraints]) -> Self {
        match serde_json::from_str(text) {
            Ok(Value::Object(members)) => Self::of(&members, references),
            _ => Self::default(),
        }
    }

    fn of(members: &Map<String, Value>, references: &'static [&'static Constraints]) -> Self {
        let schema = |value: &Value| match value {
            Value::Object(members) => Self::of(members, references),
            _ => Self::default(),
        };
        let one = |keyword: &str| members.get(keyword).map(|it| Box::new(schema(it)));
        let list =
            |keyword: &str| -> Vec<Schema> { elements(members, keyword).map(schema).collect() };
        let range = |least: &str, most: &str| Range {
            least: members.get(least).and_then(Value::as_u64),
            most: members.get(most).and_then(Value::as_u64),
        };
        let is_true = |keyword: &str| members.get(keyword) == Some(&Value::Bool(true));
        let named = |keyword: &str| members.get(keyword).and_then(Value::as_object);
        let refers = members.get("$ref").and_then(Value::as_u64);
        let refers = refers.and_then(|index| references.get(usize::try_from(index).ok()?));
        let any_of = list("anyOf").into_iter().zip(elements(members, "anyOf"));
        Self {
            refers: refers.copied(),
            kind: named("is").map(Kind::of),
            types: texts(members, "type"),
            values: listed(members),
            closed: is_true("closed"),
            nullable: is_true("nullable"),
            length: range("minLength", "maxLength"),
            pattern: pattern(members),
            format: members
                .get("format")
                .and_then(|it| Format::of(it.as_str()?)),
            bounds: bounds(members),
            items: range("minItems", "maxItems"),
            unique: is_true("uniqueItems"),
            properties_count: range("minProperties", "maxProperties"),
            required: texts(members, "required"),
            dependent: named("dependentRequired")
                .into_iter()
                .flat_map(|all| all.keys().map(|name| (name.clone(), texts(all, name))))
                .collect(),
            properties: named("properties")
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.clone(), schema(value)))
                .collect(),
            additional: one("additionalProperties"),
            prefix: list("prefixItems"),
            element: one("items"),
            all_of: list("allOf"),
            any_of: any_of
                .map(|(schema, value)| Alternative {
                    schema,
                    only_requires: value
                        .as_object()
                        .is_some_and(|it| it.keys().eq(["required"])),
                })
                .collect(),
        }
    }
}

impl Kind {
    fn of(members: &Map<String, Value>) -> Self {
        Self {
            types: texts(members, "type"),
            values: listed(members),
            required: texts(members, "required"),
        }
    }
}

fn listed(members: &Map<String, Value>) -> Option<Vec<Value>> {
    members.get("enum").and_then(Value::as_array).cloned()
}

fn elements<'v>(
    members: &'v Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = &'v Value> + use<'v> {
    let list = members.get(keyword).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn texts(members: &Map<String, Value>, keyword: &str) -> Vec<String> {
    let texts = elements(members, keyword).filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn pattern(members: &Map<String, Value>) -> Option<Pattern> {
    let stated = members.get("pattern")?.as_str()?;
    let expression = members.get("expression").and_then(Value::as_str);
    Some(Pattern {
        stated: stated.to_owned(),
        // The generator has tried it.
        expression: Regex::new(expression.unwrap_or(stated)).ok()?,
    })
}

fn bounds(members: &Map<String, Value>) -> Vec<(Bound, Decimal, String)> {
    let stated = [
        (Bound::Minimum, "minimum"),
        (Bound::ExclusiveMinimum, "exclusiveMinimum"),
        (Bound::Maximum, "maximum"),
        (Bound::ExclusiveMaximum, "exclusiveMaximum"),
        (Bound::MultipleOf, "multipleOf"),
    ];
    let bounds = stated.into_iter().filter_map(|(bound, keyword)| {
        let text = members.get(keyword)?.to_string();
        Some((bound, Decimal::parse(&text)?, text))
    });
    bounds.collect()
}

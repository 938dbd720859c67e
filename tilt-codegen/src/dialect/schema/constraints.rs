//! The keywords that narrow numbers, text, arrays and objects, as a document states them.

use serde_json::Value;

/// Assertions about size and form (JSON Schema Validation 2020-12, 6.2 to 6.5), one field per keyword.
///
/// Values are kept as they are: a number may be larger than any type here, and OpenAPI 3.0 writes
/// `exclusiveMinimum: true` beside `minimum`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Constraints<'d> {
    pub min_length: Option<&'d Value>,
    pub max_length: Option<&'d Value>,
    pub pattern: Option<&'d Value>,
    pub minimum: Option<&'d Value>,
    pub exclusive_minimum: Option<&'d Value>,
    pub maximum: Option<&'d Value>,
    pub exclusive_maximum: Option<&'d Value>,
    pub multiple_of: Option<&'d Value>,
    pub min_items: Option<&'d Value>,
    pub max_items: Option<&'d Value>,
    pub unique_items: Option<&'d Value>,
    pub min_properties: Option<&'d Value>,
    pub max_properties: Option<&'d Value>,
}

/// The form of a keyword's value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Count,
    Number,
    /// A number since 3.1, true or false in 3.0.
    Exclusive,
    Text,
    Flag,
}

impl Form {
    pub(super) fn is_of(self, value: &Value) -> bool {
        match self {
            Self::Count => {
                value.is_u64()
                    || value
                        .as_f64()
                        .is_some_and(|it| it >= 0.0 && it.fract() == 0.0)
            }
            Self::Number => value.is_number(),
            Self::Exclusive => value.is_number() || value.is_boolean(),
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
        }
    }

    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Count => "a whole number that is not negative",
            Self::Number => "a number",
            Self::Exclusive => "a number, or true or false",
            Self::Text => "a string",
            Self::Flag => "true or false",
        }
    }
}

impl<'d> Constraints<'d> {
    /// The form of a keyword that is one of these.
    pub(super) fn form(keyword: &str) -> Option<Form> {
        Some(match keyword {
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
            | "maxProperties" => Form::Count,
            "minimum" | "maximum" | "multipleOf" => Form::Number,
            "exclusiveMinimum" | "exclusiveMaximum" => Form::Exclusive,
            "pattern" => Form::Text,
            "uniqueItems" => Form::Flag,
            _ => return None,
        })
    }

    /// Takes a keyword that is one of these.
    pub(super) fn keyword(&mut self, keyword: &str, value: &'d Value) -> bool {
        let field = match keyword {
            "minLength" => &mut self.min_length,
            "maxLength" => &mut self.max_length,
            "pattern" => &mut self.pattern,
            "minimum" => &mut self.minimum,
            "exclusiveMinimum" => &mut self.exclusive_minimum,
            "maximum" => &mut self.maximum,
            "exclusiveMaximum" => &mut self.exclusive_maximum,
            "multipleOf" => &mut self.multiple_of,
            "minItems" => &mut self.min_items,
            "maxItems" => &mut self.max_items,
            "uniqueItems" => &mut self.unique_items,
            "minProperties" => &mut self.min_properties,
            "maxProperties" => &mut self.max_properties,
            _ => return false,
        };
        *field = Some(value);
        true
    }

    /// The greatest stated lower bound: in 2020-12 both keywords may be numbers.
    pub(super) fn lower_bound(&self) -> Option<f64> {
        let bounds = [self.minimum, self.exclusive_minimum];
        let numbers = bounds.into_iter().flatten().filter_map(Value::as_f64);
        numbers.reduce(f64::max)
    }

    /// The least stated upper bound.
    pub(super) fn upper_bound(&self) -> Option<f64> {
        let bounds = [self.maximum, self.exclusive_maximum];
        let numbers = bounds.into_iter().flatten().filter_map(Value::as_f64);
        numbers.reduce(f64::min)
    }
}

//! Keywords of one schema that exclude each other, or that are of another specification.

use super::TypeBuilder;
use crate::diagnostic::{Code, Problem};
use crate::dialect::equal::canonical;
use crate::dialect::openapi::Edition;
use crate::dialect::schema::{JsonType, Schema};
use crate::source::Node;
use crate::visible;
use serde_json::Value;

impl<'d> TypeBuilder<'d, '_> {
    /// Reports what of a schema contradicts the rest of it. Each is taken all the same.
    pub(super) fn report_contradictions(&mut self, schema: &Schema<'d>) {
        let node = schema.node;
        let edition = self.editions.of(self.context.documents(), node);
        let mut told = |keyword: &str, code, message: String| {
            let at = node.get(keyword).unwrap_or(node);
            self.context.problem(Problem::new(code, at, message));
        };
        if schema.nullable && edition >= Some(Edition::V3_1) {
            let message = "`nullable` is no keyword here: null is valid as in OpenAPI 3.0";
            told("nullable", Code::NULLABLE_KEYWORD, message.to_owned());
        }
        let discriminator = schema.discriminator.as_ref();
        if discriminator.is_some_and(|it| it.is_text) && edition.is_some() {
            let message = "a text, where OpenAPI has an object: it is read as its `propertyName`";
            told(
                "discriminator",
                Code::TEXT_DISCRIMINATOR,
                message.to_owned(),
            );
        }
        let listed = schema.enumeration.unwrap_or_default();
        let constant = schema.constant;
        let is_unlisted = |constant: &&Value| {
            let constant = canonical(constant);
            !listed.is_empty() && listed.iter().all(|it| canonical(it) != constant)
        };
        if let Some(constant) = constant.filter(is_unlisted) {
            let constant = shown(constant);
            let message = format!(
                "`const` is {constant}, which is none of the values of `enum`: it is taken"
            );
            told("const", Code::IMPOSSIBLE_VALUE, message);
        }
        let all = constant.map(|it| ("const", it)).into_iter();
        let all = all.chain(listed.iter().map(|it| ("enum", it)));
        for (keyword, value) in all.filter(|(_, value)| is_excluded(schema, value)) {
            let at = Node {
                document: node.document,
                value,
            };
            let message = format!(
                "{} in `{keyword}` is none that `type` allows: it is taken",
                shown(value)
            );
            self.context
                .problem(Problem::new(Code::IMPOSSIBLE_VALUE, at, message));
        }
    }
}

/// Whether a listed value is none of the schema's types. A scalar under `type: string`, and text that spells a value of the
/// type, are told as what they are taken for.
fn is_excluded(schema: &Schema<'_>, value: &Value) -> bool {
    let types = schema.types;
    let is_whole = |value: &Value| value.as_f64().is_some_and(|it| it.fract() == 0.0);
    let is_of = |value: &Value| {
        types.has(JsonType::of(value))
            || value.is_number() && types.has(JsonType::Number)
            || is_whole(value) && types.has(JsonType::Integer)
    };
    let is_meant = match value {
        Value::String(text) => serde_json::from_str(text).is_ok_and(|it: Value| is_of(&it)),
        Value::Bool(_) | Value::Number(_) => types.has(JsonType::String),
        _ => false,
    };
    !types.is_empty() && !is_of(value) && !is_meant
}

/// A value as it is, as far as it is short.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = visible::escape_json(&value.to_string()).into_owned();
    match text.chars().count() > LONGEST {
        true => "a value".to_owned(),
        false => format!("`{text}`"),
    }
}

//! Properties that have one legal value: nobody is asked for it, and a text needs no type of its own.

use serde_json::Value;

use super::TypeBuilder;
use crate::dialect::schema::{JsonType, Schema, Types};
use crate::lower::draft::Conjunct;
use crate::model::Constant;

/// The only value that schemas which hold together allow, if they state it themselves.
pub(in crate::lower) fn only_value<'d>(schemas: &[Schema<'d>]) -> Option<&'d Value> {
    let only = schemas.iter().find_map(stated)?;
    let allows = |schema: &Schema<'d>| {
        schema.constant.is_none_or(|value| value == only)
            && schema
                .enumeration
                .is_none_or(|values| values.contains(only))
    };
    schemas.iter().all(allows).then_some(only)
}

fn stated<'d>(schema: &Schema<'d>) -> Option<&'d Value> {
    schema.constant.or(match schema.enumeration {
        Some([only]) => Some(only),
        _ => None,
    })
}

/// The value as the model has it. Whether a type has such a value shows when all types are there.
pub(super) fn constant(value: &Value) -> Option<Constant> {
    match value {
        Value::Bool(value) => Some(Constant::Bool(*value)),
        Value::Number(number) => number.as_i64().map(Constant::Integer),
        Value::String(text) => Some(Constant::String(text.clone())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl<'d> TypeBuilder<'d, '_> {
    /// Whether a property is always one text, for which users need no type. An enum that they have from a generation
    /// before stays.
    pub(in crate::lower) fn constant_text(
        &mut self,
        conjuncts: &[Conjunct<'d>],
        schemas: &[Schema<'d>],
        is_always_there: bool,
    ) -> bool {
        let only = only_value(schemas).and_then(Value::as_str);
        let Some(only) = only.filter(|_| is_always_there) else {
            return false;
        };
        let is_text = |schema: &Schema<'d>| {
            let types = schema.types;
            types.is_empty() && !schema.nullable || types == Types::only(JsonType::String)
        };
        let is_referred = schemas.iter().any(|schema| schema.reference.is_some());
        let places: Vec<_> = conjuncts.iter().map(|it| it.node.key()).collect();
        let had_a_type = self.context.previous.at(&places, false).is_some();
        !is_referred
            && !had_a_type
            && schemas.iter().all(is_text)
            && schemas
                .iter()
                .all(|schema| self.context.hold(schema.node, only.len()))
    }
}

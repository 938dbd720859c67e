//! Required parameters with one legal value: nobody is asked for it.

use serde_json::Value;

use crate::dialect::openapi::Parameter;
use crate::dialect::schema::Schema;
use crate::lower::draft::{Conjunct, Conjunction};
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::only_value::only_value;
use crate::model::{Location, ParameterEncoding};
use crate::source::Node;

/// The only legal value of a parameter.
pub(super) struct Constant {
    /// As it is sent.
    pub text: String,
    /// It is one of a type that users have, or no text.
    pub has_type: bool,
}

/// The value that a required parameter always has, where its schema states it.
pub(super) fn of_parameter<'d>(
    types: &mut TypeBuilder<'d, '_>,
    (spec, node): (&Parameter<'d>, Node<'d>),
    encoding: ParameterEncoding,
) -> Option<Constant> {
    let conjunction = Conjunction::one(node);
    if !spec.required || types.accepts_null(&conjunction) {
        return None;
    }
    let flat = types.flatten(&conjunction);
    let schemas = flat.leaves.iter().map(|leaf| leaf.schema.clone());
    let schemas: Vec<Schema<'d>> = schemas.collect();
    let text = match only_value(&schemas)? {
        Value::String(text) => text.clone(),
        // As JSON, a text is another value.
        _ if encoding == ParameterEncoding::Json => return None,
        value @ (Value::Number(_) | Value::Bool(_)) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    // A path with nothing in this place is another path.
    if text.is_empty() && spec.location == Location::Path {
        return None;
    }
    let own = [Schema::read(node)];
    let is_plain = types.constant_text(&[Conjunct::whole(node)], &own, true);
    Some(Constant {
        text,
        has_type: !is_plain,
    })
}

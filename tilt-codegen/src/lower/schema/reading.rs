//! Schemas as the dialect reads them, and what of them no type shows.

use super::TypeBuilder;
use crate::diagnostic::{Code, Problem};
use crate::dialect::schema::Schema;
use crate::source::{Node, kind};
use crate::visible;
use serde_json::Value;

impl<'d> TypeBuilder<'d, '_> {
    /// Reads a schema node and reports, once, what of it no type shows.
    pub(in crate::lower) fn read(&mut self, node: Node<'d>) -> Schema<'d> {
        let schema = Schema::read(node);
        let quiet = schema.inexpressible.is_empty()
            && schema.unknown.is_empty()
            && schema.malformed.is_empty()
            && schema.loose_types.is_empty()
            && !schema.nullable
            && schema.discriminator.is_none()
            && schema.constant.is_none()
            && schema.enumeration.is_none();
        if quiet || !self.reported.insert(node.key()) {
            return schema;
        }
        for keyword in &schema.inexpressible {
            let at = node.get(keyword).unwrap_or(node);
            self.context.problem(Problem::new(
                Code::INEXPRESSIBLE_KEYWORD,
                at,
                format!("`{keyword}` narrows what is valid in a way that the type does not show"),
            ));
        }
        for keyword in &schema.unknown {
            let at = node.get(keyword).unwrap_or(node);
            self.context.problem(Problem::new(
                Code::UNKNOWN_KEYWORD,
                at,
                format!("`{keyword}` is no keyword of JSON Schema or OpenAPI; it is ignored"),
            ));
        }
        self.report_inexact(&schema);
        self.report_contradictions(&schema);
        for (keyword, name) in &schema.loose_types {
            let at = node.get(keyword).unwrap_or(node);
            self.context.problem(Problem::new(
                Code::LOOSE_TYPE,
                at,
                format!(
                    "`{name}` is no type of JSON Schema; it is read as what it means elsewhere"
                ),
            ));
        }
        for (keyword, expected) in &schema.malformed {
            let at = node.get(keyword).unwrap_or(node);
            let name = if keyword.is_empty() {
                "schema"
            } else {
                keyword
            };
            self.context.problem(Problem::new(
                Code::MALFORMED_KEYWORD,
                at,
                format!(
                    "`{name}` is ignored: found {}, expected {expected}",
                    found(at)
                ),
            ));
        }
        schema
    }
}

/// A value in a message: a scalar as it is, as far as that is short, and else its kind.
fn found(node: Node<'_>) -> String {
    const LONGEST: usize = 40;
    match node.value {
        Value::Array(_) | Value::Object(_) | Value::Null => kind(node.value).to_owned(),
        scalar => {
            let text = visible::escape_json(&scalar.to_string()).into_owned();
            match text.chars().count() > LONGEST {
                true => kind(scalar).to_owned(),
                false => format!("`{text}`"),
            }
        }
    }
}

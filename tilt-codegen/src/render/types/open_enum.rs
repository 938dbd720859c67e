//! Enums, and the table of their values.

use super::super::source::{Source, code, ident, literal};
use super::{describe, document};
use crate::model::{Enum, EnumRepr, Type};
use serde_json::Value;

pub(super) fn write(source: &mut Source, ty: &Type, shape: &Enum) {
    let name = ident(&ty.name);
    let (derives, unknown, table) = match shape.repr {
        EnumRepr::String => ("Debug, Clone, PartialEq, Hash", "String", "open_enum"),
        EnumRepr::Integer => (
            "Debug, Clone, Copy, PartialEq, Hash",
            "i64",
            "open_integer_enum",
        ),
        EnumRepr::Any => ("Debug, Clone, PartialEq", "rt::Value", "open_value_enum"),
    };
    describe(source, ty);
    source.line(&format!("#[derive({derives})]"));
    source.line("#[non_exhaustive]");
    source.open(&format!("pub enum {name} {{"));
    for variant in &shape.variants {
        document(source, &variant.docs, &code(&wire(&variant.value)), false);
        source.line(&format!("{},", ident(&variant.name)));
    }
    source.docs("A value that is not in this list. It is kept as it is.");
    source.line(&format!("Unknown({unknown}),"));
    source.close("}");

    source.apart();
    source.open(&format!("rt::{table}! {{"));
    source.open(&format!("{name} {{"));
    for variant in &shape.variants {
        let value = match (shape.repr, &variant.value) {
            (EnumRepr::String, value) => literal(&wire(value)),
            (EnumRepr::Integer, value) => value.as_i64().unwrap_or_default().to_string(),
            (EnumRepr::Any, value) => literal(&value.to_string()),
        };
        source.line(&format!("{} = {value},", ident(&variant.name)));
    }
    source.close("}");
    source.close("}");
}

/// A value as it travels: the text of a string, the JSON of all else.
fn wire(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

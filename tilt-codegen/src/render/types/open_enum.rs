//! Enums, and the table of their values. Their documentation is made in `model/documentation.rs`.

use super::super::source::{Source, ident, literal};
use crate::model::{Enum, EnumRepr, Type};

pub(super) fn write(source: &mut Source, ty: &Type, shape: &Enum) {
    let name = ident(&ty.name);
    let (derives, unknown, table) = match shape.repr {
        EnumRepr::String => (&[][..], "String", "open_enum"),
        EnumRepr::Integer => (
            &["Debug", "Clone", "Copy", "PartialEq", "Hash"][..],
            "i64",
            "open_integer_enum",
        ),
        EnumRepr::Any => (
            &["Debug", "Clone", "PartialEq"][..],
            "rt::Value",
            "open_value_enum",
        ),
    };
    source.docs(&ty.documentation());
    super::attributes(source, ty, derives);
    source.line("#[non_exhaustive]");
    source.open(&format!("pub enum {name} {{"));
    for variant in &shape.variants {
        source.docs(&variant.documentation());
        source.line(&format!("{},", ident(&variant.name)));
    }
    source.docs("A value that is not in this list. It is kept as it is.");
    source.line(&format!("Unknown({unknown}),"));
    source.close("}");

    source.apart();
    source.open(&format!("rt::{table}! {{"));
    source.open(&format!("{name} {{"));
    for variant in &shape.variants {
        let value = match shape.repr {
            EnumRepr::String => literal(&variant.text()),
            EnumRepr::Integer => variant.value.as_i64().unwrap_or_default().to_string(),
            EnumRepr::Any => literal(&variant.value.to_string()),
        };
        source.line(&format!("{} = {value},", ident(&variant.name)));
    }
    source.close("}");
    source.close("}");
}

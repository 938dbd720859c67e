//! Identifiers: a type of its own around a text or an integer, which does not show.

use super::super::source::{Source, ident};
use crate::model::{IdForm, Type};

pub(super) fn write(source: &mut Source, ty: &Type, form: IdForm) {
    let name = ident(&ty.name);
    let (is_copy, inner, table) = match form {
        IdForm::Text => (false, "String", format!("rt::id!({name}: String);")),
        IdForm::Uuid => (false, "rt::Uuid", format!("rt::id!({name}: Uuid);")),
        IdForm::Integer => (true, "i64", format!("rt::integer_id!({name}: i64);")),
        IdForm::Unsigned => (true, "u64", format!("rt::integer_id!({name}: u64);")),
    };
    source.docs(&ty.documentation());
    let derives: &[&str] = match is_copy {
        true => &["Clone", "Copy", "PartialEq", "Eq", "Hash"],
        false => &["Clone", "PartialEq", "Eq", "Hash"],
    };
    super::attributes(source, ty, derives);
    source.line(&format!("pub struct {name}({inner});"));
    source.apart();
    source.line(&table);
}

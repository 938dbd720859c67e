//! Identifiers: a type of its own around a text or an integer, which does not show.

use super::super::source::{Source, ident};
use crate::model::{IdForm, Type};

pub(super) fn write(source: &mut Source, ty: &Type, form: IdForm) {
    let name = ident(&ty.name);
    let (copy, inner, table) = match form {
        IdForm::Text => ("", "String", format!("rt::id!({name}: String);")),
        IdForm::Uuid => ("", "rt::Uuid", format!("rt::id!({name}: Uuid);")),
        IdForm::Integer => (", Copy", "i64", format!("rt::integer_id!({name}: i64);")),
        IdForm::Unsigned => (", Copy", "u64", format!("rt::integer_id!({name}: u64);")),
    };
    source.docs(&ty.documentation());
    source.line(&format!("#[derive(Clone{copy}, PartialEq, Eq, Hash)]"));
    source.line(&format!("pub struct {name}({inner});"));
    source.apart();
    source.line(&table);
}

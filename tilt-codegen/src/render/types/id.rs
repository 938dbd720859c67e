//! Identifiers: a type of its own around a text or an integer.

use super::super::source::{Source, ident};
use super::super::type_ref::TypeRefs;
use super::describe;
use crate::model::{Scalar, ScalarKind, Type, TypeRef};

pub(super) fn write(source: &mut Source, refs: TypeRefs<'_>, ty: &Type, of: Scalar) {
    let (name, inner) = (ident(&ty.name), refs.text(&TypeRef::Scalar(of)));
    let (copy, table) = match of.kind() {
        ScalarKind::Integer => (", Copy", "integer_id"),
        _ => ("", "id"),
    };
    describe(source, ty);
    source.line(&format!("#[derive(Clone{copy}, PartialEq, Eq, Hash)]"));
    source.line(&format!("pub struct {name}({inner});"));
    source.apart();
    source.line(&format!("rt::{table}!({name}: {inner});"));
}

//! Parameters with parts inside parts: OpenAPI says of no style how these are written.

use crate::diagnostic::{Code, Problem};
use crate::lower::context::Context;
use crate::model::{
    Location, Operation, Parameter, ParameterEncoding, ParameterStyle, Rest, Shape, Type, TypeRef,
};

/// Unions of unions are looked through so far.
const UNIONS: usize = 8;

/// Reports the parameters of an operation that have them, with what becomes of them.
pub(in crate::lower) fn report(context: &mut Context<'_>, operation: &Operation, types: &[Type]) {
    for parameter in &operation.parameters {
        let ParameterEncoding::Styled { style, explode, .. } = parameter.encoding else {
            continue;
        };
        if !has_nested(parameter, style == ParameterStyle::Form && explode, types) {
            continue;
        }
        let written = match (style, parameter.location) {
            (ParameterStyle::DeepObject, _) => "it is written as `name[outer][inner]=value`",
            (_, Location::Header) => "a call with one is not sent",
            _ => "it is written as JSON",
        };
        let message = format!(
            "parameter `{}` may have a list or an object inside a list or an object: {written}",
            parameter.wire
        );
        let place = context.place_of(operation);
        context.problem(Problem::new(Code::NESTED_PARAMETER, place, message));
    }
}

/// Whether a part has parts. (A list in an object whose properties become pairs has a pair for each item.)
fn has_nested(parameter: &Parameter, in_pairs: bool, types: &[Type]) -> bool {
    let mut parts = Vec::new();
    push_parts(&parameter.ty, types, UNIONS, &mut parts);
    parts
        .iter()
        .any(|part| match (part, bare(part.ty(), types)) {
            (Part::Property(_), TypeRef::List(item)) if in_pairs => has_parts(item, types, UNIONS),
            (_, ty) => has_parts(ty, types, UNIONS),
        })
}

enum Part<'t> {
    Item(&'t TypeRef),
    Property(&'t TypeRef),
}

impl<'t> Part<'t> {
    fn ty(&self) -> &'t TypeRef {
        match self {
            Part::Item(ty) | Part::Property(ty) => ty,
        }
    }
}

/// The type itself, without what it may also be (null) and how it is held.
pub(super) fn bare<'t>(mut ty: &'t TypeRef, types: &'t [Type]) -> &'t TypeRef {
    // No aliases lead to each other.
    loop {
        ty = match ty {
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Loose(inner) => inner,
            TypeRef::Named(id) => match &types[id.0].shape {
                Shape::Alias(inner) => inner,
                _ => return ty,
            },
            _ => return ty,
        };
    }
}

fn push_parts<'t>(ty: &'t TypeRef, types: &'t [Type], unions: usize, parts: &mut Vec<Part<'t>>) {
    match bare(ty, types) {
        TypeRef::List(item) => parts.push(Part::Item(item)),
        TypeRef::Tuple(items) => parts.extend(items.iter().map(Part::Item)),
        TypeRef::Map(value) => parts.push(Part::Property(value)),
        TypeRef::Named(id) => match &types[id.0].shape {
            Shape::Struct(structure) => {
                let fields = structure.fields.iter().map(|field| &field.ty);
                parts.extend(fields.map(Part::Property));
                if let Rest::Typed(ty) = &structure.rest {
                    parts.push(Part::Property(ty));
                }
            }
            Shape::Union(union) if unions > 0 => {
                for variant in &union.variants {
                    push_parts(&variant.ty, types, unions - 1, parts);
                }
            }
            _ => {}
        },
        _ => {}
    }
}

/// Whether a value has, or may have, parts.
fn has_parts(ty: &TypeRef, types: &[Type], unions: usize) -> bool {
    match bare(ty, types) {
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) => true,
        TypeRef::Named(id) => match &types[id.0].shape {
            Shape::Struct(_) => true,
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                unions > 0 && variants.any(|it| has_parts(&it.ty, types, unions - 1))
            }
            _ => false,
        },
        _ => false,
    }
}

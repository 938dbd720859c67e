//! Objects that no finite value is: each of them requires one more.

use crate::diagnostic::{Code, Place, Problem};
use crate::lower::context::Context;
use crate::model::{Presence, Shape, Type, TypeRef};

/// Reports the structs that require themselves, at whatever distance.
pub(super) fn report(context: &mut Context<'_>, types: &[Type]) {
    let finite = finite(types);
    for (ty, is_finite) in types.iter().zip(finite) {
        if is_finite || !matches!(ty.shape, Shape::Struct(_)) {
            continue;
        }
        let documents = context.documents();
        let stands = ty.places.iter().flatten().find_map(|place| {
            let document = documents.iter().find(|it| it.name == place.document)?;
            Some(Place::Pointer(document.id, place.pointer.clone()))
        });
        let place = stands.unwrap_or_else(|| documents.root_node().into());
        let message = format!(
            "a `{}` requires another one inside: no value is one",
            ty.name
        );
        context.problem(Problem::new(Code::ENDLESS_OBJECT, place, message));
    }
}

/// Of each type, whether a finite value is one: the least solution, from those that contain no other.
fn finite(types: &[Type]) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    for (at, ty) in types.iter().enumerate() {
        for needed in needed(ty) {
            let mut named = Vec::new();
            named_in(needed, &mut named);
            named.into_iter().for_each(|it| users[it].push(at));
        }
    }
    let mut finite = vec![false; types.len()];
    let mut pending: Vec<usize> = (0..types.len()).rev().collect();
    while let Some(at) = pending.pop() {
        if !finite[at] && is_finite(&types[at], &finite) {
            finite[at] = true;
            pending.extend(&users[at]);
        }
    }
    finite
}

fn is_finite(ty: &Type, finite: &[bool]) -> bool {
    let all = needed(ty);
    let is = |ty: &TypeRef| {
        let mut named = Vec::new();
        named_in(ty, &mut named);
        named.into_iter().all(|it| finite[it])
    };
    match &ty.shape {
        // Unions keep values that are none of their variants; as the document says, one has to be met.
        Shape::Union(_) => all.is_empty() || all.into_iter().any(is),
        _ => all.into_iter().all(is),
    }
}

/// The types that a value has to have inside, or one of which it has to be.
fn needed(ty: &Type) -> Vec<&TypeRef> {
    match &ty.shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter();
            let required = fields.filter(|it| it.presence == Presence::Required);
            required.map(|it| &it.ty).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|it| &it.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Enum(_) | Shape::Id(_) => Vec::new(),
    }
}

/// The types that a value of this type has to contain: a list and a map may be empty.
fn named_in(ty: &TypeRef, into: &mut Vec<usize>) {
    match ty {
        TypeRef::Named(id) => into.push(id.0),
        TypeRef::Boxed(ty) => named_in(ty, into),
        TypeRef::Tuple(items) => items.iter().for_each(|item| named_in(item, into)),
        TypeRef::Scalar(_)
        | TypeRef::List(_)
        | TypeRef::Map(_)
        | TypeRef::Nullable(_)
        | TypeRef::Loose(_) => {}
    }
}

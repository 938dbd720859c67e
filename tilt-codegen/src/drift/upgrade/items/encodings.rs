//! Ways to write parts of a body that are those of their types anyway.

use super::super::scope::Scope;
use crate::drift::media_type::spelled;
use crate::model::{ParameterEncoding, ParameterStyle, PartEncoding, Scalar, Shape, TypeRef};

/// The media type of a part that states none, and is no list (OpenAPI 3.1.1, section 4.8.15.1.1).
fn media_type(scope: &Scope<'_>, ty: &TypeRef) -> Option<&'static str> {
    match ty {
        TypeRef::Scalar(Scalar::File | Scalar::Bytes) => Some("application/octet-stream"),
        TypeRef::Scalar(Scalar::Any | Scalar::Null | Scalar::Mapped(_)) => None,
        TypeRef::Scalar(_) => Some("text/plain"),
        TypeRef::Map(_) => Some("application/json"),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) => {
            media_type(scope, inner)
        }
        TypeRef::Tuple(_) | TypeRef::Loose(_) => None,
        TypeRef::Named(id) => match &scope.ty(*id)?.shape {
            Shape::Struct(_) => Some("application/json"),
            Shape::Enum(_) | Shape::Id(_) => Some("text/plain"),
            // An alias never leads to itself but through another type.
            Shape::Alias(inner) => media_type(scope, inner),
            Shape::Union(_) => None,
        },
    }
}

/// The properties of a body, each with its type.
pub(super) fn properties<'s>(
    scope: &Scope<'s>,
    body: &TypeRef,
) -> impl Iterator<Item = (&'s str, &'s TypeRef)> {
    let ty = match body.named()[..] {
        [id] => scope.ty(id),
        _ => None,
    };
    let shape = ty.and_then(|ty| match &ty.shape {
        Shape::Struct(shape) => Some(shape),
        _ => None,
    });
    let fields = shape.into_iter().flat_map(|shape| &shape.fields);
    fields.map(|field| (field.wire.as_str(), &field.ty))
}

/// The type of a property of a body.
fn property<'s>(scope: &Scope<'s>, body: &TypeRef, property: &str) -> Option<&'s TypeRef> {
    let mut all = properties(scope, body);
    all.find(|(wire, _)| *wire == property).map(|(_, ty)| ty)
}

/// Whether a part is written like that where nothing is stated.
pub(super) fn is_part_default(
    scope: &Scope<'_>,
    body: &TypeRef,
    name: &str,
    encoding: &PartEncoding,
) -> bool {
    let PartEncoding::Types(stated) = encoding else {
        return false;
    };
    let by_type = property(scope, body, name).and_then(|ty| media_type(scope, ty));
    by_type.is_some_and(|it| it == spelled(stated))
}

/// The same of a pair of a form.
pub(super) fn is_pair_default(
    scope: &Scope<'_>,
    body: &TypeRef,
    name: &str,
    encoding: ParameterEncoding,
) -> bool {
    let is_default = matches!(
        encoding,
        ParameterEncoding::Styled {
            style: ParameterStyle::Form,
            explode: true,
            reserved: false,
        }
    );
    let by_type = || property(scope, body, name).and_then(|ty| media_type(scope, ty));
    is_default && by_type() == Some("text/plain")
}

//! The types of merge patches (RFC 7396): a null in one removes a property, whatever its schema says of null.

use std::collections::HashSet;

use crate::dialect::media_type;
use crate::model::{BodyMedia, Payload, Sdk, Type, TypeId, TypeRef};

/// The types of bodies that are merge patches, and of the objects in them. That they are in other requests as well takes
/// nothing away: a request that comes must not.
pub(super) fn of(sdk: &Sdk) -> HashSet<TypeId> {
    let operations = sdk.resources.iter().flat_map(|it| &it.operations);
    let media = operations.filter_map(|it| Some(it.body.as_ref()?.media()));
    let patches = media.flatten().filter_map(patch);
    let mut pending: Vec<TypeId> = Vec::new();
    patches.for_each(|ty| merged(ty, &mut pending));
    let mut patched = HashSet::new();
    while let Some(id) = pending.pop() {
        if patched.insert(id) {
            let inside = sdk.types.get(id.0).map(|ty: &Type| ty.shape.types());
            inside
                .into_iter()
                .flatten()
                .for_each(|ty| merged(ty, &mut pending));
        }
    }
    patched
}

fn patch(media: &BodyMedia) -> Option<&TypeRef> {
    match &media.payload {
        Payload::Json(ty) if media_type::is_merge_patch(&media.content_type) => Some(ty),
        _ => None,
    }
}

/// The types of values that are merged, and not put in place of others as arrays are.
fn merged(ty: &TypeRef, into: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Named(id) => into.push(*id),
        TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Loose(inner) => merged(inner, into),
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Tuple(_) => {}
    }
}

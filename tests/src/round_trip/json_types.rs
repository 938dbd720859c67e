//! The types that have a form in JSON.

use tilt_codegen::model::{Rest, Scalar, Sdk, Shape, Type, TypeRef};

/// The types of an SDK without those that hold raw bytes or files, which exist in multipart forms only.
pub(super) fn json_types(sdk: &Sdk) -> impl Iterator<Item = &Type> {
    let mut is_json = vec![true; sdk.types.len()];
    loop {
        let lost: Vec<usize> = (0..sdk.types.len())
            .filter(|index| is_json[*index])
            .filter(|index| {
                !parts(&sdk.types[*index].shape)
                    .iter()
                    .all(|part| has_json(part, &is_json))
            })
            .collect();
        if lost.is_empty() {
            break;
        }
        lost.into_iter().for_each(|index| is_json[index] = false);
    }
    sdk.types
        .iter()
        .zip(is_json)
        .filter(|(_, is_json)| *is_json)
        // An identifier stands in the properties of other types; no schema is that of the type.
        .filter(|(ty, _)| !ty.places.is_empty() || !matches!(ty.shape, Shape::Id(_)))
        .map(|(ty, _)| ty)
}

fn parts(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Alias(target) => vec![target],
        Shape::Enum(_) | Shape::Id(_) => Vec::new(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| &field.ty);
            let rest = match &structure.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Any => None,
            };
            fields.chain(rest).collect()
        }
    }
}

fn has_json(ty: &TypeRef, is_json: &[bool]) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => !matches!(scalar, Scalar::Bytes | Scalar::File),
        TypeRef::Named(id) => is_json.get(id.0).copied().unwrap_or(true),
        TypeRef::List(ty)
        | TypeRef::Map(ty)
        | TypeRef::Nullable(ty)
        | TypeRef::Boxed(ty)
        | TypeRef::Loose(ty) => has_json(ty, is_json),
        TypeRef::Tuple(items) => items.iter().all(|item| has_json(item, is_json)),
    }
}

//! Bodies of several media types: which of them takes a value that callers give without saying as what it goes out.
//!
//! A body that had one media type keeps what that took: each value goes out as before when another one comes.

use std::collections::{HashMap, HashSet};

use super::conversions::{behind_aliases, decide_from, is_text, without_aliases};
use crate::model::{Body, BodyMedia, Payload, Scalar, Sdk, Shape, Type, TypeId, TypeRef, Union};

const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);

/// A media type that takes something: its precedence, its rank by likeness to JSON, and its index.
type Taker = (Option<u8>, usize, usize);

/// Decides it for all operations.
pub(super) fn complete(sdk: &mut Sdk) {
    let types = &sdk.types;
    let operations = sdk.resources.iter_mut().flat_map(|it| &mut it.operations);
    for body in operations.filter_map(|it| it.body.as_mut()) {
        match &mut body.body {
            Body::Choice { variants, .. } => choose(types, variants),
            Body::Single(media) => {
                media.precedence = None;
                media.from_text = false;
            }
        }
    }
}

/// Of several media types that take the same, the body is `From` it by the one that precedes, and then is most like JSON:
/// by none, where none is usual.
fn choose(types: &[Type], variants: &mut [(String, BodyMedia)]) {
    let all: Vec<(usize, TypeRef)> = variants
        .iter()
        .map(|(_, media)| taken(types, &media.payload))
        .collect();
    let mut takers: HashMap<&TypeRef, Vec<Taker>> = HashMap::new();
    for (index, ((rank, ty), (_, media))) in all.iter().zip(&*variants).enumerate() {
        let taker = (media.precedence, *rank, index);
        takers.entry(ty).or_default().push(taker);
    }
    let chosen = takers.into_values().filter_map(|takers| match takers[..] {
        [only] => Some(only),
        _ => takers.into_iter().filter(|it| it.0.is_some()).min(),
    });
    let mut chosen: HashSet<usize> = chosen.map(|(.., index)| index).collect();
    let text = text_taker(types, variants, (&all, &chosen));
    chosen.retain(|index| all[*index].1 != TEXT || Some(*index) == text);
    chosen.extend(text.filter(|index| all[*index].1 == TEXT));
    let parts: Vec<Vec<TypeRef>> = variants
        .iter()
        .map(|(_, media)| parts(types, &media.payload))
        .collect();
    let is_only = |part: &TypeRef| {
        let same = parts.iter().flatten().filter(|it| *it == part).count();
        same == 1 && *part != TEXT && !all.iter().any(|(_, ty)| ty == part)
    };
    for (index, (_, media)) in variants.iter_mut().enumerate() {
        media.from = chosen.contains(&index);
        media.from_text = text == Some(index);
        media.also_from = parts[index]
            .iter()
            .filter(|it| is_only(it))
            .cloned()
            .collect();
        media.precedence = None;
        media.named = named(types, &media.payload).filter(|_| media.from);
    }
}

/// The rank of a form of body by likeness to JSON, and the type that it takes.
fn taken(types: &[Type], payload: &Payload) -> (usize, TypeRef) {
    match payload {
        Payload::Json(ty) => (0, without_aliases(types, ty)),
        Payload::Form { ty, .. } => (1, without_aliases(types, ty)),
        Payload::Multipart { ty, .. } => (2, without_aliases(types, ty)),
        Payload::JsonLines(ty) => {
            let list = TypeRef::List(Box::new(ty.clone()));
            (3, without_aliases(types, &list))
        }
        Payload::Text | Payload::EventStream(_) => (4, TEXT),
        Payload::Bytes => (5, TypeRef::Scalar(Scalar::Bytes)),
    }
}

/// The media type that any text goes out as: the one that it did, or that is text, or else the only one that takes any.
fn text_taker(
    types: &[Type],
    variants: &[(String, BodyMedia)],
    (all, chosen): (&[(usize, TypeRef)], &HashSet<usize>),
) -> Option<usize> {
    let takes = |index: &usize| takes_text(types, &variants[*index].1.payload);
    let takers: Vec<usize> = (0..variants.len()).filter(takes).collect();
    let mut takers_so_far = takers.iter().filter(|at| variants[**at].1.from_text);
    // Several ways to write any value: none of them is known to be the one that was.
    if let (Some(so_far), None) = (takers_so_far.next(), takers_so_far.next()) {
        return Some(*so_far);
    }
    let mut texts = takers
        .iter()
        .filter(|at| all[**at].1 == TEXT && chosen.contains(at));
    match (texts.next(), takers.as_slice()) {
        (Some(text), _) => Some(*text),
        (None, [only]) => Some(*only),
        (None, _) => None,
    }
}

/// Whether an argument of this form takes any text.
fn takes_text(types: &[Type], payload: &Payload) -> bool {
    let ty = match payload {
        Payload::Text | Payload::EventStream(_) | Payload::Bytes => return true,
        Payload::Json(ty) => meant(types, ty),
        Payload::Form { .. } | Payload::Multipart { .. } | Payload::JsonLines(_) => return false,
    };
    let made = union(types, ty).map(|(id, shape)| decide_from(types, shape, id));
    is_text(types, ty) || made.is_some_and(|made| made.iter().any(|it| it.is_text))
}

/// The types that become the value of this form by `into()`: variants of a union, and what is held by another type.
fn parts(types: &[Type], payload: &Payload) -> Vec<TypeRef> {
    let Payload::Json(ty) = payload else {
        return Vec::new();
    };
    let ty = behind_aliases(types, ty);
    let held = matches!(ty, TypeRef::Loose(_)).then(|| meant(types, ty).clone());
    let variants = union(types, meant(types, ty)).map(|(id, shape)| {
        let made = decide_from(types, shape, id);
        let variants = shape.variants.iter().zip(made);
        let variants = variants.filter(|(_, made)| made.is_type);
        variants.map(|(variant, _)| without_aliases(types, &variant.ty))
    });
    held.into_iter()
        .chain(variants.into_iter().flatten())
        .collect()
}

/// The type of what callers give.
fn meant<'t>(types: &'t [Type], ty: &'t TypeRef) -> &'t TypeRef {
    match behind_aliases(types, ty) {
        TypeRef::Loose(inner) => behind_aliases(types, inner),
        ty => ty,
    }
}

fn union<'t>(types: &'t [Type], ty: &TypeRef) -> Option<(TypeId, &'t Union)> {
    let TypeRef::Named(id) = ty else {
        return None;
    };
    match &types.get(id.0)?.shape {
        Shape::Union(shape) => Some((*id, shape)),
        _ => None,
    }
}

/// The type that a body takes, if users make it by naming arguments.
fn named(types: &[Type], payload: &Payload) -> Option<TypeId> {
    let (Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. }) = payload
    else {
        return None;
    };
    let TypeRef::Named(id) = ty else {
        return None;
    };
    let construction = types.get(id.0)?.construction()?;
    construction.named_arguments().map(|_| *id)
}

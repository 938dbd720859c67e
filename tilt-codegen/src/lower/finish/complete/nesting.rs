//! How deep types contain each other, and the groups of a type's fields.

use crate::model::{Shape, Type, TypeId};

/// How deep either may be before rustc, whose own limit is 128, must be told.
const USUAL: usize = 48;

/// The `recursion_limit` that a crate with these types needs, if rustc's own is too low. So does a crate
/// that uses the deepest of them, or types of more than 1500 properties.
pub(super) fn recursion_limit(types: &[Type]) -> Option<usize> {
    let nesting = nesting(types).max(groups(types));
    (nesting > USUAL).then_some(nesting * 4)
}

/// The most groups of fields that a type has: each group holds the next.
fn groups(types: &[Type]) -> usize {
    let groups = types.iter().map(|ty| match &ty.shape {
        Shape::Struct(shape) => shape.groups().len(),
        Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => 0,
    });
    groups.max().unwrap_or_default()
}

/// The length of the longest chain of types in which each contains the next. Where types contain
/// themselves, a round counts once.
fn nesting(types: &[Type]) -> usize {
    let mut depths: Vec<Option<usize>> = vec![None; types.len()];
    for id in 0..types.len() {
        measure(types, TypeId(id), &mut depths);
    }
    depths.into_iter().flatten().max().unwrap_or_default()
}

/// Depth first, without recursion: chains are as long as documents like.
fn measure(types: &[Type], start: TypeId, depths: &mut [Option<usize>]) {
    let parts = |id: TypeId| types.get(id.0).map(|ty| ty.shape.named());
    let mut path: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
    enter(start, parts(start), &mut path, depths);
    while let Some((id, pending)) = path.last_mut() {
        let id = *id;
        if let Some(part) = pending.pop() {
            enter(part, parts(part), &mut path, depths);
            continue;
        }
        path.pop();
        let below = parts(id).unwrap_or_default();
        let below = below.iter().filter_map(|part| depths.get(part.0).copied());
        let deepest = below.flatten().max().unwrap_or_default();
        if let Some(depth) = depths.get_mut(id.0) {
            *depth = Some(deepest + 1);
        }
    }
}

fn enter(
    id: TypeId,
    parts: Option<Vec<TypeId>>,
    path: &mut Vec<(TypeId, Vec<TypeId>)>,
    depths: &mut [Option<usize>],
) {
    // A type on the path already has a depth, which counts for nothing yet.
    if let (Some(depth @ None), Some(parts)) = (depths.get_mut(id.0), parts) {
        *depth = Some(0);
        path.push((id, parts));
    }
}

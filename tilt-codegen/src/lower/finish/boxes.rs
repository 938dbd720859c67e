//! Boxes where types contain themselves.

use std::collections::HashSet;

use crate::lower::circles::{collect_by_value, components};
use crate::lower::draft::Draft;
use crate::model::{Shape, TypeRef};

/// Pairs of types of which the first holds the second by value on a cycle. All edges of a cycle are
/// boxed: the choice of a single one would depend on where one starts, and so on the rest of the document.
pub(in crate::lower) fn boxes(drafts: &[Draft<'_>], kept: &[usize]) -> HashSet<(usize, usize)> {
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    for &index in kept {
        let Some(shape) = &drafts[index].shape else {
            continue;
        };
        let types: Vec<&TypeRef> = match shape {
            Shape::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
            other => other.types(),
        };
        let mut contained = Vec::new();
        types
            .into_iter()
            .for_each(|ty| collect_by_value(ty, &mut contained));
        edges[index] = contained.into_iter().map(|id| id.0).collect();
        edges[index].sort_unstable();
        edges[index].dedup();
    }
    let components = components(&edges);
    let mut boxes = HashSet::new();
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            if components[from] == components[to] {
                boxes.insert((from, to));
            }
        }
    }
    boxes
}

pub(in crate::lower) fn boxed(
    shape: Shape,
    index: usize,
    boxes: &HashSet<(usize, usize)>,
) -> Shape {
    let on_cycle = |ty: &TypeRef| {
        let mut contained = Vec::new();
        collect_by_value(ty, &mut contained);
        contained.iter().any(|id| boxes.contains(&(index, id.0)))
    };
    match shape {
        Shape::Struct(mut structure) => {
            for field in &mut structure.fields {
                if on_cycle(&field.ty) {
                    field.ty = TypeRef::Boxed(Box::new(field.ty.clone()));
                }
            }
            Shape::Struct(structure)
        }
        Shape::Union(mut union) => {
            for variant in &mut union.variants {
                variant.boxed = on_cycle(&variant.ty);
            }
            Shape::Union(union)
        }
        other => other,
    }
}

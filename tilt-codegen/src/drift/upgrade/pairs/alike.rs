//! Whether two types look as if one could be the other under another name.

use crate::model::{Sdk, Shape, TypeId};
use std::collections::HashSet;
use std::hash::Hash;

pub(super) fn look_alike(old: &Sdk, old_id: TypeId, new: &Sdk, new_id: TypeId) -> bool {
    let (Some(old), Some(new)) = (old.types.get(old_id.0), new.types.get(new_id.0)) else {
        return false;
    };
    match (&old.shape, &new.shape) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let wires = |it: &crate::model::Struct| -> Vec<String> {
                it.fields.iter().map(|field| field.wire.clone()).collect()
            };
            share(wires(old), wires(new))
        }
        (Shape::Enum(old), Shape::Enum(new)) => {
            let values = |it: &crate::model::Enum| -> Vec<String> {
                it.variants.iter().map(|it| it.value.to_string()).collect()
            };
            share(values(old), values(new))
        }
        (Shape::Union(old), Shape::Union(new)) => old.variants.len() == new.variants.len(),
        (Shape::Id(old), Shape::Id(new)) => old == new,
        (Shape::Alias(_), Shape::Alias(_)) => true,
        (
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_),
            _,
        ) => false,
    }
}

/// All that an object or a list of values has, where that is something.
pub(super) fn look(shape: &Shape) -> Option<String> {
    let (kind, mut texts): (&str, Vec<String>) = match shape {
        Shape::Struct(it) => {
            let fields = it.fields.iter().map(|field| format!("{:?}", field.wire));
            ("object", fields.collect())
        }
        Shape::Enum(it) => {
            let values = it.variants.iter().map(|it| it.value.to_string());
            ("values", values.collect())
        }
        Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => return None,
    };
    texts.sort_unstable();
    (!texts.is_empty()).then(|| format!("{kind} {}", texts.join(",")))
}

/// Whether each has half of what the other has.
fn share<T: Eq + Hash>(old: Vec<T>, new: Vec<T>) -> bool {
    let most = old.len().max(new.len());
    let old: HashSet<T> = old.into_iter().collect();
    let common = new.iter().filter(|it| old.contains(it)).count();
    2 * common >= most
}

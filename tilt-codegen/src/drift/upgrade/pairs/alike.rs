//! Whether two types look as if one could be the other under another name.

use crate::model::{Enum, Sdk, Shape, Struct, TypeId};
use std::collections::HashSet;
use std::hash::Hash;

pub(super) fn look_alike(old: &Sdk, old_id: TypeId, new: &Sdk, new_id: TypeId) -> bool {
    let (Some(old), Some(new)) = (old.types.get(old_id.0), new.types.get(new_id.0)) else {
        return false;
    };
    match (&old.shape, &new.shape) {
        (Shape::Struct(old), Shape::Struct(new)) => share(wires(old), wires(new)),
        (Shape::Enum(old), Shape::Enum(new)) => share(values(old), values(new)),
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
        Shape::Struct(it) => ("object", wires(it)),
        Shape::Enum(it) => ("values", values(it)),
        Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => return None,
    };
    texts.sort_unstable();
    (!texts.is_empty()).then(|| format!("{kind} {texts:?}"))
}

fn wires(object: &Struct) -> Vec<String> {
    let fields = object.fields.iter();
    fields.map(|field| field.wire.clone()).collect()
}

fn values(list: &Enum) -> Vec<String> {
    let variants = list.variants.iter();
    variants.map(|it| it.value.to_string()).collect()
}

/// Whether each has half of what the other has.
fn share<T: Eq + Hash>(old: Vec<T>, new: Vec<T>) -> bool {
    let most = old.len().max(new.len());
    let old: HashSet<T> = old.into_iter().collect();
    let common = new.iter().filter(|it| old.contains(it)).count();
    2 * common >= most
}

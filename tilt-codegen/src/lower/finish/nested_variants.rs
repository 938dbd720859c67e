//! Unions as variants of others: told apart by what all that is in them has in common.

use serde_json::Value;

use crate::lower::draft::MAX_TAG_VALUES;
use crate::model::{Tag, Union, UnionVariant};

/// Adds to a variant what the objects of the union in it have in common. `of` gives what tells a variant of that from
/// others; `None` where nothing is known.
pub(super) fn distinguish_union(
    union: &Union,
    variant: &mut UnionVariant,
    of: impl FnMut(&UnionVariant) -> Option<UnionVariant>,
) {
    let inner: Option<Vec<UnionVariant>> = union.variants.iter().map(of).collect();
    let mut objects = inner
        .into_iter()
        .flatten()
        .filter(|inner| inner.kinds.object);
    let Some(mut common) = objects.next() else {
        return;
    };
    // A map has any properties.
    let is_open = |it: &UnionVariant| it.properties.is_empty();
    let mut is_known = !is_open(&common);
    for other in objects {
        is_known &= !is_open(&other);
        meet(&mut common, other);
    }
    if is_known {
        (variant.required, variant.properties) = (common.required, common.properties);
        (variant.tags, variant.closed) = (common.tags, common.closed);
    }
}

/// Keeps what two have in common, with the properties of both.
fn meet(common: &mut UnionVariant, other: UnionVariant) {
    common.required.retain(|name| other.required.contains(name));
    common.tags.retain_mut(|tag| {
        let same = other.tags.iter().find(|it| it.property == tag.property);
        same.is_some_and(|same| add(tag, &same.values))
    });
    for property in other.properties {
        if !common.properties.contains(&property) {
            common.properties.push(property);
        }
    }
    common.properties.sort();
    common.closed &= other.closed;
}

/// Adds values to a tag; gives whether they are still few.
fn add(tag: &mut Tag, values: &[Value]) -> bool {
    for value in values {
        if !tag.values.contains(value) {
            tag.values.push(value.clone());
        }
    }
    tag.values.len() <= MAX_TAG_VALUES
}

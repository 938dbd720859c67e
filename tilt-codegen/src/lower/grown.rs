//! Types that were one in the generation before, of which the document adds to one place: they stay one, so that
//! who uses either need not change a program.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::draft::{Draft, Origin};
use crate::model::{Enum, Field, Presence, Shape, Struct, TypeId, TypeRef, Variant};

/// Makes one type of those that were one and differ by what was added. Where more than that is different, the
/// type becomes several: see the rules of names.
pub(in crate::lower) fn unify(drafts: &mut [Draft<'_>]) {
    let mut groups: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(name) = draft.previous_name
            && !draft.is_projection
            && matches!(draft.shape, Some(Shape::Enum(_) | Shape::Struct(_)))
            && !matches!(draft.origin, Origin::Merged(_))
        {
            groups.entry(name.ty).or_default().push((name.rank, index));
        }
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        // The first is the one that the name is known for.
        group.sort_unstable();
        let shapes = group
            .iter()
            .filter_map(|(_, index)| drafts[*index].shape.as_ref());
        let Some(all) = together(shapes) else {
            continue;
        };
        let target = group[0].1;
        drafts[target].shape = Some(all);
        for (_, index) in &group[1..] {
            drafts[*index].origin = Origin::Merged(TypeId(target));
            drafts[*index].shape = Some(Shape::Alias(TypeRef::Named(TypeId(target))));
        }
    }
}

/// A type with the values or properties of all of these.
fn together<'s>(mut shapes: impl Iterator<Item = &'s Shape>) -> Option<Shape> {
    let first = shapes.next()?.clone();
    shapes.try_fold(first, |all, shape| match (all, shape) {
        (Shape::Enum(all), Shape::Enum(one)) => Some(Shape::Enum(enums(all, one)?)),
        (Shape::Struct(all), Shape::Struct(one)) => Some(Shape::Struct(structs(all, one)?)),
        _ => None,
    })
}

fn enums(mut all: Enum, one: &Enum) -> Option<Enum> {
    let known: HashSet<String> = all.variants.iter().map(|it| it.value.to_string()).collect();
    let is_known = |it: &&Variant| known.contains(&it.value.to_string());
    // An enum with other values only is another one.
    if all.repr != one.repr || !one.variants.iter().any(|it| is_known(&it)) {
        return None;
    }
    let new = one.variants.iter().filter(|it| !is_known(it));
    all.variants.extend(new.cloned());
    Some(all)
}

/// A property that one has is optional, and the others must be the same.
fn structs(mut all: Struct, one: &Struct) -> Option<Struct> {
    if all.rest != one.rest {
        return None;
    }
    let of_one: HashMap<&str, &Field> =
        one.fields.iter().map(|it| (it.wire.as_str(), it)).collect();
    let known: HashSet<String> = all.fields.iter().map(|it| it.wire.clone()).collect();
    let fits = |field: &Field| match of_one.get(field.wire.as_str()) {
        Some(other) => {
            (&field.ty, field.presence, &field.fixed) == (&other.ty, other.presence, &other.fixed)
        }
        None => is_left_out(field),
    };
    let new = || {
        one.fields
            .iter()
            .filter(|field| !known.contains(&field.wire))
    };
    if !all.fields.iter().all(fits) || !new().all(is_left_out) {
        return None;
    }
    all.fields.extend(new().cloned());
    all.takes_any |= one.takes_any;
    Some(all)
}

fn is_left_out(field: &Field) -> bool {
    matches!(
        field.presence,
        Presence::Optional | Presence::OptionalNullable
    )
}

//! Types that were one in the generation before, of which the document adds to one place: they stay one, so that
//! who uses either need not change a program.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::draft::{Draft, Origin};
use crate::model::{
    Enum, Field, Presence, Scalar, Shape, Struct, TypeId, TypeRef, Union, UnionVariant, Variant,
};

/// Makes one type of those that were one and differ by what was added. Where more than that is different, the
/// type becomes several: see the rules of names.
pub(in crate::lower) fn unify(drafts: &mut [Draft<'_>]) {
    let mut groups: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(name) = draft.previous_name
            && !draft.is_projection
            && matches!(
                draft.shape,
                Some(Shape::Enum(_) | Shape::Struct(_) | Shape::Union(_))
            )
            && !matches!(draft.origin, Origin::Merged(_))
        {
            groups.entry(name.ty).or_default().push((name.rank, index));
        }
    }
    let groups = groups.into_values().filter(|group| group.len() > 1);
    let mut groups: Vec<Vec<usize>> = groups
        .map(|mut group| {
            // The first is the one that the name is known for.
            group.sort_unstable();
            group.into_iter().map(|(_, index)| index).collect()
        })
        .collect();
    // Two that differed by what they hold may be alike when that has become one type.
    loop {
        let before = groups.len();
        groups.retain(|group| !unify_group(drafts, group, (Since::Before, DEEPEST)));
        if groups.len() == before {
            return;
        }
    }
}

/// So deep do types that become one contain each other.
const DEEPEST: usize = 16;

/// The time since when there are types that may be one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Since {
    /// They were one in the generation before.
    Before,
    /// They are those of one property of such.
    Now,
}

/// Makes one type of these, and says whether they are one.
fn unify_group(drafts: &mut [Draft<'_>], group: &[usize], (since, left): (Since, usize)) -> bool {
    let inside = match left {
        0 => Vec::new(),
        _ => inside(drafts, group),
    };
    let changed = inside.iter().flatten().chain(group);
    let states: Vec<_> = changed
        .map(|at| (*at, drafts[*at].origin.clone(), drafts[*at].shape.clone()))
        .collect();
    let are_one = inside
        .iter()
        .all(|group| unify_group(drafts, group, (Since::Now, left - 1)))
        && merge(drafts, group, since);
    if !are_one {
        for (at, origin, shape) in states {
            drafts[at].origin = origin;
            drafts[at].shape = shape;
        }
    }
    are_one
}

/// The inline types that stand at one property of all of these: that were not there before, or were one.
fn inside(drafts: &[Draft<'_>], group: &[usize]) -> Vec<Vec<usize>> {
    let may_be_one = |id: &TypeId| {
        let draft = &drafts[id.0];
        draft.origin == Origin::Inline && !draft.is_projection
    };
    let before = |index: &usize| drafts[*index].previous_name.map(|name| name.ty);
    let mut at: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in group {
        let Some(Shape::Struct(shape)) = &drafts[*index].shape else {
            continue;
        };
        for field in &shape.fields {
            if let [only] = field.ty.named().as_slice()
                && may_be_one(only)
            {
                let types = at.entry(&field.wire).or_default();
                if !types.contains(&only.0) {
                    types.push(only.0);
                }
            }
        }
    }
    let several = at.into_values().filter(|types| types.len() > 1);
    let alike = several.filter(|types| types.iter().all(|it| before(it) == before(&types[0])));
    alike.collect()
}

fn merge(drafts: &mut [Draft<'_>], group: &[usize], since: Since) -> bool {
    let shapes = group.iter().filter_map(|index| {
        let mut shape = drafts[*index].shape.clone()?;
        for ty in shape.types_mut() {
            *ty = merged(drafts, std::mem::replace(ty, TypeRef::Scalar(Scalar::Any)));
        }
        Some(shape)
    });
    let Some(all) = together(shapes, since) else {
        return false;
    };
    let target = group[0];
    drafts[target].shape = Some(all);
    for index in &group[1..] {
        drafts[*index].origin = Origin::Merged(TypeId(target));
        drafts[*index].shape = Some(Shape::Alias(TypeRef::Named(TypeId(target))));
    }
    true
}

/// A type with what all drafts in it were merged into.
fn merged(drafts: &[Draft<'_>], ty: TypeRef) -> TypeRef {
    match ty {
        TypeRef::Named(mut id) => {
            while let Origin::Merged(target) = drafts[id.0].origin {
                id = target;
            }
            TypeRef::Named(id)
        }
        ty => ty.map_inner(&mut |ty| merged(drafts, ty)),
    }
}

/// A type with the values or properties of all of these.
fn together(mut shapes: impl Iterator<Item = Shape>, since: Since) -> Option<Shape> {
    let first = shapes.next()?;
    shapes.try_fold(first, |all, shape| match (all, shape) {
        (Shape::Enum(all), Shape::Enum(one)) => Some(Shape::Enum(enums(all, &one, since)?)),
        (Shape::Struct(all), Shape::Struct(one)) => Some(Shape::Struct(structs(all, &one)?)),
        (Shape::Union(all), Shape::Union(one)) => Some(Shape::Union(unions(all, one)?)),
        _ => None,
    })
}

fn enums(mut all: Enum, one: &Enum, since: Since) -> Option<Enum> {
    let known: HashSet<String> = all.variants.iter().map(|it| it.value.to_string()).collect();
    let is_known = |it: &&Variant| known.contains(&it.value.to_string());
    // An enum with other values only is another one, unless what has it would be another with it.
    let is_another = since == Since::Before && !one.variants.iter().any(|it| is_known(&it));
    if all.repr != one.repr || is_another {
        return None;
    }
    let new = one.variants.iter().filter(|it| !is_known(it));
    all.variants.extend(new.cloned());
    Some(all)
}

/// The one of two that has all alternatives of the other, so that a document says how they are told apart.
fn unions(all: Union, one: Union) -> Option<Union> {
    if all.discriminator != one.discriminator {
        return None;
    }
    if one.variants.iter().all(|it| is_in(&all, it)) {
        return Some(all);
    }
    let is_more = all.variants.iter().all(|it| is_in(&one, it));
    is_more.then_some(one)
}

/// Whether a union has this alternative, which is written as it is there, though more may be read as it.
fn is_in(union: &Union, alternative: &UnionVariant) -> bool {
    let values = &alternative.discriminator_values;
    union.variants.iter().any(|it| {
        let known = &it.discriminator_values;
        it.ty == alternative.ty
            && it.events == alternative.events
            && known.first() == values.first()
            && values.iter().all(|value| known.contains(value))
    })
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

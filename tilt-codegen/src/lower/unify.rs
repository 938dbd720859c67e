//! The third pass: what both documents describe alike is one type.

use std::collections::BTreeMap;

use super::context::{Context, Sources};
use super::drafted::Drafted;
use super::schema::draft::{Draft, Origin};
use crate::model::{Shape, TypeId, TypeRef};

/// Drafts without what is there twice.
pub(in crate::lower) struct Unified<'d>(pub Drafted<'d>);

pub(in crate::lower) fn unify<'d>(context: &Context<'d>, mut drafted: Drafted<'d>) -> Unified<'d> {
    unify_drafts(&mut drafted.drafts, context.sources);
    Unified(drafted)
}

/// One thing that both documents describe alike is one type: an inline enum of the AsyncAPI
/// document that lists the values of an OpenAPI type, and schemas of the same name and form.
fn unify_drafts(drafts: &mut [Draft<'_>], sources: Sources<'_>) {
    let is_openapi = |draft: &Draft<'_>| sources.is_openapi(draft.node.document);
    let values = |draft: &Draft<'_>| match &draft.shape {
        Some(Shape::Enum(enumeration)) if !enumeration.variants.is_empty() => {
            let mut values: Vec<String> = enumeration
                .variants
                .iter()
                .map(|variant| variant.value.to_string())
                .collect();
            values.sort_unstable();
            Some(values)
        }
        _ => None,
    };
    // Those of a name in the generation before stay under it.
    let mut by_values: BTreeMap<(Vec<String>, Option<usize>), usize> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if is_openapi(draft)
            && !matches!(draft.origin, Origin::Merged(_))
            && let Some(values) = values(draft)
        {
            let previous_name = draft.previous_name.map(|previous_name| previous_name.ty);
            by_values
                .entry((values.clone(), previous_name))
                .or_insert(index);
            by_values.entry((values, None)).or_insert(index);
        }
    }
    let mut components: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Origin::Component(name) = &draft.origin
            && is_openapi(draft)
        {
            components.entry(name.clone()).or_default().push(index);
        }
    }
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if is_openapi(draft) {
            continue;
        }
        let target = match (&draft.origin, values(draft)) {
            (Origin::Merged(_), _) => None,
            (_, Some(values)) => {
                let previous_name = draft.previous_name.map(|previous_name| previous_name.ty);
                by_values.get(&(values, previous_name)).copied()
            }
            (Origin::Component(name), None) => {
                let mut same_name = components.get(name).into_iter().flatten().copied();
                same_name.find(|&other| {
                    let other = &drafts[other];
                    let previous_name = |draft: &Draft<'_>| {
                        draft.previous_name.map(|previous_name| previous_name.ty)
                    };
                    let may = previous_name(draft).is_none()
                        || previous_name(draft) == previous_name(other);
                    may && other.node.value == draft.node.value
                })
            }
            _ => None,
        };
        if let Some(target) = target {
            drafts[index].origin = Origin::Merged(TypeId(target));
            drafts[index].shape = Some(Shape::Alias(TypeRef::Named(TypeId(target))));
        }
    }
}

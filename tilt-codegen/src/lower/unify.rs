//! The third pass: what both documents describe alike is one type.

use std::collections::BTreeMap;

use super::context::Context;
use super::draft::{Draft, Origin};
use super::drafted::Drafted;
use super::grown;
use super::namesakes;
use super::sources::Sources;
use crate::model::{Shape, TypeId, TypeRef};

/// Drafts without what is there twice.
pub(in crate::lower) struct Unified<'d>(pub Drafted<'d>);

pub(in crate::lower) fn unify<'d>(context: &Context<'d>, mut drafted: Drafted<'d>) -> Unified<'d> {
    unify_drafts(&mut drafted.drafts, context.sources);
    grown::unify(&mut drafted.drafts);
    namesakes::settle(context.documents(), &mut drafted.drafts);
    Unified(drafted)
}

/// One thing that both documents describe alike is one type: an inline enum of the AsyncAPI
/// document that lists the values of an OpenAPI type, and schemas of the same name and form.
fn unify_drafts(drafts: &mut [Draft<'_>], sources: Sources<'_>) {
    let openapi = OpenApi::of(drafts, sources);
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if sources.is_openapi(draft.node.document) {
            continue;
        }
        if let Some(target) = openapi.counterpart(drafts, draft) {
            drafts[index].origin = Origin::Merged(TypeId(target));
            drafts[index].shape = Some(Shape::Alias(TypeRef::Named(TypeId(target))));
        }
    }
}

/// Index of a previous name, where there is one.
type Previous = Option<usize>;

/// Drafts of the OpenAPI document, as those of the other look for them.
struct OpenApi {
    /// Enums by their values and previous name: those that had one stay under it. Without a name, the
    /// first of these values.
    by_values: BTreeMap<(Vec<String>, Previous), usize>,
    components: BTreeMap<String, Vec<usize>>,
}

impl OpenApi {
    fn of(drafts: &[Draft<'_>], sources: Sources<'_>) -> Self {
        let mut openapi = Self {
            by_values: BTreeMap::new(),
            components: BTreeMap::new(),
        };
        for (index, draft) in drafts.iter().enumerate() {
            if !sources.is_openapi(draft.node.document) {
                continue;
            }
            if !matches!(draft.origin, Origin::Merged(_))
                && let Some(values) = values(draft)
            {
                let by_values = &mut openapi.by_values;
                let key = (values.clone(), previous(draft));
                by_values.entry(key).or_insert(index);
                by_values.entry((values, None)).or_insert(index);
            }
            if let Origin::Component(name) = &draft.origin {
                let same_name = openapi.components.entry(name.clone()).or_default();
                same_name.push(index);
            }
        }
        openapi
    }

    /// The draft that describes the same as one of the AsyncAPI document.
    fn counterpart(&self, drafts: &[Draft<'_>], draft: &Draft<'_>) -> Option<usize> {
        match (&draft.origin, values(draft)) {
            (Origin::Merged(_), _) => None,
            (_, Some(values)) => self.by_values.get(&(values, previous(draft))).copied(),
            (Origin::Component(name), None) => {
                let mut same_name = self.components.get(name).into_iter().flatten().copied();
                same_name.find(|&other| {
                    let other = &drafts[other];
                    let may = previous(draft).is_none() || previous(draft) == previous(other);
                    may && other.node.value == draft.node.value
                })
            }
            (Origin::Inline | Origin::Twin(_), None) => None,
        }
    }
}

fn previous(draft: &Draft<'_>) -> Previous {
    draft.previous_name.map(|name| name.ty)
}

/// The values of an enum, sorted.
fn values(draft: &Draft<'_>) -> Option<Vec<String>> {
    let Some(Shape::Enum(enumeration)) = &draft.shape else {
        return None;
    };
    let values = enumeration.variants.iter();
    let mut values: Vec<String> = values.map(|variant| variant.value.to_string()).collect();
    values.sort_unstable();
    (!values.is_empty()).then_some(values)
}

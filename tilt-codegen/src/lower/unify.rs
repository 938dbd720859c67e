//! The third pass: what several documents describe alike is one type.

use std::collections::{BTreeMap, HashSet};

use super::context::Context;
use super::draft::{Draft, Origin};
use super::drafted::Drafted;
use super::grown;
use super::namesakes;
use super::sources::Sources;
use crate::dialect::schema::standard::{self, Definitions};
use crate::model::{Scalar, Shape, TypeId, TypeRef};
use crate::source::Node;

/// Drafts without what is there twice.
pub(in crate::lower) struct Unified<'d>(pub Drafted<'d>);

pub(in crate::lower) fn unify<'d>(context: &Context<'d>, mut drafted: Drafted<'d>) -> Unified<'d> {
    unify_drafts(&mut drafted.drafts, context.sources);
    grown::unify(&mut drafted.drafts);
    namesakes::settle(context.documents(), &mut drafted.drafts);
    Unified(drafted)
}

/// One thing that several documents describe alike is one type: schemas of the same name and form, and an inline enum
/// of the AsyncAPI document that lists the values of an OpenAPI type.
fn unify_drafts(drafts: &mut [Draft<'_>], sources: Sources<'_>) {
    let openapi = OpenApi::of(drafts, sources);
    let mut pairs = Pairs::default();
    for (index, draft) in drafts.iter().enumerate() {
        let rank = sources.rank(draft.node.document);
        if rank == 0 && !sources.openapi.is_empty() {
            continue;
        }
        let is_event = rank == sources.openapi.len();
        let counterparts = openapi.counterparts(drafts, draft, is_event);
        let earlier = counterparts
            .into_iter()
            .filter(|other| sources.rank(drafts[*other].node.document) < rank);
        let earlier: Vec<usize> = earlier.collect();
        if !earlier.is_empty() {
            pairs.0.insert(index, earlier);
        }
    }
    while pairs.drop_unlike(drafts) {}
    for (index, targets) in pairs.0 {
        let target = TypeId(targets[0]);
        drafts[index].origin = Origin::Merged(target);
        drafts[index].shape = Some(Shape::Alias(TypeRef::Named(target)));
    }
}

/// Drafts, and those of earlier documents that may describe the same.
#[derive(Default)]
struct Pairs(BTreeMap<usize, Vec<usize>>);

impl Pairs {
    /// Takes apart what is written alike but refers to what is not, and says whether anything was.
    fn drop_unlike(&mut self, drafts: &[Draft<'_>]) -> bool {
        let alike: BTreeMap<usize, Vec<usize>> = self
            .0
            .iter()
            .map(|(index, targets)| {
                let targets = targets.iter().copied();
                let alike = targets.filter(|target| self.are_alike(drafts, *index, *target));
                (*index, alike.collect())
            })
            .collect();
        let count = |pairs: &BTreeMap<usize, Vec<usize>>| pairs.values().map(Vec::len).sum();
        let (before, after): (usize, usize) = (count(&self.0), count(&alike));
        self.0 = alike;
        self.0.retain(|_, targets| !targets.is_empty());
        before != after
    }

    /// Whether two types are of one form, and all that they refer to is the same or a pair.
    fn are_alike(&self, drafts: &[Draft<'_>], one: usize, other: usize) -> bool {
        let mut pending = vec![(one, other)];
        let mut seen: HashSet<(usize, usize)> = HashSet::new();
        while let Some((one, other)) = pending.pop() {
            if !seen.insert((one, other)) {
                continue;
            }
            let (Some(ours), Some(theirs)) = (&drafts[one].shape, &drafts[other].shape) else {
                return false;
            };
            let (named, others) = (ours.named(), theirs.named());
            if form(ours) != form(theirs) || named.len() != others.len() {
                return false;
            }
            for (one, other) in named.into_iter().zip(others) {
                let is_pair = self.0.get(&one.0).is_some_and(|it| it.contains(&other.0));
                let are_inline = [one, other]
                    .iter()
                    .all(|it| drafts[it.0].origin == Origin::Inline);
                match one == other || is_pair {
                    true => {}
                    false if are_inline => pending.push((one.0, other.0)),
                    false => return false,
                }
            }
        }
        true
    }
}

/// A shape with one type in place of all that it refers to, and without words and examples: these make no other type.
fn form(shape: &Shape) -> Shape {
    fn any(ty: TypeRef) -> TypeRef {
        match ty {
            TypeRef::Named(_) => TypeRef::Named(TypeId(0)),
            ty => ty.map_inner(&mut any),
        }
    }
    let mut form = shape.clone();
    form.forget_words();
    for ty in form.types_mut() {
        *ty = any(std::mem::replace(ty, TypeRef::Scalar(Scalar::Any)));
    }
    form
}

/// Index of a previous name, where there is one.
type Previous = Option<usize>;

/// Drafts of OpenAPI documents, as those of others look for them.
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

    /// The drafts that may describe the same as one of another document.
    fn counterparts(&self, drafts: &[Draft<'_>], draft: &Draft<'_>, is_event: bool) -> Vec<usize> {
        let values = values(draft).filter(|_| is_event);
        match (&draft.origin, values) {
            (Origin::Merged(_), _) => Vec::new(),
            (_, Some(values)) => {
                let same = self.by_values.get(&(values, previous(draft)));
                same.copied().into_iter().collect()
            }
            (Origin::Component(name), None) => {
                let same_name = self.components.get(name).into_iter().flatten().copied();
                let same = same_name.filter(|&other| {
                    let other = &drafts[other];
                    let may = previous(draft).is_none() || previous(draft) == previous(other);
                    may && say_the_same(other, draft)
                });
                same.collect()
            }
            (Origin::Inline | Origin::Twin(_), None) => Vec::new(),
        }
    }
}

/// Whether two schemas allow the same values, be they described in other words, and refer to others by the same names.
fn say_the_same(one: &Draft<'_>, other: &Draft<'_>) -> bool {
    let said = |draft: &Draft<'_>| standard::assertions(draft.node, &mut Names);
    one.node.value == other.node.value
        || one.one_way == other.one_way && one.files == other.files && said(one) == said(other)
}

/// References as they are written.
struct Names;

impl<'d> Definitions<'d> for Names {
    fn standing(&mut self, _: Node<'d>) -> Option<String> {
        None
    }

    fn referred(&mut self, _: Node<'d>, reference: &str) -> Option<String> {
        Some(reference.to_owned())
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

//! The fourth pass: inline aliases replaced by what they stand for, and aliases broken that lead to themselves.

use std::collections::HashMap;

use crate::lower::circles::{circular, components};
use crate::lower::context::Context;
use crate::lower::draft::{Draft, Origin};
use crate::lower::drafted::Drafted;
use crate::lower::unify::Unified;
use crate::model::{Scalar, Shape, TypeRef, Union, UnionVariant};

/// Drafts that refer to no inline alias.
pub(in crate::lower) struct Resolved<'d>(pub Drafted<'d>);

/// Puts what an inline alias stands for in its place, everywhere.
pub(in crate::lower) fn resolve<'d>(
    context: &mut Context<'d>,
    unified: Unified<'d>,
) -> Resolved<'d> {
    let Unified(mut drafted) = unified;
    for index in Resolver::new(&mut drafted.drafts).break_alias_cycles() {
        context.problem(circular(drafted.drafts[index].node));
    }
    substitute(&mut drafted);
    Resolved(drafted)
}

/// Puts what an inline alias, or a type that became one with another, stands for in its place,
/// everywhere. No alias leads to itself.
pub(in crate::lower) fn substitute(drafted: &mut Drafted<'_>) {
    let mut resolver = Resolver::new(&mut drafted.drafts);
    resolver.substitute_shapes();
    resolver.merge_variants();
    for (_, operation) in &mut drafted.operations {
        for ty in operation.types_mut() {
            *ty = resolver.substitute(ty.clone());
        }
    }
    for event in &mut drafted.events.events {
        event.ty = resolver.substitute(event.ty.clone());
    }
}

/// Types whose references are resolved to kept drafts, before they are sorted.
struct Resolver<'a, 'd> {
    drafts: &'a mut [Draft<'d>],
}

impl<'a, 'd> Resolver<'a, 'd> {
    fn new(drafts: &'a mut [Draft<'d>]) -> Self {
        Self { drafts }
    }

    fn substitute_shapes(&mut self) {
        let shapes: Vec<Option<Shape>> = self.drafts.iter().map(|d| d.shape.clone()).collect();
        let resolved: Vec<Option<Shape>> = shapes
            .into_iter()
            .map(|shape| shape.map(|shape| self.substitute_shape(shape)))
            .collect();
        for (draft, shape) in self.drafts.iter_mut().zip(resolved) {
            draft.shape = shape;
        }
    }

    /// Alternatives that became one type are one variant: the first, which is what a value of either is read as.
    fn merge_variants(&mut self) {
        for draft in self.drafts.iter_mut() {
            let Some(Shape::Union(union)) = &mut draft.shape else {
                continue;
            };
            let mut first: HashMap<_, usize> = HashMap::new();
            let mut kept: Vec<UnionVariant> = Vec::new();
            let mut labels = Vec::new();
            draft.labels.resize(union.variants.len(), None);
            for (variant, label) in union.variants.drain(..).zip(draft.labels.drain(..)) {
                // Text is not read as JSON that is a text, nor data of some events as that of all others.
                let events = variant.events.as_ref();
                let form = events.map(|it| (it.is_text, it.names.is_empty()));
                let key = (variant.ty.clone(), form);
                let at = *first.entry(key).or_insert(kept.len());
                match kept.get_mut(at) {
                    Some(same) => {
                        same.discriminator_values
                            .extend(variant.discriminator_values);
                        same.schema_names.extend(variant.schema_names);
                        same.any_other |= variant.any_other;
                        if let (Some(events), Some(more)) = (&mut same.events, variant.events) {
                            events.names.extend(more.names);
                        }
                    }
                    None => {
                        kept.push(variant);
                        labels.push(label);
                    }
                }
            }
            (union.variants, draft.labels) = (kept, labels);
        }
    }

    /// The same for a type outside of the drafts.
    fn substitute(&self, ty: TypeRef) -> TypeRef {
        match ty {
            TypeRef::Named(id) => {
                let draft = &self.drafts[id.0];
                match (&draft.origin, &draft.shape) {
                    (Origin::Inline | Origin::Merged(_), Some(Shape::Alias(target))) => {
                        self.substitute(target.clone())
                    }
                    // No type is written of what is mapped to another.
                    (_, Some(Shape::Alias(mapped @ TypeRef::Scalar(Scalar::Mapped(_))))) => {
                        mapped.clone()
                    }
                    _ => TypeRef::Named(id),
                }
            }
            TypeRef::Nullable(ty) => match self.substitute(*ty) {
                nullable @ TypeRef::Nullable(_) => nullable,
                any @ TypeRef::Scalar(Scalar::Any | Scalar::Null) => any,
                ty => TypeRef::Nullable(Box::new(ty)),
            },
            TypeRef::Loose(ty) => match self.substitute(*ty) {
                loose @ TypeRef::Loose(_) => loose,
                any @ TypeRef::Scalar(Scalar::Any) => any,
                ty => TypeRef::Loose(Box::new(ty)),
            },
            ty => ty.map_inner(&mut |ty| self.substitute(ty)),
        }
    }

    fn substitute_shape(&self, mut shape: Shape) -> Shape {
        for ty in shape.types_mut() {
            *ty = self.substitute(ty.clone());
        }
        shape
    }

    /// `type A = Vec<A>` is no Rust. Such an alias becomes a union of one. Gives back those that are only each other's names.
    fn break_alias_cycles(&mut self) -> Vec<usize> {
        let edges: Vec<Vec<usize>> = self
            .drafts
            .iter()
            .map(|draft| match &draft.shape {
                Some(Shape::Alias(ty)) => {
                    let named = ty.named().into_iter();
                    named
                        .map(|id| id.0)
                        .filter(|&id| matches!(self.drafts[id].shape, Some(Shape::Alias(_))))
                        .collect()
                }
                _ => Vec::new(),
            })
            .collect();
        let components = components(&edges);
        let circles: Vec<bool> = (0..edges.len()).map(|it| self.is_circle(it)).collect();
        for index in 0..edges.len() {
            let cyclic = edges[index]
                .iter()
                .any(|&to| to == index || components[to] == components[index]);
            let Some(Shape::Alias(ty)) = self.drafts[index].shape.clone().filter(|_| cyclic) else {
                continue;
            };
            if circles[index] {
                self.drafts[index].shape = Some(Shape::Alias(TypeRef::Scalar(Scalar::Any)));
            } else if named_alone(&ty).is_none() {
                self.drafts[index].labels = vec![None];
                let variant = UnionVariant::of(ty);
                self.drafts[index].shape = Some(Shape::Union(Union {
                    variants: vec![variant],
                    discriminator: None,
                }));
            }
        }
        (0..circles.len()).filter(|it| circles[*it]).collect()
    }

    /// Whether an alias leads back to itself by other names alone.
    fn is_circle(&self, index: usize) -> bool {
        let next = |at: usize| match &self.drafts[at].shape {
            Some(Shape::Alias(ty)) => named_alone(ty),
            _ => None,
        };
        // Of two that go on, the second twice as fast, they meet where there is a circle (Floyd).
        let (mut slow, mut fast) = (index, index);
        loop {
            let Some(two) = next(fast).and_then(next) else {
                return false;
            };
            fast = two;
            slow = next(slow).unwrap_or(slow);
            if slow == index || fast == index {
                return true;
            }
            if slow == fast {
                return false;
            }
        }
    }
}

/// The type that another name stands for, with null or without.
fn named_alone(ty: &TypeRef) -> Option<usize> {
    match ty {
        TypeRef::Named(id) => Some(id.0),
        TypeRef::Nullable(ty) => named_alone(ty),
        _ => None,
    }
}

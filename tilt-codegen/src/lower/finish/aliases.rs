//! Inline aliases replaced by what they stand for, and aliases broken that lead to themselves.

use crate::lower::finish::references::{collect, components};
use crate::lower::schema::draft::{Draft, Origin};
use crate::model::{Rest, Scalar, Shape, TypeRef, Union, UnionVariant};

/// Types whose references are resolved to kept drafts, before they are sorted.
pub(in crate::lower) struct Resolver<'a, 'd> {
    drafts: &'a mut [Draft<'d>],
}

impl<'a, 'd> Resolver<'a, 'd> {
    pub(in crate::lower) fn new(drafts: &'a mut [Draft<'d>]) -> Self {
        Self { drafts }
    }

    /// Puts what an inline alias stands for in its place, everywhere, and breaks aliases that
    /// lead to themselves.
    pub(in crate::lower) fn resolve_aliases(&mut self) {
        self.break_alias_cycles();
        let shapes: Vec<Option<Shape>> = self.drafts.iter().map(|d| d.shape.clone()).collect();
        let resolved: Vec<Option<Shape>> = shapes
            .into_iter()
            .map(|shape| shape.map(|shape| self.substitute_shape(shape)))
            .collect();
        for (draft, shape) in self.drafts.iter_mut().zip(resolved) {
            draft.shape = shape;
        }
    }

    /// The same for a type outside of the drafts.
    pub(in crate::lower) fn substitute(&self, ty: TypeRef) -> TypeRef {
        match ty {
            TypeRef::Scalar(_) => ty,
            TypeRef::Named(id) => {
                let draft = &self.drafts[id.0];
                match (&draft.origin, &draft.shape) {
                    (Origin::Inline | Origin::Merged(_), Some(Shape::Alias(target))) => {
                        self.substitute(target.clone())
                    }
                    _ => TypeRef::Named(id),
                }
            }
            TypeRef::List(item) => TypeRef::List(Box::new(self.substitute(*item))),
            TypeRef::Map(value) => TypeRef::Map(Box::new(self.substitute(*value))),
            TypeRef::Tuple(items) => TypeRef::Tuple(
                items
                    .into_iter()
                    .map(|item| self.substitute(item))
                    .collect(),
            ),
            TypeRef::Nullable(ty) => match self.substitute(*ty) {
                nullable @ TypeRef::Nullable(_) => nullable,
                any @ TypeRef::Scalar(Scalar::Any | Scalar::Null) => any,
                ty => TypeRef::Nullable(Box::new(ty)),
            },
            TypeRef::Boxed(ty) => TypeRef::Boxed(Box::new(self.substitute(*ty))),
        }
    }

    fn substitute_shape(&self, shape: Shape) -> Shape {
        match shape {
            Shape::Alias(ty) => Shape::Alias(self.substitute(ty)),
            Shape::Enum(enumeration) => Shape::Enum(enumeration),
            Shape::Struct(mut structure) => {
                for field in &mut structure.fields {
                    field.ty = self.substitute(field.ty.clone());
                }
                if let Rest::Typed(ty) = structure.rest {
                    structure.rest = Rest::Typed(self.substitute(ty));
                }
                Shape::Struct(structure)
            }
            Shape::Union(mut union) => {
                for variant in &mut union.variants {
                    variant.ty = self.substitute(variant.ty.clone());
                }
                Shape::Union(union)
            }
        }
    }

    /// `type A = Vec<A>` is no Rust. Such an alias becomes a union of one.
    fn break_alias_cycles(&mut self) {
        let edges: Vec<Vec<usize>> = self
            .drafts
            .iter()
            .map(|draft| match &draft.shape {
                Some(Shape::Alias(ty)) => {
                    let mut named = Vec::new();
                    collect(ty, &mut named);
                    named
                        .into_iter()
                        .map(|id| id.0)
                        .filter(|&id| matches!(self.drafts[id].shape, Some(Shape::Alias(_))))
                        .collect()
                }
                _ => Vec::new(),
            })
            .collect();
        let components = components(&edges);
        for index in 0..edges.len() {
            let cyclic = edges[index]
                .iter()
                .any(|&to| to == index || components[to] == components[index]);
            let Some(Shape::Alias(ty)) = self.drafts[index].shape.clone().filter(|_| cyclic) else {
                continue;
            };
            let bare = matches!(ty, TypeRef::Named(_) | TypeRef::Nullable(_));
            self.drafts[index].shape = Some(if bare {
                // References that lead nowhere but to themselves.
                Shape::Alias(TypeRef::Scalar(Scalar::Any))
            } else {
                self.drafts[index].labels = vec![None];
                let variant = UnionVariant::of(ty);
                Shape::Union(Union {
                    variants: vec![variant],
                    discriminator: None,
                })
            });
        }
    }
}

//! The data of server-sent events whose names say what it is: a union of all data.

use super::TypeBuilder;
use crate::code_span::code_span;
use crate::dialect::openapi::Events;
use crate::dialect::schema::{JsonType, Types};
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunction, Origin, Site, Step};
use crate::model::{Docs, EventNames, Scalar, Shape, TypeId, TypeRef, Union, UnionVariant};

impl<'d> TypeBuilder<'d, '_> {
    /// The type of the data of events: that of all, or a union.
    pub(in crate::lower) fn event_data(&mut self, events: &Events<'d>, site: &Site) -> TypeRef {
        let key = Conjunction::one(events.at).key();
        if let Some(&id) = self.arena.inline.get(&key) {
            self.arena.drafts[id.0].sites.push(site.clone());
            return TypeRef::Named(self.arena.merged(id));
        }
        let id = self.reserve(events.at, Origin::Inline);
        self.arena.inline.insert(key, id);
        let within = Site::of_type(id);
        let mut variants: Vec<UnionVariant> = Vec::new();
        let mut labels = Vec::new();
        for kind in &events.kinds {
            if !self.context.afford(Cost::Member, kind.data) {
                break;
            }
            let label = kind.names.first().map(|name| (*name).to_owned());
            let step = Step::Variant(label.clone().unwrap_or_default());
            let ty = self.node(kind.data, &within.then(step)).standalone();
            let flat = self.flatten(&Conjunction::one(kind.data));
            let is_text = !kind.is_content && flat.proper_types() == Types::only(JsonType::String);
            let names = kind.names.iter().map(|name| (*name).to_owned());
            let same = variants.iter_mut().find(|variant| {
                let events = variant.events.as_ref();
                self.arena.canonical(&variant.ty) == self.arena.canonical(&ty)
                    && events.is_some_and(|it| {
                        it.is_text == is_text && it.names.is_empty() == kind.names.is_empty()
                    })
            });
            match same.and_then(|variant| variant.events.as_mut()) {
                Some(events) => events.names.extend(names),
                None => {
                    let events = Some(EventNames {
                        names: names.collect(),
                        is_text,
                    });
                    variants.push(UnionVariant {
                        events,
                        ..UnionVariant::of(ty)
                    });
                    labels.push(label);
                }
            }
        }
        self.arena.drafts[id.0].labels = labels;
        self.union_of_events(id, variants, site)
    }

    fn union_of_events(
        &mut self,
        id: TypeId,
        mut variants: Vec<UnionVariant>,
        site: &Site,
    ) -> TypeRef {
        for variant in &mut variants {
            variant.docs = documentation(variant);
        }
        let only = match <[UnionVariant; 1]>::try_from(variants) {
            Ok([only]) => only.ty,
            Err(variants) if variants.is_empty() => TypeRef::Scalar(Scalar::Any),
            Err(variants) => {
                let discriminator = None;
                let shape = Shape::Union(Union {
                    variants,
                    discriminator,
                });
                return self.finish(id, shape, site);
            }
        };
        self.arena.drafts[id.0].shape = Some(Shape::Alias(only.clone()));
        only
    }
}

/// The words about the data of some events.
fn documentation(variant: &UnionVariant) -> Docs {
    let names = variant.events.iter().flat_map(|events| &events.names);
    let names: Vec<String> = names.map(|name| code_span(name)).collect();
    Docs(match names.is_empty() {
        true => "The data of other events.".to_owned(),
        false => format!("The data of {}.", names.join(" and ")),
    })
}

//! The places of two SDKs in which a type is named: of operations, events and types that both have.

use crate::model::{Operation, Payload, RequestBody, Sdk, Shape, TypeId, TypeRef};
use std::collections::HashMap;

pub(super) struct Uses<'s> {
    old: &'s Sdk,
    new: &'s Sdk,
    pairs: &'s dyn Fn(TypeId) -> Option<TypeId>,
}

type See<'f> = &'f mut dyn FnMut(TypeId, TypeId);

impl<'s> Uses<'s> {
    /// `pairs` tells the old type that a new one was.
    pub(super) fn of(
        old: &'s Sdk,
        new: &'s Sdk,
        pairs: &'s dyn Fn(TypeId) -> Option<TypeId>,
    ) -> Self {
        Self { old, new, pairs }
    }

    /// Calls `see` with the types that stand in the same place of both.
    pub(super) fn each(&self, see: See<'_>) {
        self.of_operations(see);
        self.of_types(see);
        self.of_events(see);
    }

    fn of_operations(&self, see: See<'_>) {
        let operations = |sdk: &'s Sdk| sdk.resources.iter().flat_map(|it| &it.operations);
        let old: HashMap<_, &Operation> = operations(self.old)
            .map(|it| ((it.method, &it.path), it))
            .collect();
        for new in operations(self.new) {
            if let Some(old) = old.get(&(new.method, &new.path)) {
                self.of_operation(old, new, see);
            }
        }
    }

    fn of_operation(&self, old: &Operation, new: &Operation, see: See<'_>) {
        for parameter in &new.parameters {
            let before = old.parameters.iter();
            let mut before =
                before.filter(|it| it.wire == parameter.wire && it.location == parameter.location);
            if let Some(before) = before.next() {
                together(&before.ty, &parameter.ty, see);
            }
        }
        let bodies = |it: &Operation| -> Vec<TypeRef> {
            let media = it.body.iter().flat_map(RequestBody::media);
            media.filter_map(|it| it.payload.item().cloned()).collect()
        };
        let answers = |it: &Operation| -> Vec<TypeRef> {
            let payloads = it.success.payloads().into_iter();
            payloads.filter_map(|it| it.item().cloned()).collect()
        };
        let pages = |it: &Operation| -> Vec<TypeRef> {
            it.pagination.iter().map(|it| it.item.clone()).collect()
        };
        for (before, after) in [
            (bodies(old), bodies(new)),
            (answers(old), answers(new)),
            (pages(old), pages(new)),
        ] {
            for (before, after) in before.iter().zip(&after) {
                together(before, after, see);
            }
        }
        for error in &new.errors {
            let before = old
                .errors
                .iter()
                .find(|it| (it.status, &it.media_type) == (error.status, &error.media_type));
            let item = |it: Option<&'_ Payload>| it.and_then(|it| it.item().cloned());
            let before = before.and_then(|it| item(it.payload.as_ref()));
            if let Some((before, after)) = before.zip(item(error.payload.as_ref())) {
                together(&before, &after, see);
            }
        }
    }

    fn of_types(&self, see: See<'_>) {
        for (index, new) in self.new.types.iter().enumerate() {
            let old = (self.pairs)(TypeId(index)).and_then(|id| self.old.types.get(id.0));
            if let Some(old) = old {
                of_shapes(&old.shape, &new.shape, see);
            }
        }
    }

    fn of_events(&self, see: See<'_>) {
        let (Some(old), Some(new)) = (&self.old.events, &self.new.events) else {
            return;
        };
        for kind in &new.kinds {
            let before = old.kinds.iter().find(|it| it.wire == kind.wire);
            if let Some(before) = before {
                together(&before.ty, &kind.ty, see);
            }
        }
    }
}

fn of_shapes(old: &Shape, new: &Shape, see: See<'_>) {
    match (old, new) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let fields: HashMap<_, _> = old.fields.iter().map(|it| (&it.wire, it)).collect();
            for field in &new.fields {
                if let Some(before) = fields.get(&field.wire) {
                    together(&before.ty, &field.ty, see);
                }
            }
        }
        (Shape::Union(old), Shape::Union(new)) => {
            for (before, after) in old.variants.iter().zip(&new.variants) {
                together(&before.ty, &after.ty, see);
            }
        }
        (Shape::Alias(old), Shape::Alias(new)) => together(old, new, see),
        _ => {}
    }
}

/// The types that two types name at the same place of both.
fn together(old: &TypeRef, new: &TypeRef, see: See<'_>) {
    match (old, new) {
        (TypeRef::Named(old), TypeRef::Named(new)) => see(*old, *new),
        (TypeRef::List(old), TypeRef::List(new))
        | (TypeRef::Map(old), TypeRef::Map(new))
        | (TypeRef::Nullable(old), TypeRef::Nullable(new))
        | (TypeRef::Boxed(old), TypeRef::Boxed(new))
        | (TypeRef::Loose(old), TypeRef::Loose(new)) => together(old, new, see),
        (TypeRef::Tuple(old), TypeRef::Tuple(new)) => {
            for (old, new) in old.iter().zip(new) {
                together(old, new, see);
            }
        }
        _ => {}
    }
}

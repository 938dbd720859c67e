//! Where drafts are, and how they are found again: by the schema that they stand for, and inline ones
//! by what they are.

use std::collections::{HashMap, VecDeque};

use crate::lower::draft::{ConjunctionKey, Draft, Origin};
use crate::model::{EnumRepr, Field, Presence, Rest, Shape, TypeId, TypeRef};
use crate::source::NodeKey;

/// All drafts; a [`TypeId`] is an index into them.
#[derive(Debug, Default)]
pub(in crate::lower) struct Arena<'d> {
    pub drafts: Vec<Draft<'d>>,
    /// Named schemas and targets of references.
    pub(super) targets: HashMap<NodeKey, TypeId>,
    /// Inline schemas that became a type of their own.
    pub(super) inline: HashMap<ConjunctionKey, TypeId>,
    /// The first inline types by what they are.
    equal: HashMap<String, TypeId>,
    /// The same for those that had a name in the generation before, by that.
    equal_by_previous: HashMap<(String, usize), TypeId>,
    /// Drafts that are still to be built.
    pub(super) queue: VecDeque<TypeId>,
}

impl Arena<'_> {
    /// The draft that a draft was merged into in the end.
    pub(super) fn merged(&self, mut id: TypeId) -> TypeId {
        while let Origin::Merged(target) = self.drafts[id.0].origin {
            id = target;
        }
        id
    }

    /// Notes of which structure an inline type is. One that had the name of an earlier one in the
    /// generation before is that.
    pub(super) fn equal(&mut self, key: &str, id: TypeId) -> Option<TypeId> {
        let first = self.equal.get(key).copied();
        if first.is_none() {
            self.equal.insert(key.to_owned(), id);
        }
        self.drafts[id.0].equal = Some(first.unwrap_or(id));
        let previous_name = self.drafts[id.0].previous_name?;
        let of_name = (key.to_owned(), previous_name.ty);
        let namesake = *self.equal_by_previous.entry(of_name).or_insert(id);
        (namesake != id).then_some(namesake)
    }

    /// A type with the first of each structure in place of the inline ones that are equal to it: two that
    /// are the same then may become one.
    pub(in crate::lower) fn canonical(&self, ty: &TypeRef) -> TypeRef {
        match ty {
            TypeRef::Named(id) => TypeRef::Named(self.drafts[id.0].equal.unwrap_or(*id)),
            ty => ty.clone().map_inner(&mut |ty| self.canonical(&ty)),
        }
    }
}

fn mark(field: &Field) -> char {
    match field.presence {
        Presence::Required => '!',
        Presence::Optional => '?',
        Presence::Nullable => '0',
        Presence::OptionalNullable if field.takes_null => '*',
        Presence::OptionalNullable => '+',
    }
}

/// Everything about a shape but its documentation.
pub(super) fn structural_key(
    shape: &Shape,
    draft: &Draft<'_>,
    canonical: impl Fn(&TypeRef) -> TypeRef,
) -> String {
    use std::fmt::Write as _;
    let mut key = String::new();
    // Writing to a string does not fail.
    let _ = match shape {
        Shape::Struct(structure) => {
            let _ = write!(key, "struct {} ", draft.closed);
            for field in &structure.fields {
                let presence = mark(field);
                let ty = canonical(&field.ty);
                let _ = write!(key, "{:?}{presence}{ty:?};", field.wire);
                if let Some(constant) = &field.fixed {
                    let _ = write!(key, "={constant:?};");
                }
                if let Some(direction) = draft.one_way.get(&field.wire) {
                    let _ = write!(key, "{direction:?};");
                }
            }
            match &structure.rest {
                Rest::Any => Ok(()),
                Rest::Typed(ty) => write!(key, "+{:?}", canonical(ty)),
            }
        }
        Shape::Enum(enumeration) => {
            let repr = match enumeration.repr {
                EnumRepr::String => 's',
                EnumRepr::Integer => 'i',
                EnumRepr::Any => 'a',
            };
            let mut values: Vec<String> = enumeration
                .variants
                .iter()
                .map(|variant| variant.value.to_string())
                .collect();
            values.sort_unstable();
            write!(key, "enum {repr} {values:?}")
        }
        Shape::Union(union) => {
            let _ = write!(key, "union {:?} ", union.discriminator);
            for variant in &union.variants {
                let ty = canonical(&variant.ty);
                let (values, names) = (&variant.discriminator_values, &variant.schema_names);
                let _ = write!(key, "{ty:?}{values:?}{names:?};");
                let _ = variant.events.as_ref().map(|it| write!(key, "{it:?}"));
                if variant.any_other {
                    key.push('~');
                }
            }
            Ok(())
        }
        Shape::Id(form) => write!(key, "id {form:?}"),
        Shape::Alias(ty) => write!(key, "alias {:?}", canonical(ty)),
    };
    key
}

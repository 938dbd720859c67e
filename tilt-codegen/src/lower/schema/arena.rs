//! Where drafts are, and how they are found again: by the schema that they stand for, and inline ones
//! by what they are.

use std::collections::{HashMap, VecDeque};

use crate::lower::draft::PreviousName;
use crate::lower::draft::{ConjunctionKey, Draft, Origin};
use crate::model::{EnumRepr, Presence, Rest, Shape, TypeId};
use crate::source::NodeKey;

/// All drafts; a [`TypeId`] is an index into them.
#[derive(Debug, Default)]
pub(in crate::lower) struct Arena<'d> {
    pub drafts: Vec<Draft<'d>>,
    /// Named schemas and targets of references.
    pub(super) targets: HashMap<NodeKey, TypeId>,
    /// Inline schemas that became a type of their own.
    pub(super) inline: HashMap<ConjunctionKey, TypeId>,
    /// Inline types by what they are.
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

    /// An earlier inline type of this structure, but for one that was called otherwise than this one
    /// in the generation before: then both keep their names.
    pub(super) fn equal(&mut self, key: &str, id: TypeId) -> Option<TypeId> {
        let Some(previous_name) = self.drafts[id.0].previous_name else {
            let first = self.equal.get(key).copied();
            if first.is_none() {
                self.equal.insert(key.to_owned(), id);
            }
            return first;
        };
        let of_name = (key.to_owned(), previous_name.ty);
        let namesake = self.equal_by_previous.get(&of_name).copied();
        // An equal type without a previous name takes that of this one.
        let nameless = || {
            let first = self.equal.get(key).copied();
            first.filter(|first| self.drafts[first.0].previous_name.is_none())
        };
        let equal = namesake.or_else(nameless);
        self.equal_by_previous
            .entry(of_name)
            .or_insert(equal.unwrap_or(id));
        self.equal.entry(key.to_owned()).or_insert(id);
        if let Some(equal) = equal {
            // It stands at none of the previous places itself.
            let rank = usize::MAX;
            let heir = &mut self.drafts[equal.0].previous_name;
            heir.get_or_insert(PreviousName {
                rank,
                ..previous_name
            });
        }
        equal
    }
}

/// Everything about a shape but its documentation.
pub(super) fn structural_key(shape: &Shape, draft: &Draft<'_>) -> String {
    use std::fmt::Write as _;
    let mut key = String::new();
    // Writing to a string does not fail.
    let _ = match shape {
        Shape::Struct(structure) => {
            let _ = write!(key, "struct {} ", draft.closed);
            for field in &structure.fields {
                let presence = match field.presence {
                    Presence::Required => '!',
                    Presence::Optional => '?',
                    Presence::Nullable => '0',
                    Presence::OptionalNullable => '*',
                };
                let _ = write!(key, "{:?}{presence}{:?};", field.wire, field.ty);
                if let Some(direction) = draft.one_way.get(&field.wire) {
                    let _ = write!(key, "{direction:?};");
                }
            }
            match &structure.rest {
                Rest::Any => Ok(()),
                Rest::Typed(ty) => write!(key, "+{ty:?}"),
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
                let _ = write!(key, "{:?}{:?};", variant.ty, variant.discriminator_values);
            }
            Ok(())
        }
        Shape::Id(form) => write!(key, "id {form:?}"),
        Shape::Alias(ty) => write!(key, "alias {ty:?}"),
    };
    key
}

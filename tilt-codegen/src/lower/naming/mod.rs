//! Names of types.
//!
//! A schema under a name keeps it. An inline one is named after what it is (its title, the
//! property it stands in) and, where that is taken or says too little, after what it belongs to.

pub(in crate::lower) mod address;
pub(in crate::lower) mod calls;
mod candidates;
mod families;
mod identify;
pub(in crate::lower) mod paths;
pub(in crate::lower) mod places;
pub(in crate::lower) mod previous;
pub(in crate::lower) mod record;
pub(in crate::lower) mod rename;
mod segments;
mod verbs;
mod words;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::identifier::{self, Order};
use crate::lower::context::Context;
use crate::lower::drafted::Drafted;
use crate::lower::finish::Roots;
use crate::lower::finish::aliases::{self, Resolved};
use crate::lower::naming::identify::identify;
use crate::lower::naming::places::Places;
use crate::lower::schema::draft::Origin;
use crate::model::{Shape, TypeId, TypeRef};

/// Drafts with their names, and where each comes from.
pub(in crate::lower) struct Named<'d> {
    pub drafted: Drafted<'d>,
    pub places: Places,
    pub roots: Roots,
    pub identifiers: TypeIdentifiers,
}

/// Names of drafts, and the module that each lives in.
pub(in crate::lower) struct TypeIdentifiers {
    pub names: Vec<String>,
    /// The same before the configuration replaced any.
    pub unrenamed: Vec<String>,
    pub modules: Vec<String>,
    /// The names that the configuration has replaced.
    pub renamed: BTreeSet<String>,
    /// Drafts, and names that the configuration gives them or another, which two would have.
    pub collisions: Vec<(usize, String)>,
}

impl TypeIdentifiers {
    /// Names of finished types, of which there are `count`, before the configuration replaces any.
    pub(in crate::lower) fn unrenamed(
        &self,
        count: usize,
        moved: &HashMap<TypeId, TypeId>,
    ) -> impl Fn(usize) -> String + use<> {
        let mut unrenamed = vec![String::new(); count];
        for (draft, id) in moved {
            if let Some(name) = unrenamed.get_mut(id.0) {
                name.clone_from(&self.unrenamed[draft.0]);
            }
        }
        move |id| unrenamed.get(id).cloned().unwrap_or_default()
    }
}

/// Names all drafts. Those that had a name in the generation before keep it.
pub(in crate::lower) fn name<'d>(
    context: &mut Context<'d>,
    resolved: Resolved<'d>,
    selects: bool,
) -> Named<'d> {
    let Resolved(mut drafted) = resolved;
    let mut places = Places::of_drafts(&drafted.drafts, context.documents());
    let rename = &context.config.types.rename;
    let kept = context.previous.type_names(&drafted.drafts);
    let sources = context.sources;
    let (identifiers, merged) = identify(&drafted.drafts, &places.pointers, sources, rename, kept);
    for (draft, into) in drafted.drafts.iter_mut().zip(merged) {
        if let Some(into) = into {
            draft.origin = Origin::Merged(into);
            draft.shape = Some(Shape::Alias(TypeRef::Named(into)));
        }
    }
    aliases::substitute(&mut drafted);
    places.merge(&drafted.drafts);
    let roots = Roots::of(&drafted, !selects);
    context.check_types(&identifiers, &drafted.drafts);
    Named {
        drafted,
        places,
        roots,
        identifiers,
    }
}

/// Names of a union's variants: those that they had, those of their types, or what the document calls
/// them.
pub(in crate::lower) fn variant_names(
    types: &[String],
    labels: &[Option<String>],
    previous: impl Fn(usize) -> Option<String>,
) -> Vec<String> {
    let mut met = HashSet::new();
    let named = labels
        .iter()
        .flatten()
        .map(|label| identifier::variant_name(label));
    let repeated: HashSet<String> = named.filter(|name| !met.insert(name.clone())).collect();
    let is_own = |label: &&String| !repeated.contains(&identifier::variant_name(label));
    let wires: Vec<String> = types
        .iter()
        .zip(labels)
        .map(|(ty, label)| label.as_ref().filter(is_own).unwrap_or(ty).clone())
        .collect();
    identifier::unique(
        wires.iter().map(String::as_str),
        previous,
        |wire| vec![identifier::variant_name(wire)],
        Order::Given,
    )
}

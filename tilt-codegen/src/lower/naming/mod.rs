//! Names of types.
//!
//! A schema under a name keeps it. An inline one is named after what it is (its title, the
//! property it stands in) and, where that is taken or says too little, after what it belongs to.

pub(in crate::lower) mod calls;
mod candidates;
pub(in crate::lower) mod identify;
pub(in crate::lower) mod paths;
pub(in crate::lower) mod places;
pub(in crate::lower) mod words;

use std::collections::{BTreeSet, HashMap};

use crate::identifier::{self, Order};
use crate::model::TypeId;

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

/// Names of a union's variants: those that they had, those of their types, or what the document calls
/// them.
pub(in crate::lower) fn variant_names(
    types: &[String],
    labels: &[Option<String>],
    previous: impl Fn(usize) -> Option<String>,
) -> Vec<String> {
    let wires: Vec<String> = types
        .iter()
        .zip(labels)
        .map(|(ty, label)| label.clone().unwrap_or_else(|| ty.clone()))
        .collect();
    identifier::unique(
        wires.iter().map(String::as_str),
        previous,
        |wire| vec![identifier::variant_name(wire)],
        Order::Given,
    )
}

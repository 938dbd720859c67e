//! Names of types.
//!
//! A schema under a name keeps it. An inline one is named after what it is (its title, the
//! property it stands in) and, where that is taken or says too little, after what it belongs to.

mod authored;
pub(in crate::lower) mod bodies;
pub(in crate::lower) mod calls;
mod candidates;
mod contents;
pub(in crate::lower) mod deeds;
pub(in crate::lower) mod done;
mod families;
mod found;
mod hierarchy;
pub(in crate::lower) mod identify;
mod lists;
mod longer;
mod methods;
mod objects;
mod offered;
mod own;
mod pairs;
pub(in crate::lower) mod parts;
pub(in crate::lower) mod paths;
pub(in crate::lower) mod phrase;
pub(in crate::lower) mod places;
mod preferred;
mod progress;
mod rpc;
mod segments;
mod tags;
pub(in crate::lower) mod unnamed;
mod verbs;
mod way;
mod without;
pub(in crate::lower) mod words;

use std::collections::{BTreeSet, HashMap, HashSet};

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
    let mut met = HashSet::new();
    let named = labels.iter().flatten().map(|label| variant_name(label));
    let repeated: HashSet<String> = named.filter(|name| !met.insert(name.clone())).collect();
    let is_own = |label: &&String| !repeated.contains(&variant_name(label));
    let wires: Vec<String> = types
        .iter()
        .zip(labels)
        .map(|(ty, label)| label.as_ref().filter(is_own).unwrap_or(ty).clone())
        .collect();
    identifier::unique(
        wires.iter().map(String::as_str),
        previous,
        |wire| vec![variant_name(wire)],
        Order::Given,
    )
}

fn variant_name(label: &str) -> String {
    let end = identifier::end_of_address(label);
    identifier::variant_name(end.unwrap_or(label))
}

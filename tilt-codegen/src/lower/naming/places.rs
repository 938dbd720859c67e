//! Where in the documents each type comes from.

use std::collections::HashMap;

use crate::lower::draft::{Draft, Origin};
use crate::model::SchemaPlace;
use crate::place::pointer::Pointer;
use crate::source::{Documents, NodeKey};

/// The places of drafts, in their order.
pub(in crate::lower) struct Places {
    /// Of the schema that says most of each.
    pub pointers: Vec<Pointer>,
    /// Of all schemas that hold together where each stands.
    own: Vec<Vec<SchemaPlace>>,
    /// Drafts that were merged into one, by that one.
    merged: HashMap<usize, Vec<usize>>,
}

impl Places {
    pub(in crate::lower) fn of_drafts(drafts: &[Draft<'_>], documents: &Documents) -> Self {
        let mut places = Self {
            pointers: vec![Pointer::default(); drafts.len()],
            own: vec![Vec::new(); drafts.len()],
            merged: HashMap::new(),
        };
        // The node of each, then its conjuncts.
        let (mut owners, mut keys): (Vec<usize>, Vec<NodeKey>) = Default::default();
        for (index, draft) in drafts.iter().enumerate() {
            keys.push(draft.node.key());
            keys.extend(&draft.conjuncts);
            owners.resize(keys.len(), index);
        }
        let mut found = documents.pointers(&keys).into_iter();
        for (at, &owner) in owners.iter().enumerate() {
            let pointer = found.next().flatten().unwrap_or_default();
            if at == 0 || owners[at - 1] != owner {
                places.pointers[owner] = pointer;
            } else {
                let document = documents.get(keys[at].document()).name.clone();
                places.own[owner].push(SchemaPlace { document, pointer });
            }
        }
        places
    }

    /// Notes which drafts are one by now.
    pub(in crate::lower) fn merge(&mut self, drafts: &[Draft<'_>]) {
        for (index, draft) in drafts.iter().enumerate() {
            if let Some(target) = merged_into(drafts, draft) {
                self.merged.entry(target).or_default().push(index);
            }
        }
        for (index, draft) in drafts.iter().enumerate() {
            if let Origin::Twin(of) = draft.origin
                && let Some(merged) = self.merged.get(&of.0).cloned()
            {
                self.merged.insert(index, merged);
            }
        }
    }

    /// Every place of a draft that others were merged into.
    pub(in crate::lower) fn of(&self, index: usize) -> impl Iterator<Item = Vec<SchemaPlace>> + '_ {
        self.drafts_of(index).map(|index| self.own[index].clone())
    }

    /// A draft and those that were merged into it.
    pub(in crate::lower) fn drafts_of(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let merged = self.merged.get(&index).into_iter().flatten().copied();
        std::iter::once(index).chain(merged)
    }

    /// The schemas that hold together where one draft stands.
    pub(in crate::lower) fn own(&self, index: usize) -> &[SchemaPlace] {
        &self.own[index]
    }
}

fn merged_into(drafts: &[Draft<'_>], draft: &Draft<'_>) -> Option<usize> {
    let mut target = None;
    let mut origin = &draft.origin;
    while let Origin::Merged(id) = origin {
        target = Some(id.0);
        origin = &drafts[id.0].origin;
    }
    target
}
